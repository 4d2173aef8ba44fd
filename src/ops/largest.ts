import { op } from "./op.ts";

export const largest = op({
  name: "largest",
  doc: "The largest entry of a vector.",
  source: "Boyd and Vandenberghe 2004, Convex Optimization, §3.1.5",
  args: ["z"],
  shape: "n -> 1",
  means: { kernel: "largest" },
  pullback: { z: "G * maximiser(z)" },
  latex: { form: { call: "\\max" }, reads: { "\\max": 0, max: 0 } },
  kinks: {
    where: "z_{i_1} = \\dots = z_{i_k} = \\max(z)",
    returns: "\\tfrac{1}{k}",
    say: "The largest entry has no derivative where several are equal; each of them gets the same share there.",
  },
});
