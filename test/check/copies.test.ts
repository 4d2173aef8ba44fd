import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const NOTE = String.raw`$u_t \in \mathbb{R}^m$, $s_t \in \mathbb{R}^n$, $v_t \in \mathbb{R}^k$, $t = 1, \ldots, T$. $\lambda$ is a scalar.

$$a_t = R s_{t-1} + P u_t + c$$

$$s_t = \tanh(a_t)$$

$$v_t = D s_t$$

$$L = \sum_{t=1}^T \ell(v_t, y_t)`;

const judge = async (claim: string, end = "$$"): Promise<string> => {
  const text = `${NOTE}${end}\n\n## Backward pass\n\n$$\n${claim}\n$$\n`;
  return outcomeOf(checkNote(await readNote(text), { language: "en" }).equations.at(-1));
};

describe("a shared parameter with an index is its copy there", () => {
  test.each([
    [
      "the gradient is the sum of the shares",
      String.raw`\frac{\partial L}{\partial R} = \sum_{t=1}^T \frac{\partial L}{\partial R_t}`,
      "holds",
    ],
    ["with braces", String.raw`\nabla_R L = \sum_t \nabla_{R^{(t)}} L`, "holds"],
    ["a share", String.raw`\frac{\partial L}{\partial R_t} = \frac{\partial L}{\partial a_t} s_{t-1}^\top`, "holds"],
    [
      "of another parameter",
      String.raw`\frac{\partial L}{\partial D^{(t)}} = \frac{\partial L}{\partial v_t} s_t^\top`,
      "holds",
    ],
    [
      "through a Jacobian",
      String.raw`\nabla_c L = \sum_t \left(\frac{\partial s_t}{\partial c_t}\right)^\top \nabla_{s_t} L`,
      "holds",
    ],
    [
      "with the state of another step",
      String.raw`\frac{\partial L}{\partial R_t} = \frac{\partial L}{\partial a_t} s_t^\top`,
      "wrong",
    ],
    [
      "a share for the whole",
      String.raw`\frac{\partial L}{\partial R_t} = \sum_{t=1}^T \frac{\partial L}{\partial a_t} s_{t-1}^\top`,
      "wrong",
    ],
    [
      "of the step before",
      String.raw`\nabla_c L = \sum_{t=2}^T \left(\frac{\partial s_t}{\partial c_{t-1}}\right)^\top \nabla_{s_t} L`,
      "wrong",
    ],
    [
      "all but the first",
      String.raw`\frac{\partial L}{\partial P} = \sum_{t=2}^T \frac{\partial L}{\partial P_t}`,
      "wrong",
    ],
  ])("%s", async (_, claim, verdict) => expect(await judge(claim)).toBe(verdict));

  test("what reads the parameter beside it is no share", async () => {
    const claim = String.raw`\frac{\partial L}{\partial D} = \sum_t \frac{\partial L}{\partial D_t}`;
    expect(await judge(claim, String.raw` + \lambda \|D\|^2$$`)).toBe("holds-under");
    expect(await judge(String.raw`${claim} + 2 \lambda D`, String.raw` + \lambda \|D\|^2$$`)).toBe("holds");
  });
});
