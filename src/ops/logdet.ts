import { op } from "./op.ts";

export const logdet = op({
  name: "logdet",
  doc: "The natural logarithm of the determinant of a square matrix.",
  source: "Petersen and Pedersen 2012, The Matrix Cookbook, (57)",
  args: ["A"],
  shape: "n n -> 1",
  means: { kernel: "log-determinant" },
  pullback: { A: "G * inverse(A)'" },
  latex: { form: { call: "\\log\\det" }, reads: { logdet: 0 } },
  kinks: {
    where: "\\det(A) \\le 0",
    say: "The logarithm of a determinant is defined for matrices with a positive determinant only.",
  },
  sample: "positive",
});
