import { op } from "./op.ts";

export const ones = op({
  name: "ones",
  doc: "An array of ones; a vector when the second size is 1.",
  args: ["m", "n"],
  shape: "#m, #n -> m n",
  means: { einsum: "->ij" },
  latex: { form: { template: "\\mathbf{1}_{#1}", level: "atom" }, reads: { "\\mathbf{1}": 0, "\\mathbb{1}": 0, "\\vec{1}": 0 } },
});
