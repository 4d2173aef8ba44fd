/**
 * Solves ū[t] = M(t) ū[t+1] + b(t) and its mirror image in time.
 *
 * Shapes: M(t) from the left n×n, from the right m×m, ū[t] and b(t) n×m. Result: Σ_{i=t}^T M(t) ⋯ M(i-1) b(i), with
 * powers where M does not depend on t. Both proof obligations, the last member and the recurrence, are recorded as steps.
 * Source: Zhang et al., Dive into Deep Learning, "Backpropagation Through Time".
 */
import { boundsOf, type Domain, domain, equalityOf, implies, intersect, substituteDomain } from "../../expr/domain.ts";
import { type Node, over, substituteIndices } from "../../expr/node.ts";
import { minus, named, type Polynomial, plus, substitute } from "../../expr/polynomial.ts";
import { replaceNodes } from "../../expr/walk.ts";
import type { Suppositions } from "../../rewrite/law.ts";
import { bracketLeft } from "../../rewrite/order.ts";
import type { Step } from "../../rewrite/step.ts";
import { rewrite } from "../../rewrite/trace.ts";
import { GATHER, simplify } from "../../rules/simplify.ts";
import type { ClosedForm, Piece } from "../gradient.ts";
import { fixedIndices, isEmpty, reduceDomain, type Sizes } from "../regions.ts";
import { sumOf } from "../terms.ts";
import { applyLinear, type Propagator, propagatorOf } from "./operator.ts";
import { type NoClosedForm, noClosedForm } from "./reason.ts";
import type { Recurrence, Source } from "./recurrence.ts";

const SOURCE = "$i";

/** A recurrence with what is needed to write its solution at any member. */
interface Solution {
  readonly recurrence: Recurrence;
  readonly propagator: Propagator;
  readonly sizes: Sizes;
  readonly tidy: (node: Node) => Node;
  /** The member with which the recurrence starts: T, or 1 where it runs up. */
  readonly start: Polynomial;
  /** Sources further away than so many steps are left out. */
  readonly within?: Polynomial;
}

const atIndex = (index: string, value: Polynomial): ReadonlyMap<string, Polynomial> => new Map([[index, value]]);

/** i ≥ t, or i ≤ t where the recurrence runs up; not too far away. */
const beyond = ({ recurrence, within }: Solution, t: Polynomial, i: Polynomial): Domain => {
  const steps = recurrence.direction === "down" ? minus(i, t) : minus(t, i);
  return domain(within ? [steps, minus(within, steps)] : [steps]);
};

/** Σ over i from `first` of what the source at i has become at t. */
const fromSource = (solution: Solution, source: Source, t: Polynomial, first: Polynomial, given: Domain): Node => {
  const { recurrence, propagator, sizes } = solution;
  const i = named(SOURCE);
  const range = intersect(substituteDomain(source.over, atIndex(recurrence.index, i)), beyond(solution, first, i));
  const body = applyLinear(propagator.from(t, i), substituteIndices(source.value, atIndex(recurrence.index, i)));
  return over("sum", SOURCE, reduceDomain(range, given, sizes), body);
};

/** The sources of one domain as one. */
export const gathered = (sources: readonly Source[]): readonly Source[] => {
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const key = source.over.where.map(c => c.key).join(";");
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  return [...groups.values()].map(group => ({
    value: sumOf(group.map(({ value }) => value)),
    over: (group[0] as Source).over,
  }));
};

const valueAt = (solution: Solution, t: Polynomial, first: Polynomial, given: Domain): Node =>
  solution.tidy(sumOf(solution.recurrence.sources.map(source => fromSource(solution, source, t, first, given))));

/** What the sources add at t itself: plainly where they are defined, guarded by a sum of at most one term elsewhere. */
const ownSources = (solution: Solution, given: Domain): readonly Node[] => {
  const { recurrence, sizes } = solution;
  const { index, sources } = recurrence;
  const i = named(SOURCE);
  return sources.flatMap(source => {
    const guards = reduceDomain(source.over, given, sizes);
    if (guards.where.length === 0) return [source.value];
    if (isEmpty(intersect(source.over, given), [index], sizes, new Map())) return [];
    const range = intersect(substituteDomain(source.over, atIndex(index, i)), domain(equalityOf(i, named(index))));
    return [over("sum", SOURCE, range, substituteIndices(source.value, atIndex(index, i)))];
  });
};

const step = (rule: string, before: Node, after: Node): readonly Step[] =>
  before === after ? [] : [{ rule, before, after }];

/** The recurrence with the formula put in, brought to the formula: at every member but the first. */
const inductionOf = (solution: Solution, value: Node, inner: Domain): readonly Step[] => {
  const { recurrence, propagator, tidy } = solution;
  const { index, direction, neighbour, operator } = recurrence;
  const t = named(index);
  const next = direction === "down" ? plus(t, 1) : minus(t, 1);
  const own = ownSources(solution, inner);
  const withOwn = (term: Node): Node => tidy(sumOf([term, ...own]));
  const asTerm = withOwn(recurrence.step);
  const asMatrix = withOwn(applyLinear(operator, neighbour));
  const hypothesis = valueAt(solution, next, next, inner);
  const put = tidy(replaceNodes(asMatrix, new Map<Node, Node>([[neighbour, hypothesis]])));
  const inSum = withOwn(
    sumOf(
      recurrence.sources.map(source => {
        const i = named(SOURCE);
        const range = intersect(substituteDomain(source.over, atIndex(index, i)), beyond(solution, next, i));
        const body = applyLinear(
          operator,
          applyLinear(propagator.from(next, i), substituteIndices(source.value, atIndex(index, i))),
        );
        return over("sum", SOURCE, reduceDomain(range, inner, solution.sizes), body);
      }),
    ),
  );
  const grown = withOwn(valueAt(solution, t, next, inner));
  const start = recurrence.coupled && withOwn(recurrence.coupled);
  return [
    ...(start ? step("closed-form-eliminate", start, asTerm) : []),
    ...step("closed-form-operator", asTerm, asMatrix),
    ...step("closed-form-hypothesis", asMatrix, put),
    ...step("closed-form-into-sum", put, inSum),
    ...step("closed-form-grow", inSum, grown),
    ...step("closed-form-first-term", grown, value),
  ];
};

/** Σ_{i=t}^U with i replaced by U + t - i: the textbook's other way of writing it. Only for one sum with plain bounds. */
const reindexed = (solution: Solution, given: Domain): Node | undefined => {
  const { recurrence, propagator, sizes, tidy } = solution;
  const [source, ...more] = recurrence.sources;
  if (!source || more.length > 0 || !propagator.isConstant) return undefined;
  const i = named(SOURCE);
  const t = named(recurrence.index);
  const range = reduceDomain(
    intersect(substituteDomain(source.over, atIndex(recurrence.index, i)), beyond(solution, t, i)),
    given,
    sizes,
  );
  const { lower, upper, rest } = boundsOf(range, SOURCE);
  const [lo, hi] = [lower[0], upper[0]];
  if (!lo || !hi || lower.length + upper.length > 2 || rest.where.length > 0 || lo.key === hi.key) return undefined;
  const turned = minus(plus(lo, hi), i);
  const body = applyLinear(
    propagator.from(t, turned),
    substituteIndices(source.value, atIndex(recurrence.index, turned)),
  );
  return tidy(over("sum", SOURCE, range, body));
};

/**
 * The form with what is added at t itself in front of the sum, which then holds what comes from other members: as textbooks
 * write Σ_i [∏_j …] b(i). At the first member that sum is empty.
 */
const ownTermApart = (solution: Solution, form: ClosedForm): ClosedForm => {
  const { recurrence, tidy } = solution;
  const t = named(recurrence.index);
  const next = recurrence.direction === "down" ? plus(t, 1) : minus(t, 1);
  const value = tidy(sumOf([valueAt(solution, t, next, form.over), ...ownSources(solution, form.over)]));
  return {
    ...form,
    form: "own-term-apart",
    value,
    base: [],
    induction: step("closed-form-first-term", value, form.value),
  };
};

/** Whether everything between a member and any source that reaches it obeys the recurrence. */
const reaches = (solution: Solution): boolean => {
  const { recurrence, sizes } = solution;
  const { index, stepOver, sources, over: members } = recurrence;
  const [t, i, k] = [named(index), named(SOURCE), named("$k")];
  const between =
    recurrence.direction === "down"
      ? domain([minus(k, t), minus(minus(i, 1), k)])
      : domain([minus(k, plus(i, 1)), minus(t, k)]);
  return sources.every(source => {
    // What is added outside of the members lies on the far side of them all.
    const known = intersect(members, substituteDomain(intersect(source.over, members), atIndex(index, i)), between);
    return stepOver.where.every(condition => {
      const wanted = substitute(condition, atIndex(index, k));
      return implies(known, wanted) || reduceDomain(domain([wanted]), known, sizes).where.length === 0;
    });
  });
};

const startOf = ({ direction, index, stepOver }: Recurrence): Polynomial | undefined => {
  const { lower, upper } = boundsOf(stepOver, index);
  const [bound, ...more] = direction === "down" ? upper : lower;
  if (direction === "down") return bound && more.length === 0 ? plus(bound, 1) : undefined;
  return bound && more.length === 0 ? minus(bound, 1) : undefined;
};

/** Members before the first equation, which are read by the recurrence but have no sources of their own. */
const initialMembers = ({
  recurrence,
  sizes,
}: Solution): readonly { readonly piece: Piece; readonly t: Polynomial }[] => {
  const { gradient, index, stepOver } = recurrence;
  return gradient.pieces.flatMap(piece => {
    const t = fixedIndices(piece.over, gradient.indices).get(index);
    return piece.part === "initial" &&
      t &&
      reduceDomain(substituteDomain(stepOver, atIndex(index, t)), piece.over, sizes).where.length === 0
      ? [{ piece, t }]
      : [];
  });
};

/** The form at these members. */
const initialForms = (solution: Solution, form: ClosedForm): readonly ClosedForm[] => {
  const { recurrence, tidy } = solution;
  const { index, direction, neighbour, operator } = recurrence;
  return initialMembers(solution).map(({ piece, t }): ClosedForm => {
    const at = atIndex(index, t);
    const next = direction === "down" ? plus(t, 1) : minus(t, 1);
    const value = valueAt(solution, t, t, piece.over);
    const asMatrix = tidy(substituteIndices(applyLinear(operator, neighbour), at));
    const reader = substituteIndices(neighbour, at);
    const put = tidy(replaceNodes(asMatrix, new Map([[reader, valueAt(solution, next, next, piece.over)]])));
    const asTerm = tidy(substituteIndices(recurrence.step, at));
    const induction = [
      ...step("closed-form-operator", asTerm, asMatrix),
      ...step("closed-form-hypothesis", asMatrix, put),
      ...step("closed-form-grow", put, value),
    ];
    const { inductionOver: _, ...rest } = form;
    return { ...rest, over: piece.over, value, base: [], induction };
  });
};

export interface Solved {
  readonly forms: readonly ClosedForm[];
  /** The first form with what is added at the member itself in front, where its factors form an ordered product. */
  readonly apart?: ClosedForm;
}

/** What is needed to write the solution; what stands against it where the ranges do not fit together. */
const solutionOf = (recurrence: Recurrence, sizes: Sizes, suppositions: Suppositions): Solution | NoClosedForm => {
  const sources = gathered(recurrence.sources);
  const own: Recurrence = { ...recurrence, sources };
  const start = startOf(own);
  if (!start || sources.length === 0) return noClosedForm("range");
  const { index, over: members } = own;
  const solution: Solution = {
    recurrence: own,
    propagator: propagatorOf(own.operator, index, own.direction, own.numberedByOwn),
    sizes,
    tidy: node => bracketLeft(rewrite(node, GATHER, suppositions).node),
    start,
  };
  const first = substituteDomain(members, atIndex(index, start));
  return reaches(solution) && !isEmpty(first, [], sizes, new Map()) ? solution : noClosedForm("range");
};

/**
 * The solution with the sources of at most so many steps away: Σ_{i=t}^{min(T, t+K)} M(t) ⋯ M(i-1) b(i), at the members
 * and at those before the first equation.
 */
export const solveWithin = (
  recurrence: Recurrence,
  within: Polynomial,
  sizes: Sizes,
  suppositions: Suppositions,
): readonly Pick<ClosedForm, "over" | "value">[] | NoClosedForm => {
  const found = solutionOf(recurrence, sizes, suppositions);
  if ("obstacle" in found) return found;
  const solution: Solution = { ...found, within };
  const { over, index } = solution.recurrence;
  const initial = initialMembers(solution);
  return [
    { over, value: valueAt(solution, named(index), named(index), over) },
    ...initial.map(({ t, piece }) => ({ over: piece.over, value: valueAt(solution, t, t, piece.over) })),
  ];
};

/** The closed forms of a recurrence, the plainest first. */
export const solve = (
  recurrence: Recurrence,
  sizes: Sizes,
  suppositions: Suppositions,
  assumes?: ClosedForm["assumes"],
): Solved | NoClosedForm => {
  const solution = solutionOf(recurrence, sizes, suppositions);
  if ("obstacle" in solution) return solution;
  const { start } = solution;
  const { index, over: members, stepOver } = solution.recurrence;
  const inner = intersect(members, stepOver);
  const t = named(index);
  const value = valueAt(solution, t, t, members);
  const atStart = substituteIndices(value, atIndex(index, start));
  const shared = {
    over: members,
    inductionOver: reduceDomain(inner, domain([]), sizes),
    ...(assumes ? { assumes } : {}),
  };
  const form: ClosedForm = {
    ...shared,
    form: solution.propagator.isConstant ? "constant" : "ordered-product",
    value,
    base: simplify(atStart, suppositions).steps,
    induction: inductionOf(solution, value, inner),
  };
  const turned = reindexed(solution, members);
  const initial = initialForms(solution, form);
  const apart = solution.propagator.isConstant ? {} : { apart: ownTermApart(solution, form) };
  if (!turned || turned === value) return { forms: [form, ...initial], ...apart };
  const turnedAtStart = substituteIndices(turned, atIndex(index, start));
  return {
    forms: [
      form,
      {
        ...shared,
        form: "constant-reindexed",
        value: turned,
        base: simplify(turnedAtStart, suppositions).steps,
        induction: step("closed-form-reindex", turned, value),
      },
      ...initial,
    ],
    ...apart,
  };
};
