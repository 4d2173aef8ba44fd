import type { Node } from "../expr/node.ts";
import { op } from "./op.ts";

/** (∂f/∂h)ᵀ g for f(x, h, w): the cotangent g first, then f's arguments; attributes `function`, `result`, `slot` (from 1). */
export const pull = op({
  name: "pull",
  doc: "The pullback of a cotangent through an abstract function to one of its arguments, with that argument's shape.",
  args: [],
  shape: (args, { slot }) => args[Number(slot)],
  means: { abstract: "pull" },
  // It is linear in the cotangent alone: pulled back to that, the Jacobian takes a change of the argument to one of f.
  pullback: {
    "*": ({ args: [g, ...args], attributes, G, slot, build }): Node | undefined => {
      if (!g || slot > 1 || (g.shape.length > 1 && g.shape[0]?.key !== "1")) return undefined;
      const J = build("jacobian", args, attributes);
      const [rows, columns] = [G.shape[0]?.key ?? "1", G.shape[1]?.key ?? "1"];
      const change = columns === "1" ? G : rows === "1" ? build("transpose", [G]) : build("vec", [G]);
      const column = G.shape.length === 0 ? build("scale", [G, J]) : build("matmul", [J, change]);
      return g.shape.length > 1 ? build("transpose", [column]) : column;
    },
  },
  noDerivative:
    "second derivatives of an abstract function of several arguments are not derived; give the function by a formula",
  latex: { form: { abstract: "pull" } },
});
