import { op } from "./op.ts";

export const power = op({
  name: "power",
  doc: "Every entry raised to an integer power.",
  args: ["A", "k"],
  shape: "m n, #k -> m n",
  means: { each: "pow" },
  pullback: { A: "G .* (k * A .^ (k - 1))" },
  latex: {
    form: {
      when: [["scalar", { template: "#1^{#2}", level: "power", brackets: { "1": "atom" } }]],
      otherwise: { template: "#1^{\\odot #2}", level: "power", brackets: { "1": "atom" } },
    },
    reads: { "^": 1, "^\\odot": 0, "^\\circ": 0 },
  },
  term: [{ spelling: ".^" }, { spelling: "^", scalarOnly: true }],
  sample: "non-zero",
});
