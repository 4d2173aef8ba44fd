import { op } from "./op.ts";

export const hadamard = op({
  name: "hadamard",
  doc: "The Hadamard product: entry by entry.",
  args: ["A", "B"],
  shape: "m n, m n -> m n",
  means: { each: "multiply" },
  pullback: { A: "G .* B", B: "G .* A" },
  latex: {
    form: {
      when: [["scalar", { juxtapose: true, level: "product" }]],
      otherwise: { infix: "\\odot", level: "product" },
    },
    reads: { "\\odot": 0, "\\circ": 0, "*": 3, "\\cdot": 3, ".": 3, "\\times": 3, "": 4, ".*": 0 },
  },
  term: [{ spelling: ".*" }],
  laws: ["associative", "commutative"],
});
