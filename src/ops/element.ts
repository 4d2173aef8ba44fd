import { op } from "./op.ts";

export const element = op({
  name: "element",
  doc: "One entry of a matrix, by its row and column.",
  args: ["A", "i", "j"],
  shape: "m n, #i, #j -> 1",
  means: { define: "window(A, i - 1, j - 1, 1, 1)" },
  pullback: { A: "G * outer(unit(m, i), unit(n, j))" },
  isWhole: true,
  latex: { form: { subscript: "#2,#3", index: true } },
});
