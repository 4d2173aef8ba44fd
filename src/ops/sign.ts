import { op } from "./op.ts";

export const sign = op({
  name: "sign",
  doc: "1 where an entry is positive, -1 where it is negative, 0 where it is 0.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "sign" },
  pullback: { Z: "zeros(m, n)" },
  latex: { form: { call: "\\operatorname{sign}" }, reads: { sign: 0, sgn: 0 } },
  kinks: {
    where: "Z_{ij} = 0",
    returns: "0",
    say: "sign is constant on both sides of 0; its derivative is 0, also at 0.",
  },
});
