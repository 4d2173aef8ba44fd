import { CROSS_ENTROPIES } from "./losswords.ts";
import { op } from "./op.ts";

export const binaryCrossEntropy = op({
  name: "binarycrossentropy",
  doc: "The cross-entropy of probabilities P for labels B of 0 or 1: the sum of -b log p - (1 - b) log(1 - p).",
  source: "Murphy 2022, Probabilistic Machine Learning: An Introduction, (10.10)",
  args: ["P", "B"],
  shape: "m n, m n -> 1",
  means: { define: "-inner(B, log(P)) - inner(ones(m, n) - B, log(ones(m, n) - P))" },
  pullback: {
    P: "G * ((P - B) ./ (P .* (ones(m, n) - P)))",
    B: "G * (log(ones(m, n) - P) - log(P))",
  },
  latex: { form: { call: "\\operatorname{BCE}" }, reads: { BCE: 0, bce: 0, "binary cross-entropy": 0 } },
  kinks: {
    where: "P_{ij} \\notin (0, 1)",
    say: "The binary cross-entropy is defined for probabilities between 0 and 1 only.",
  },
  sample: "probability",
  compares: {
    output: "P",
    target: "B",
    name: { en: "binary cross-entropy", zh: "二元交叉熵" },
    called: CROSS_ENTROPIES,
  },
});
