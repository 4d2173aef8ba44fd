import { op } from "./op.ts";

export const divide = op({
  name: "divide",
  doc: "An array divided by a scalar.",
  args: ["A", "c"],
  shape: "m n, 1 -> m n",
  means: { define: "A ./ (c * ones(m, n))" },
  pullback: { A: "G / c", c: "-(inner(G, Y) / c)" },
  lift: [
    { of: "n*, 1*", rows: "A ./ (c * ones(1, n))", columns: "A ./ (ones(n, 1) * c)" },
    { of: "n*, 1", rows: "A / c", columns: "A / c" },
    { of: "1*, 1*", rows: "A ./ c", columns: "A ./ c" },
    { of: "1*, 1", rows: "A / c", columns: "A / c" },
    { of: "1, 1*", rows: "A * ones(N, 1) ./ c", columns: "A * ones(1, N) ./ c" },
    { of: "n, 1*", rows: "ones(N, 1) * A' ./ (c * ones(1, n))", columns: "A * ones(1, N) ./ (ones(n, 1) * c)" },
  ],
  latex: { form: { fraction: true }, reads: { "/": 0 } },
  term: [{ spelling: "/" }],
  sample: "non-zero",
});
