import { op } from "./op.ts";

export const scale = op({
  name: "scale",
  doc: "A scalar times an array.",
  args: ["c", "A"],
  shape: "1, m n -> m n",
  means: { einsum: ",ij->ij" },
  pullback: { c: "inner(G, A)", A: "c * G" },
  lift: [
    { of: "1*, n*", rows: "diag(c) * A", columns: "A * diag(c')" },
    { of: "1*, n", rows: "c * A'", columns: "A * c" },
    { of: "1, n*", rows: "c * A", columns: "c * A" },
    { of: "1*, 1*", rows: "c .* A", columns: "c .* A" },
    { of: "1*, 1", rows: "A * c", columns: "A * c" },
    { of: "1, 1*", rows: "c * A", columns: "c * A" },
    { of: "1*, 1 n", rows: "c * A", columns: "A' * c" },
  ],
  latex: {
    form: { juxtapose: true, level: "product" },
    reads: { "": 2, "\\cdot": 1, ".": 1, "*": 1, "\\times": 1, ".*": 2 },
  },
  term: [{ spelling: "*", scalarOnly: true }],
  lawsOnScalars: ["associative", "commutative"],
});
