import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const judge = async (forward: string, claim: string): Promise<string> => {
  const text = `${forward}\n\n## Backward pass\n\n$$\n${claim}\n$$\n`;
  return outcomeOf(checkNote(await readNote(text), { language: "en" }).equations.at(-1));
};

const MEMORY = String.raw`$\mathbf{p}_t \in \mathbb{R}^a$, $\mathbf{q}_t \in \mathbb{R}^b$, $\mathbf{g}_t \in \mathbb{R}^a$, $t = 1, \ldots, T$.

$$\mathbf{M}_t = \mathrm{diag}(\mathbf{g}_t) \mathbf{M}_{t-1} + \mathbf{p}_t \mathbf{q}_t^\top$$`;

describe("d before the letters of a product is the derivative by the product of the forward equations", () => {
  test.each([
    [
      "backwards in time, with the derivative through the loss alone",
      String.raw`\mathbf{dpq}_t = \mathrm{diag}(\mathbf{g}_{t+1}) \mathbf{dpq}_{t+1} + \mathbf{dM}_t`,
      "convention",
    ],
    [
      "with the decay of the wrong step",
      String.raw`\mathbf{dpq}_t = \mathrm{diag}(\mathbf{g}_t) \mathbf{dpq}_{t+1} + \mathbf{dM}_t`,
      "wrong",
    ],
    [
      "without the past",
      String.raw`\mathbf{dpq}_t = \mathrm{diag}(\mathbf{g}_{t+1}) \mathbf{dM}_{t+1} + \mathbf{dM}_t`,
      "wrong",
    ],
    ["by a factor", String.raw`\mathbf{dp}_t = \mathbf{dpq}_t \mathbf{q}_t`, "holds"],
    ["by the other", String.raw`\mathbf{dq}_t = \mathbf{dpq}_t^\top \mathbf{p}_t`, "holds"],
    ["with the factors in the wrong order", String.raw`\mathbf{dq}_t = \mathbf{p}_t \mathbf{dpq}_t^\top`, "wrong"],
    ["with the wrong factor", String.raw`\mathbf{dp}_t = \mathbf{dpq}_t \mathbf{q}_{t-1}`, "wrong"],
    ["of the state, the same", String.raw`\mathbf{dpq}_t = \mathbf{dM}_t`, "holds"],
    ["of the decay", String.raw`\mathbf{dg}_t = (\mathbf{dpq}_t \odot \mathbf{M}_{t-1}) 1_b`, "holds"],
    ["of the decay, by the wrong state", String.raw`\mathbf{dg}_t = (\mathbf{dpq}_t \odot \mathbf{M}_t) 1_b`, "wrong"],
    ["beyond the last step", String.raw`\mathbf{dpq}_{T+1} = 0`, "definition"],
    [
      "the word itself differentiated",
      String.raw`\mathbf{dg}_t = [\mathbf{dpq}_t \odot \frac{\partial \mathbf{pq}_t}{\partial \mathbf{g}_t}] 1_b`,
      "unreadable",
    ],
  ])("%s", async (_, claim, verdict) => expect(await judge(MEMORY, claim)).toBe(verdict));

  test("a word that also stands for the product of its letters is left alone", async () => {
    const note = String.raw`$\mathbf{A} \in \mathbb{R}^{n \times n}$, $\mathbf{B} \in \mathbb{R}^{n \times n}$. $$\mathbf{S} = \mathbf{A} \mathbf{B}^\top$$ $$L = \ell(\mathbf{S})$$`;
    expect(await judge(note, String.raw`\mathbf{S} = \mathbf{AB}^\top`)).not.toBe("wrong");
    expect(await judge(note, String.raw`\mathbf{dAB} = \mathbf{AB}^\top`)).not.toBe("holds");
  });
});

const STATE = String.raw`$s_t \in \mathbb{R}^n$, $t = 1, \ldots, T$. $$a_t = R s_{t-1} + P u_t$$ $$s_t = \tanh(a_t)$$`;

describe("derivatives through the loss alone, where the note does not say what the loss is", () => {
  test("are of what the loss reads", async () =>
    expect(
      await judge(
        STATE,
        String.raw`\delta_t = R^\top ((1 - s_{t+1}^2) \odot \delta_{t+1}) + \frac{\partial L}{\partial s_t}`,
      ),
    ).not.toBe("wrong"));
  test("stand for every one of them on the right", async () =>
    expect(
      await judge(
        STATE,
        String.raw`\frac{\partial L}{\partial s_t} = R^\top ((1 - s_{t+1}^2) \odot \frac{\partial L}{\partial s_{t+1}}) + \frac{\partial L}{\partial s_t}`,
      ),
    ).toBe("cannot-tell"));
  test("not where the loss is defined", async () => {
    const note = String.raw`${STATE} $$L = \sum_{t=1}^T \ell(s_t)$$`;
    expect(
      await judge(
        note,
        String.raw`\frac{\partial L}{\partial a_t} = (1 - s_t^2) \odot (R^\top \frac{\partial L}{\partial a_{t+1}} + \frac{\partial L}{\partial s_t})`,
      ),
    ).toBe("wrong");
  });
});
