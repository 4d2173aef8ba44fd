import { op } from "./op.ts";

export const erf = op({
  name: "erf",
  doc: "The error function, entry by entry: 2 Φ(√2 z) - 1 for the standard normal distribution function Φ.",
  source: "NIST Digital Library of Mathematical Functions, §7.2 and (7.18.1)",
  args: ["Z"],
  shape: "m n -> m n",
  means: { define: "2 * normalcdf(sqrt(2) * Z) - ones(m, n)" },
  pullback: { Z: "2 * sqrt(2) * (G .* normaldensity(sqrt(2) * Z))" },
  latex: { form: { call: "\\operatorname{erf}" }, reads: { erf: 0 } },
});
