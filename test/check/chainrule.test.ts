// Lines in which derivatives stand side by side, of states over time and of the loss of one step.
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const outcomesOf = async (forward: string, ...claims: readonly string[]): Promise<readonly (string | undefined)[]> => {
  const text = `${forward}\n\n## Backward pass\n\n${claims.map(claim => `$$\n${claim}\n$$`).join("\n\n")}\n`;
  return checkNote(await readNote(text), { language: "en" })
    .equations.slice(-claims.length)
    .map(outcomeOf);
};

const NET = String.raw`$$u_t = \tanh(A r_t + B u_{t-1}), \quad q_t = C u_t, \quad J_t = \ell(q_t, y_t), \quad J = \sum_{t=1}^{T} J_t$$`;

describe("the loss of a step by what all steps share", () => {
  test.each([
    [
      "through every path to a step, and through that step alone",
      String.raw`\frac{\partial J_t}{\partial B} = \sum_{k=1}^{t} \frac{\partial J_t}{\partial u_k} \frac{\partial u_k}{\partial B}`,
      "holds",
    ],
    [
      "with ∂⁺ for a step alone",
      String.raw`\frac{\partial J_t}{\partial B} = \sum_{k=1}^{t} \frac{\partial J_t}{\partial u_k} \frac{\partial^{+} u_k}{\partial B}`,
      "holds",
    ],
    [
      "through the last state",
      String.raw`\frac{\partial J_t}{\partial A} = \sum_{k=1}^{t} \frac{\partial J_t}{\partial u_t} \frac{\partial u_t}{\partial u_k} \frac{\partial u_k}{\partial A}`,
      "convention",
    ],
    [
      "through the output",
      String.raw`\frac{\partial J_t}{\partial B} = \sum_{k=1}^{t} \frac{\partial J_t}{\partial q_t} \frac{\partial q_t}{\partial u_t} \frac{\partial u_t}{\partial u_k} \frac{\partial u_k}{\partial B}`,
      "convention",
    ],
    [
      "with the steps between written as a product",
      String.raw`\frac{\partial J_t}{\partial B} = \sum_{k=1}^{t} \frac{\partial J_t}{\partial u_t} \left( \prod_{j=k+1}^{t} \frac{\partial u_j}{\partial u_{j-1}} \right) \frac{\partial u_k}{\partial B}`,
      "convention",
    ],
    [
      "from the given state on, which changes with nothing",
      String.raw`\frac{\partial J_t}{\partial B} = \sum_{k=0}^{t} \frac{\partial J_t}{\partial u_t} \frac{\partial u_t}{\partial u_k} \frac{\partial u_k}{\partial B}`,
      "convention",
    ],
    [
      "by all that the last state depends on",
      String.raw`\frac{\partial J}{\partial B} = \sum_{t=1}^{T} \frac{\partial J}{\partial q_t} \frac{\partial q_t}{\partial u_t} \frac{\partial u_t}{\partial B}`,
      "convention",
    ],
    [
      "a sum that begins too late",
      String.raw`\frac{\partial J_t}{\partial B} = \sum_{k=2}^{t} \frac{\partial J_t}{\partial u_t} \frac{\partial u_t}{\partial u_k} \frac{\partial u_k}{\partial B}`,
      "wrong",
    ],
    [
      "a sum that ends too early",
      String.raw`\frac{\partial J_t}{\partial B} = \sum_{k=1}^{t-1} \frac{\partial J_t}{\partial u_k} \frac{\partial u_k}{\partial B}`,
      "wrong",
    ],
    [
      "the way between the steps left out",
      String.raw`\frac{\partial J_t}{\partial B} = \sum_{k=1}^{t} \frac{\partial J_t}{\partial u_t} \frac{\partial u_k}{\partial B}`,
      "wrong",
    ],
  ])("%s", async (_, claim, outcome) => expect(await outcomesOf(NET, claim)).toEqual([outcome]));

  test("a line of the chain rule has a layout of its own, beside results that are columns", async () => {
    const result = String.raw`\frac{\partial J}{\partial u_t} = C^\top \frac{\partial J}{\partial q_t} + B^\top \left( (1 - u_{t+1}^2) \odot \frac{\partial J}{\partial u_{t+1}} \right)`;
    const chain = String.raw`\frac{\partial J_t}{\partial u_k} = \frac{\partial J_t}{\partial q_t} \frac{\partial q_t}{\partial u_t} \frac{\partial u_t}{\partial u_k}`;
    expect(await outcomesOf(NET, result, chain)).toEqual(["holds", "convention"]);
  });
});

const STEPS = String.raw`$$u_t = \tanh(A r_t + B u_{t-1}), \quad z_t = C u_t, \quad p_t = \mathrm{softmax}(z_t)$$

$$E = \sum_{t=1}^{T} E_t(y_t, p_t)$$`;

describe("a loss of each step that is a function with an index", () => {
  test.each([
    ["by its argument", String.raw`\frac{\partial E_t}{\partial p_t} = \frac{\partial E}{\partial p_t}`, "holds"],
    [
      "by what its argument depends on",
      String.raw`\frac{\partial E_t}{\partial z_t} = \frac{\partial E}{\partial z_t}`,
      "holds",
    ],
    ["of a cross-entropy", String.raw`\frac{\partial E_t}{\partial z_t} = p_t - y_t`, "convention"],
    ["of one step", String.raw`\frac{\partial E_3}{\partial C} = (p_3 - y_3) u_3^\top`, "convention"],
    ["of another step", String.raw`\frac{\partial E_3}{\partial C} = (p_2 - y_2) u_2^\top`, "wrong"],
    [
      "the sum over the steps before",
      String.raw`\frac{\partial E_3}{\partial B} = \sum_{k=0}^{3} \frac{\partial E_3}{\partial p_3} \frac{\partial p_3}{\partial u_3} \frac{\partial u_3}{\partial u_k} \frac{\partial u_k}{\partial B}`,
      "convention",
    ],
    [
      "the sum over too few, right where u_0 is zero",
      String.raw`\frac{\partial E_3}{\partial B} = \sum_{k=2}^{3} \frac{\partial E_3}{\partial p_3} \frac{\partial p_3}{\partial u_3} \frac{\partial u_3}{\partial u_k} \frac{\partial u_k}{\partial B}`,
      "holds-under",
    ],
  ])("%s", async (_, claim, outcome) => expect(await outcomesOf(STEPS, claim)).toEqual([outcome]));
});
