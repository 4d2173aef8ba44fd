import { op } from "./op.ts";

export const squaredError = op({
  name: "squarederror",
  doc: "The squared distance of two arrays: the sum of the squared differences of their entries.",
  args: ["A", "B"],
  shape: "m n, m n -> 1",
  means: { define: "squarednorm(A - B)" },
  pullback: { A: "(2 * G) * (A - B)", B: "(2 * G) * (B - A)" },
  latex: {
    form: {
      when: [
        ["of scalars", { template: "(#1 - #2)^{2}", level: "power", brackets: { "2": "product" } }],
        ["of columns", { template: "\\|#1 - #2\\|_{2}^{2}", level: "atom", brackets: { "2": "product" } }],
      ],
      otherwise: { template: "\\|#1 - #2\\|_{F}^{2}", level: "atom", brackets: { "2": "product" } },
    },
    reads: { "squared error": 0 },
  },
  laws: ["commutative"],
  compares: {
    output: "A",
    target: "B",
    called: {
      en: [
        "squared error",
        "square loss",
        "squared loss",
        "quadratic",
        "least squares",
        "squared distance",
        "squared norm",
        "squared Euclidean",
      ],
      zh: ["平方误差", "平方损失"],
    },
  },
});
