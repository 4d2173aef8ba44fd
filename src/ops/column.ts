import { op } from "./op.ts";

export const column = op({
  name: "column",
  doc: "One column of a matrix.",
  args: ["A", "j"],
  shape: "m n, #j -> m",
  means: { define: "window(A, 0, j - 1, m, 1)" },
  pullback: { A: "G * unit(n, j)'" },
  isWhole: true,
  latex: { form: { subscript: ":,#2" } },
});
