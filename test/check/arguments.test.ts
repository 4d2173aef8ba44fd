import { expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const verdictsOf = async (note: string): Promise<readonly string[]> =>
  checkNote(await readNote(note), { language: "en" }).equations.map(outcomeOf);

const NOTE = String.raw`$$s(x) = \mathrm{softmax}(W x + b), \quad x \in \mathbb{R}^n, \; b \in \mathbb{R}^k$$

$$D(s, y) = \ell(s, y)$$

$$C(W, b) = D(s, y) + \lambda b^\top b$$

## Backward pass

$$\frac{\partial C(W, b)}{\partial b} = CLAIM$$`;

test.each([
  [
    String.raw`\mathrm{diag}(s) \frac{\partial D(s, y)}{\partial s} - s s^\top \frac{\partial D}{\partial s} + 2 \lambda b`,
    "holds",
  ],
  [
    String.raw`\mathrm{diag}(s(x)) \frac{\partial D}{\partial s} - s(x) s(x)^\top \frac{\partial D}{\partial s} + 2 \lambda b`,
    "holds",
  ],
  [
    String.raw`\mathrm{diag}(s) \frac{\partial D(s, y)}{\partial s} + s s^\top \frac{\partial D}{\partial s} + 2 \lambda b`,
    "wrong",
  ],
])("arguments behind values are what they depend on: %s", async (claim, verdict) => {
  expect(await verdictsOf(NOTE.replace("CLAIM", claim))).toEqual(["definition", "definition", "definition", verdict]);
});

test("a name defined as another name and by a formula has both", async () => {
  const note = String.raw`$$z = w^\top x + b$$

$$\hat{y} = a = \tanh(z)$$

$$C = (\hat{y} - y)^2$$

## Backward pass

$$\frac{\partial C}{\partial a} = 2 (a - y)$$

$$\frac{\partial C}{\partial z} = 2 (\hat{y} - y) (1 - a^2)$$

$$\frac{\partial C}{\partial z} = 2 (\hat{y} - y) (1 - a)$$`;
  expect(await verdictsOf(note)).toEqual([
    "definition",
    "definition",
    "definition",
    "definition",
    "holds",
    "holds",
    "wrong",
  ]);
});
