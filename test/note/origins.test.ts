import { expect, test } from "vitest";
import { readNote } from "../../src/note/read.ts";

const originsOf = async (note: string): Promise<Readonly<Record<string, string>>> => {
  const { systems } = await readNote(note);
  return Object.fromEntries([...(systems[0]?.symbols ?? [])].map(([name, { shapeFrom }]) => [name, shapeFrom]));
};

test("what is computed from declared arrays is inferred, whatever was tried first", async () => {
  const origins =
    await originsOf(String.raw`$H \in \mathbb{R}^{N \times d}$, $\epsilon \in \mathbb{R}$, $\gamma, \beta \in \mathbb{R}^{d}$, $Y \in \mathbb{R}^{N \times d}$.

$$\hat{H} = \operatorname{LayerNorm}(H, \epsilon), \quad Z = \hat{H} \operatorname{diag}(\gamma) + \mathbf{1}_N \beta^\top, \quad L = \frac{1}{2N} \|Z - Y\|_F^2$$`);
  expect(origins).toMatchObject({ H: "declared", Z: "inferred" });
});

test("what is computed from guessed arrays stays an assumption where it was one", async () => {
  const known = String.raw`$$h = \tanh(s), \quad L = \ell(h)$$`;
  const guessed = await originsOf(known);
  expect([guessed.s, guessed.h]).toContain("assumed");
  expect(await originsOf(String.raw`$s \in \mathbb{R}^{n}$. ${known}`)).toMatchObject({ s: "declared", h: "inferred" });
});
