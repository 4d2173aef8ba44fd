import { op } from "./op.ts";

export const gaussianDivergence = op({
  name: "gaussiandivergence",
  doc: "The Kullback-Leibler divergence of a Gaussian of means a and variances u from one of means b and variances w, all entries independent.",
  source: "Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, (A.23)",
  args: ["a", "u", "b", "w"],
  shape: "n, n, n, n -> 1",
  means: { define: "(total(log(w) - log(u)) + total((u + (a - b) .* (a - b)) ./ w) - n) / 2" },
  pullback: {
    a: "G * ((a - b) ./ w)",
    u: "(G / 2) * (ones(n, 1) ./ w - ones(n, 1) ./ u)",
    b: "G * ((b - a) ./ w)",
    w: "(G / 2) * (ones(n, 1) ./ w - (u + (a - b) .* (a - b)) ./ (w .* w))",
  },
  latex: {
    form: {
      when: [
        [
          "of scalars",
          { template: "D_{\\mathrm{KL}}(\\mathcal{N}(#1, #2) \\,\\|\\, \\mathcal{N}(#3, #4))", level: "atom" },
        ],
      ],
      otherwise: {
        template:
          "D_{\\mathrm{KL}}(\\mathcal{N}(#1, \\operatorname{diag}(#2)) \\,\\|\\, \\mathcal{N}(#3, \\operatorname{diag}(#4)))",
        level: "atom",
      },
    },
    reads: { "KL of Gaussians": 0 },
  },
  kinks: { where: "u_{i} \\le 0,\\; w_{i} \\le 0", say: "Variances are positive." },
  sample: "positive",
});
