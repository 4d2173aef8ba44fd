import { op } from "./op.ts";

export const standardDivergence = op({
  name: "standarddivergence",
  doc: "The Kullback-Leibler divergence of a Gaussian of means a and variances u, all entries independent, from the standard normal distribution.",
  source: "Kingma and Welling 2014, Auto-Encoding Variational Bayes, appendix B",
  args: ["a", "u"],
  shape: "n, n -> 1",
  means: { define: "(inner(a, a) + total(u) - total(log(u)) - n) / 2" },
  pullback: { a: "G * a", u: "(G / 2) * (ones(n, 1) - ones(n, 1) ./ u)" },
  latex: {
    form: {
      when: [
        [
          "of scalars",
          { template: "D_{\\mathrm{KL}}(\\mathcal{N}(#1, #2) \\,\\|\\, \\mathcal{N}(0, 1))", level: "atom" },
        ],
      ],
      otherwise: {
        template: "D_{\\mathrm{KL}}(\\mathcal{N}(#1, \\operatorname{diag}(#2)) \\,\\|\\, \\mathcal{N}(0, I))",
        level: "atom",
      },
    },
    reads: { "KL from the standard Gaussian": 0 },
  },
  kinks: { where: "u_{i} \\le 0", say: "Variances are positive." },
  sample: "positive",
});
