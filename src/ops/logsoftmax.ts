import { op } from "./op.ts";

export const logSoftmax = op({
  name: "logsoftmax",
  doc: "The logarithm of the softmax of a vector.",
  args: ["z"],
  shape: "n -> n",
  means: { define: "z - logsumexp(z) * ones(n, 1)" },
  pullback: { z: "G - total(G) * softmax(z)" },
  latex: { form: { call: "\\operatorname{logsoftmax}" }, reads: { logsoftmax: 0 } },
});
