/**
 * Splitting an index domain into disjoint regions by the domains of contributions. Bounds are compared for all sizes
 * ≥ 1; where a comparison holds only from some horizon on, that horizon is recorded.
 */
import { DiagnosticError } from "../base/diagnostic.ts";
import {
  type Affine,
  type Domain,
  domain,
  domainNames,
  EVERYWHERE,
  equalityOf,
  implies,
  intersect,
  solveFor,
  substituteDomain,
} from "../expr/domain.ts";
import {
  coefficientOf,
  constantPart,
  integer,
  minus,
  named,
  negative,
  type Polynomial,
  plus,
  substitute,
} from "../expr/polynomial.ts";

/** The names that stand for sizes and horizons, each ≥ 1; all other names are indices. */
export type Sizes = ReadonlyMap<string, unknown>;

/** Least values of horizons for which what was decided holds. */
export type ValidFrom = Map<string, number>;

/** Leaves out the conditions that follow from the others and from what is given. A contradiction stays as it is. */
export const reduceDomain = (d: Domain, given: Domain, sizes: Sizes): Domain => {
  if (isContradiction(intersect(d, given), sizes)) return d;
  let kept = [...d.where];
  for (const condition of d.where) {
    const others = kept.filter(c => c !== condition);
    const known = intersect(domain(others), given);
    if (impliedWithSizes(known, condition, sizes)) kept = others;
  }
  return domain(kept);
};

/** Like `implies`, with every size known to be ≥ 1: where the condition fails, c ≤ -1, nothing is left. */
const impliedWithSizes = (d: Domain, condition: Affine, sizes: Sizes): boolean => {
  if (implies(d, condition)) return true;
  if (d.where.some(given => alwaysNonNegative(minus(condition, given), sizes) === true)) return true;
  return isContradiction(intersect(d, domain([minus(negative(condition), 1)])), sizes);
};

/** Whether no point satisfies all conditions, whatever the sizes. */
export const isContradiction = (d: Domain, sizes: Sizes): boolean =>
  isEmpty(
    d,
    domainNames(d).filter(name => !sizes.has(name)),
    sizes,
    undefined,
  );

/** For a polynomial in sizes alone (all ≥ 1): true, false, or undefined when it depends on the sizes or on an index. */
const alwaysNonNegative = (value: Polynomial, sizes: Sizes): boolean | undefined => {
  if (!speaksOfSizes(value, sizes)) return undefined;
  const parts = value.monomials.filter(m => m.names.length > 0);
  const atOne = value.monomials.reduce((sum, m) => sum + m.coefficient, 0);
  if (parts.length === 0) return atOne >= 0;
  if (parts.every(m => m.coefficient > 0)) return atOne >= 0 ? true : undefined;
  if (parts.every(m => m.coefficient < 0)) return atOne < 0 ? false : undefined;
  return undefined;
};

const speaksOfSizes = (value: Polynomial, sizes: Sizes): boolean =>
  value.monomials.every(m => m.names.every(name => sizes.has(name)));

/** No region is left out for horizons longer than this; shorter ones get pieces of their own. */
const LONGEST_SHORT = 4;

/**
 * A decision about a polynomial in sizes: its sign for all sizes, or from a small horizon on (recorded in `from`; without
 * it nothing is decided that does not hold for all sizes).
 */
const signOf = (
  value: Polynomial,
  sizes: Sizes,
  from: ValidFrom | undefined,
): "negative" | "non-negative" | "unknown" => {
  if (!speaksOfSizes(value, sizes)) return "unknown";
  const always = alwaysNonNegative(value, sizes);
  if (always !== undefined) return always ? "non-negative" : "negative";
  if (!from) return "unknown";
  const [only, ...more] = value.monomials.filter(m => m.names.length > 0);
  if (!only || more.length > 0 || only.names.length > 1) return "unknown";
  const [name] = only.names as [string];
  const constant = constantPart(value);
  const least =
    only.coefficient > 0 ? Math.ceil(-constant / only.coefficient) : Math.floor(constant / -only.coefficient) + 1;
  if (least > LONGEST_SHORT) return "unknown";
  from.set(name, Math.max(from.get(name) ?? 1, least));
  return only.coefficient > 0 ? "non-negative" : "negative";
};

/** More conditions than this are not combined any further. */
const MOST_CONDITIONS = 64;

/**
 * What the conditions say of everything but some indices: these are eliminated one by one, each lower bound put below each upper
 * one. Exact for coefficients 1 and -1; conditions in which an index has another one are left out.
 */
export const eliminate = (d: Domain, indices: readonly string[]): readonly Affine[] => {
  let rest = d;
  for (const index of indices) {
    const lower: Affine[] = [];
    const upper: Affine[] = [];
    const kept: Affine[] = [];
    for (const condition of rest.where) {
      const coefficient = coefficientOf(condition, index);
      if (coefficient === 0) kept.push(condition);
      else if (coefficient === 1) lower.push(condition);
      else if (coefficient === -1) upper.push(condition);
    }
    if (kept.length + lower.length * upper.length > MOST_CONDITIONS) return [];
    rest = domain([...kept, ...lower.flatMap(lo => upper.map(hi => plus(lo, hi)))]);
  }
  return rest.where;
};

/** Whether the conditions contradict each other: for all sizes, or from a horizon on, which is then recorded in `from`. */
export const isEmpty = (d: Domain, indices: readonly string[], sizes: Sizes, from: ValidFrom | undefined): boolean => {
  const conditions = eliminate(d, indices);
  const isNegative = (value: Polynomial): boolean => alwaysNonNegative(value, sizes) === false;
  if (conditions.some(isNegative)) return true;
  if (conditions.some((a, i) => conditions.slice(i + 1).some(b => isNegative(plus(a, b))))) return true;
  if (!from) return false;
  for (const condition of conditions) {
    const trial: ValidFrom = new Map(from);
    if (signOf(condition, sizes, trial) !== "negative") continue;
    for (const [name, least] of trial) from.set(name, least);
    return true;
  }
  return false;
};

export interface Region<T> {
  readonly over: Domain;
  readonly items: readonly T[];
}

/** The union of two regions that only one condition tells apart, if the other conditions of each hold in both. */
const unionOf = (a: Domain, b: Domain, sizes: Sizes): Domain | undefined => {
  for (const condition of a.where) {
    const opposite = minus(negative(condition), 1).key;
    if (!b.where.some(({ key }) => key === opposite)) continue;
    const [ofA, ofB] = [a.where.filter(c => c !== condition), b.where.filter(({ key }) => key !== opposite)];
    const agree = ofB.every(c => impliedWithSizes(a, c, sizes)) && ofA.every(c => impliedWithSizes(b, c, sizes));
    if (agree) return reduceDomain(domain([...ofA, ...ofB]), EVERYWHERE, sizes);
  }
  return undefined;
};

/** Joins regions that have the same items and lie side by side: splitting by one item may have parted them needlessly. */
const joinNeighbours = <T>(regions: readonly Region<T>[], sizes: Sizes): readonly Region<T>[] => {
  const sameItems = (a: Region<T>, b: Region<T>): boolean =>
    a.items.length === b.items.length && a.items.every((item, i) => item === b.items[i]);
  const joined: Region<T>[] = [];
  for (const region of regions) {
    let current = region;
    for (let at = 0; at < joined.length; ) {
      const other = joined[at] as Region<T>;
      const over = sameItems(other, current) ? unionOf(other.over, current.over, sizes) : undefined;
      if (!over) {
        at++;
        continue;
      }
      joined.splice(at, 1);
      current = { over, items: current.items };
      at = 0;
    }
    joined.push(current);
  }
  return joined;
};

const MOST_REGIONS = 64;

/**
 * Disjoint regions that cover `whole`, each with the items whose domain contains it. Regions without items are kept.
 * Fails with D003 when there are too many.
 */
export const splitRegions = <T>(
  whole: Domain,
  indices: readonly string[],
  items: readonly { over: Domain; item: T }[],
  sizes: Sizes,
  from: ValidFrom | undefined,
): readonly Region<T>[] => {
  let regions: Region<T>[] = [{ over: whole, items: [] }];
  for (const { over, item } of items) {
    const next: Region<T>[] = [];
    for (const region of regions) {
      let inside: Domain = region.over;
      for (const condition of over.where) {
        if (impliedWithSizes(inside, condition, sizes)) continue;
        // A condition on sizes alone (h_2 exists from T = 2 on) is met by taking the horizon long enough.
        if (signOf(condition, sizes, from) === "non-negative") continue;
        // Where the condition fails, c ≤ -1.
        const outside = intersect(inside, domain([minus(negative(condition), 1)]));
        if (!isEmpty(outside, indices, sizes, from))
          next.push({ over: reduceDomain(outside, EVERYWHERE, sizes), items: region.items });
        inside = intersect(inside, domain([condition]));
      }
      if (!isEmpty(inside, indices, sizes, from))
        next.push({ over: reduceDomain(inside, EVERYWHERE, sizes), items: [...region.items, item] });
    }
    regions = next;
    if (regions.length > MOST_REGIONS) {
      throw new DiagnosticError({
        code: "D003",
        severity: "error",
        message: `an adjoint falls into more than ${MOST_REGIONS} pieces`,
        spans: [],
      });
    }
  }
  return joinNeighbours(regions, sizes);
};

/**
 * The values of indices that a region fixes, where a condition and its negative hold: t ≥ T and t ≤ T. No value mentions an
 * index that has a value itself: on the diagonal i = j only one of the two is fixed, by the other.
 */
export const fixedIndices = (d: Domain, indices: readonly string[]): ReadonlyMap<string, Polynomial> => {
  let fixed = new Map<string, Polynomial>();
  let rest = d;
  for (const index of indices) {
    const keys = new Set(rest.where.map(c => c.key));
    const equality = rest.where.find(c => Math.abs(coefficientOf(c, index) ?? 0) === 1 && keys.has(negative(c).key));
    const value = equality && solveFor(equality, index, integer(0));
    if (!value) continue;
    const one = new Map([[index, value]]);
    fixed = new Map([...[...fixed].map(([name, known]) => [name, substitute(known, one)] as const), [index, value]]);
    rest = substituteDomain(rest, one);
  }
  return fixed;
};

/**
 * A region without the bounds of indices that it fixes anyway: t = T says more than t ≥ 2. What that bound says of sizes
 * is kept (T ≤ K), or met by taking the horizon long enough (T ≥ 2, recorded in `from`).
 */
export const onlyFixed = (
  over: Domain,
  indices: readonly string[],
  fixed: ReadonlyMap<string, Polynomial>,
  sizes: Sizes,
  from: ValidFrom | undefined,
): Domain => {
  if (fixed.size === 0) return over;
  const others = indices.filter(index => !fixed.has(index));
  const mentions = (condition: Affine, names: Iterable<string>): boolean =>
    [...names].some(name => coefficientOf(condition, name) !== 0);
  const equalities = [...fixed].flatMap(([index, value]) => equalityOf(named(index), value));
  const kept = over.where.flatMap(condition => {
    if (!mentions(condition, fixed.keys()) || equalities.some(e => e.key === condition.key)) return [condition];
    const without = substitute(condition, fixed);
    if (mentions(without, others)) return [without];
    return signOf(without, sizes, from) === "non-negative" ? [] : [without];
  });
  return domain([...kept, ...equalities]);
};
