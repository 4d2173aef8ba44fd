import { expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "./outcome.ts";

const outcomesOf = async (note: string): Promise<readonly string[]> =>
  (await check(await readNote(note), { language: "en" })).equations
    .map(outcomeOf)
    .filter(each => each !== "definition");

const GRU = String.raw`$x_t \in \mathbb{R}^d$, $h_t \in \mathbb{R}^n$.

$$r_t = \sigma(W_r x_t + U_r h_{t-1} + b_r)$$
$$h_t = \tanh(W_h x_t + U_h (r_t \odot h_{t-1}) + b_h)$$
$$L = \sum_{t=1}^T \ell_t(h_t)$$

## Gradients

$$da_t = dh_t \odot (1 - h_t^2)$$
$$dr_t = (U_h^T da_t) \odot h_{t-1}$$
$$dW_h = \sum_t da_t x_t^T$$`;

test("da_t, where nothing is called a_t, is what its equation says", async () => {
  expect(await outcomesOf(GRU)).toEqual(["holds", "holds"]);
});

test("what follows from a wrong one is wrong", async () => {
  expect(await outcomesOf(GRU.replace("(1 - h_t^2)", "(1 - h_t)"))).toEqual(["wrong", "wrong"]);
});

test("a known letter with a script that nothing has is no new name", async () => {
  const note = GRU.replaceAll("da_t", "dW_a");
  expect((await outcomesOf(note))[0]).toMatch(/^(?:cannot-tell|undefined|repaired|wrong)$/u);
});

const NORM = String.raw`For $x \in \mathbb{R}^D$:

$$\mu = \frac1D \sum_i x_i, \quad s = \frac1D \sum_i (x_i - \mu)^2, \quad \hat{x}_i = \frac{x_i - \mu}{\sqrt{s + \epsilon}}, \quad y_i = \gamma_i \hat{x}_i + \beta_i$$

Given $dy = \partial L/\partial y$:

$$d\gamma_i = dy_i \hat{x}_i$$
$$d\hat{x}_i = dy_i \gamma_i$$`;

test("numbers by their letter alone, and one with a hat beside the same without", async () => {
  expect(await outcomesOf(NORM)).toEqual(["convention", "holds", "holds"]);
  expect(await outcomesOf(NORM.replace("dy_i \\hat{x}_i", "dy_i x_i"))).toEqual(["convention", "wrong", "holds"]);
});

test("a hat that is a name of its own is no mark of the best value", async () => {
  const note = String.raw`$x \in \mathbb{R}^n$, weights $w \in \mathbb{R}^n$.

$$s = \sum_{j=1}^n w_j^2, \qquad \hat{w}_i = \frac{w_i}{\sqrt{s}}, \qquad z = \sum_{i=1}^n \hat{w}_i x_i, \qquad L = \frac12 z^2$$

$$\frac{\partial L}{\partial \hat{w}_i} = z x_i$$
$$\frac{\partial L}{\partial s} = -\frac{1}{2 s} \sum_{i=1}^n \frac{\partial L}{\partial \hat{w}_i} \hat{w}_i$$`;
  expect(await outcomesOf(note)).toEqual(["holds", "holds"]);
});
