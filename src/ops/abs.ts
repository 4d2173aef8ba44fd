import { op } from "./op.ts";

export const abs = op({
  name: "abs",
  doc: "The absolute value of every entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "abs" },
  pullback: { Z: "G .* sign(Z)" },
  latex: { form: { fence: ["|", "|"] }, reads: { "\\lvert": 0, abs: 0 } },
  kinks: {
    where: "Z_{ij} = 0",
    returns: "0",
    say: "The absolute value has no derivative at 0; 0 is returned there.",
  },
  steepest: "1",
});
