// Chains of several members: which link defines, and which derivatives an open loss excuses.
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const reportsOf = async (text: string): Promise<readonly EquationReport[]> =>
  checkNote(await readNote(text), { language: "en" }).equations;

const claimed = async (forward: string, claim: string): Promise<EquationReport | undefined> =>
  (await reportsOf(`${forward}\n\n## Backward pass\n\n$$${claim}$$\n`)).at(-1);

describe("an equation with two right sides", () => {
  const forward = (sum: string): string => String.raw`$x, c \in \mathbb{R}^{n}$.

$$u = ${sum}$$

$$L = m(u)$$`;

  test.each([
    ["a wrong one", "x + c = x - c", "wrong"],
    ["a right one", "x + c = c + x", "holds"],
    ["one with a name that nothing explains", "x + c = q - c", "undefined"],
  ])("is defined by the first alone, and the second is judged: %s", async (_, sum, verdict) => {
    const [first, second] = await reportsOf(forward(sum));
    expect([first?.verdict, outcomeOf(second)]).toEqual(["definition", verdict]);
  });
});

test("what leads to no loss excuses no derivative of another value", async () => {
  const forward = String.raw`$x \in \mathbb{R}^{n}$, $c \in \mathbb{R}^{m}$, $W \in \mathbb{R}^{m \times n}$.

$$r = c \odot c$$

$$u = W x$$

$$L = m(u)$$`;
  const verdictOf = async (claim: string): Promise<string> => outcomeOf(await claimed(forward, claim));
  expect(await verdictOf(String.raw`\frac{\partial L}{\partial c} = c`)).toBe("cannot-tell");
  expect(await verdictOf(String.raw`\frac{\partial r}{\partial c} = \operatorname{diag}(c)`)).toBe("wrong");
  expect(await verdictOf(String.raw`\frac{\partial r}{\partial c} = 2 \operatorname{diag}(c)`)).toBe("holds");
});

test("an error by an unnamed input beside a slope at an output that is an argument itself", async () => {
  const forward = String.raw`$x \in \mathbb{R}^{n}$, $W \in \mathbb{R}^{m \times n}$, $\sigma$ works elementwise.

$$h = \sigma(W x)$$

$$g = \sigma(h)$$

$$L = m(g)$$`;
  const by = (slopes: string): string => String.raw`\delta_h = \frac{\partial L}{\partial g} \odot ${slopes}`;
  const right = await claimed(forward, by(String.raw`\sigma'(h) \odot \sigma'(W x)`));
  expect(right?.verdict).toBe("convention");
  const twice = await claimed(forward, by(String.raw`\sigma'(h) \odot \sigma'(h)`));
  expect(twice?.verdict).toBe("holds-under");
});
