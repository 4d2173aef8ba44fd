import { op } from "./op.ts";

export const subtract = op({
  name: "subtract",
  doc: "The difference of two arrays of one shape.",
  args: ["A", "B"],
  shape: "m n, m n -> m n",
  means: { each: "subtract" },
  pullback: { A: "G", B: "-G" },
  latex: { form: { infix: "-", level: "sum" }, reads: { "-": 0 } },
  term: [{ spelling: "-" }],
});
