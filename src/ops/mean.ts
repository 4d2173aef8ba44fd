import { op } from "./op.ts";

export const mean = op({
  name: "mean",
  doc: "The mean of all entries.",
  args: ["A"],
  shape: "m n -> 1",
  means: { define: "total(A) / (m * n)" },
  pullback: { A: "(G / (m * n)) * ones(m, n)" },
  latex: { form: { call: "\\operatorname{mean}" }, reads: { mean: 0 } },
});
