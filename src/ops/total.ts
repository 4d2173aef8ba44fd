import { op } from "./op.ts";

export const total = op({
  name: "total",
  doc: "The sum of all entries.",
  args: ["A"],
  shape: "m n -> 1",
  means: { einsum: "ij->" },
  pullback: { A: "G * ones(m, n)" },
  latex: { form: { call: "\\operatorname{sum}" }, reads: { sum: 0 } },
});
