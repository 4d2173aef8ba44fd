/** The factors of a recurrence's operator: constant matrices, and diagonal matrices of a function's derivatives. */
import { type Node, substituteIndices } from "../../expr/node.ts";
import { minus, named, type Polynomial, plus } from "../../expr/polynomial.ts";
import { type Equation, indexOf } from "../../expr/system.ts";
import { opOf } from "../../ops/call.ts";
import { lawfulness, operandsOf } from "../../rewrite/spine.ts";
import { canonical } from "../../rules/canonical.ts";
import { pullbackOf } from "../../term/faces.ts";
import type { Derivation } from "../gradient.ts";
import { isElementwise } from "./identity.ts";
import type { Recurrence } from "./recurrence.ts";
import { onesOf } from "./templates.ts";

/** How steep the function is whose derivatives stand on a diagonal: known, or a hypothesis about an abstract function. */
export type Steepness = { readonly steepest: string; readonly op: string } | { readonly function: string };

export interface Factors {
  /** Matrices that do not depend on the index, without transposes. */
  readonly matrices: readonly Node[];
  readonly diagonals: readonly Steepness[];
}

const einsumOf = (node: Node): string | undefined => {
  if (node.kind !== "call") return undefined;
  const { means } = opOf(node.op);
  return "einsum" in means ? means.einsum : undefined;
};

const DIAGONAL = "i->ii";
const TRANSPOSE = "ij->ji";

const argumentOf = (node: Node, einsum: string): Node | undefined =>
  node.kind === "call" && einsumOf(node) === einsum ? node.args[0] : undefined;

/** The derivative of the function at the root of an equation by its argument, entry by entry; undefined for other equations. */
const slopeOf = ({
  left,
  right,
}: Equation): { readonly slope: Node; readonly op: string; readonly steepest: string } | undefined => {
  if (right.kind !== "call" || right.args.length !== 1) return undefined;
  const op = opOf(right.op);
  if (op.steepest === undefined) return undefined;
  const slope = pullbackOf(op, right.args, right.attributes, 0, onesOf(right.shape), left);
  return slope && { slope, op: op.name, steepest: op.steepest };
};

/** Which function's derivative a vector is, if it is one. */
const steepnessOf = (vector: Node, derivation: Derivation, { index, direction }: Recurrence): Steepness | undefined => {
  if (vector.kind === "call" && isElementwise(vector.op) && vector.attributes.order === 1) {
    const name = String(vector.attributes.function);
    return derivation.system.functions.get(name)?.definition ? undefined : { function: name };
  }
  const t = named(index);
  const wanted = canonical(vector);
  for (const equation of derivation.system.equations) {
    const found = slopeOf(equation);
    const own = equation.indices[indexOf(equation.left).length - 1];
    if (!found || own === undefined) continue;
    const places: readonly Polynomial[] = [direction === "down" ? plus(t, 1) : minus(t, 1), t];
    if (places.some(place => canonical(substituteIndices(found.slope, new Map([[own, place]]))) === wanted)) {
      return { steepest: found.steepest, op: found.op };
    }
  }
  return undefined;
};

const spineOf = (node: Node): readonly Node[] =>
  node.kind === "call" && lawfulness(node.op, node.args).associative && !lawfulness(node.op, node.args).commutative
    ? operandsOf(node)
    : [node];

/** The factors of an operator from one side; undefined where it is no product of constant matrices and such diagonals. */
export const factorsOf = (derivation: Derivation, recurrence: Recurrence): Factors | undefined => {
  const { left, right, scalar } = recurrence.operator;
  const whole = left ?? right;
  if (!whole || scalar || (left && right)) return undefined;
  const matrices: Node[] = [];
  const diagonals: Steepness[] = [];
  for (const factor of spineOf(whole)) {
    const bare = argumentOf(factor, TRANSPOSE) ?? factor;
    const entries = argumentOf(bare, DIAGONAL);
    if (entries) {
      const steepness = steepnessOf(argumentOf(entries, TRANSPOSE) ?? entries, derivation, recurrence);
      if (!steepness) return undefined;
      diagonals.push(steepness);
    } else if (bare.free.includes(recurrence.index)) {
      return undefined;
    } else {
      matrices.push(bare);
    }
  }
  return { matrices, diagonals };
};
