import { op } from "./op.ts";

export const total = op({
  name: "total",
  doc: "The sum of all entries.",
  args: ["A"],
  shape: "m n -> 1",
  means: { einsum: "ij->" },
  pullback: { A: "G * ones(m, n)" },
  lift: [
    { of: "n*", rows: "A * ones(n, 1)", columns: "ones(1, n) * A" },
    { of: "1*", rows: "A", columns: "A" },
  ],
  latex: { form: { call: "\\operatorname{sum}" }, reads: { sum: 0 } },
});
