// Claims about some pairs of indices: (i ≠ j), "if i = j", j ≠ y.
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const outcomeIn = async (forward: string, claim: string): Promise<string | undefined> =>
  checkNote(await readNote(`${forward}\n\n## Backward pass\n\n$$${claim}$$\n`), { language: "en" })
    .equations.map(outcomeOf)
    .at(-1);

const SOFTMAX = String.raw`$q_i = \frac{e^{u_i}}{\sum_j e^{u_j}}$, $J = \sum_i q_i r_i$.`;

describe("of a softmax", () => {
  test.each([
    [String.raw`\frac{\partial q_i}{\partial u_j} = -q_i q_j \quad (i \neq j)`, "holds"],
    [String.raw`\frac{\partial q_i}{\partial u_j} = -q_i q_j, \quad i \ne j`, "holds"],
    [String.raw`\frac{\partial q_i}{\partial u_j} = q_i (1 - q_j) \quad \text{if } i = j`, "holds"],
    [String.raw`\frac{\partial q_i}{\partial u_j} = q_i (1 - q_i) \quad (i = j)`, "holds"],
    [String.raw`\frac{\partial q_i}{\partial u_j} = q_i q_j \quad (i \neq j)`, "wrong"],
    [String.raw`\frac{\partial q_i}{\partial u_j} = -q_i q_j \quad (i = j)`, "wrong"],
    [String.raw`\frac{\partial q_i}{\partial u_j} = q_i (1 - q_j)`, "wrong"],
  ])("%s", async (claim, outcome) => expect(await outcomeIn(SOFTMAX, claim)).toBe(outcome));
});

const HINGE = String.raw`Scores $s = A x$, loss $J = \sum_{j \neq y} \max(0, s_j - s_y + 1)$.`;

describe("of a label", () => {
  test.each([
    [String.raw`\frac{\partial J}{\partial s_j} = 1(s_j - s_y + 1 > 0) \quad (j \neq y)`, "holds"],
    [String.raw`\frac{\partial J}{\partial s_j} = 1(s_j - s_y + 1 > 0)`, "wrong"],
    [String.raw`\frac{\partial J}{\partial s_j} = -1(s_j - s_y + 1 > 0) \quad (j \neq y)`, "wrong"],
  ])("%s", async (claim, outcome) => expect(await outcomeIn(HINGE, claim)).toBe(outcome));
});
