/** The single edit that makes a wrong equation right, and the right form where there is no such edit. */
import { withoutGradients } from "../../derive/adjoint.ts";
import type { Gradient } from "../../derive/gradient.ts";
import type { StatedEquation } from "../../exact/witness.ts";
import type { Suppositions } from "../../exact/world.ts";
import { type Node, type PartialNode, substituteIndices } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import { familyOf, indexOf } from "../../expr/system.ts";
import { contains } from "../../expr/walk.ts";
import type { ClaimReading } from "../../note/claims/reading.ts";
import { everyPart, textOf } from "../../note/tree.ts";
import { isChainRule } from "../../ops/call.ts";
import type { DerivativeSyntax, Syntax } from "../../parse/syntax.ts";
import { tidy } from "../../rules/simplify.ts";
import { sliceOf, type Court as WholeCourt } from "../court.ts";
import { type Candidate, candidatesFor, insertionsInto } from "./candidates.ts";
import { Misfits } from "./misfits.ts";
import { type Known, type Rearranged, rearrangementsOf } from "./rearranged.ts";

/** What of a court the search for edits asks. */
type Court = Pick<WholeCourt, "witness" | "derivation"> & Partial<Pick<WholeCourt, "derivationOf">>;

export interface Mend {
  readonly equation: StatedEquation;
  /** Absent for the right form as it is derived. */
  readonly edit?: Candidate;
}

const MOST_TRIALS = 1_500;
const MOST_INSERTIONS = 500;
const MOST_REARRANGED = 200;

/** Whether an equation is right under what is supposed, asked cheaply first. */
const isRight = ({ witness }: Court, equation: StatedEquation, suppose: Suppositions): boolean =>
  (["few", "every", "fresh"] as const).every(effort => witness.judge(equation, suppose, effort).verdict === "equal");

interface Subject {
  readonly wrt: PartialNode["wrt"];
  readonly gradient: Gradient;
}

/** The derivative of a scalar that an equation is about, with what is derived of it. */
const subjectOf = (court: Court, { left }: StatedEquation): Subject | undefined => {
  if (left.kind !== "partial" || left.of.kind !== "symbol" || left.of.shape.length > 0) return undefined;
  const { of, wrt } = left;
  const derivation = of === court.witness.system.objective ? court.derivation : court.derivationOf?.(of);
  const gradient = derivation?.gradients.find(each => familyOf(each.wrt) === familyOf(wrt));
  return gradient && { wrt, gradient };
};

/** What the derivation says of a gradient, at the claim's own member: its pieces, with their paths. */
const derivedFor = (
  court: Court,
  equation: StatedEquation,
): readonly { readonly value: Node; readonly paths: readonly Node[] }[] => {
  const subject = subjectOf(court, equation);
  if (!subject) return [];
  const { gradient } = subject;
  const index = indexOf(subject.wrt);
  const by = new Map(gradient.indices.map((name, i) => [name, index[i] as Polynomial]));
  return gradient.pieces.map(({ value, contributions }) => ({
    value: substituteIndices(value, by),
    paths: contributions.map(contribution => substituteIndices(contribution.value, by)),
  }));
};

/** The right side as it is derived, on the points that the claim speaks of. */
export const rightForm = (court: Court, equation: StatedEquation): Mend | undefined => {
  for (const { value } of derivedFor(court, equation)) {
    if (contains(value, node => node.kind === "call" && isChainRule(node.op))) continue;
    const mended = { ...equation, right: value };
    if (isRight(court, mended, {})) return { equation: mended };
  }
  return undefined;
};

/** The closed form in general, where the derivation has one. */
export const closedFormOf = (court: Court & Pick<WholeCourt, "closed">, equation: StatedEquation): Node | undefined => {
  const subject = subjectOf(court, equation);
  const form = subject && court.closed(subject.gradient).find(({ assumes }) => !assumes);
  if (!form || equation.left.kind !== "partial" || equation.left.of !== court.witness.system.objective)
    return undefined;
  const index = indexOf(subject.wrt);
  const value = substituteIndices(
    form.value,
    new Map(subject.gradient.indices.map((name, i) => [name, index[i] as Polynomial])),
  );
  return isRight(court, { ...equation, right: value }, {}) ? value : undefined;
};

/** Whether what is differentiated is an array. */
const isJacobian = ({ reader }: Pick<WholeCourt, "reader">, { of }: DerivativeSyntax): boolean => {
  const family = of ? reader.resolve(of)?.family : undefined;
  return family !== undefined && (reader.symbolOf(family)?.shape.length ?? 0) > 0;
};

/** The fewest changes of transposes and of order after which two sides fit together, and are equal. */
export const mendMisfit = (
  court: Court & Pick<WholeCourt, "reader" | "names" | "text">,
  [left, right]: readonly [Syntax, Syntax],
): { readonly equation: StatedEquation; readonly say: Rearranged["say"] } | undefined => {
  // A Jacobian is written in one layout or the other: its transpose is no slip.
  if (everyPart(right).some(part => part.kind === "derivative" && isJacobian(court, part))) return undefined;
  const names = new Map(court.names.map(name => [textOf(name), name]));
  let tried = 0;
  const known: Known = {
    names: [...names.values()],
    isValue: name => court.reader.isGiven(name),
    slice: ({ span }) => sliceOf(court, span),
  };
  const read = (sides: readonly Syntax[]): ClaimReading =>
    court.reader.read(
      sides.map(side => court.reader.adjoints(side)),
      [],
      { together: true },
    );
  const misfits = new Misfits(left, sides => read(sides).kind === "misfit");
  if (misfits.holdsSeveral(right)) return undefined;
  for (const { formula, say } of rearrangementsOf(right, known)) {
    if (tried++ === MOST_REARRANGED) return undefined;
    if (misfits.holdsOne(formula)) continue;
    const reading = read([left, formula]);
    if (reading.kind !== "read") continue;
    const { members, indices, over } = reading.claim;
    const [a, b] = members;
    if (!a || !b || tidy(a) === tidy(b)) continue;
    const equation = { left: a, right: b, indices, over };
    if (isRight(court, equation, {})) {
      return { equation, say };
    }
  }
  return undefined;
};

/** The smallest single edit of the right side after which the equation is right; under a supposition, if one is given. */
export const mendByEdit = (court: Court, equation: StatedEquation, suppose: Suppositions = {}): Mend | undefined => {
  const derived = derivedFor(court, equation);
  const paths = derived.flatMap(each => each.paths);
  const forms = derived.map(({ value }) => value);
  const system = withoutGradients(court.witness.system);
  const isRefuted = court.witness.sieve(equation, suppose);
  const search = (edits: Iterable<Candidate>, most: number): Mend | undefined => {
    let left = most;
    for (const edit of edits) {
      if (left-- === 0) break;
      if (edit.term === equation.left || isRefuted(edit.term)) continue;
      const mended = { ...equation, right: edit.term };
      if (isRight(court, mended, suppose)) return { equation: mended, edit };
    }
    return undefined;
  };
  const found = search(candidatesFor(equation.right, system, equation.indices, paths, forms), MOST_TRIALS);
  // Under a supposition the slip is in what is there.
  if (found || suppose.identities) return found;
  return search(insertionsInto(equation.right, system, equation.indices, forms), MOST_INSERTIONS);
};
