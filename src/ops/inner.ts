import { op } from "./op.ts";

export const inner = op({
  name: "inner",
  doc: "The inner product: the sum of the products of corresponding entries (Frobenius for matrices).",
  args: ["A", "B"],
  shape: "m n, m n -> 1",
  means: { einsum: "ij,ij->" },
  pullback: { A: "G * B", B: "G * A" },
  lift: [
    { of: "n*, n*", rows: "(A .* B) * ones(n, 1)", columns: "ones(1, n) * (A .* B)" },
    { of: "n*, n", rows: "A * B", columns: "B' * A" },
    { of: "n, n*", rows: "B * A", columns: "A' * B" },
    { of: "1*, 1*", rows: "A .* B", columns: "A .* B" },
    { of: "1*, 1", rows: "B * A", columns: "B * A" },
    { of: "1, 1*", rows: "A * B", columns: "A * B" },
  ],
  latex: {
    form: {
      when: [
        ["of scalars", { juxtapose: true, level: "product" }],
        ["of columns", { juxtapose: true, level: "product", posts: ["^\\top", ""] }],
      ],
      otherwise: { template: "\\langle #1, #2 \\rangle", level: "atom" },
    },
    reads: { "\\langle": 0, "\\cdot": 4, ".": 4 },
  },
  laws: ["commutative"],
});
