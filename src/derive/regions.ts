/**
 * Splitting an index domain into disjoint regions by the domains of contributions. Bounds are compared for all sizes
 * ≥ 1; where a comparison holds only from some horizon on, that horizon is recorded.
 */
import { DiagnosticError } from "../base/diagnostic.ts";
import { type Affine, boundsOf, type Domain, domain, EVERYWHERE, implies, intersect } from "../expr/domain.ts";
import { constantPart, minus, negative, type Polynomial } from "../expr/polynomial.ts";

/** The names that stand for sizes and horizons, each ≥ 1; all other names are indices. */
export type Sizes = ReadonlyMap<string, unknown>;

/** Least values of horizons for which what was decided holds. */
export type ValidFrom = Map<string, number>;

/** Leaves out the conditions that follow from the others and from what is given. */
export const reduceDomain = (d: Domain, given: Domain, sizes: Sizes): Domain => {
  let kept = [...d.where];
  for (const condition of d.where) {
    const others = kept.filter(c => c !== condition);
    const known = intersect(domain(others), given);
    if (impliedWithSizes(known, condition, sizes)) kept = others;
  }
  return domain(kept);
};

/** Like `implies`, with every size known to be ≥ 1. */
const impliedWithSizes = (d: Domain, condition: Affine, sizes: Sizes): boolean =>
  implies(d, condition) || d.where.some(given => alwaysNonNegative(minus(condition, given), sizes) === true);

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

/** A decision about a polynomial in sizes: its sign for all sizes, or from a horizon on (recorded in `from`). */
const signOf = (value: Polynomial, sizes: Sizes, from: ValidFrom): "negative" | "non-negative" | "unknown" => {
  if (!speaksOfSizes(value, sizes)) return "unknown";
  const always = alwaysNonNegative(value, sizes);
  if (always !== undefined) return always ? "non-negative" : "negative";
  const [only, ...more] = value.monomials.filter(m => m.names.length > 0);
  if (!only || more.length > 0 || only.names.length > 1) return "unknown";
  const [name] = only.names as [string];
  const constant = constantPart(value);
  const least =
    only.coefficient > 0 ? Math.ceil(-constant / only.coefficient) : Math.floor(constant / -only.coefficient) + 1;
  from.set(name, Math.max(from.get(name) ?? 1, least));
  return only.coefficient > 0 ? "non-negative" : "negative";
};

/** Whether two bounds of some index contradict each other (for horizons recorded in `from`). */
export const isEmpty = (d: Domain, indices: readonly string[], sizes: Sizes, from: ValidFrom): boolean => {
  if (d.where.some(c => alwaysNonNegative(c, sizes) === false)) return true;
  for (const index of indices) {
    const { lower, upper } = boundsOf(d, index);
    for (const lo of lower) {
      for (const hi of upper) {
        const trial: ValidFrom = new Map(from);
        if (signOf(minus(hi, lo), sizes, trial) === "negative") {
          for (const [name, least] of trial) from.set(name, least);
          return true;
        }
      }
    }
  }
  return false;
};

export interface Region<T> {
  readonly over: Domain;
  readonly items: readonly T[];
}

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
  from: ValidFrom,
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
  return regions;
};

/** The values of indices that a region fixes: index ≥ l and index ≤ l. */
export const fixedIndices = (d: Domain, indices: readonly string[]): ReadonlyMap<string, Polynomial> => {
  const fixed = new Map<string, Polynomial>();
  for (const index of indices) {
    const { lower, upper } = boundsOf(d, index);
    const value = lower.find(lo => upper.some(hi => hi.key === lo.key));
    if (value) fixed.set(index, value);
  }
  return fixed;
};
