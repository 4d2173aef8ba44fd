import { op } from "./op.ts";

export const silu = op({
  name: "silu",
  doc: "Every entry times its logistic function: the sigmoid linear unit.",
  source: "Elfwing, Uchibe and Doya 2018, Sigmoid-weighted linear units",
  args: ["Z"],
  shape: "m n -> m n",
  means: { define: "Z .* logistic(Z)" },
  pullback: { Z: "G .* (logistic(Z) + Y .* (ones(m, n) - logistic(Z)))" },
  latex: { form: { call: "\\operatorname{silu}" }, reads: { silu: 0, SiLU: 0 } },
});
