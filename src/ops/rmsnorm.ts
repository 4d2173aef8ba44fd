import { op } from "./op.ts";

export const rmsNorm = op({
  name: "rmsnorm",
  doc: "A vector over the root of the mean of its squares plus e.",
  source: "Zhang and Sennrich 2019, Root Mean Square Layer Normalization, (4)",
  args: ["x", "e"],
  shape: "n, 1 -> n",
  means: { define: "x / sqrt(squarednorm(x) / n + e)" },
  pullback: {
    x: "(G - (inner(G, Y) / n) * Y) / sqrt(squarednorm(x) / n + e)",
    e: "-(inner(G, Y) / (2 * (squarednorm(x) / n + e)))",
  },
  latex: { form: { call: "\\operatorname{rmsnorm}" }, reads: { rmsnorm: 0, RMSNorm: 0 } },
  sample: "positive",
});
