/** Index domains made ready for many look-ups: whether a point lies inside, and which points do. */
import { InternalError } from "../base/diagnostic.ts";
import type { Domain } from "../expr/domain.ts";
import { coefficientOf, minus, type Polynomial, times } from "../expr/polynomial.ts";
import { NoValue } from "./arithmetic.ts";

/** coefficients · index + rest(sizes) ≥ 0. */
interface Row {
  readonly coefficients: readonly number[];
  readonly rest: Polynomial;
}

export interface Region {
  readonly indices: readonly string[];
  readonly rows: readonly Row[];
}

export const regionOf = (domain: Domain, indices: readonly string[]): Region => ({
  indices,
  rows: domain.where.map(condition => {
    let rest = condition;
    const coefficients = indices.map(index => {
      const coefficient = coefficientOf(condition, index);
      if (coefficient === undefined) throw new InternalError(`${condition.key} ≥ 0 is not affine in ${index}`);
      rest = minus(rest, times(coefficient, index));
      return coefficient;
    });
    return { coefficients, rest };
  }),
});

/** Sizes and horizons by name. */
export type Sizes = (name: string) => number | undefined;

export const polynomialAt = (value: Polynomial, sizes: Sizes): number => {
  let sum = 0;
  for (const { coefficient, names } of value.monomials) {
    let product = coefficient;
    for (const name of names) {
      const size = sizes(name);
      if (size === undefined) throw new NoValue("undefined", `nothing gives ${name} a value`);
      product *= size;
    }
    sum += product;
  }
  return sum;
};

/** A region with its sizes filled in: rows of integers. */
export interface Polytope {
  readonly rank: number;
  readonly rows: readonly { readonly coefficients: readonly number[]; readonly rest: number }[];
}

export const polytopeAt = (region: Region, sizes: Sizes): Polytope => ({
  rank: region.indices.length,
  rows: region.rows.map(({ coefficients, rest }) => ({ coefficients, rest: polynomialAt(rest, sizes) })),
});

export const isInside = ({ rows }: Polytope, index: readonly number[]): boolean => {
  for (const { coefficients, rest } of rows) {
    let sum = rest;
    for (let i = 0; i < coefficients.length; i++) sum += (coefficients[i] as number) * (index[i] as number);
    if (sum < 0) return false;
  }
  return true;
};

/** The smallest box around the points, by narrowing each index with the bounds of the others; undefined when empty. */
const boxOf = ({ rank, rows }: Polytope): (readonly [low: number, high: number])[] | undefined => {
  const low = new Array<number>(rank).fill(Number.NEGATIVE_INFINITY);
  const high = new Array<number>(rank).fill(Number.POSITIVE_INFINITY);
  for (let changes = true, round = 0; changes && round < 4 * rank + 4; round++) {
    changes = false;
    for (const { coefficients, rest } of rows) {
      for (let i = 0; i < rank; i++) {
        const own = coefficients[i] as number;
        if (own === 0) continue;
        let most = rest;
        for (let j = 0; j < rank; j++) {
          const other = coefficients[j] as number;
          if (j !== i && other !== 0) most += other * ((other > 0 ? high[j] : low[j]) as number);
        }
        const room = Math.floor(most / Math.abs(own));
        // No −0: points are shown.
        const bound = own > 0 ? 0 - room : room;
        if (own > 0 && bound > (low[i] as number)) {
          low[i] = bound;
          changes = true;
        } else if (own < 0 && bound < (high[i] as number)) {
          high[i] = bound;
          changes = true;
        }
        if ((low[i] as number) > (high[i] as number)) return undefined;
      }
    }
  }
  return low.map((least, i) => {
    const most = high[i] as number;
    if (!Number.isFinite(least) || !Number.isFinite(most)) throw new NoValue("undefined", "an index has no bound");
    return [least, most] as const;
  });
};

/** All points, the last index running fastest. */
export const pointsOf = (polytope: Polytope): readonly (readonly number[])[] => {
  const box = boxOf(polytope);
  if (!box) return [];
  const points: number[][] = [];
  const point = box.map(([low]) => low);
  for (;;) {
    if (isInside(polytope, point)) points.push([...point]);
    let axis = polytope.rank - 1;
    while (axis >= 0 && point[axis] === (box[axis] as readonly [number, number])[1]) {
      point[axis] = (box[axis] as readonly [number, number])[0];
      axis -= 1;
    }
    if (axis < 0) return points;
    point[axis] = (point[axis] as number) + 1;
  }
};
