import { op } from "./op.ts";

export const softmax = op({
  name: "softmax",
  doc: "Column softmax: positive entries that sum to one.",
  source: "Goodfellow, Bengio and Courville 2016, Deep Learning, §6.2.2.3",
  args: ["z"],
  shape: "n -> n",
  means: { define: "exp(z) / total(exp(z))" },
  code: "exp(z - largest(z) * ones(n, 1)) / total(exp(z - largest(z) * ones(n, 1)))",
  pullback: { z: "Y .* (G - (G' * Y) * ones(n, 1))" },
  latex: { form: { call: "\\operatorname{softmax}" }, reads: { softmax: 0 } },
});
