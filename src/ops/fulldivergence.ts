import { op } from "./op.ts";

export const fullDivergence = op({
  name: "fulldivergence",
  doc: "The Kullback-Leibler divergence of a Gaussian of mean a and covariance S from one of mean b and covariance C.",
  source: "Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, (A.23)",
  args: ["a", "S", "b", "C"],
  shape: "n, n n, n, n n -> 1",
  means: { define: "(trace(inverse(C) * S) + (a - b)' * inverse(C) * (a - b) - n + logdet(C) - logdet(S)) / 2" },
  pullback: {
    a: "(G / 2) * ((inverse(C) + inverse(C)') * (a - b))",
    S: "(G / 2) * (inverse(C)' - inverse(S)')",
    b: "(G / 2) * ((inverse(C) + inverse(C)') * (b - a))",
    C: "(G / 2) * (inverse(C)' - inverse(C)' * (S' + (a - b) * (a - b)') * inverse(C)')",
  },
  isWhole: true,
  latex: {
    form: { template: "D_{\\mathrm{KL}}(\\mathcal{N}(#1, #2) \\,\\|\\, \\mathcal{N}(#3, #4))", level: "atom" },
    reads: { "KL of Gaussians": 0 },
  },
  sample: "positive",
});
