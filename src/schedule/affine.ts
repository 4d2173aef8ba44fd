/**
 * Questions about affine conditions, answered by Fourier–Motzkin elimination. "Empty" and "always" are proofs; where no
 * proof is found the answer is no.
 */
import { type Affine, type Domain, domain } from "../expr/domain.ts";
import {
  coefficientOf,
  constantPart,
  constantValue,
  minus,
  namesIn,
  negative,
  type Polynomial,
  plus,
  polynomial,
  times,
} from "../expr/polynomial.ts";
import type { SizeEntry } from "../expr/system.ts";

/** More conditions than this are not combined further: the question counts as undecided. */
const MOST_CONDITIONS = 400;

const greatestCommonDivisor = (a: number, b: number): number => {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
};

/** The condition over the integers: 2t - 3 ≥ 0 is t - 2 ≥ 0. */
const tighten = (condition: Affine): Affine => {
  const constant = constantPart(condition);
  const rest = minus(condition, constant);
  const divisor = rest.monomials.reduce((common, m) => greatestCommonDivisor(common, m.coefficient), 0);
  if (divisor <= 1) return condition;
  const divided = rest.monomials.map(m =>
    m.names.reduce((product, name) => times(product, name), polynomial(m.coefficient / divisor)),
  );
  return plus(...divided, Math.floor(constant / divisor));
};

/** The conditions that follow for the other names when one name may take any value. Undefined when there are too many. */
const eliminate = (conditions: readonly Affine[], name: string): readonly Affine[] | undefined => {
  const kept = new Map<string, Affine>();
  const below: Affine[] = [];
  const above: Affine[] = [];
  for (const condition of conditions) {
    const coefficient = coefficientOf(condition, name);
    if (coefficient === undefined) continue;
    if (coefficient === 0) kept.set(condition.key, condition);
    else (coefficient > 0 ? below : above).push(condition);
  }
  if (kept.size + below.length * above.length > MOST_CONDITIONS) return undefined;
  for (const low of below) {
    for (const high of above) {
      const [a, b] = [coefficientOf(low, name) as number, -(coefficientOf(high, name) as number)];
      const combined = tighten(plus(times(low, b), times(high, a)));
      const value = constantValue(combined);
      if (value === undefined || value < 0) kept.set(combined.key, combined);
    }
  }
  return [...kept.values()];
};

/** The conditions on the names that are left when `names` may take any values. More points may satisfy them than need to. */
export const project = (conditions: readonly Affine[], names: readonly string[]): readonly Affine[] => {
  let current: readonly Affine[] = conditions;
  for (const name of names) {
    const next = eliminate(current, name);
    if (!next) return conditions.filter(c => names.every(other => coefficientOf(c, other) === 0));
    current = next;
  }
  return current;
};

/** What is known of sizes: each is at least its least value. */
export const leastSizes = (sizes: Iterable<SizeEntry>): readonly Affine[] =>
  [...sizes].map(({ name, least }) => minus(name, least));

/** Whether no integer point satisfies all the conditions. */
export const isEmpty = (conditions: readonly Affine[]): boolean => {
  const names = [...new Set(conditions.flatMap(namesIn))];
  return project(conditions.map(tighten), names).some(c => (constantValue(c) ?? 0) < 0);
};

/** Whether `condition` ≥ 0 wherever the given ones hold. */
export const always = (given: readonly Affine[], condition: Affine): boolean => {
  const value = constantValue(condition);
  if (value !== undefined) return value >= 0;
  return isEmpty([...given, plus(negative(condition), -1)]);
};

/** The bounds that conditions give one index, where its coefficient is ±1; `rest` are the conditions they do not say. */
export interface IndexBounds {
  readonly from: readonly Polynomial[];
  readonly to: readonly Polynomial[];
  readonly rest: readonly Affine[];
}

export const boundsFor = (conditions: readonly Affine[], index: string): IndexBounds => {
  const from: Polynomial[] = [];
  const to: Polynomial[] = [];
  const rest: Affine[] = [];
  for (const condition of conditions) {
    const coefficient = coefficientOf(condition, index);
    if (coefficient === 1) from.push(minus(index, condition));
    else if (coefficient === -1) to.push(plus(condition, index));
    else rest.push(condition);
  }
  return { from, to, rest };
};

/** Leaves out what follows from the other conditions and from what is given. */
export const reduce = (conditions: readonly Affine[], given: readonly Affine[]): readonly Affine[] => {
  let kept = domain(conditions).where;
  for (const condition of kept) {
    const others = kept.filter(other => other !== condition);
    if (always([...others, ...given], condition)) kept = others;
  }
  return kept;
};

export const conditionsOf = (d: Domain): readonly Affine[] => d.where;
