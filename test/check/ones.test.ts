import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const verdictOf = async (forward: string, claim: string): Promise<string | undefined> =>
  outcomeOf(
    checkNote(await readNote(`${forward}\n\n## Backward pass\n\n$$${claim}$$`), { language: "en" }).equations.at(-1),
  );

const ROWS = String.raw`$S \in \mathbb{R}^{n \times m}$, softmax acts on rows.

$$P = \mathrm{softmax}(S), \quad L = \ell(P)$$`;

describe("ones in plain letters", () => {
  test.each([
    [String.raw`dS = P \odot (dP - (dP \odot P) 1 1^\top)`, "holds"],
    [String.raw`dS = P \odot (dP - 1 1^\top (dP \odot P))`, "wrong"],
    [String.raw`dS = 1 P \odot (dP - (dP \odot P) 1 1^\top)`, "holds"],
  ])("%s", async (claim, verdict) => expect(await verdictOf(ROWS, claim)).toBe(verdict));
});

const HINGE = String.raw`$$z = W x + b, \quad h = \max(0, z), \quad L = \ell(h)$$`;

describe("indicators of an order, entry by entry", () => {
  test.each([
    [String.raw`\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \odot \mathbb{1}[z > 0]`, "holds"],
    [String.raw`\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \odot \mathbf{1}_{\{h > 0\}}`, "holds"],
    [String.raw`\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \odot (0 < z)`, "holds"],
    [String.raw`\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \odot \mathbb{I}(W x \ge -b)`, "holds"],
    [String.raw`\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \odot \mathbb{1}[z < 0]`, "wrong"],
    [String.raw`\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \odot \mathbb{1}[z > 1]`, "wrong"],
  ])("%s", async (claim, verdict) => expect(await verdictOf(HINGE, claim)).toBe(verdict));
});

test("a second derivative is not read as a first", async () => {
  const note = String.raw`$X \in \mathbb{R}^{m \times n}$, $w \in \mathbb{R}^{n}$.

$$J = \frac{1}{2} \|X w - y\|^2$$`;
  expect(await verdictOf(note, String.raw`\nabla_w^2 J = X^\top X`)).toBe("unreadable");
  expect(await verdictOf(note, String.raw`\nabla_w J = X^\top (X w - y)`)).toBe("holds");
});

test("a formula for a function of the note is its definition", async () => {
  const note = String.raw`$a = w x + b$, $h = \sigma(a)$, $L = \frac12 (h - y)^2$, all scalars, and $\sigma(u) = 1/(1+e^{-u})$.

## Backward pass

$$\frac{\partial L}{\partial w} = (h - y) h (1 - h) x$$`;
  const verdicts = checkNote(await readNote(note), { language: "en" }).equations.map(outcomeOf);
  expect(verdicts).toEqual(["definition", "definition", "definition", "definition", "holds"]);
});
