import { op } from "./op.ts";

export const log = op({
  name: "log",
  doc: "The natural logarithm, entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "log" },
  pullback: { Z: "G ./ Z" },
  latex: { form: { call: "\\log" }, reads: { "\\log": 0, "\\ln": 0, log: 0, ln: 0 } },
  kinks: {
    where: "Z_{ij} \\le 0",
    say: "The logarithm is defined for positive arguments only.",
  },
  sample: "positive",
});
