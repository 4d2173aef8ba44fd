import { expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "../check/outcome.ts";

const lastOf = async (note: string): Promise<string> =>
  outcomeOf((await check(await readNote(note), { language: "en" })).equations.at(-1));

test("a function below a slash is applied to the bracket behind it", async () => {
  const note = String.raw`$x \in \mathbb{R}^n$, $w \in \mathbb{R}^n$.

$$z = w^T x, \qquad g(u) = 1 + u^2, \qquad L = z/g(z)$$

$$\frac{\partial L}{\partial w} = \frac{1 - z^2}{(1 + z^2)^2} x$$`;
  expect(await lastOf(note)).toBe("holds");
  expect(await lastOf(note.replace("z/g(z)", "z g(z)"))).not.toBe("holds");
});

test("so is one that no equation gives, where it is always applied", async () => {
  const note = String.raw`$x \in \mathbb{R}^n$, $w \in \mathbb{R}^n$.

$$z = w^T x, \qquad L = \phi(z) + 1/\phi(z)$$

$$\frac{\partial L}{\partial w} = \phi'(z) (1 - 1/\phi(z)^2) x$$`;
  expect(await lastOf(note)).toBe("holds");
});

test("a number below a slash is a number", async () => {
  const note = String.raw`$X \in \mathbb{R}^{m \times n}$, $w \in \mathbb{R}^n$, $y \in \mathbb{R}^m$.

$$J = 1/m (X w - y)^T (X w - y)$$

$$\frac{\partial J}{\partial w} = 2/m (X^T (X w - y))$$`;
  expect(await lastOf(note)).toBe("holds");
  expect(await lastOf(note.replace("2/m", "1/m"))).toBe("wrong");
});
