import { op } from "./op.ts";

export const diag = op({
  name: "diag",
  doc: "The square matrix with the given diagonal and zeros elsewhere.",
  args: ["v"],
  shape: "n -> n n",
  means: { einsum: "i->ii" },
  pullback: { v: "diagonal(G)" },
  latex: { form: { call: "\\operatorname{diag}" }, reads: { diag: 0, Diag: 0 } },
});
