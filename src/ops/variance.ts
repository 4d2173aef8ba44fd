import { op } from "./op.ts";

export const variance = op({
  name: "variance",
  doc: "The mean squared distance of all entries from their mean.",
  args: ["A"],
  shape: "m n -> 1",
  means: { define: "squarednorm(A - mean(A) * ones(m, n)) / (m * n)" },
  pullback: { A: "(2 * G / (m * n)) * (A - mean(A) * ones(m, n))" },
  latex: { form: { call: "\\operatorname{Var}" }, reads: { Var: 0, variance: 0, var: 0 } },
});
