import { op } from "./op.ts";

export const oneNorm = op({
  name: "onenorm",
  doc: "The sum of the absolute values of all entries.",
  args: ["A"],
  shape: "m n -> 1",
  means: { define: "total(abs(A))" },
  pullback: { A: "G * sign(A)" },
  latex: { form: { fence: ["\\|", "\\|"], sub: "1" }, reads: { "\\lVert_1": 0 } },
  kinks: {
    where: "A_{ij} = 0",
    returns: "0",
    say: "The 1-norm has no derivative where an entry is 0; 0 is returned there.",
  },
});
