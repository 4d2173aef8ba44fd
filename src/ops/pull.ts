import { op } from "./op.ts";

/** (∂f/∂h)ᵀ g for f(x, h, w): the cotangent g first, then f's arguments; attributes `function`, `result`, `slot` (from 1). */
export const pull = op({
  name: "pull",
  doc: "The pullback of a cotangent through an abstract function to one of its arguments, with that argument's shape.",
  args: [],
  shape: (args, { slot }) => args[Number(slot)],
  means: { abstract: "pull" },
  noDerivative:
    "second derivatives of an abstract function of several arguments are not derived; give the function by a formula",
  latex: { form: { abstract: "pull" } },
});
