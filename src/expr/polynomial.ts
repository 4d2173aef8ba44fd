/**
 * Polynomials with integer coefficients in named integers: sizes (`h`, `2*n`, `m*n`), horizons (`T`)
 * and indices (`t - 1`). Canonical: equal polynomials have equal `key`.
 */
import { InternalError } from "../base/diagnostic.ts";

export interface Monomial {
  readonly coefficient: number;
  /** Names with repetition, sorted: `n*n*m` is ["m", "n", "n"]. Empty for the constant. */
  readonly names: readonly string[];
}

export interface Polynomial {
  /** Canonical text; also what a reader of terms accepts. */
  readonly key: string;
  /** Sorted by degree falling, then by names; no zero coefficients. */
  readonly monomials: readonly Monomial[];
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareNames = (a: readonly string[], b: readonly string[]): number => {
  if (a.length !== b.length) return b.length - a.length;
  for (let i = 0; i < a.length; i++) {
    const order = byCodeUnits(a[i] as string, b[i] as string);
    if (order !== 0) return order;
  }
  return 0;
};

const showMonomial = ({ coefficient, names }: Monomial, first: boolean): string => {
  if (first && coefficient === 1 && names.length === 1) return names[0] as string;
  const magnitude = Math.abs(coefficient);
  const factors = magnitude === 1 && names.length > 0 ? names : [String(magnitude), ...names];
  const sign = coefficient < 0 ? (first ? "-" : " - ") : first ? "" : " + ";
  return sign + factors.join("*");
};

const build = (monomials: readonly Monomial[]): Polynomial => {
  let key = "";
  for (const monomial of monomials) {
    if (!Number.isSafeInteger(monomial.coefficient))
      throw new InternalError("an index or size left the range of exact integers");
    key += showMonomial(monomial, key === "");
  }
  if (key === "") key = "0";
  return Object.freeze({ key, monomials: Object.freeze(monomials) });
};

/** Monomials in any order, with names in any number of them: like terms collected, sorted. */
const collect = (monomials: Iterable<Monomial>): Polynomial => {
  const sums = new Map<string, { coefficient: number; names: readonly string[] }>();
  for (const { coefficient, names } of monomials) {
    const key = names.join("*");
    const sum = sums.get(key);
    if (sum) sum.coefficient += coefficient;
    else sums.set(key, { coefficient, names });
  }
  const kept = [...sums.values()].filter(m => m.coefficient !== 0);
  return build(kept.sort((a, b) => compareNames(a.names, b.names)));
};

/** a + factor b, by merging two sorted lists: most sums of indices are of two short polynomials. */
const merge = (a: Polynomial, b: Polynomial, factor: 1 | -1): Polynomial => {
  if (b.monomials.length === 0) return a;
  if (a.monomials.length === 0 && factor === 1) return b;
  const monomials: Monomial[] = [];
  let j = 0;
  for (const left of a.monomials) {
    let right = b.monomials[j];
    while (right && compareNames(right.names, left.names) < 0) {
      monomials.push(factor === 1 ? right : { coefficient: -right.coefficient, names: right.names });
      right = b.monomials[++j];
    }
    if (right && compareNames(right.names, left.names) === 0) {
      const coefficient = left.coefficient + factor * right.coefficient;
      if (coefficient !== 0) monomials.push({ coefficient, names: left.names });
      j++;
    } else monomials.push(left);
  }
  for (; j < b.monomials.length; j++) {
    const right = b.monomials[j] as Monomial;
    monomials.push(factor === 1 ? right : { coefficient: -right.coefficient, names: right.names });
  }
  return build(monomials);
};

export const ZERO: Polynomial = build([]);
export const ONE: Polynomial = build([{ coefficient: 1, names: [] }]);

export const integer = (value: number): Polynomial =>
  value === 0 ? ZERO : value === 1 ? ONE : build([{ coefficient: value, names: [] }]);

/** The polynomial that is a name. An empty name, which would print as nothing, is a mistake of ours. */
export const named = (name: string): Polynomial => {
  if (name === "") throw new InternalError("a polynomial in a name without letters");
  return Object.freeze({ key: name, monomials: Object.freeze([{ coefficient: 1, names: [name] }]) });
};

/** A number, a name or a polynomial, as a polynomial. */
export const polynomial = (value: Polynomial | number | string): Polynomial =>
  typeof value === "number" ? integer(value) : typeof value === "string" ? named(value) : value;

export const plus = (...parts: readonly (Polynomial | number | string)[]): Polynomial => {
  let sum = ZERO;
  for (const part of parts) sum = merge(sum, polynomial(part), 1);
  return sum;
};

const scaled = (a: Polynomial, by: number): Polynomial =>
  by === 1 ? a : by === 0 ? ZERO : build(a.monomials.map(m => ({ coefficient: m.coefficient * by, names: m.names })));

export const times = (a: Polynomial | number | string, b: Polynomial | number | string): Polynomial => {
  const [left, other] = [polynomial(a), polynomial(b)];
  const [x, y] = [constantValue(left), constantValue(other)];
  if (x !== undefined) return scaled(other, x);
  if (y !== undefined) return scaled(left, y);
  const right = other.monomials;
  return collect(
    left.monomials.flatMap(x =>
      right.map(y => ({
        coefficient: x.coefficient * y.coefficient,
        names: [...x.names, ...y.names].sort(byCodeUnits),
      })),
    ),
  );
};

export const negative = (a: Polynomial): Polynomial =>
  build(a.monomials.map(m => ({ coefficient: -m.coefficient, names: m.names })));

export const minus = (a: Polynomial | number | string, b: Polynomial | number | string): Polynomial =>
  merge(polynomial(a), polynomial(b), -1);

export const same = (a: Polynomial, b: Polynomial): boolean => a.key === b.key;

/** The value of a constant polynomial, otherwise undefined. */
export const constantValue = (a: Polynomial): number | undefined => {
  if (a.monomials.length === 0) return 0;
  const [only] = a.monomials;
  return a.monomials.length === 1 && only && only.names.length === 0 ? only.coefficient : undefined;
};

/** The coefficient of the constant monomial. */
export const constantPart = (a: Polynomial): number => {
  const last = a.monomials.at(-1);
  return last && last.names.length === 0 ? last.coefficient : 0;
};

/** The name, if the polynomial is just one name. */
export const soleName = (a: Polynomial): string | undefined => {
  const [only] = a.monomials;
  return a.monomials.length === 1 && only && only.coefficient === 1 && only.names.length === 1
    ? only.names[0]
    : undefined;
};

/** All names that occur, sorted, without repetition. */
export const namesIn = (a: Polynomial): readonly string[] => {
  const [first, second] = a.monomials;
  if (!first) return [];
  // Most indices and sizes hold one name.
  if (first.names.length === 1 && (!second || second.names.length === 0)) return first.names;
  return [...new Set(a.monomials.flatMap(m => m.names))].sort(byCodeUnits);
};

export const degree = (a: Polynomial): number => a.monomials[0]?.names.length ?? 0;

/** The coefficient of a name in a polynomial that is affine in it; undefined if it also occurs in a product. */
export const coefficientOf = (a: Polynomial, name: string): number | undefined => {
  let coefficient = 0;
  for (const m of a.monomials) {
    if (!m.names.includes(name)) continue;
    if (m.names.length > 1) return undefined;
    coefficient = m.coefficient;
  }
  return coefficient;
};

/** Replaces names by polynomials, all at once. */
export const substitute = (a: Polynomial, by: ReadonlyMap<string, Polynomial>): Polynomial => {
  if (by.size === 0 || !a.monomials.some(m => m.names.some(n => by.has(n)))) return a;
  const parts = a.monomials.map(m => {
    const [name] = m.names;
    // Most indices and sizes are a bare name.
    if (m.names.length === 1 && m.coefficient === 1 && name !== undefined) return by.get(name) ?? named(name);
    let product = integer(m.coefficient);
    for (const factor of m.names) product = times(product, by.get(factor) ?? named(factor));
    return product;
  });
  return parts.length === 1 ? (parts[0] as Polynomial) : plus(...parts);
};

/** The value at an assignment; fails (InternalError) when a name has none. */
export const valueAt = (a: Polynomial, at: ReadonlyMap<string, number>): number => {
  let sum = 0;
  for (const m of a.monomials) {
    let product = m.coefficient;
    for (const name of m.names) {
      const value = at.get(name);
      if (value === undefined) throw new InternalError(`no value for the index or size ${name}`);
      product *= value;
    }
    sum += product;
  }
  return sum;
};

/** A total order by structure, for visible orders. */
export const comparePolynomials = (a: Polynomial, b: Polynomial): number => byCodeUnits(a.key, b.key);
