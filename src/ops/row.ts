import { op } from "./op.ts";

export const row = op({
  name: "row",
  doc: "One row of a matrix, as a row.",
  args: ["A", "i"],
  shape: "m n, #i -> 1 n",
  means: { define: "window(A, i - 1, 0, 1, n)" },
  pullback: { A: "unit(m, i) * G" },
  latex: { form: { subscript: "#2,:" } },
});
