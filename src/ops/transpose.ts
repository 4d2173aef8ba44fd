import { op } from "./op.ts";

export const transpose = op({
  name: "transpose",
  doc: "Rows and columns exchanged.",
  args: ["A"],
  shape: "m n -> n m",
  means: { einsum: "ij->ji" },
  pullback: { A: "G'" },
  latex: {
    form: { postfix: "^\\top", level: "power" },
    reads: { "^\\top": 0, "^T": 1, "^\\intercal": 0, "^t": 3, "^{\\prime}": 4 },
  },
  term: [{ spelling: "'" }],
});
