import type { Attributes, Node } from "../expr/node.ts";
import { op } from "./op.ts";

const hasScalarResult = ({ result }: Attributes): boolean => typeof result === "object" && result.length === 0;

/** ℓ(o, y), f(x_t, h_{t-1}, w): attributes `function` (its name) and `result` (its shape). */
export const apply = op({
  name: "apply",
  doc: "A function of any number of arguments that the note leaves abstract.",
  args: [],
  shape: (_, attributes) => (typeof attributes.result === "object" ? attributes.result : undefined),
  means: { abstract: "value" },
  pullback: {
    "*": ({ args, attributes, G, slot, build }): Node =>
      hasScalarResult(attributes)
        ? build("scale", [G, build("gradient", args, { ...attributes, slot })])
        : build("pull", [G, ...args], { ...attributes, slot }),
  },
  latex: { form: { abstract: "value" } },
});
