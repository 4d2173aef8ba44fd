import { SQUARED_ERRORS } from "./losswords.ts";
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
    name: { en: "squared error", zh: "平方误差" },
    called: SQUARED_ERRORS,
  },
});
