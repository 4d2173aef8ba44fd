import { op } from "./op.ts";

export const largest = op({
  name: "largest",
  doc: "The largest entry of a vector: what code takes away from exponents, so that none overflows.",
  args: ["z"],
  shape: "n -> 1",
  means: { kernel: "largest" },
  noDerivative: "it stands in code only, where its derivative is not asked for",
  latex: { form: { call: "\\operatorname{largest}" } },
});
