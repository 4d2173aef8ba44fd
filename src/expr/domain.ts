/**
 * Index domains: the integer points at which every listed polynomial is ≥ 0.
 * The polynomials are affine in the indices; sizes and horizons are symbols in them.
 */
import { InternalError } from "../base/diagnostic.ts";
import {
  coefficientOf,
  comparePolynomials,
  constantValue,
  minus,
  namesIn,
  negative,
  type Polynomial,
  plus,
  polynomial,
  same,
  substitute,
  times,
  valueAt,
} from "./polynomial.ts";

/** An index expression such as t - 1; degree ≤ 1 in the indices. */
export type Affine = Polynomial;

export interface Domain {
  /** Each is ≥ 0 at the points of the domain. Sorted, without repetition, without constants known to be ≥ 0. */
  readonly where: readonly Affine[];
}

/** The whole space: no condition. */
export const EVERYWHERE: Domain = Object.freeze({ where: Object.freeze([]) });

/** The empty domain, written −1 ≥ 0. */
export const NOWHERE: Domain = Object.freeze({ where: Object.freeze([polynomial(-1)]) });

/** The points at which all the given polynomials are ≥ 0. */
export const domain = (conditions: readonly Affine[]): Domain => {
  const kept = new Map<string, Affine>();
  for (const condition of conditions) {
    const value = constantValue(condition);
    if (value !== undefined && value >= 0) continue;
    if (value !== undefined) return NOWHERE;
    kept.set(condition.key, condition);
  }
  if (kept.size === 0) return EVERYWHERE;
  const where = [...kept.values()].sort(comparePolynomials);
  return Object.freeze({ where: Object.freeze(where) });
};

/** lo ≤ index ≤ hi. */
export const interval = (index: string, lo: Polynomial | number | string, hi: Polynomial | number | string): Domain =>
  domain([minus(index, lo), minus(hi, index)]);

export const intersect = (...domains: readonly Domain[]): Domain => domain(domains.flatMap(d => d.where));

export const substituteDomain = (d: Domain, by: ReadonlyMap<string, Polynomial>): Domain =>
  d.where.length === 0 ? d : domain(d.where.map(condition => substitute(condition, by)));

export const domainKey = (d: Domain): string => d.where.map(c => c.key).join(";");

export const sameDomain = (a: Domain, b: Domain): boolean => domainKey(a) === domainKey(b);

/** Names (indices, sizes, horizons) that occur in the conditions. */
export const domainNames = (d: Domain): readonly string[] => [...new Set(d.where.flatMap(namesIn))].sort();

/**
 * What a domain says of one index: index ≥ each of `lower`, index ≤ each of `upper`, and `rest`, the
 * conditions without it. Coefficients of the index must be ±1 (strides are refused before a domain is built).
 */
export interface Bounds {
  readonly lower: readonly Affine[];
  readonly upper: readonly Affine[];
  readonly rest: Domain;
}

export const boundsOf = (d: Domain, index: string): Bounds => {
  const lower: Affine[] = [];
  const upper: Affine[] = [];
  const rest: Affine[] = [];
  for (const condition of d.where) {
    const coefficient = coefficientOf(condition, index);
    if (coefficient === 0) rest.push(condition);
    else if (coefficient === 1) lower.push(minus(index, condition));
    else if (coefficient === -1) upper.push(plus(condition, index));
    else throw new InternalError(`the index ${index} has a coefficient other than ±1 in ${condition.key} ≥ 0`);
  }
  return { lower, upper, rest: domain(rest) };
};

/** Whether an integer point (with values for sizes too) lies in the domain. */
export const contains = (d: Domain, at: ReadonlyMap<string, number>): boolean =>
  d.where.every(c => valueAt(c, at) >= 0);

/** The integer values of one index when every other name has a value: [lo, hi], empty if lo > hi. Both bounds must exist. */
export const rangeAt = (
  d: Domain,
  index: string,
  at: ReadonlyMap<string, number>,
): readonly [lo: number, hi: number] => {
  let lo = Number.NEGATIVE_INFINITY;
  let hi = Number.POSITIVE_INFINITY;
  const known = new Map(at);
  known.set(index, 0);
  for (const condition of d.where) {
    const coefficient = coefficientOf(condition, index);
    if (coefficient === undefined) throw new InternalError(`${condition.key} ≥ 0 is not affine in ${index}`);
    const rest = valueAt(condition, known);
    if (coefficient > 0) lo = Math.max(lo, Math.ceil(-rest / coefficient));
    else if (coefficient < 0) hi = Math.min(hi, Math.floor(rest / -coefficient));
    else if (rest < 0) return [0, -1];
  }
  if (lo === Number.NEGATIVE_INFINITY || hi === Number.POSITIVE_INFINITY) {
    throw new InternalError(`the index ${index} is unbounded in its domain`);
  }
  return [lo, hi];
};

/**
 * Solves `map = target` for `index` (coefficient ±1): the value of the index as a polynomial.
 * Undefined when the index does not occur or has another coefficient (a stride).
 */
export const solveFor = (map: Affine, index: string, target: Polynomial): Polynomial | undefined => {
  const coefficient = coefficientOf(map, index);
  if (coefficient !== 1 && coefficient !== -1) return undefined;
  const rest = minus(map, times(coefficient, index));
  return coefficient === 1 ? minus(target, rest) : minus(rest, target);
};

/** Whether a condition follows from the domain for all values of the names, decided for single conditions and sums of two. */
export const implies = (d: Domain, condition: Affine): boolean => {
  const slack = (given: Polynomial): boolean => {
    const difference = constantValue(minus(condition, given));
    return difference !== undefined && difference >= 0;
  };
  const own = constantValue(condition);
  if (own !== undefined) return own >= 0;
  return d.where.some(slack) || d.where.some((a, i) => d.where.slice(i + 1).some(b => slack(plus(a, b))));
};

/** The conditions that say `a = b`. */
export const equalityOf = (a: Affine, b: Affine): readonly Affine[] =>
  same(a, b) ? [] : [minus(a, b), negative(minus(a, b))];
