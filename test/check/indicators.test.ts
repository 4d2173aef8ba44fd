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
