import { op } from "./op.ts";

export const scale = op({
  name: "scale",
  doc: "A scalar times an array.",
  args: ["c", "A"],
  shape: "1, m n -> m n",
  means: { einsum: ",ij->ij" },
  pullback: { c: "inner(G, A)", A: "c * G" },
  latex: { form: { juxtapose: true, level: "product" }, reads: { "": 2, "\\cdot": 1, "*": 1, "\\times": 1 } },
  term: [{ spelling: "*", scalarOnly: true }],
  lawsOnScalars: ["associative", "commutative"],
});
