import { op } from "./op.ts";

export const inverse = op({
  name: "inverse",
  doc: "The inverse of a square matrix.",
  source: "Petersen and Pedersen 2012, The Matrix Cookbook, (60)",
  args: ["A"],
  shape: "n n -> n n",
  means: { kernel: "inverse" },
  pullback: { A: "-(Y' * G * Y')" },
  latex: {
    form: {
      template: "#1^{-1}",
      level: "power",
      brackets: { "1": "atom" },
      raised: { "^\\top": "#1^{-\\top}" },
    },
    reads: { "^-1": 0, inv: 0 },
  },
  kinks: {
    where: "\\det(A) = 0",
    say: "The inverse is defined for matrices with a determinant other than 0 only.",
  },
  sample: "non-zero",
});
