import { op } from "./op.ts";

export const commutation = op({
  name: "commutation",
  doc: "The commutation matrix: it takes vec(A) to vec(A'), for A of the two sizes.",
  source: "Magnus and Neudecker 2019, Matrix Differential Calculus, §3.7",
  args: ["m", "n"],
  shape: "#m, #n -> m*n m*n",
  means: {
    define: "sum(i, 1, m, sum(j, 1, n, window(1, 1 + n - j - n * i, 1 + m - i - m * j, m * n, m * n)))",
  },
  isWhole: true,
  latex: { form: { template: "K_{#1,#2}", level: "atom" } },
});
