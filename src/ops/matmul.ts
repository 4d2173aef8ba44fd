import { op } from "./op.ts";

export const matmul = op({
  name: "matmul",
  doc: "The matrix product; a vector is a column.",
  source: "Giles 2008, An extended collection of matrix derivative results, §2.2.2",
  args: ["A", "B"],
  shape: "m k, k n -> m n",
  means: { einsum: "ik,kj->ij" },
  pullback: { A: "G * B'", B: "A' * G" },
  lift: [
    { of: "1 n*, n*", rows: "(A .* B) * ones(n, 1)", columns: "ones(1, n) * (A .* B)" },
    { of: "1 n*, n", rows: "A * B", columns: "B' * A" },
    { of: "1 n, n*", rows: "B * A'", columns: "A * B" },
    { of: "m n, n*", rows: "B * A'", columns: "A * B" },
    { of: "1 n*, n m", rows: "A * B", columns: "B' * A" },
  ],
  latex: {
    form: { juxtapose: true, level: "product" },
    reads: { "": 1, "\\cdot": 1, ".": 1, "*": 1, "\\times": 2, "@": 0 },
  },
  term: [{ spelling: "*" }],
  laws: ["associative"],
});
