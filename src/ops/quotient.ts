import { op } from "./op.ts";

export const quotient = op({
  name: "quotient",
  doc: "The quotient entry by entry.",
  args: ["A", "B"],
  shape: "m n, m n -> m n",
  means: { each: "divide" },
  pullback: { A: "G ./ B", B: "-(G .* Y ./ B)" },
  latex: {
    form: { when: [["scalar", { fraction: true }]], otherwise: { infix: "\\oslash", level: "product" } },
    reads: { "\\oslash": 0, "/": 2 },
  },
  term: [{ spelling: "./" }],
  sample: "non-zero",
});
