// Arrays that a note writes by entries or by samples, and as wholes.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "./outcome.ts";

const definitions = (count: number): readonly string[] => Array<string>(count).fill("definition");

test.each([
  // \hat x_i = … is no estimate of x where \hat x is read.
  ["layer-norm", [...definitions(6), ...Array<string>(5).fill("holds"), "wrong", "holds"]],
  // dZ^{(i)} is a sample of dZ, of which nothing says how they lie, and no power.
  ["samples", [...definitions(3), "convention", "convention", "unreadable", "wrong"]],
  // \hat v = v / \|v\| is another value beside v, and c alone is the scalar.
  ["cosine", ["definition", "holds", "wrong", "definition", "definition", "holds", "holds"]],
  // x_i is a row of the X that is declared; X^⊤ beside it is X itself.
  ["regression-by-samples", ["definition", "convention", "holds", "wrong"]],
  // A column of it, where the sum goes through its columns.
  ["logistic-by-samples", [...definitions(3), ...Array<string>(4).fill("convention")]],
  ["factorisation-rows", [...definitions(2), "convention", "convention", "definition"]],
  // Members without a matrix, and steps of them: along the gradient, for a part of it, uphill.
  [
    "factorisation-members",
    [
      ...definitions(2),
      "holds",
      "holds",
      "holds-under",
      "cannot-tell",
      "definition",
      "cannot-tell",
      "definition",
      "cannot-tell",
      "cannot-tell",
    ],
  ],
  // s = σ(u) of a logistic σ that is not said to be one.
  [
    "gated-layer",
    [
      ...definitions(7),
      ...Array<string>(4).fill("holds"),
      ...Array<string>(3).fill("convention"),
      "wrong",
      ...Array<string>(3).fill("holds"),
    ],
  ],
  // \bar S is the gradient by S where bars run against the forward equations, whatever they are called; means run along.
  ["attention-adjoints", [...definitions(4), ...Array<string>(6).fill("convention"), "wrong"]],
  ["recurrent-adjoints", [...definitions(3), ...Array<string>(4).fill("convention"), "wrong"]],
  ["bars-along", [...definitions(5), "holds", "wrong"]],
  // "Setting ∇J(w) = 0" is a condition, and what follows its solution.
  ["ridge", ["definition", "holds", "definition", "holds", "definition", "convention", "convention", "wrong"]],
  ["ridge-zh", ["definition", "definition", "convention", "definition"]],
  // \pi(b) is another member than \pi(a), and b counts as a does.
  ["softmax-policy-values", [...definitions(2), "holds", "holds", "wrong"]],
  ["softmax-policy", [...definitions(3), "holds", "holds"]],
  // L_t(h_t) is the value of a function, and no member of L.
  ["gru-losses", [...definitions(5), "holds", "holds", "definition", "holds", "holds", "holds", "wrong", "holds"]],
  // Members begin where a sum or a member that is read says so: at 0.
  ["contrastive", [...definitions(3), ...Array<string>(6).fill("holds")]],
  // X is the matrix of all x_i, y and μ are those of all numbers, and diag(μ_1, …, μ_n) is diag(μ).
  ["poisson", [...definitions(3), ...Array<string>(4).fill("convention"), "definition"]],
  ["poisson-rows", [...definitions(3), ...Array<string>(4).fill("convention"), "wrong"]],
  // "If c > 0:" before displays, \text{if} c > 0 behind one, "Otherwise"; d_p is the note's own name, no gradient by p.
  ["triplet", [...definitions(3), "convention", "convention", "convention", "wrong"]],
  ["triplet-conditions", [...definitions(3), "convention", "holds", "holds", "holds"]],
  ["hinge", ["definition", "convention", "wrong", "convention", "wrong"]],
  ["hinge-zh", ["definition", "convention", "convention"]],
  // Q, R and Q_f are symmetric, which one word says of all three.
  ["costate", [...definitions(4), "holds", "wrong", "undefined"]],
  // "When y = 1:" and "When y = 0 and d < m:" give a number a value; the words are no equations.
  ["contrastive-cases", [...definitions(4), ...Array<string>(4).fill("convention"), "wrong", "holds", "holds"]],
  // The "scalar" at the end of a row says nothing of the name in the next one, the "matrix" neither.
  ["scalar-in-table", [...definitions(3), ...Array<string>(4).fill("holds"), "definition", "wrong"]],
  ["shapes-in-table", [...definitions(2), ...Array<string>(4).fill("holds")]],
  // a and h of h = m ⊙ ReLU(a) are both parts of u, though h alone reads a.
  ["residual-parts", [...definitions(5), ...Array<string>(4).fill("holds"), "wrong", "holds", "holds"]],
  // y_i (w^⊤ x_i + b) is a product where claims multiply by y_i.
  ["margin", ["definition", "holds", "holds", "wrong", "definition"]],
  // m^+ and z' are names where they are defined; a Jacobian that the note has in one layout is wrong in the other.
  ["filter-step", [...definitions(6), ...Array<string>(5).fill("holds"), "wrong"]],
  ["planar-flow", [...definitions(4), ...Array<string>(4).fill("holds"), "wrong", "holds"]],
  // \sqrt{2\pi} beside the weights π_k.
  ["mixture-density", [...definitions(4), ...Array<string>(3).fill("holds"), "wrong"]],
  // Each line of a list of derivatives is a system by itself; lists are in one layout, and words beside say "symmetric".
  ["derivative-list", [...Array<string>(6).fill("holds"), "holds-under", "convention"]],
  ["derivative-list-zh", ["holds", "convention", "holds", "holds-under"]],
  // 1_{H > 0} in plain letters.
  ["graph-convolution", [...definitions(4), ...Array<string>(4).fill("convention"), "wrong", "holds", "wrong"]],
  // Of which members an equation is said: by a word before or behind it, by cases of an index.
  ["places", [...definitions(3), ...Array<string>(6).fill("holds")]],
  [
    "places-wrong",
    [...definitions(3), "wrong", "holds-under", "cannot-tell", "holds-under", "holds-under", "wrong", "holds", "wrong"],
  ],
  // Shapes in a table, and equations in another one.
  ["symbol-table", [...definitions(2), "holds", "holds", "wrong"]],
  // A range that is said of a backward equation ends no horizon; a row that the next one goes on from begins a chain.
  ["jacobian-products", [...definitions(4), ...Array<string>(3).fill("holds")]],
  // Roots in each of many rows.
  ["transformer", [...definitions(7), "holds", "holds", "wrong"]],
  // "If $L = …$", then for another loss: choices. "The delta rule" is no list of rules.
  ["loss-choices", [...definitions(2), "holds", "holds", "definition", "holds", "definition", "convention", "wrong"]],
  // Rules speak of names of their own.
  [
    "recalled-rules",
    [
      "definition",
      "holds",
      "definition",
      "holds",
      "definition",
      "holds",
      "definition",
      "holds-under",
      ...definitions(2),
      "holds",
    ],
  ],
  [
    "adjoint-rules",
    [
      "definition",
      "holds",
      "holds",
      "definition",
      "holds",
      "holds",
      ...Array<string[]>(4).fill(["definition", "holds"]).flat(),
      "definition",
      "cannot-tell",
    ],
  ],
])("%s", async (name, outcomes) => {
  const text = readFileSync(new URL(`wholes/${name}.md`, import.meta.url), "utf8");
  const { equations } = await check(await readNote(text), { language: "en" });
  expect(equations.map(outcomeOf)).toEqual(outcomes);
});
