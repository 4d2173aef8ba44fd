import { expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "../check/outcome.ts";

const outcomesOf = async (note: string): Promise<readonly string[]> =>
  (await check(await readNote(note), { language: "en" })).equations.map(outcomeOf);

const SIGMOID = String.raw`$$\sigma(x) = \frac{1}{1 + e^{-x}}$$

$$\sigma'(x) = \sigma(x) (1 - \sigma(x))$$

$$a = \sigma(w^T x + b), \quad L = \frac12 (a - y)^2$$`;

test("f′ beside f says what its derivative is, and is judged", async () => {
  expect(await outcomesOf(SIGMOID)).toEqual(["definition", "holds", "definition", "definition"]);
  expect((await outcomesOf(SIGMOID.replace("(1 - ", "(1 + ")))[1]).toBe("wrong");
});

test("so it is of the loss", async () => {
  const note = String.raw`$x \in \mathbb{R}^n$.

$$f(x) = \frac{1}{2} x^T A x - b^T x + c$$

$$f'(x) = \frac12 (A + A^T) x - b$$`;
  expect(await outcomesOf(note)).toEqual(["definition", "holds"]);
  expect(await outcomesOf(note.replace("= \\frac12 (A", "= (A"))).toEqual(["definition", "wrong"]);
});

test("a primed name of its own is a definition", async () => {
  const note = String.raw`$$h = W x, \quad h' = \tanh(h), \quad L = \frac12 \|h' - y\|^2$$`;
  expect(await outcomesOf(note)).toEqual(["definition", "definition", "definition"]);
});

const NET = String.raw`For $l = 1, \ldots, L$:

$$z^l = W^l a^{l-1} + b^l, \qquad a^l = \sigma(z^l), \qquad C = \frac12 \|a^L - y\|^2$$

Write $\delta^l = \partial C/\partial z^l$ for the error. The equations of backpropagation:

$$\delta^L = (a^L - y) \odot \sigma'(z^L)$$
$$\delta^l = ((W^{l+1})^T \delta^{l+1}) \odot \sigma'(z^l)$$
$$\frac{\partial C}{\partial W^l} = \delta^l (a^{l-1})^T$$`;

test("what is no error and holds φ′ may be a forward equation", async () => {
  const note = String.raw`$x \in \mathbb{R}^n$. $$z = W x, \quad a = \phi(z), \quad s = \phi'(z), \quad L = \frac12 \|a\|^2$$`;
  const { systems } = await readNote(note);
  expect(systems[0]?.equations.map(({ left }) => (left.kind === "symbol" ? left.name : ""))).toContain("s");
});

test("an error that holds φ′ and that no forward equation reads is a backward equation, without a heading that says so", async () => {
  const outcomes = await outcomesOf(NET);
  expect(outcomes.slice(-3)).toEqual(["holds", "holds", "holds"]);
  expect((await outcomesOf(NET.replace("(a^L - y)", "(y - a^L)"))).at(-3)).toBe("wrong");
  expect((await outcomesOf(NET.replace("((W^{l+1})^T \\delta^{l+1})", "((W^{l+1}) \\delta^{l+1})"))).at(-2)).toMatch(
    /^(?:wrong|holds-under)$/u,
  );
});
