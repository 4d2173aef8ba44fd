import { CROSS_ENTROPIES } from "./losswords.ts";
import { op } from "./op.ts";

export const crossEntropy = op({
  name: "crossentropy",
  doc: "The cross-entropy of a distribution q under the labels or probabilities p: the sum of -p log q.",
  source: "Goodfellow, Bengio and Courville 2016, Deep Learning, (3.51)",
  args: ["p", "q"],
  shape: "n, n -> 1",
  means: { define: "-inner(p, log(q))" },
  pullback: { p: "-(G * log(q))", q: "-(G * (p ./ q))" },
  latex: { form: { call: "\\operatorname{CE}" }, reads: { CE: 0, crossentropy: 0, "cross-entropy": 0 } },
  kinks: {
    where: "q_{i} \\le 0",
    say: "The cross-entropy is defined for positive probabilities only.",
  },
  sample: "positive",
  compares: {
    output: "q",
    target: "p",
    name: { en: "cross-entropy", zh: "交叉熵" },
    called: CROSS_ENTROPIES,
  },
});
