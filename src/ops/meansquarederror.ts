import { MEAN_SQUARED_ERRORS } from "./losswords.ts";
import { op } from "./op.ts";

export const meanSquaredError = op({
  name: "meansquarederror",
  doc: "The mean of the squared differences of the entries of two arrays.",
  source: "Goodfellow, Bengio and Courville 2016, Deep Learning, (5.4)",
  args: ["A", "B"],
  shape: "m n, m n -> 1",
  means: { define: "squarednorm(A - B) / (m * n)" },
  pullback: { A: "(2 * G / (m * n)) * (A - B)", B: "(2 * G / (m * n)) * (B - A)" },
  latex: { form: { call: "\\operatorname{MSE}" }, reads: { MSE: 0, "mean squared error": 0 } },
  laws: ["commutative"],
  compares: {
    output: "A",
    target: "B",
    name: { en: "mean squared error", zh: "均方误差" },
    called: MEAN_SQUARED_ERRORS,
  },
});
