import { expect, test } from "vitest";
import { levelOf } from "../../src/check/verdict.ts";
import { check, readNote } from "../../src/index.ts";

const verdictOf = async (shape: string, model: string, claim: string): Promise<string> => {
  const text = String.raw`$X \in \mathbb{R}^{${shape}}$, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^d$.

$$J = \frac{1}{2n} \|${model} w - y\|^2$$

$$${claim}$$
`;
  const { equations } = await check(await readNote(text), { language: "en" });
  return equations.at(-1)?.verdict ?? "";
};

test.each([
  [
    String.raw`n \times d`,
    "X",
    String.raw`\frac{\partial J}{\partial w} = \frac{1}{n} \sum_{i=1}^n (x_i^T w - y_i) x_i`,
  ],
  [
    String.raw`n \times d`,
    "X",
    String.raw`\frac{\partial J}{\partial w_j} = \frac{1}{n} \sum_{i=1}^n (x_i^T w - y_i) x_{ij}`,
  ],
  [
    String.raw`n \times d`,
    "X",
    String.raw`\frac{\partial J}{\partial w_j} = \frac{1}{n} \sum_{i=1}^n (w^\top x^{(i)} - y_i) x^{(i)}_j`,
  ],
  [
    String.raw`d \times n`,
    "X^T",
    String.raw`\frac{\partial J}{\partial w} = \frac{1}{n} \sum_{i=1}^n (x_i^T w - y_i) x_i`,
  ],
  [
    String.raw`d \times n`,
    "X^T",
    String.raw`\frac{\partial J}{\partial w_j} = \frac{1}{n} \sum_{i=1}^n (w^\top x^{(i)} - y_i) x^{(i)}_j`,
  ],
])("samples of X, which is %s, as %s: %s", async (shape, model, claim) => {
  expect(await verdictOf(shape, model, claim)).toBe("convention");
  expect(levelOf((await verdictOf(shape, model, claim.replace(/- y_i/u, "+ y_i"))) as "wrong")).not.toBe("ok");
});
