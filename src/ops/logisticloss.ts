import { CROSS_ENTROPIES } from "./losswords.ts";
import { op } from "./op.ts";

export const logisticLoss = op({
  name: "logisticloss",
  doc: "The logistic loss of scores Z for labels B of ±1: the sum of log(1 + exp(-b z)).",
  source: "Shalev-Shwartz and Ben-David 2014, Understanding Machine Learning, §9.3",
  args: ["Z", "B"],
  shape: "m n, m n -> 1",
  means: { define: "total(softplus(-(B .* Z)))" },
  pullback: { Z: "-(G * (B .* logistic(-(B .* Z))))", B: "-(G * (Z .* logistic(-(B .* Z))))" },
  latex: { form: { call: "\\operatorname{logisticloss}" }, reads: { logisticloss: 0, "logistic loss": 0 } },
  compares: {
    output: "Z",
    target: "B",
    name: { en: "logistic loss", zh: "逻辑损失" },
    called: ["logistic loss", "逻辑损失", ...CROSS_ENTROPIES],
  },
});
