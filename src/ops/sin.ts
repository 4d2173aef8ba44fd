import { op } from "./op.ts";

export const sin = op({
  name: "sin",
  doc: "The sine, entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "sin" },
  pullback: { Z: "G .* cos(Z)" },
  latex: { form: { call: "\\sin" }, reads: { "\\sin": 0, sin: 0 } },
  steepest: "1",
});
