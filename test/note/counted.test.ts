import { expect, test } from "vitest";
import { readNote } from "../../src/index.ts";

test("a sum without limits counts as many entries of one array as of the other", async () => {
  const { systems, diagnostics } = await readNote(
    String.raw`$z \in \mathbb{R}^K$. $$p = \mathrm{softmax}(z), \qquad L = -\sum_k y_k \log p_k$$

$$\frac{\partial L}{\partial z} = p - y$$`,
  );
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect([...(systems[0]?.sizes.keys() ?? [])]).toEqual(["K"]);
});
