import { op } from "./op.ts";

export const trace = op({
  name: "trace",
  doc: "The trace of a square matrix: the sum of its diagonal entries.",
  source: "Petersen and Pedersen 2012, The Matrix Cookbook, (99)",
  args: ["A"],
  shape: "n n -> 1",
  means: { einsum: "ii->" },
  pullback: { A: "G * identity(n)" },
  latex: { form: { call: "\\operatorname{tr}" }, reads: { tr: 0, Tr: 0, trace: 0 } },
});
