import { op } from "./op.ts";

export const kronecker = op({
  name: "kronecker",
  doc: "The Kronecker product: every entry of the first matrix times the second one, as blocks.",
  source: "Magnus and Neudecker 2019, Matrix Differential Calculus, §2.2",
  args: ["A", "B"],
  shape: "m n, p q -> m*p n*q",
  means: {
    define: "sum(i, 1, m, sum(j, 1, n, element(A, i, j) * window(B, p - p * i, q - q * j, m * p, n * q)))",
  },
  isWhole: true,
  latex: { form: { infix: "\\otimes", level: "product" }, reads: { "\\otimes": 1 } },
});
