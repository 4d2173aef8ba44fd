/** Gradients of parameters with the closed forms of the states put in. */
import { implies, intersect, substituteDomain } from "../../expr/domain.ts";
import { type Node, type PartialNode, type SymbolNode, substituteIndices } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import { familyOf, indexOf } from "../../expr/system.ts";
import { postorder, transform } from "../../expr/walk.ts";
import type { Suppositions } from "../../rewrite/law.ts";
import { rewrite } from "../../rewrite/trace.ts";
import { GATHER } from "../../rules/simplify.ts";
import type { ClosedForm, Contribution, Gradient } from "../gradient.ts";
import { reduceDomain, type Sizes } from "../regions.ts";
import { sumOf } from "../terms.ts";
import { withIdentity } from "./identity.ts";

/** A state whose adjoints have a closed form. */
export interface SolvedState {
  readonly gradient: Gradient;
  readonly form: ClosedForm;
}

const indicesAt = (gradient: Gradient, node: PartialNode): ReadonlyMap<string, Polynomial> =>
  new Map(indexOf(node.wrt).map((value, place) => [gradient.indices[place] as string, value]));

const readsOf = (node: Node, { gradient }: SolvedState, objective: SymbolNode): readonly PartialNode[] =>
  postorder(node).flatMap(part =>
    part.kind === "partial" &&
    part.of === objective &&
    part.reading === "total" &&
    familyOf(part.wrt) === familyOf(gradient.wrt)
      ? [part]
      : [],
  );

/** Whether the form speaks of every member that a contribution reads. */
const covers = (state: SolvedState, contribution: Contribution, objective: SymbolNode, sizes: Sizes): boolean => {
  const given = intersect(contribution.over, ...contribution.sums.map(sum => sum.domain));
  return readsOf(contribution.pulled, state, objective).every(node =>
    substituteDomain(state.form.over, indicesAt(state.gradient, node)).where.every(
      condition => implies(given, condition) || reduceDomain({ where: [condition] }, given, sizes).where.length === 0,
    ),
  );
};

const tidy = (node: Node, suppositions: Suppositions): Node => rewrite(node, GATHER, suppositions).node;

/** The gradient of a plain symbol with a closed form put in for a state's adjoints; undefined where it reads none. */
export const withStateSolved = (
  gradient: Gradient,
  state: SolvedState,
  objective: SymbolNode,
  sizes: Sizes,
  suppositions: Suppositions,
): ClosedForm | undefined => {
  const [piece, ...more] = gradient.pieces;
  if (!piece || more.length > 0 || gradient.indices.length > 0) return undefined;
  if (!gradient.contributions.some(({ value }) => readsOf(value, state, objective).length > 0)) return undefined;
  if (!gradient.contributions.every(contribution => covers(state, contribution, objective, sizes))) return undefined;
  const put = (node: Node): Node =>
    transform(node, {
      leaf: leaf =>
        leaf.kind === "partial" && readsOf(leaf, state, objective).length > 0
          ? substituteIndices(state.form.value, indicesAt(state.gradient, leaf))
          : leaf,
    });
  const { form, assumes } = state.form;
  const supposed = (node: Node): Node => (assumes ? withIdentity(node, assumes.function) : node);
  const value = tidy(sumOf(piece.contributions.map(contribution => supposed(put(contribution.value)))), suppositions);
  return {
    form,
    over: piece.over,
    value,
    base: [],
    induction: [{ rule: "closed-form-substitute", before: piece.value, after: value }],
    ...(assumes ? { assumes } : {}),
  };
};
