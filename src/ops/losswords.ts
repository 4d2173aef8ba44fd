/** What words call losses that several ops are: each may be meant with scores or probabilities, with a factor or without. */

export const CROSS_ENTROPIES: readonly string[] = [
  "cross-entropy",
  "cross entropy",
  "cross-entropies",
  "log loss",
  "log-loss",
  "negative log-likelihood",
  "negative log likelihood",
  "交叉熵",
];

export const SQUARED_ERRORS: readonly string[] = [
  "squared error",
  "square loss",
  "squared loss",
  "quadratic",
  "least squares",
  "squared distance",
  "squared norm",
  "squared Euclidean",
  "平方误差",
  "平方损失",
];

export const MEAN_SQUARED_ERRORS: readonly string[] = ["mean squared", "mean of the squared", "MSE", "均方"];
