import { op } from "./op.ts";

export const negate = op({
  name: "negate",
  doc: "The array with every sign reversed.",
  args: ["A"],
  shape: "m n -> m n",
  means: { each: "negate" },
  pullback: { A: "-G" },
  latex: { form: { prefix: "-", level: "prefix" }, reads: { "-": 0 } },
  term: [{ spelling: "unary-" }],
});
