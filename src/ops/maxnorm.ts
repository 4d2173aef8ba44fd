import { op } from "./op.ts";

export const maxNorm = op({
  name: "maxnorm",
  doc: "The largest absolute value among the entries of a vector.",
  source: "Boyd and Vandenberghe 2004, Convex Optimization, A.1.2",
  args: ["z"],
  shape: "n -> 1",
  means: { define: "largest(abs(z))" },
  pullback: { z: "G * (sign(z) .* maximiser(abs(z)))" },
  latex: { form: { fence: ["\\|", "\\|"], sub: "\\infty" }, reads: { "\\lVert_infty": 0 } },
  kinks: {
    where: "|z_{i_1}| = \\dots = |z_{i_k}| = \\|z\\|_{\\infty}",
    returns: "\\tfrac{1}{k} \\operatorname{sign}(z_{i})",
    say: "The max-norm has no derivative where several entries have the largest absolute value; each of them gets the same share there, and 0 where all are 0.",
  },
});
