import { op } from "./op.ts";

export const squaredNorm = op({
  name: "squarednorm",
  doc: "The sum of the squares of all entries: the squared Euclidean or Frobenius norm.",
  source: "Petersen and Pedersen 2012, The Matrix Cookbook, (131)",
  args: ["A"],
  shape: "m n -> 1",
  means: { define: "inner(A, A)" },
  pullback: { A: "(2 * G) * A" },
  lift: [
    { of: "n*", rows: "(A .* A) * ones(n, 1)", columns: "ones(1, n) * (A .* A)" },
    { of: "1*", rows: "A .* A", columns: "A .* A" },
  ],
  latex: {
    form: {
      when: [
        ["of scalars", { template: "#1^{2}", level: "power", brackets: { "1": "atom" } }],
        ["of columns", { fence: ["\\|", "\\|"], sub: "2", sup: "2" }],
      ],
      otherwise: { fence: ["\\|", "\\|"], sub: "F", sup: "2" },
    },
    reads: { "\\lVert^2": 0 },
  },
});
