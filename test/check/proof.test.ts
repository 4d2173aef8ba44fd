import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { Prover } from "../../src/check/proof.ts";
import { closedFormsFor } from "../../src/derive/closed/index.ts";
import { derive } from "../../src/derive/index.ts";
import { readNote } from "../../src/note/read.ts";

const LINEAR = String.raw`$x_t \in \mathbb{R}^{d}$, $U \in \mathbb{R}^{n \times d}$, $V \in \mathbb{R}^{n \times n}$, $Q \in \mathbb{R}^{q \times n}$, $t = 1, \ldots, T$.

$$s_t = U x_t + V s_{t-1}$$

$$o_t = Q s_t$$

$$L = \sum_{t=1}^T \ell(o_t)$$`;

const GATED = String.raw`$x \in \mathbb{R}^{d}$, $A \in \mathbb{R}^{n \times d}$, $B \in \mathbb{R}^{q \times n}$.

$$z = A x$$

$$h = \tanh(z)$$

$$o = B h$$

$$L = \ell(o)$$`;

/** What is said of a claim, and what the laws alone say of it. */
const judged = async (forward: string, claim: string): Promise<{ verdict: string | undefined; proved: boolean }> => {
  const note = await readNote(`${forward}\n\n## Backward pass\n\n$$${claim}$$\n`);
  const report = checkNote(note, { language: "en" }).equations.at(-1);
  const { system, equation } = report?.stated ?? {};
  if (!system || !equation) throw new Error(`not read: ${claim}`);
  const derivation = derive(system, {
    wrt: [...system.symbols.keys()].filter(name => system.symbols.get(name)?.role !== "defined"),
  });
  const prover = new Prover(derivation, gradient => closedFormsFor(derivation, gradient));
  return { verdict: report?.verdict, proved: prover.proves(equation) };
};

describe("what the laws show is proved, and its slips are not", () => {
  test.each([
    [
      "one step",
      GATED,
      String.raw`\frac{\partial L}{\partial h} = B^\top \frac{\partial L}{\partial o}`,
      String.raw`\frac{\partial L}{\partial h} = 2 B^\top \frac{\partial L}{\partial o}`,
    ],
    [
      "several steps at once, slopes by values",
      GATED,
      String.raw`\frac{\partial L}{\partial x} = A^\top ((1 - h \odot h) \odot (B^\top \frac{\partial L}{\partial o}))`,
      String.raw`\frac{\partial L}{\partial x} = A^\top ((1 - z \odot h) \odot (B^\top \frac{\partial L}{\partial o}))`,
    ],
    [
      "by other gradients",
      GATED,
      String.raw`\frac{\partial L}{\partial x} = A^\top (\frac{\partial L}{\partial h} \odot (1 - \tanh(z) \odot \tanh(z)))`,
      String.raw`\frac{\partial L}{\partial x} = A^\top (\frac{\partial L}{\partial h} \odot (1 + \tanh(z) \odot \tanh(z)))`,
    ],
    [
      "transposed",
      GATED,
      String.raw`\left(\frac{\partial L}{\partial A}\right)^\top = x \left(\frac{\partial L}{\partial z}\right)^\top`,
      String.raw`\left(\frac{\partial L}{\partial A}\right)^\top = 2 x \left(\frac{\partial L}{\partial z}\right)^\top`,
    ],
    [
      "a recurrence",
      LINEAR,
      String.raw`\frac{\partial L}{\partial s_t} = V^\top \frac{\partial L}{\partial s_{t+1}} + Q^\top \frac{\partial L}{\partial o_t}`,
      String.raw`\frac{\partial L}{\partial s_t} = V \frac{\partial L}{\partial s_{t+1}} + Q^\top \frac{\partial L}{\partial o_t}`,
    ],
    [
      "its last member",
      LINEAR,
      String.raw`\frac{\partial L}{\partial s_T} = Q^\top \frac{\partial L}{\partial o_T}`,
      String.raw`\frac{\partial L}{\partial s_{T-1}} = Q^\top \frac{\partial L}{\partial o_{T-1}}`,
    ],
    [
      "its closed form",
      LINEAR,
      String.raw`\frac{\partial L}{\partial s_t} = \sum_{i=t}^T (V^\top)^{i-t} Q^\top \frac{\partial L}{\partial o_i}`,
      String.raw`\frac{\partial L}{\partial s_t} = \sum_{i=t+1}^T (V^\top)^{i-t} Q^\top \frac{\partial L}{\partial o_i}`,
    ],
    [
      "a sum over time",
      LINEAR,
      String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T \frac{\partial L}{\partial s_t} s_{t-1}^\top`,
      String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T \frac{\partial L}{\partial s_t} s_t^\top`,
    ],
    [
      "the chain rule",
      LINEAR,
      String.raw`\frac{\partial L}{\partial Q} = \sum_{t=1}^T \text{prod}\left(\frac{\partial L}{\partial o_t}, \frac{\partial o_t}{\partial Q}\right) = \sum_{t=1}^T \frac{\partial L}{\partial o_t} s_t^\top`,
      String.raw`\frac{\partial L}{\partial Q} = \sum_{t=2}^T \text{prod}\left(\frac{\partial L}{\partial o_t}, \frac{\partial o_t}{\partial Q}\right) = \sum_{t=2}^T \frac{\partial L}{\partial o_t} s_t^\top`,
    ],
  ])("%s", async (_, forward, right, slip) => {
    expect(await judged(forward, right)).toEqual({ verdict: "proved", proved: true });
    const { verdict, proved } = await judged(forward, slip);
    expect(["wrong", "holds-under"]).toContain(verdict);
    expect(proved).toBe(false);
  });
});

test("a gradient of the last member is not put in where the index may be another", async () => {
  const claim = String.raw`\frac{\partial L}{\partial x_t} = U^\top Q^\top \frac{\partial L}{\partial o_t}`;
  expect((await judged(LINEAR, claim)).proved).toBe(false);
});
