import { op } from "./op.ts";

export const min = op({
  name: "min",
  doc: "The smaller of two arrays, entry by entry.",
  args: ["A", "B"],
  shape: "m n, m n -> m n",
  means: { define: "(A + B - abs(A - B)) / 2" },
  pullback: { A: "(G - G .* sign(A - B)) / 2", B: "(G + G .* sign(A - B)) / 2" },
  latex: { form: { call: "\\min" }, reads: { "\\min": 0, min: 0 } },
  // Associative too, but not by the signs of the prime field, which do not come from an order.
  laws: ["commutative"],
  kinks: {
    where: "A_{ij} = B_{ij}",
    returns: "\\tfrac{1}{2}",
    say: "The smaller of two numbers has no derivative where they are equal; each gets half of it there.",
  },
});
