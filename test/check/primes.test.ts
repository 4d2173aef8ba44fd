import { expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const lastOf = async (note: string): Promise<EquationReport | undefined> =>
  checkNote(await readNote(note), { language: "en" }).equations.at(-1);

const LAYERS = String.raw`$x \in \mathbb{R}^{n}$, $W^{[1]} \in \mathbb{R}^{h \times n}$, $W^{[2]} \in \mathbb{R}^{1 \times h}$.

$$z^{[1]} = W^{[1]} x + b^{[1]}, \quad a^{[1]} = g(z^{[1]}), \quad z^{[2]} = W^{[2]} a^{[1]} + b^{[2]}, \quad L = \ell(z^{[2]})$$

## Backward pass
`;

test.each([
  [String.raw`dz^{[1]} = W^{[2]T} dz^{[2]} * g'(z^{[1]})`, "holds"],
  [String.raw`dz^{[1]} = W^{[2]T} dz^{[2]} * g^{[1]\prime}(z^{[1]})`, "holds"],
  [String.raw`dz^{[1]} = W^{[2]T} dz^{[2]} * g^{[1]'}(z^{[1]})`, "holds"],
  [String.raw`dz^{[1]} = W^{[2]T} dz^{[2]} * {g^{[1]}}'(z^{[1]})`, "holds"],
  [String.raw`dz^{[1]} = W^{[2]T} dz^{[2]} * g^{[1]}(z^{[1]})`, "wrong"],
])("a function with the number of its layer, and primes in its superscript: %s", async (claim, verdict) =>
  expect(outcomeOf(await lastOf(`${LAYERS}\n$$${claim}$$`))).toBe(verdict),
);

test("a function that nothing explains is not exchanged for others until something wrong can be read", async () => {
  const found = await lastOf(String.raw`${LAYERS}
$$dz^{[1]} = W^{[2]T} dz^{[2]} * \eta_q'(z^{[1]})$$`);
  expect(["cannot-tell", "undefined"]).toContain(found?.verdict);
});

test("errors with a sign beside the name", async () => {
  const note = String.raw`$$h_t = \tanh(W h_{t-1} + U x_t), \quad L = \sum_{t=1}^T \ell(h_t)$$

Write $\delta h_t = \partial L / \partial h_t$ for the error.

## Backward pass

$$\frac{\partial L}{\partial U} = \sum_{t=1}^T (\delta h_t \odot (1 - h_t \odot h_t)) x_t^\top$$`;
  expect(outcomeOf(await lastOf(note))).toBe("holds");
  expect(outcomeOf(await lastOf(note.replace("1 - h_t", "1 + h_t")))).toBe("wrong");
});

test("an array of which the forward equations write entries alone is a whole in claims", async () => {
  const note = String.raw`$Z \in \mathbb{R}^{N \times C}$, softmax is applied to each row.

$$P = \mathrm{softmax}(Z), \quad L = -\frac{1}{N} \sum_{i=1}^{N} \sum_{k=1}^{C} Y_{ik} \log P_{ik}$$

## Backward pass

$$\frac{\partial L}{\partial Z} = \frac{1}{N} (P - Y)$$`;
  expect(outcomeOf(await lastOf(note))).toBe("convention");
  expect(outcomeOf(await lastOf(note.replace("P - Y", "Y - P")))).toBe("wrong");
});
