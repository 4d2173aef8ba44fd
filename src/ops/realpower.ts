import { op } from "./op.ts";

export const realpower = op({
  name: "realpower",
  doc: "Every entry raised to the real power at its place in another array.",
  args: ["A", "B"],
  shape: "m n, m n -> m n",
  means: { each: "raise" },
  pullback: { A: "G .* (B .* realpower(A, B - ones(m, n)))", B: "G .* (Y .* log(A))" },
  latex: {
    form: {
      when: [["scalar", { template: "#1^{#2}", level: "power", brackets: { "1": "atom" } }]],
      otherwise: { template: "#1^{\\odot #2}", level: "power", brackets: { "1": "atom", "2": "atom" } },
    },
    reads: { "^{}": 0 },
  },
  kinks: {
    where: "A_{ij} \\le 0",
    say: "Real powers are those of positive numbers.",
  },
  sample: "positive",
});
