import { op } from "./op.ts";

export const normalCdf = op({
  name: "normalcdf",
  doc: "The standard normal distribution function, entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "normal" },
  pullback: { Z: "G .* normaldensity(Z)" },
  latex: {
    form: { call: "\\operatorname{normcdf}" },
    reads: { normcdf: 0, "\\Phi": 3, "standard normal CDF": 0, "standard normal distribution function": 0 },
  },
});
