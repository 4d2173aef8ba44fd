import { op } from "./op.ts";

export const softplus = op({
  name: "softplus",
  doc: "The smooth positive part log(1 + exp(z)), entry by entry.",
  source: "Goodfellow, Bengio and Courville 2016, Deep Learning, §3.10",
  args: ["Z"],
  shape: "m n -> m n",
  means: { define: "log(ones(m, n) + exp(Z))" },
  code: "relu(Z) + log(ones(m, n) + exp(-abs(Z)))",
  pullback: { Z: "G .* logistic(Z)" },
  latex: { form: { call: "\\operatorname{softplus}" }, reads: { softplus: 0 } },
  steepest: "1",
});
