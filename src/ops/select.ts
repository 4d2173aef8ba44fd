import { op } from "./op.ts";

/** p_y with a label y: the label is the unit vector e_y, data with one entry 1 and zeros elsewhere. */
export const select = op({
  name: "select",
  doc: "The entry of a vector that a label chooses, the label given as a unit vector.",
  args: ["p", "e"],
  shape: "n, n -> 1",
  means: { einsum: "i,i->" },
  pullback: { p: "G * e", e: "G * p" },
  lift: [
    { of: "n*, n*", rows: "(p .* e) * ones(n, 1)", columns: "ones(1, n) * (p .* e)" },
    { of: "n*, n", rows: "p * e", columns: "e' * p" },
    { of: "n, n*", rows: "e * p", columns: "p' * e" },
  ],
  latex: {
    form: {
      when: [["of scalars", { juxtapose: true, level: "product" }]],
      otherwise: { juxtapose: true, level: "product", posts: ["^\\top", ""] },
    },
    reads: { _: 0 },
  },
});
