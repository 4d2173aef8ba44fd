/** From the reads of an equation to what they add to the adjoint of the member read: index maps are solved here. */
import { DiagnosticError } from "../base/diagnostic.ts";
import {
  type Affine,
  type Domain,
  domain,
  domainNames,
  equalityOf,
  intersect,
  solveFor,
  substituteDomain,
} from "../expr/domain.ts";
import {
  type AtNode,
  at,
  type Node,
  over,
  type PartialNode,
  partial,
  type SymbolNode,
  substituteIndices,
} from "../expr/node.ts";
import { coefficientOf, constantValue, minus, named, type Polynomial, substitute } from "../expr/polynomial.ts";
import { type Equation, familyOf, indexOf, type SymbolEntry, type System } from "../expr/system.ts";
import { transform } from "../expr/walk.ts";
import type { Step } from "../rewrite/step.ts";
import { rewriting } from "../rewrite/trace.ts";
import { type Simplified, simplify, tidy } from "../rules/simplify.ts";
import type { Contribution, SumIndex } from "./gradient.ts";
import { cancelled, type Known, lengthOf, putIn, SHORT, valueAt } from "./known.ts";
import type { Read } from "./pullback.ts";
import { eliminate, isContradiction, reduceDomain, type Sizes } from "./regions.ts";
import { chainOf } from "./terms.ts";

/** Puts sums around a term, the first outermost. */
export const wrapSums = (body: Node, sums: readonly SumIndex[]): Node =>
  sums.reduceRight((inner, { index, domain: range }) => over("sum", index, range, inner), body);

const stride = (equation: Equation, map: Affine): DiagnosticError =>
  new DiagnosticError({
    code: "D002",
    severity: "error",
    message: `the index ${map.key} cannot be solved: its indices must have coefficient 1 or -1`,
    spans: equation.span ? [{ span: equation.span, label: "in this equation" }] : [],
  });

/** Leaves out bounds of sums and products inside a term that the term's own place makes superfluous. */
const reduceInnerRanges = (root: Node, given: Domain, sizes: Sizes): Node =>
  root.height === 0
    ? root
    : transform(root, {
        over: (fold, index, range, body) => over(fold, index, reduceDomain(range, given, sizes), body),
      });

/** Indices solved for, and those left over, from f(indices) = target. */
const solve = (
  maps: readonly Affine[],
  unknowns: readonly string[],
  targets: readonly string[],
  equation: Equation,
): { solution: ReadonlyMap<string, Polynomial>; left: readonly string[]; equalities: readonly Affine[] } => {
  let solution = new Map<string, Polynomial>();
  let left = [...unknowns];
  const equalities: Affine[] = [];
  for (const [k, map] of maps.entries()) {
    const current = substitute(map, solution);
    const target = named(targets[k] as string);
    const index = left.find(name => Math.abs(coefficientOf(current, name) ?? 0) === 1);
    if (index === undefined) {
      if (left.some(name => coefficientOf(current, name) !== 0)) throw stride(equation, current);
      equalities.push(...equalityOf(current, target));
      continue;
    }
    const value = solveFor(current, index, target) as Polynomial;
    const one = new Map([[index, value]]);
    solution = new Map([
      ...[...solution].map(([name, known]) => [name, substitute(known, one)] as const),
      [index, value],
    ]);
    left = left.filter(name => name !== index);
  }
  return { solution, left, equalities };
};

/**
 * What one read contributes, not yet worked out (`value` is the bare pullback). `equation` and `read` speak of fresh index names; the result speaks of the index names of
 * `target` and of its own sums. Undefined where the ranges around the read are empty whatever the sizes.
 */
export const contributionOf = (
  system: System,
  equation: Equation,
  original: Equation,
  read: Read,
  target: SymbolEntry,
): Contribution | undefined => {
  const unknowns = [...equation.indices, ...read.sums.map(sum => sum.index)];
  const { solution, left, equalities } = solve(indexOf(read.of), unknowns, target.indices, equation);
  const everything = substituteDomain(intersect(equation.over, ...read.sums.map(sum => sum.domain)), solution);
  const conditions = [...everything.where, ...equalities.map(e => substitute(e, solution))];

  if (isContradiction(intersect(domain(conditions), target.domain), system.sizes)) return undefined;

  const own: Affine[] = [];
  const bySum = new Map<string, Affine[]>(left.map(index => [index, []]));
  for (const condition of conditions) {
    const innermost = left.findLast(index => coefficientOf(condition, index) !== 0);
    if (innermost === undefined) {
      if (target.indices.some(index => Math.abs(coefficientOf(condition, index) ?? 2) > 1))
        throw stride(original, condition);
      own.push(condition);
    } else if (Math.abs(coefficientOf(condition, innermost) ?? 2) !== 1) throw stride(original, condition);
    else bySum.get(innermost)?.push(condition);
  }
  // Members for which the sums are empty are left out: a factor taken out of an empty sum would be read outside its domain.
  const reached = eliminate(domain(conditions), left).filter(
    c =>
      target.indices.some(index => coefficientOf(c, index) !== 0) &&
      target.indices.every(index => Math.abs(coefficientOf(c, index) ?? 2) <= 1),
  );
  const members: Domain = reduceDomain(domain([...own, ...reached]), target.domain, system.sizes);
  let given = intersect(members, target.domain);
  const sums: SumIndex[] = [];
  for (const index of left) {
    const range = reduceDomain(domain(bySum.get(index) as Affine[]), given, system.sizes);
    sums.push({ index, domain: range });
    given = intersect(given, range);
  }

  const wrt = target.indices.length > 0 ? at(target.node, target.indices.map(named)) : target.node;
  const reader = substituteIndices(equation.left, solution) as SymbolNode | AtNode;
  const pulled = tidy(reduceInnerRanges(substituteIndices(read.adjoint, solution), given, system.sizes));
  return {
    equation: original,
    reader,
    sums,
    over: members,
    ...chainLine(system, reader, wrt, sums),
    pulled,
    rules: read.rules,
    value: pulled,
    steps: [],
  };
};

/**
 * Σ prod(∂L/∂v, ∂v/∂u) over the readers v. A sum inside v's own equation belongs to ∂v/∂u and not to the line. There is no
 * line for the objective's own equation, nor where a range of readers depends on an inner sum.
 */
const chainLine = (
  system: System,
  reader: SymbolNode | AtNode,
  wrt: SymbolNode | AtNode,
  sums: readonly SumIndex[],
): { readonly chain?: Node } => {
  const [outer, inner] = [
    sums.filter(s => reader.free.includes(s.index)),
    sums.filter(s => !reader.free.includes(s.index)),
  ];
  const mixed = outer.some(s => domainNames(s.domain).some(name => inner.some(i => i.index === name)));
  if (familyOf(reader) === system.objective || mixed) return {};
  return { chain: wrapSums(chainOf(partial(system.objective, reader), partial(reader, wrt, "immediate")), outer) };
};

/**
 * Leaves out the chain-rule lines of contributions of one equation whose readers may be the same member: ∂v/∂u in both
 * would count each other's path.
 */
export const withSeparateChains = (contributions: readonly Contribution[]): readonly Contribution[] => {
  const differ = (a: Contribution, b: Contribution): boolean =>
    indexOf(a.reader).some((entry, i) => {
      const difference = constantValue(minus(entry, indexOf(b.reader)[i] as Polynomial));
      const summed = [...a.sums, ...b.sums].some(sum => coefficientOf(entry, sum.index) !== 0);
      return difference !== undefined && difference !== 0 && !summed;
    });
  return contributions.map(own => {
    const meets = contributions.some(other => other !== own && other.equation === own.equation && !differ(own, other));
    if (!own.chain || !meets) return own;
    const { chain: _, ...rest } = own;
    return rest;
  });
};

const knownAdjoint = (node: PartialNode, { constants, inlined }: Known): Node => {
  const read = node.wrt as SymbolNode | AtNode;
  const own = inlined.get(familyOf(read));
  return own ? valueAt(own, read) : (constants.get(familyOf(read)) ?? node);
};

/** What is left when sums of deviations from a mean are 0. */
const withoutDeviations = (worked: Simplified, known: Known): Simplified => {
  const without = known.withoutDeviations(worked.node);
  if (without === worked.node) return worked;
  // Products with that zero vanish in the same line.
  const after = tidy(without);
  const last = simplify(after, known.suppositions);
  const vanishing: Step = { rule: "deviations-vanish", before: worked.node, after };
  return rewriting(last.node, () => [...worked.steps, vanishing, ...last.steps]);
};

/** The contribution with its value worked out, where some of the member's indices may have fixed values. */
export const finishContribution = (
  raw: Contribution,
  fixed: ReadonlyMap<string, Polynomial>,
  known: Known,
): Contribution => {
  const sums = raw.sums.map(({ index, domain: range }) => ({ index, domain: substituteDomain(range, fixed) }));
  const pulled = tidy(substituteIndices(raw.pulled, fixed));
  const start = wrapSums(pulled, sums);
  const reader = substituteIndices(raw.reader, fixed) as SymbolNode | AtNode;
  const given = raw.given && substituteIndices(raw.given, fixed);
  const replaced = transform(start, {
    leaf: node => {
      if (node.kind !== "partial" || node.reading !== "total") return node;
      return given && node.wrt === reader ? given : knownAdjoint(node, known);
    },
    ...(given ? { inserts: given.free } : {}),
  });
  const simple = withoutDeviations(simplify(replaced, known.suppositions), known);
  const length = lengthOf(simple.node);
  // What was put in by wish may cancel as well as what is put in for being short.
  const plain = replaced === start || length > SHORT ? undefined : cancelled(replaced, known, length);
  const worked = plain ?? simple;
  const put = raw.chain ? putIn(worked.node, known) : undefined;
  const { node: value } = put ?? worked;
  return {
    ...raw,
    reader,
    ...(given ? { given } : {}),
    sums,
    over: substituteDomain(raw.over, fixed),
    ...(raw.chain ? { chain: substituteIndices(raw.chain, fixed) } : {}),
    pulled,
    value,
    get steps() {
      const replacing: readonly Step[] =
        replaced === start ? [] : [{ rule: "known-adjoint", before: start, after: replaced }];
      return [...replacing, ...worked.steps, ...(put?.steps ?? [])];
    },
  };
};
