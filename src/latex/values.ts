/** Scalars that the note defines as values of abstract functions: with L = ℓ(o, y), ∂ℓ(o, y)/∂o is written ∂L/∂o. */
import { type AtNode, type CallNode, type Node, type SymbolNode, substituteIndices } from "../expr/node.ts";
import { type Polynomial, soleName } from "../expr/polynomial.ts";
import { type Equation, familyOf, type System } from "../expr/system.ts";
import { readsIn } from "../expr/walk.ts";
import { opOf } from "../ops/call.ts";

export interface Values {
  /** Equations such as L_t = ℓ(o_t, y_t), apart from that of the objective. */
  readonly equations: readonly Equation[];
  /** Names of what has equations. */
  readonly computed: ReadonlySet<string>;
}

export const NO_VALUES: Values = { equations: [], computed: new Set() };

export const valuesIn = ({ equations, objective }: System): Values => ({
  equations: equations.filter(({ left, right }) => {
    const means = right.kind === "call" ? opOf(right.op).means : {};
    return left !== objective && right.shape.length === 0 && "abstract" in means && means.abstract === "value";
  }),
  computed: new Set(equations.map(({ left }) => familyOf(left).name)),
});

/** The values of indices that make a member read in the equation the member given, as far as they are plain. */
const solved = (general: Node, given: Node, into: Map<string, Polynomial>): void => {
  if (general.kind !== "at" || given.kind !== "at") return;
  for (const [place, entry] of general.index.entries()) {
    const name = soleName(entry);
    const value = given.index[place];
    if (name !== undefined && value) into.set(name, value);
  }
};

/**
 * The scalar whose immediate derivative by the slot a call of an abstract function's derivative is. Undefined where no
 * equation names it, and where the derivative of the scalar would be more: another argument may be computed from this one.
 */
export const scalarOf = (
  { args, attributes }: CallNode,
  { equations, computed }: Values,
): SymbolNode | AtNode | undefined => {
  const others = args.filter((_, i) => i !== Number(attributes.slot) - 1);
  const isGiven = (read: Node): boolean => !computed.has(familyOf(read as SymbolNode | AtNode).name);
  if (!others.flatMap(readsIn).every(isGiven)) return undefined;
  for (const { left, right, indices } of equations) {
    const call = right as CallNode;
    if (call.attributes.function !== attributes.function) continue;
    const indexValues = new Map<string, Polynomial>();
    for (const [i, arg] of call.args.entries()) if (args[i]) solved(arg, args[i], indexValues);
    if (indices.some(index => !indexValues.has(index))) continue;
    const meets = call.args.every((arg, i) => substituteIndices(arg, indexValues) === args[i]);
    if (meets) return substituteIndices(left, indexValues) as SymbolNode | AtNode;
  }
  return undefined;
};
