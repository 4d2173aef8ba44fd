import { op } from "./op.ts";

export const halfSquaredError = op({
  name: "halfsquarederror",
  doc: "Half the squared distance of two arrays.",
  args: ["A", "B"],
  shape: "m n, m n -> 1",
  means: { define: "squarednorm(A - B) / 2" },
  pullback: { A: "G * (A - B)", B: "G * (B - A)" },
  latex: { form: { template: "\\frac{1}{2}\\lVert #1 - #2\\rVert^2", level: "product" }, reads: { "half squared error": 0 } },
  laws: ["commutative"],
});
