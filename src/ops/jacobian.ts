import { ONE, times } from "../expr/polynomial.ts";
import { op } from "./op.ts";

/**
 * ∂f/∂h for f(x, h, w) with a scalar, a column or a row as its value: attributes `function`, `result`, `slot` (from 1). A
 * row for each entry of the value; a column for each entry of the argument, those of a matrix in the order of its vec.
 */
export const jacobian = op({
  name: "jacobian",
  doc: "The Jacobian matrix of an abstract function by one of its arguments: a row for each entry of its value.",
  args: [],
  shape: (args, { result, slot }) => {
    const arg = args[Number(slot) - 1];
    if (!arg || typeof result !== "object" || (result.length > 1 && result[0]?.key !== ONE.key)) return undefined;
    return [result, arg].map(shape => shape.reduce((all, size) => times(all, size), ONE));
  },
  means: { abstract: "jacobian" },
  noDerivative:
    "second derivatives of an abstract function of several arguments are not derived; give the function by a formula",
  latex: { form: { abstract: "jacobian" } },
});
