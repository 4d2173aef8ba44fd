import { op } from "./op.ts";

export const sqrt = op({
  name: "sqrt",
  doc: "The square root, entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "sqrt" },
  pullback: { Z: "G ./ (2 * Y)" },
  latex: { form: { template: "\\sqrt{#1}", level: "atom" }, reads: { "\\sqrt": 0 } },
  kinks: {
    where: "Z_{ij} = 0",
    returns: "0",
    say: "The square root has no derivative at 0; 0 is returned there.",
  },
  sample: "positive",
});
