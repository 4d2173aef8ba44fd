import type { Node } from "../expr/node.ts";
import { op } from "./op.ts";

/** φ(Z), φ′(Z), φ″(Z) …: attributes `function` (its name) and `order` (how often it is differentiated). */
export const elementwise = op({
  name: "elementwise",
  doc: "A function of one real variable that the note leaves abstract or gives by a formula, entry by entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { each: "function" },
  pullback: {
    Z: ({ args, attributes, G, build }): Node =>
      build("hadamard", [G, build("elementwise", args, { ...attributes, order: Number(attributes.order) + 1 })]),
  },
  latex: { form: { abstract: "prime" } },
});
