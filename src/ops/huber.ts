import { op } from "./op.ts";

export const huber = op({
  name: "huber",
  doc: "Huber's loss of residuals: the sum of z²/2 where |z| is at most c, of c (|z| - c/2) elsewhere.",
  source: "Hastie, Tibshirani and Friedman 2009, The Elements of Statistical Learning, (10.23), halved",
  args: ["Z", "c"],
  shape: "m n, 1 -> 1",
  means: { define: "inner(min(abs(Z), c * ones(m, n)), abs(Z) - min(abs(Z), c * ones(m, n)) / 2)" },
  pullback: {
    Z: "G * (sign(Z) .* min(abs(Z), c * ones(m, n)))",
    c: "G * total(relu(abs(Z) - c * ones(m, n)))",
  },
  latex: { form: { call: "\\operatorname{huber}" }, reads: { huber: 0, Huber: 0 } },
});
