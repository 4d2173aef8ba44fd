import { op } from "./op.ts";

export const mean = op({
  name: "mean",
  doc: "The mean of all entries.",
  args: ["A"],
  shape: "m n -> 1",
  means: { define: "total(A) / (m * n)" },
  pullback: { A: "(G / (m * n)) * ones(m, n)" },
  lift: [
    { of: "n*", rows: "A * ones(n, 1) / n", columns: "ones(1, n) * A / n" },
    { of: "1*", rows: "A", columns: "A" },
  ],
  latex: { form: { call: "\\operatorname{mean}" }, reads: { mean: 0 } },
});
