// Formulas under a derivative: ∂ log p/∂θ, ∇_w ‖w‖², ∂/∂w ½(y − t)².
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const lastOf = async (forward: string, claim: string): Promise<EquationReport | undefined> =>
  checkNote(await readNote(`${forward}\n\n## Backward pass\n\n$$${claim}$$\n`), { language: "en" }).equations.at(-1);

const LINEAR = String.raw`$x, w \in \mathbb{R}^n$, $t$ and $\lambda$ are scalars.

$$y = w^\top x$$
$$L = \frac12 (y - t)^2 + \lambda \|w\|^2$$`;

const SOFTMAX = String.raw`$\theta \in \mathbb{R}^K$, $r_k$ is a scalar.

$$\pi_k = \frac{e^{\theta_k}}{\sum_j e^{\theta_j}}$$
$$J = \sum_k \pi_k r_k$$`;

const ENTROPY = `${SOFTMAX}\n${String.raw`$$H = -\sum_k \pi_k \log \pi_k$$`}`;

const RECURRENT = String.raw`$h_t = \tanh(W h_{t-1} + U x_t)$, $h_t \in \mathbb{R}^n$, $t = 1, \dots, T$; $L = \sum_{t=1}^T \ell(h_t)$.`;

const GAUSSIAN = String.raw`$x_1, \dots, x_n$, $\mu$ and $s$ are scalars.

$$\ell_i = -\frac{(x_i - \mu)^2}{2 s} - \frac12 \log s$$
$$\ell = \sum_{i=1}^n \ell_i$$`;

test.each([
  [LINEAR, String.raw`\frac{\partial}{\partial w} \frac12 (y - t)^2 = (y - t) x`, "holds"],
  [LINEAR, String.raw`\frac{\partial}{\partial w} \frac12 (y - t)^2 = 2 (y - t) x`, "wrong"],
  [LINEAR, String.raw`\frac{\partial}{\partial w} \lambda \|w\|^2 = 2 \lambda w`, "holds"],
  [LINEAR, String.raw`\frac{\partial}{\partial w} \lambda \|w\|^2 = \lambda w`, "wrong"],
  [LINEAR, String.raw`\frac{\partial}{\partial w} \left[ \frac12 (y - t)^2 \right] 2 = 2 (y - t) x`, "holds"],
  [
    LINEAR,
    String.raw`\frac{\partial L}{\partial w} = \frac{\partial}{\partial w} \frac12 (y - t)^2 + \lambda \frac{\partial}{\partial w} \|w\|^2`,
    "holds",
  ],
  [LINEAR, String.raw`\nabla_w \|w\|^2 = 2 w`, "holds"],
  [LINEAR, String.raw`\nabla_w \|w\|^2 = w`, "wrong"],
  [LINEAR, String.raw`\frac{\partial (w^\top x)}{\partial w} = x`, "holds"],
  [LINEAR, String.raw`\frac{\partial (w^\top x)}{\partial x} = x`, "wrong"],
  [LINEAR, String.raw`\frac{\partial}{\partial w} L = (y - t) x + 2 \lambda w`, "holds"],
  [SOFTMAX, String.raw`\frac{\partial \log \pi_j}{\partial \theta_k} = \mathbb{1}[j = k] - \pi_k`, "holds"],
  [SOFTMAX, String.raw`\frac{\partial \log \pi_j}{\partial \theta_k} = \mathbb{1}[j = k] - \pi_j`, "wrong"],
  [SOFTMAX, String.raw`\nabla_\theta J = \sum_a \pi_a r_a \nabla_\theta \log \pi_a`, "holds"],
  [SOFTMAX, String.raw`\nabla_\theta J = \sum_a r_a \nabla_\theta \log \pi_a`, "wrong"],
  [RECURRENT, String.raw`\frac{\partial (W h_{t-1} + U x_t)}{\partial h_{t-1}} = W`, "holds"],
  [
    RECURRENT,
    String.raw`\frac{\partial \tanh(W h_{t-1} + U x_t)}{\partial h_{t-1}} = \operatorname{diag}(1 - h_t^2) W`,
    "holds",
  ],
  [RECURRENT, String.raw`\frac{\partial \tanh(W h_{t-1} + U x_t)}{\partial h_{t-1}} = W`, "wrong"],
  [RECURRENT, String.raw`\frac{\partial \|h_t\|^2}{\partial h_t} = 2 h_t`, "holds"],
  [GAUSSIAN, String.raw`\frac{\partial e^{\ell_i}}{\partial \mu} = e^{\ell_i} \frac{x_i - \mu}{s}`, "holds"],
  [GAUSSIAN, String.raw`\frac{\partial e^{\ell_i}}{\partial \mu} = \frac{x_i - \mu}{s}`, "wrong"],
  [
    GAUSSIAN,
    String.raw`\frac{\partial}{\partial \mu} \sum_{i=1}^n (x_i - \mu)^2 = -2 \sum_{i=1}^n (x_i - \mu)`,
    "holds",
  ],
])("equation %#", async (forward, claim, outcome) => expect(outcomeOf(await lastOf(forward, claim))).toBe(outcome));

test("the right form is that of the formula", async () => {
  const report = await lastOf(LINEAR, String.raw`\frac{\partial (y - t)^2}{\partial w} = (y - t) x`);
  expect(report?.mended?.latex).toBe(String.raw`\frac{\partial (y - t)^2}{\partial w} = 2 (y - t) x`);
});

test("a formula is written with the letter of the sum that it stands in", async () => {
  const claim = String.raw`\nabla_\theta J = 2 \sum_j \pi_j r_j \nabla_\theta \log \pi_j`;
  const right = (await lastOf(SOFTMAX, claim))?.mended?.latex ?? "";
  expect(right).toContain(String.raw`\log \pi_k`);
  expect(outcomeOf(await lastOf(SOFTMAX, right))).toBe("holds");
});

describe("several scalars that nothing reads", () => {
  test.each([
    [String.raw`\frac{\partial J}{\partial \theta_k} = \pi_k (r_k - J)`, "holds"],
    [String.raw`\frac{\partial H}{\partial \theta_k} = -\pi_k (\log \pi_k + H)`, "holds"],
    [String.raw`\frac{\partial H}{\partial \theta_k} = -\pi_k (\log \pi_k + 1)`, "wrong"],
  ])("the one that the claims differentiate is the objective: %s", async (claim, outcome) =>
    expect(outcomeOf(await lastOf(ENTROPY, claim))).toBe(outcome),
  );

  test("without claims the note must say it", async () => {
    const { diagnostics } = await readNote(ENTROPY);
    expect(diagnostics.map(({ code }) => code)).toContain("N011");
    const named = await readNote(`---\ngradnote:\n  objective: H\n---\n\n${ENTROPY}`);
    expect(named.systems[0]?.objective.name).toBe("H");
  });
});
