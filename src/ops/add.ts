import { op } from "./op.ts";

export const add = op({
  name: "add",
  doc: "The sum of two arrays of one shape.",
  args: ["A", "B"],
  shape: "m n, m n -> m n",
  means: { each: "add" },
  pullback: { A: "G", B: "G" },
  latex: { form: { infix: "+", level: "sum" }, reads: { "+": 0 } },
  term: [{ spelling: "+" }],
  laws: ["associative", "commutative"],
});
