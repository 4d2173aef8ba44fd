import { op } from "./op.ts";

export const softmaxCrossEntropy = op({
  name: "softmaxcrossentropy",
  doc: "The cross-entropy of the softmax of scores z under labels p.",
  source: "Zhang et al. 2023, Dive into Deep Learning, §4.1.2",
  args: ["z", "p"],
  shape: "n, n -> 1",
  means: { define: "-inner(p, logsoftmax(z))" },
  pullback: { z: "G * (total(p) * softmax(z) - p)", p: "-(G * logsoftmax(z))" },
  latex: {
    form: { call: "\\operatorname{softmaxCE}" },
    reads: { softmaxcrossentropy: 0, softmaxCE: 0, "softmax cross-entropy": 0 },
  },
  compares: {
    output: "z",
    target: "p",
    called: {
      en: [
        "cross-entropy of the softmax",
        "cross-entropy",
        "cross entropy",
        "cross-entropies",
        "log loss",
        "log-loss",
        "negative log-likelihood",
        "negative log likelihood",
      ],
      zh: ["softmax 的交叉熵", "交叉熵"],
    },
  },
});
