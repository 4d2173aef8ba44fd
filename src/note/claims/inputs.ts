/** Members that are a function of something entry by entry, a[t] = σ(z[t]) with z[t] unnamed: what goes into the function. */
import { type AtNode, type CallNode, type Node, type SymbolNode, substituteIndices } from "../../expr/node.ts";
import { type Polynomial, soleName } from "../../expr/polynomial.ts";
import { equationsOf, familyOf, indexOf, type System } from "../../expr/system.ts";
import { transform } from "../../expr/walk.ts";
import { call } from "../../ops/call.ts";
import { slopeAt } from "./primed.ts";

const isNamed = (node: Node | undefined): boolean => node?.kind === "symbol" || node?.kind === "at";

/** The call σ(…) that a member is; undefined where it is no such call, or another one elsewhere, or of a name. */
const calledFor = (system: System, member: SymbolNode | AtNode): CallNode | undefined => {
  const equations = equationsOf(system, familyOf(member));
  const [only] = equations;
  if (!only || equations.length > 1 || only.right.kind !== "call" || only.right.args.length !== 1) return undefined;
  if (isNamed(only.right.args[0])) return undefined;
  const index = indexOf(member);
  const letters = indexOf(only.left).map(soleName);
  if (letters.some(letter => letter === undefined)) return undefined;
  const values = new Map(letters.map((letter, i) => [letter as string, index[i] as Polynomial]));
  return substituteIndices(only.right, values) as CallNode;
};

/** Of functions that a note leaves abstract, those that work entry by entry count their primes. */
const primesOf = ({ attributes }: CallNode): number | undefined =>
  typeof attributes.order === "number" ? attributes.order : undefined;

const slopeOf = (applied: CallNode): Node | undefined => {
  const [argument] = applied.args as readonly [Node];
  const primes = primesOf(applied);
  return primes === undefined
    ? slopeAt(applied.op, argument)
    : call(applied.op, [argument], { ...applied.attributes, order: primes + 1 });
};

/** What ∂L/∂a is multiplied with to give the derivative by what σ is applied to: σ′(z). */
export const slopeFor = (system: System, member: SymbolNode | AtNode): Node | undefined => {
  const applied = calledFor(system, member);
  return applied && slopeOf(applied);
};

/** z where the node is a member σ(z) of this very function. */
export const inputOf = (system: System, node: Node, isSame: (applied: CallNode) => boolean): Node | undefined => {
  if (node.kind !== "symbol" && node.kind !== "at") return undefined;
  const applied = calledFor(system, node);
  return applied && isSame(applied) ? applied.args[0] : undefined;
};

/** σ′(a) as σ′(z) wherever a is σ(z). */
export const atInputs = (system: System, root: Node): Node =>
  transform(root, {
    call: (op, args, original) => {
      const [argument] = args;
      const same = ({ op: other, attributes }: CallNode): boolean =>
        other === op && attributes.function === original.attributes.function;
      const input = argument && (primesOf(original) ?? 0) > 0 ? inputOf(system, argument, same) : undefined;
      return call(op, input ? [input] : args, original.attributes);
    },
  });
