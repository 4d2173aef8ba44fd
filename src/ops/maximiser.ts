import { op } from "./op.ts";

/** The derivative of the largest entry, so that it needs no name for the place at which that stands. */
export const maximiser = op({
  name: "maximiser",
  doc: "The unit vector of the place of the largest entry of a vector; equal largest entries share the one.",
  args: ["z"],
  shape: "n -> n",
  means: { kernel: "maximiser" },
  pullback: { z: "zeros(n, 1)" },
  latex: { form: { call: "e_{\\operatorname{argmax}}" } },
  kinks: {
    where: "z_{i_1} = z_{i_2} = \\max(z)",
    returns: "0",
    say: "The place of the largest entry is constant but where several are equal; its derivative is 0, also there.",
  },
});
