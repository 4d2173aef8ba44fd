/** Functions of a note given by formulas that it does not state. */
import { symbol } from "../expr/node.ts";
import type { FunctionEntry, System } from "../expr/system.ts";
import { readTerm } from "../term/read.ts";

/** The same system with an elementwise function given by a formula in u. */
export const withFormula = (system: System, entry: FunctionEntry, formula: string): System => {
  const parameter = symbol(system.scope, `${entry.name}.argument`);
  const body = readTerm(formula, { symbols: new Map([["u", parameter]]), functions: new Map() });
  const functions = new Map(system.functions).set(entry.name, {
    ...entry,
    definition: { parameters: [parameter], body },
  });
  return { ...system, functions };
};
