import { op } from "./op.ts";

export const exp = op({
  name: "exp",
  doc: "The exponential function, entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "exp" },
  pullback: { Z: "G .* Y" },
  latex: { form: { call: "\\exp" }, reads: { "\\exp": 0, exp: 0, "e^": 0 } },
});
