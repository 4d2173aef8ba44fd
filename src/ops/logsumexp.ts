import { op } from "./op.ts";

export const logSumExp = op({
  name: "logsumexp",
  doc: "The logarithm of the sum of the exponentials of a vector's entries.",
  source: "Boyd and Vandenberghe 2004, Convex Optimization, §3.1.5",
  args: ["z"],
  shape: "n -> 1",
  means: { define: "log(total(exp(z)))" },
  code: "largest(z) + log(total(exp(z - largest(z) * ones(n, 1))))",
  pullback: { z: "G * softmax(z)" },
  latex: { form: { call: "\\operatorname{logsumexp}" }, reads: { logsumexp: 0, LSE: 0, lse: 0 } },
});
