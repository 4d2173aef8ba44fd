import { op } from "./op.ts";

export const normalDensity = op({
  name: "normaldensity",
  doc: "The density of the standard normal distribution, exp(-z²/2) / √(2π), entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "density" },
  pullback: { Z: "-(G .* (Z .* Y))" },
  latex: { form: { call: "\\operatorname{normpdf}" }, reads: { normpdf: 0, "standard normal density": 0 } },
});
