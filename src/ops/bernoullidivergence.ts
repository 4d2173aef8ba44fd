import { op } from "./op.ts";

export const bernoulliDivergence = op({
  name: "bernoullidivergence",
  doc: "The Kullback-Leibler divergence of a coin of probability p from one of probability q.",
  source: "Ng 2011, Sparse autoencoder, CS294A lecture notes",
  args: ["p", "q"],
  shape: "1, 1 -> 1",
  means: { define: "p * (log(p) - log(q)) + (1 - p) * (log(1 - p) - log(1 - q))" },
  pullback: {
    p: "G * (log(p) - log(q) - (log(1 - p) - log(1 - q)))",
    q: "G * ((1 - p) / (1 - q) - p / q)",
  },
  latex: { form: { template: "\\operatorname{KL}(#1 \\,\\|\\, #2)", level: "atom" }, reads: { KL: 0, kl: 0 } },
  kinks: {
    where: "p \\notin (0, 1),\\; q \\notin (0, 1)",
    say: "The divergence is defined for probabilities between 0 and 1 only.",
  },
  sample: "probability",
});
