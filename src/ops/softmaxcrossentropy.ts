import { CROSS_ENTROPIES } from "./losswords.ts";
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
    name: { en: "cross-entropy of the softmax", zh: "softmax 的交叉熵" },
    called: CROSS_ENTROPIES,
  },
});
