import { op } from "./op.ts";

/** ∂ℓ(o, y)/∂o: attributes `function`, `result` (always a scalar's shape) and `slot` (the argument, from 1). */
export const gradient = op({
  name: "gradient",
  doc: "The gradient of an abstract scalar function by one of its arguments, with that argument's shape.",
  args: [],
  shape: (args, { slot }) => args[Number(slot) - 1],
  means: { abstract: "gradient" },
  noDerivative:
    "second derivatives of an abstract function of several arguments are not derived; give the function by a formula",
  latex: { form: { abstract: "gradient" } },
});
