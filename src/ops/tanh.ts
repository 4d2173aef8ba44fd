import { op } from "./op.ts";

export const tanh = op({
  name: "tanh",
  doc: "The hyperbolic tangent, entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "tanh" },
  pullback: { Z: "G .* (ones(m, n) - Y .* Y)" },
  latex: { form: { call: "\\tanh" }, reads: { "\\tanh": 0, tanh: 0 }, called: ["hyperbolic tangent", "双曲正切"] },
  steepest: "1",
});
