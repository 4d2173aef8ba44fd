import { op } from "./op.ts";

export const divide = op({
  name: "divide",
  doc: "An array divided by a scalar.",
  args: ["A", "c"],
  shape: "m n, 1 -> m n",
  means: { define: "A ./ (c * ones(m, n))" },
  pullback: { A: "G / c", c: "-(inner(G, Y) / c)" },
  latex: { form: { fraction: true }, reads: { "/": 0 } },
  term: [{ spelling: "/" }],
  sample: "non-zero",
});
