import { op } from "./op.ts";

export const ones = op({
  name: "ones",
  doc: "An array of ones; a vector when the second size is 1.",
  args: ["m", "n"],
  shape: "#m, #n -> m n",
  means: { einsum: "->ij" },
  latex: {
    form: {
      when: [
        ["scalar", { template: "1", level: "atom" }],
        ["column", { template: "\\mathbf{1}_{#1}", level: "atom" }],
        ["row", { template: "\\mathbf{1}_{#2}^\\top", level: "power" }],
      ],
      otherwise: { template: "\\mathbf{1}_{#1} \\mathbf{1}_{#2}^\\top", level: "product" },
    },
    asSummand: "1",
    reads: { "\\mathbf{1}": 0, "\\mathbb{1}": 0, "\\vec{1}": 0 },
  },
});
