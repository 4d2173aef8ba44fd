// Factors behind a product over an index: inside it or beside it.
import { expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "../check/outcome.ts";

const SCALAR = String.raw`$h_t = \tanh(w h_{t-1} + u x_t)$ for $t = 1, \dots, T$, all scalars. $L = \frac12 (h_T - y)^2$.`;
const MATRIX = String.raw`$h_t \in \mathbb{R}^n$, $h_t = \tanh(W h_{t-1} + U x_t)$ for $t = 1, \dots, T$. $L = \ell(h_T)$.`;

const outcome = async (forward: string, claim: string): Promise<string> => {
  const note = await readNote(`${forward}\n\n## Backward pass\n\n$$${claim}$$\n`);
  return outcomeOf(checkNote(note, { language: "en" }).equations.at(-1));
};

test.each([
  [
    "x_k, of where the product begins",
    SCALAR,
    String.raw`\frac{\partial L}{\partial u} = (h_T - y) \sum_{k=1}^T w^{T-k} \prod_{t=k}^T (1 - h_t^2) x_k`,
    "holds",
  ],
  [
    "the same in brackets with the product",
    SCALAR,
    String.raw`\frac{\partial L}{\partial u} = (h_T - y) \sum_{k=1}^T w^{T-k} \prod_{t=k}^T \left[ (1 - h_t^2) x_k \right]`,
    "wrong",
  ],
  [
    "two factors",
    SCALAR,
    String.raw`\frac{\partial L}{\partial w} = (h_T - y) \sum_{k=1}^T \prod_{t=k+1}^T w (1 - h_t^2) (1 - h_k^2) h_{k-1}`,
    "holds",
  ],
  [
    "a factor with the index behind one without",
    SCALAR,
    String.raw`\frac{\partial h_T}{\partial h_k} = \prod_{t=k+1}^T w (1 - h_t^2)`,
    "holds",
  ],
  [
    "a matrix without an index stands inside",
    MATRIX,
    String.raw`\frac{\partial h_t}{\partial h_k} = \prod_{j=k+1}^{t} \mathrm{diag}(1 - h_j^2) W`,
    // The largest index leftmost.
    "convention",
  ],
])("%s", async (_, forward, claim, expected) => expect(await outcome(forward, claim)).toBe(expected));
