/**
 * Questions about affine conditions, answered by Fourier–Motzkin elimination. "Empty" and "always" are proofs; where no
 * proof is found the answer is no.
 */
import { type Affine, type Domain, domain } from "../expr/domain.ts";
import {
  coefficientOf,
  constantValue,
  minus,
  negative,
  type Polynomial,
  plus,
  polynomial,
  times,
} from "../expr/polynomial.ts";
import type { SizeEntry } from "../expr/system.ts";

/** More conditions than this are not combined further: the question counts as undecided. */
const MOST_CONDITIONS = 400;

/** Coefficients larger than this are not exact in products any more: the condition is dropped. */
const LARGEST_COEFFICIENT = 2 ** 26;

/** One condition as numbers: a coefficient for each unknown, then the constant. */
type Row = readonly number[];

const greatestCommonDivisor = (a: number, b: number): number => {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
};

/** The condition over the integers: 2t - 3 ≥ 0 is t - 2 ≥ 0. */
const tighten = (row: number[]): number[] => {
  const last = row.length - 1;
  let divisor = 0;
  for (let i = 0; i < last && divisor !== 1; i++) divisor = greatestCommonDivisor(divisor, row[i] as number);
  return divisor <= 1 ? row : row.map((c, i) => (i < last ? c / divisor : Math.floor(c / divisor)));
};

/** Conditions as rows. Every product of names is an unknown of its own; what is known of its parts is not used. */
class Rows {
  readonly #columns = new Map<string, number>();
  readonly #unknowns: (readonly string[])[] = [];
  rows: readonly Row[];

  constructor(conditions: readonly Affine[]) {
    for (const { monomials } of conditions) {
      for (const { names } of monomials) {
        const key = names.join("*");
        if (names.length === 0 || this.#columns.has(key)) continue;
        this.#columns.set(key, this.#unknowns.length);
        this.#unknowns.push(names);
      }
    }
    this.rows = conditions.map(({ monomials }) => {
      const row = new Array<number>(this.#unknowns.length + 1).fill(0);
      for (const { names, coefficient } of monomials) {
        row[names.length === 0 ? row.length - 1 : (this.#columns.get(names.join("*")) as number)] = coefficient;
      }
      return tighten(row);
    });
  }

  get count(): number {
    return this.#unknowns.length;
  }

  /** The column of a name; rows in which it occurs in a product are dropped. */
  column(name: string): number | undefined {
    const products = this.#unknowns.flatMap((names, i) => (names.length > 1 && names.includes(name) ? [i] : []));
    if (products.length > 0) this.rows = this.rows.filter(row => products.every(i => row[i] === 0));
    return this.#columns.get(name);
  }

  /** What follows for the other unknowns when one may have any value. False when there are too many conditions. */
  eliminate(column: number): boolean {
    const kept = new Map<string, Row>();
    const below: Row[] = [];
    const above: Row[] = [];
    for (const row of this.rows) {
      const coefficient = row[column] as number;
      if (coefficient === 0) kept.set(row.join(), row);
      else (coefficient > 0 ? below : above).push(row);
    }
    if (kept.size + below.length * above.length > MOST_CONDITIONS) return false;
    for (const low of below) {
      for (const high of above) {
        const [a, b] = [low[column] as number, -(high[column] as number)];
        const combined = tighten(low.map((c, i) => c * b + (high[i] as number) * a));
        if (combined.some(c => Math.abs(c) > LARGEST_COEFFICIENT)) continue;
        const isConstant = combined.every((c, i) => c === 0 || i === combined.length - 1);
        if (!isConstant || (combined.at(-1) as number) < 0) kept.set(combined.join(), combined);
      }
    }
    this.rows = [...kept.values()];
    return true;
  }

  get isRefuted(): boolean {
    return this.rows.some(row => (row.at(-1) as number) < 0 && row.every((c, i) => c === 0 || i === row.length - 1));
  }

  get conditions(): readonly Affine[] {
    return this.rows.map(row =>
      plus(
        ...this.#unknowns.flatMap((names, i) =>
          row[i] === 0 ? [] : [names.reduce<Polynomial>(times, polynomial(row[i] as number))],
        ),
        row.at(-1) as number,
      ),
    );
  }
}

/** The conditions on the names that are left when `names` may take any values. More points may satisfy them than need to. */
export const project = (conditions: readonly Affine[], names: readonly string[]): readonly Affine[] => {
  const rows = new Rows(conditions);
  for (const name of names) {
    const column = rows.column(name);
    if (column !== undefined && !rows.eliminate(column)) {
      return conditions.filter(c => names.every(other => coefficientOf(c, other) === 0));
    }
  }
  return rows.conditions;
};

/** What is known of sizes: each is at least its least value. */
export const leastSizes = (sizes: Iterable<SizeEntry>): readonly Affine[] =>
  [...sizes].map(({ name, least }) => minus(name, least));

/** Whether no integer point satisfies all the conditions. */
export const isEmpty = (conditions: readonly Affine[]): boolean => {
  const rows = new Rows(conditions);
  for (let column = 0; column < rows.count; column++) {
    if (rows.isRefuted) return true;
    if (!rows.eliminate(column)) return false;
  }
  return rows.isRefuted;
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
