import { op } from "./op.ts";

export const vec = op({
  name: "vec",
  doc: "The columns of a matrix one below the other, as one vector.",
  source: "Magnus and Neudecker 2019, Matrix Differential Calculus, §2.4",
  args: ["A"],
  shape: "m n -> m*n",
  means: { define: "sum(j, 1, n, window(window(A, 0, j - 1, m, 1), m - m * j, 0, m * n, 1))" },
  pullback: { A: "unvec(G, m, n)" },
  isWhole: true,
  latex: { form: { call: "\\operatorname{vec}" }, reads: { vec: 0 } },
});
