import { op } from "./op.ts";

export const cos = op({
  name: "cos",
  doc: "The cosine, entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "cos" },
  pullback: { Z: "-(G .* sin(Z))" },
  latex: { form: { call: "\\cos" }, reads: { "\\cos": 0, cos: 0 } },
  steepest: "1",
});
