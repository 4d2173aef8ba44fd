import { op } from "./op.ts";

export const diagonal = op({
  name: "diagonal",
  doc: "The diagonal of a square matrix, as a vector.",
  args: ["A"],
  shape: "n n -> n",
  means: { einsum: "ii->i" },
  pullback: { A: "diag(G)" },
  latex: { form: { call: "\\operatorname{diag}" }, reads: { diagonal: 0, diag: 2 } },
});
