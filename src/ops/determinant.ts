import { op } from "./op.ts";

export const determinant = op({
  name: "determinant",
  doc: "The determinant of a square matrix.",
  source: "Petersen and Pedersen 2012, The Matrix Cookbook, (49)",
  args: ["A"],
  shape: "n n -> 1",
  means: { kernel: "determinant" },
  pullback: { A: "(G * Y) * inverse(A)'" },
  latex: { form: { call: "\\det" }, reads: { "\\det": 0, det: 0, "\\lvert": 1 } },
  kinks: {
    where: "\\det(A) = 0",
    say: "The gradient of the determinant is worked out for determinants other than 0 only.",
  },
  sample: "non-zero",
});
