import { op } from "./op.ts";

export const gelu = op({
  name: "gelu",
  doc: "Every entry times the standard normal distribution function of it: the Gaussian error linear unit, without approximation.",
  source: "Hendrycks and Gimpel 2016, Gaussian error linear units",
  args: ["Z"],
  shape: "m n -> m n",
  means: { define: "Z .* normalcdf(Z)" },
  pullback: { Z: "G .* (normalcdf(Z) + Z .* normaldensity(Z))" },
  latex: { form: { call: "\\operatorname{gelu}" }, reads: { gelu: 0, GELU: 0, GeLU: 0 } },
});
