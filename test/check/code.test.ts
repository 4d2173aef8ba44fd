import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const FORWARD = String.raw`$X \in \mathbb{R}^{d \times m}$, $W \in \mathbb{R}^{h \times d}$, $c \in \mathbb{R}^{h}$, $\phi$ works elementwise, $\mathbf{1} \in \mathbb{R}^{m}$.

$$P = W X + c \mathbf{1}^\top$$

$$A = \phi(P)$$

$$L = \sum_{i=1}^h \sum_{j=1}^m A_{ij}$$`;

const verdictOf = async (claim: string): Promise<string | undefined> =>
  outcomeOf(
    checkNote(await readNote(`${FORWARD}\n\n## Backward pass\n\n$$${claim}$$\n`), { language: "en" }).equations.at(-1),
  );

describe("lines of code are read as what NumPy means", () => {
  test.each([
    ["a sum along the rows", "dc = np.sum(dP, axis=1, keepdims=True)", "holds"],
    ["the axis by its place", "dc = np.sum(dP, 1)", "holds"],
    ["counted from the end", "dc = numpy.sum(dP, axis=-1)", "holds"],
    ["a sum along the columns", "dc = np.sum(dP, axis=0)", "wrong"],
    ["a sum of everything", "dc = np.sum(dP)", "wrong"],
    ["a mean", "dc = np.mean(dP, axis=1)", "wrong"],
    ["a mean times the count", "dc = m np.mean(dP, axis=1)", "holds"],
    ["a product", "dW = np.dot(dP, X.T)", "holds"],
    ["a product without its transposition", "dW = np.dot(dP, X)", "wrong"],
    ["a product in the other order", "dW = np.matmul(X.T, dP)", "wrong"],
    ["a dot for a product", "dX = W^T.dP", "holds"],
    ["a dot for another product", "dX = W.dP", "wrong"],
    ["entry by entry", String.raw`dP = np.multiply(dA, \phi'(P))`, "holds"],
    ["entry by entry, of the wrong thing", String.raw`dP = np.multiply(A, \phi'(P))`, "wrong"],
    ["a call that is not known", "dc = np.einsum(dP, axis=1)", "unreadable"],
    ["a keyword that is not known", "dc = np.sum(dP, axis=1, where=A)", "unreadable"],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(claim)).toBe(verdict));
});

describe("the sign of a gradient within braces, with the scripts behind them", () => {
  test.each([
    ["right", "{dX}^{T} = {dP}^{T} W", "holds"],
    ["with another factor", "{dX}^{T} = {P}^{T} W", "wrong"],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(claim)).toBe(verdict));
});
