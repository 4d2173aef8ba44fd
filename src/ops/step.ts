import { op } from "./op.ts";

export const step = op({
  name: "step",
  doc: "1 where an entry is positive, 0 elsewhere.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "step" },
  pullback: { Z: "zeros(m, n)" },
  latex: { form: { template: "\\mathbb{1}(#1 > 0)", level: "atom" }, reads: { step: 0 } },
  kinks: {
    where: "Z_{ij} = 0",
    returns: "0",
    say: "step is constant on both sides of 0; its derivative is 0, also at 0.",
  },
});
