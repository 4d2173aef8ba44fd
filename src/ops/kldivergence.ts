import { op } from "./op.ts";

export const klDivergence = op({
  name: "kldivergence",
  doc: "The Kullback-Leibler divergence of q from p: the sum of p log(p / q).",
  source: "Goodfellow, Bengio and Courville 2016, Deep Learning, (3.50)",
  args: ["p", "q"],
  shape: "n, n -> 1",
  means: { define: "inner(p, log(p) - log(q))" },
  pullback: { p: "G * (log(p) - log(q) + ones(n, 1))", q: "-(G * (p ./ q))" },
  latex: { form: { template: "\\operatorname{KL}(#1 \\,\\|\\, #2)", level: "atom" }, reads: { KL: 0, kl: 0 } },
  kinks: {
    where: "p_{i} \\le 0,\\; q_{i} \\le 0",
    say: "The divergence is defined for positive probabilities only.",
  },
  sample: "positive",
});
