import { MEAN_SQUARED_ERRORS, SQUARED_ERRORS } from "./losswords.ts";
import { op } from "./op.ts";

export const halfSquaredError = op({
  name: "halfsquarederror",
  doc: "Half the squared distance of two arrays.",
  args: ["A", "B"],
  shape: "m n, m n -> 1",
  means: { define: "squarednorm(A - B) / 2" },
  pullback: { A: "G * (A - B)", B: "G * (B - A)" },
  latex: {
    form: {
      when: [
        ["of scalars", { template: "\\frac{1}{2} (#1 - #2)^{2}", level: "product", brackets: { "2": "product" } }],
        [
          "of columns",
          { template: "\\frac{1}{2} \\|#1 - #2\\|_{2}^{2}", level: "product", brackets: { "2": "product" } },
        ],
      ],
      otherwise: { template: "\\frac{1}{2} \\|#1 - #2\\|_{F}^{2}", level: "product", brackets: { "2": "product" } },
    },
    reads: { "half squared error": 0 },
  },
  laws: ["commutative"],
  compares: {
    output: "A",
    target: "B",
    name: { en: "half squared error", zh: "平方误差的一半" },
    called: [...SQUARED_ERRORS, ...MEAN_SQUARED_ERRORS],
  },
});
