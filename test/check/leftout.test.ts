import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const reportsOf = async (forward: string, claims: string): Promise<readonly EquationReport[]> =>
  checkNote(await readNote(`${forward}\n\n## Backward pass\n\n$$${claims}$$\n`), { language: "en" }).equations;

const verdictOf = async (forward: string, claims: string): Promise<string | undefined> =>
  outcomeOf((await reportsOf(forward, claims)).at(-1));

const TWO = String.raw`$q \in \mathbb{R}^{n}$, $K_a, K_b \in \mathbb{R}^{n \times n}$.

$$p = K_a q$$

$$r = K_b p$$

$$L = \ell(r)$$`;

describe("a name without the subscript that tells it from another", () => {
  test.each([
    [
      "right for one of them",
      String.raw`\frac{\partial L}{\partial q} = K^\top \frac{\partial L}{\partial p}`,
      "repaired",
    ],
    ["wrong for both", String.raw`\frac{\partial L}{\partial q} = 2 K^\top \frac{\partial L}{\partial p}`, "wrong"],
    [
      "the name with its subscript",
      String.raw`\frac{\partial L}{\partial q} = K_a^\top \frac{\partial L}{\partial p}`,
      "holds",
    ],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(TWO, claim)).toBe(verdict));

  test("the repair says which was meant", async () => {
    const found = await reportsOf(
      TWO,
      String.raw`\frac{\partial L}{\partial q} = K^\top \frac{\partial L}{\partial p}`,
    );
    expect(found.at(-1)?.repairs.map(({ from, to }) => [from, to])).toEqual([["K", "K_{a}"]]);
  });
});

const LAYERS = String.raw`$x_t \in \mathbb{R}^{d}$, $A \in \mathbb{R}^{n \times d}$, $B \in \mathbb{R}^{n \times n}$, $t = 1, \ldots, T$.

$$s_t = \tanh(A x_t + B s_{t-1})$$

$$L = \sum_{t=1}^T \ell(s_t)$$`;

describe("a name that the note gives to an error, without its superscript", () => {
  const named = String.raw`\delta^u_t = \frac{\partial L}{\partial s_t} $$ $$ `;
  test.each([
    ["right", String.raw`\frac{\partial L}{\partial x_t} = A^\top (\delta_t \odot (1 - s_t \odot s_t))`, "repaired"],
    [
      "of another time",
      String.raw`\frac{\partial L}{\partial x_t} = A^\top (\delta_{t-1} \odot (1 - s_t \odot s_t))`,
      "wrong",
    ],
    ["without its slope", String.raw`\frac{\partial L}{\partial x_t} = A^\top \delta_t`, "wrong"],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(LAYERS, named + claim)).toBe(verdict));
});

const SAMPLES = String.raw`All names are scalars, $i = 1, \ldots, m$.

$$\mu = \frac{1}{m} \sum_{i=1}^m x_i$$

$$v_i = \kappa^2 (x_i - \mu)$$

$$L = \sum_{i=1}^m \ell(v_i)$$`;

describe("a member without its index beside a sum over it", () => {
  test.each([
    ["term by term", String.raw`\frac{\partial v}{\partial \kappa} = \sum_{i=1}^m 2 \kappa (x_i - \mu)`, "repaired"],
    // Both sides are 0 when they are summed: that shows nothing.
    ["another term", String.raw`\frac{\partial v}{\partial \kappa} = \sum_{i=1}^m 3 \kappa (x_i - \mu)`, "wrong"],
    ["a product", String.raw`\frac{\partial v}{\partial \kappa} = \prod_{i=1}^m 2 \kappa (x_i - \mu)`, "wrong"],
    [
      "a second sum, that comes to nothing",
      String.raw`\frac{\partial v}{\partial \kappa} = \sum_{i=1}^m 2 \kappa (x_i - \mu) + \sum_{i=1}^m (x_i - \mu)`,
      "wrong",
    ],
    [
      "a sum over another letter",
      String.raw`\frac{\partial v}{\partial \kappa} = \sum_{j=1}^m 2 \kappa (x_i - \mu)`,
      "wrong",
    ],
    ["with the index written", String.raw`\frac{\partial v_i}{\partial \kappa} = 2 \kappa (x_i - \mu)`, "holds"],
    [
      "with the index written, and a sum",
      String.raw`\frac{\partial v_i}{\partial \kappa} = \sum_{i=1}^m 2 \kappa (x_i - \mu)`,
      "wrong",
    ],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(SAMPLES, claim)).toBe(verdict));
});

test("nothing is left out of a name that would first have to be another letter", async () => {
  const claim = (factor: string): string =>
    String.raw`\frac{\partial L}{\partial S} = ${factor} \frac{\partial L}{\partial S}`;
  expect(await verdictOf(LAYERS, claim("2"))).toBe("undefined");
  // Nor an index that the claim does not have: s may be all members as one array.
  expect(await verdictOf(LAYERS, claim("2").replaceAll("S", "s"))).toBe("cannot-tell");
});

describe("letters side by side behind a differential", () => {
  const OPEN = String.raw`$x \in \mathbb{R}^{d}$, $A \in \mathbb{R}^{n \times d}$.

$$s = A x$$`;
  test.each([
    [
      "are the name of the loss",
      String.raw`\frac{\partial{risk}}{\partial{x}} = A^\top \frac{\partial{risk}}{\partial{s}}`,
      "holds",
    ],
    [
      "and a slip beside it",
      String.raw`\frac{\partial{risk}}{\partial{x}} = 2 A^\top \frac{\partial{risk}}{\partial{s}}`,
      "wrong",
    ],
    [
      "are a product where each is a name",
      String.raw`\frac{\partial risk}{\partial s} = \frac{\partial risk}{\partial s} $$ $$ \frac{\partial Ax}{\partial x} = A`,
      "unreadable",
    ],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(OPEN, claim)).toBe(verdict));
});

test("a small letter for a matrix is misread where its subscripts are no places", async () => {
  const forward = String.raw`$x_t \in \mathbb{R}^d$, $h_t \in \mathbb{R}^n$, $y_t \in \mathbb{R}^q$, $t = 1, \dots, T$.

$$h_t = \tanh(W_{xh} x_t + W_{hh} h_{t-1})$$

$$o_t = W_{hy} h_t$$

$$L = \sum_{t=1}^T \frac12 \|o_t - y_t\|^2$$`;
  const claim = String.raw`\frac{\partial L}{\partial w_{hy}} = \sum_{t=1}^T (o_t - y_t) h_t^\top`;
  expect(await verdictOf(forward, claim)).toBe("repaired");
});

test("another letter for the loss that the note has is misread, and no function of it", async () => {
  const forward = String.raw`$x \in \mathbb{R}^d$, $o, y \in \mathbb{R}^q$, $W \in \mathbb{R}^{q \times d}$.

$$o = W x$$

$$L = \frac12 \|o - y\|^2$$`;
  expect(await verdictOf(forward, String.raw`\frac{\partial l}{\partial o} = o - y`)).toBe("repaired");
  expect(await verdictOf(forward, String.raw`\frac{\partial l}{\partial o} = o + y`)).not.toMatch(/holds|repaired/u);
  expect(await verdictOf(forward, String.raw`\frac{\partial E}{\partial o} = o - y`)).toBe("undefined");
});
