import { op } from "./op.ts";

export const outer = op({
  name: "outer",
  doc: "The outer product of two vectors: a column times a row.",
  args: ["a", "b"],
  shape: "m, n -> m n",
  means: { einsum: "i,j->ij" },
  pullback: { a: "G * b", b: "G' * a" },
  latex: { form: { juxtapose: true, level: "product", posts: ["", "^\\top"] }, reads: { "\\otimes": 0 } },
});
