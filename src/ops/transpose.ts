import { op } from "./op.ts";

export const transpose = op({
  name: "transpose",
  doc: "Rows and columns exchanged.",
  args: ["A"],
  shape: "m n -> n m",
  means: { einsum: "ij->ji" },
  pullback: { A: "G'" },
  lift: [
    { of: "n*", rows: "A", columns: "A" },
    { of: "1 n*", rows: "A", columns: "A" },
    { of: "1*", rows: "A", columns: "A" },
  ],
  latex: {
    form: { postfix: "^\\top", level: "power" },
    reads: { "^\\top": 0, "^T": 1, "^\\intercal": 0, "^t": 3, "^{\\prime}": 4 },
  },
  term: [{ spelling: "'" }],
});
