import { op } from "./op.ts";

export const fullDivergence = op({
  name: "fulldivergence",
  doc: "The Kullback-Leibler divergence of a Gaussian of mean a and covariance S from one of mean b and covariance R.",
  source: "Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, (A.23)",
  args: ["a", "S", "b", "R"],
  shape: "n, n n, n, n n -> 1",
  means: { define: "(trace(inverse(R) * S) + (a - b)' * inverse(R) * (a - b) - n + logdet(R) - logdet(S)) / 2" },
  pullback: {
    a: "(G / 2) * ((inverse(R) + inverse(R)') * (a - b))",
    S: "(G / 2) * (inverse(R)' - inverse(S)')",
    b: "(G / 2) * ((inverse(R) + inverse(R)') * (b - a))",
    R: "(G / 2) * (inverse(R)' - inverse(R)' * (S' + (a - b) * (a - b)') * inverse(R)')",
  },
  isWhole: true,
  latex: {
    form: { template: "D_{\\mathrm{KL}}(\\mathcal{N}(#1, #2) \\,\\|\\, \\mathcal{N}(#3, #4))", level: "atom" },
    reads: { "KL of Gaussians": 0 },
  },
  sample: "positive",
});
