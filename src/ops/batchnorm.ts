import { op } from "./op.ts";

/** Samples are rows: every feature, a column, is made comparable over the batch. */
export const batchNorm = op({
  name: "batchnorm",
  doc: "Every column of a matrix less its mean, over the root of its variance plus e.",
  source: "Ioffe and Szegedy 2015, Batch Normalization, Algorithm 1",
  args: ["X", "e"],
  shape: "m n, 1 -> m n",
  means: { define: "columns(layernorm, X, e)" },
  pullback: {
    X: "(G - ones(m, m) * G / m - Y * diag((ones(1, m) * (G .* Y))') / m) ./ (ones(m, 1) * sqrt(columns(variance, X) + e * ones(1, n)))",
    e: "-(total((G .* Y) ./ (ones(m, 1) * (columns(variance, X) + e * ones(1, n)))) / 2)",
  },
  latex: { form: { call: "\\operatorname{batchnorm}" }, reads: { batchnorm: 0, BatchNorm: 0, BN: 0 } },
  sample: "positive",
});
