import { op } from "./op.ts";

export const standardFullDivergence = op({
  name: "standardfulldivergence",
  doc: "The Kullback-Leibler divergence of a Gaussian of mean a and covariance S from the standard normal distribution.",
  source: "Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, (A.23)",
  args: ["a", "S"],
  shape: "n, n n -> 1",
  means: { define: "(inner(a, a) + trace(S) - logdet(S) - n) / 2" },
  pullback: { a: "G * a", S: "(G / 2) * (identity(n) - inverse(S)')" },
  isWhole: true,
  latex: {
    form: { template: "D_{\\mathrm{KL}}(\\mathcal{N}(#1, #2) \\,\\|\\, \\mathcal{N}(0, I))", level: "atom" },
    reads: { "KL from the standard Gaussian": 0 },
  },
  sample: "positive",
});
