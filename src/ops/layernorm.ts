import { op } from "./op.ts";

export const layerNorm = op({
  name: "layernorm",
  doc: "A vector less its mean, over the root of its variance plus e.",
  source: "Ba, Kiros and Hinton 2016, Layer Normalization, (4)",
  args: ["x", "e"],
  shape: "n, 1 -> n",
  means: { define: "(x - mean(x) * ones(n, 1)) / sqrt(variance(x) + e)" },
  pullback: {
    x: "(G - mean(G) * ones(n, 1) - (inner(G, Y) / n) * Y) / sqrt(variance(x) + e)",
    e: "-(inner(G, Y) / (2 * (variance(x) + e)))",
  },
  latex: { form: { call: "\\operatorname{layernorm}" }, reads: { layernorm: 0, LayerNorm: 0, LN: 0 } },
  sample: "positive",
});
