import { op } from "./op.ts";

export const window = op({
  name: "window",
  doc: "The entries of an array from a row and a column on, both counted from 0, in a given shape; zeros where that reaches beyond the array.",
  args: ["A", "i", "j", "r", "s"],
  shape: "m n, #i, #j, #r, #s -> r s",
  means: { window: true },
  pullback: { A: "window(G, -i, -j, m, n)" },
  isWhole: true,
  latex: {
    form: { template: "\\operatorname{window}_{#2,#3}^{#4 \\times #5}(#1)", level: "atom" },
  },
});
