import { op } from "./op.ts";

export const unvec = op({
  name: "unvec",
  doc: "The matrix of a given shape whose columns stand one below the other in a vector.",
  source: "Magnus and Neudecker 2019, Matrix Differential Calculus, §2.4",
  args: ["x", "m", "n"],
  shape: "k, #m, #n -> m n",
  means: { define: "sum(j, 1, n, window(window(x, m * j - m, 0, m, 1), 0, 1 - j, m, n))" },
  pullback: { x: "window(vec(G), 0, 0, k, 1)" },
  isWhole: true,
  latex: { form: { template: "\\operatorname{vec}_{#2 \\times #3}^{-1}(#1)", level: "atom" } },
});
