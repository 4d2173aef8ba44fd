/** Functions of whole arrays, inverses and determinants by elimination, in any arithmetic: forward mode passes through it like through any formula. */
import type { Kernel } from "../ops/op.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { type Grid, scalarGrid } from "./grid.ts";

interface Eliminated<E> {
  readonly determinant: E;
  /** What the elimination makes of the identity beside the matrix; not meant where the determinant is 0. */
  readonly beside: readonly (readonly E[])[];
}

/**
 * Eliminates a square matrix (Gauss and Jordan), exchanging rows where a pivot is 0. A column of exact zeros makes the
 * determinant 0; one whose entries have no inverses though they are not 0 (a slope only) has no value.
 */
const eliminate = <E>(arithmetic: Arithmetic<E>, { rows: n, entries }: Grid<E>, besides: boolean): Eliminated<E> => {
  const { zero, one, multiply, subtract, negate, divide, divides, equal } = arithmetic;
  const width = besides ? 2 * n : n;
  const rows = Array.from({ length: n }, (_, i) => {
    const row = entries.slice(i * n, (i + 1) * n);
    for (let j = n; j < width; j++) row.push(j - n === i ? one : zero);
    return row;
  });
  let determinant = one;
  for (let column = 0; column < n; column++) {
    const found = rows.findIndex((row, i) => i >= column && divides(row[column] as E));
    if (found < 0) {
      if (rows.slice(column).every(row => equal(row[column] as E, zero))) return { determinant: zero, beside: [] };
      throw new NoValue("division-by-zero", "a matrix is singular at this draw");
    }
    const pivot = rows[found] as E[];
    if (found !== column) {
      rows[found] = rows[column] as E[];
      rows[column] = pivot;
      determinant = negate(determinant);
    }
    const head = pivot[column] as E;
    determinant = multiply(determinant, head);
    if (besides) for (let j = column; j < width; j++) pivot[j] = divide(pivot[j] as E, head);
    for (let i = besides ? 0 : column + 1; i < n; i++) {
      const row = rows[i] as E[];
      if (i === column || equal(row[column] as E, zero)) continue;
      const factor = besides ? (row[column] as E) : divide(row[column] as E, head);
      for (let j = column; j < width; j++) row[j] = subtract(row[j] as E, multiply(factor, pivot[j] as E));
    }
  }
  return { determinant, beside: rows.map(row => row.slice(n)) };
};

/**
 * The places of the largest entries, found from the first on. Over the prime field, whose signs are no order, that is a
 * function all the same: the one whose pieces are told apart by signs of differences.
 */
const largestPlaces = <E>({ subtract, step, equal, one }: Arithmetic<E>, entries: readonly E[]): readonly number[] => {
  const isPositive = (x: E): boolean => equal(step(x), one);
  let places = [0];
  for (let i = 1; i < entries.length; i++) {
    const gap = [entries[i] as E, entries[places[0] as number] as E] as const;
    if (isPositive(subtract(gap[0], gap[1]))) places = [i];
    else if (!isPositive(subtract(gap[1], gap[0]))) places.push(i);
  }
  return places;
};

/** The value of a kernel at an array. Throws `NoValue` where there is none. */
export const kernelValue = <E>(arithmetic: Arithmetic<E>, kernel: Kernel, matrix: Grid<E>): Grid<E> => {
  switch (kernel) {
    case "inverse": {
      const { beside } = eliminate(arithmetic, matrix, true);
      if (beside.length < matrix.rows) throw new NoValue("division-by-zero", "a matrix is singular at this draw");
      return { ...matrix, entries: beside.flat() };
    }
    case "determinant":
      return scalarGrid(eliminate(arithmetic, matrix, false).determinant);
    case "largest": {
      // The mean of equal ones: what varies among them gets the same share.
      const places = largestPlaces(arithmetic, matrix.entries);
      const sum = places.map(place => matrix.entries[place] as E).reduce(arithmetic.add);
      return scalarGrid(places.length > 1 ? arithmetic.divide(sum, arithmetic.integer(places.length)) : sum);
    }
    case "maximiser": {
      const places = largestPlaces(arithmetic, matrix.entries);
      const share = arithmetic.divide(arithmetic.one, arithmetic.integer(places.length));
      return { ...matrix, entries: matrix.entries.map((_, i) => (places.includes(i) ? share : arithmetic.zero)) };
    }
    case "log-determinant":
      return scalarGrid(arithmetic.log(eliminate(arithmetic, matrix, false).determinant));
  }
};
