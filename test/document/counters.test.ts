import { expect, test } from "vitest";
import { derive, readNote, toDocument } from "../../src/index.ts";

test("a sum over the entries of an array keeps the letter that the note has for them", async () => {
  const { systems } = await readNote(
    String.raw`For $x \in \mathbb{R}^D$: $$\mu = \frac1D \sum_k x_k, \quad L = \frac12 (\mu - c)^2$$`,
  );
  const derived = derive(systems[0] as (typeof systems)[number]);
  if (!derived.ok) throw new Error("the mean has a gradient");
  expect(await toDocument([derived.value], { format: "md" })).toContain(String.raw`\sum_{k=1}^{D} x_k`);
});
