import { op } from "./op.ts";

export const tan = op({
  name: "tan",
  doc: "The tangent, entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { define: "sin(Z) ./ cos(Z)" },
  pullback: { Z: "G .* (ones(m, n) + Y .^ 2)" },
  latex: { form: { call: "\\tan" }, reads: { "\\tan": 0, tan: 0 } },
});
