import { op } from "./op.ts";

export const logistic = op({
  name: "logistic",
  doc: "The logistic function 1 / (1 + exp(-z)), entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { define: "ones(m, n) ./ (ones(m, n) + exp(-Z))" },
  pullback: { Z: "G .* Y .* (ones(m, n) - Y)" },
  latex: { form: { call: "\\operatorname{logistic}" }, reads: { logistic: 0, sigmoid: 0, "\\sigma": 3, sigm: 0 } },
  steepest: "1/4",
});
