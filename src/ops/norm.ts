import { op } from "./op.ts";

export const norm = op({
  name: "norm",
  doc: "The Euclidean norm of a vector, the Frobenius norm of a matrix.",
  source: "Petersen and Pedersen 2012, The Matrix Cookbook, (129)",
  args: ["A"],
  shape: "m n -> 1",
  means: { define: "sqrt(inner(A, A))" },
  pullback: { A: "(G / Y) * A" },
  latex: {
    form: {
      when: [
        ["of scalars", { fence: ["|", "|"] }],
        ["of columns", { fence: ["\\|", "\\|"], sub: "2" }],
      ],
      otherwise: { fence: ["\\|", "\\|"], sub: "F" },
    },
    reads: { "\\lVert": 0 },
  },
  kinks: {
    where: "A = 0",
    returns: "0",
    say: "The norm has no derivative at 0; 0 is returned there.",
  },
  sample: "non-zero",
});
