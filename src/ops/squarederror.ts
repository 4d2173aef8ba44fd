import { op } from "./op.ts";

export const squaredError = op({
  name: "squarederror",
  doc: "The squared distance of two arrays: the sum of the squared differences of their entries.",
  args: ["A", "B"],
  shape: "m n, m n -> 1",
  means: { define: "squarednorm(A - B)" },
  pullback: { A: "(2 * G) * (A - B)", B: "(2 * G) * (B - A)" },
  latex: { form: { template: "\\lVert #1 - #2\\rVert^2", level: "atom" }, reads: { "squared error": 0 } },
  laws: ["commutative"],
});
