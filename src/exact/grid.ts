/** Arrays of elements, and the products of entries that einsum strings describe. */
import { InternalError } from "../base/diagnostic.ts";
import type { Distribution } from "../expr/system.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";

/** Row by row; a scalar is 1 × 1, a vector n × 1. */
export interface Grid<E> {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly E[];
}

export const scalarGrid = <E>(entry: E): Grid<E> => ({ rows: 1, columns: 1, entries: [entry] });

export const fillGrid = <E>(rows: number, columns: number, entry: (position: number) => E): Grid<E> => {
  const entries = new Array<E>(rows * columns);
  for (let i = 0; i < entries.length; i++) entries[i] = entry(i);
  return { rows, columns, entries };
};

export const mapGrid = <E, F>({ rows, columns, entries }: Grid<E>, f: (entry: E) => F): Grid<F> => {
  const mapped = new Array<F>(entries.length);
  for (let i = 0; i < mapped.length; i++) mapped[i] = f(entries[i] as E);
  return { rows, columns, entries: mapped };
};

export const zipGrids = <E, F>(a: Grid<E>, b: Grid<E>, f: (x: E, y: E) => F): Grid<F> => {
  if (a.rows !== b.rows || a.columns !== b.columns) {
    throw new InternalError(`entries of ${a.rows} × ${a.columns} and ${b.rows} × ${b.columns} do not correspond`);
  }
  const zipped = new Array<F>(a.entries.length);
  for (let i = 0; i < zipped.length; i++) zipped[i] = f(a.entries[i] as E, b.entries[i] as E);
  return { rows: a.rows, columns: a.columns, entries: zipped };
};

export const equalGrids = <E>(arithmetic: Arithmetic<E>, a: Grid<E>, b: Grid<E>): boolean =>
  a.rows === b.rows && a.columns === b.columns && a.entries.every((x, i) => arithmetic.equal(x, b.entries[i] as E));

/** One row or column as a column. */
export const sliceOf = <E>(grid: Grid<E>, axis: "rows" | "columns", at: number): Grid<E> => {
  const { rows, columns, entries } = grid;
  if (axis === "rows") return { rows: columns, columns: 1, entries: entries.slice(at * columns, (at + 1) * columns) };
  return fillGrid(rows, 1, i => entries[i * columns + at] as E);
};

/** Columns put below each other as rows, or beside each other. */
export const stackGrids = <E>(slices: readonly Grid<E>[], axis: "rows" | "columns"): Grid<E> => {
  const length = (slices[0] as Grid<E>).entries.length;
  if (axis === "rows") return { rows: slices.length, columns: length, entries: slices.flatMap(slice => slice.entries) };
  return fillGrid(length, slices.length, position => {
    const slice = slices[position % slices.length] as Grid<E>;
    return slice.entries[Math.floor(position / slices.length)] as E;
  });
};

/** Σ a_ij b_ij. */
export const innerProduct = <E>(arithmetic: Arithmetic<E>, a: Grid<E>, b: Grid<E>): E => {
  const products = zipGrids(a, b, arithmetic.multiply);
  return products.entries.reduce(arithmetic.add, arithmetic.zero);
};

export const matrixProduct = <E>({ zero, add, multiply }: Arithmetic<E>, a: Grid<E>, b: Grid<E>): Grid<E> => {
  const inside = a.columns;
  return fillGrid(a.rows, b.columns, position => {
    const row = Math.floor(position / b.columns) * inside;
    const column = position % b.columns;
    let sum = zero;
    for (let k = 0; k < inside; k++) {
      const product = multiply(a.entries[row + k] as E, b.entries[k * b.columns + column] as E);
      sum = k === 0 ? product : add(sum, product);
    }
    return sum;
  });
};

/** The entries from a row and a column on, counted from 0, with zeros where the window reaches beyond the grid. */
export const windowOf = <E>(
  grid: Grid<E>,
  [row, column]: readonly [row: number, column: number],
  [rows, columns]: readonly [rows: number, columns: number],
  zero: E,
): Grid<E> => {
  if (rows < 0 || columns < 0) throw new NoValue("undefined", `a part of an array has ${rows} × ${columns} entries`);
  return fillGrid(rows, columns, position => {
    const [i, j] = [row + Math.floor(position / columns), column + (position % columns)];
    const isInside = i >= 0 && i < grid.rows && j >= 0 && j < grid.columns;
    return isInside ? (grid.entries[i * grid.columns + j] as E) : zero;
  });
};

/** Where the letters of two axes stand among five places: two of the result, two summed, one for no letter. */
type Axes = readonly [row: number, column: number];

/** A compiled einsum string. */
export interface Einsum {
  readonly text: string;
  readonly args: readonly Axes[];
  readonly result: Axes;
}

const NO_LETTER = 4;

export const readEinsum = (text: string): Einsum => {
  const [left, result] = text.split("->");
  if (left === undefined || result === undefined) throw new InternalError(`unreadable einsum "${text}"`);
  const args = left.split(",");
  const free = [...new Set(result)];
  const summed = [...new Set(args.join(""))].filter(letter => !free.includes(letter));
  if (args.length > 2 || free.length > 2 || summed.length > 2) {
    throw new InternalError(`"${text}" has too many letters or arguments`);
  }
  const place = (letter: string | undefined): number => {
    if (letter === undefined) return NO_LETTER;
    return free.includes(letter) ? free.indexOf(letter) : 2 + summed.indexOf(letter);
  };
  const axes = (letters: string): Axes => [place(letters[0]), place(letters[1])];
  return { text, args: args.map(axes), result: axes(result) };
};

/** How far one step of each letter moves in a grid, and how far each letter runs: the same wherever it stands. */
const placeAxes = (
  [row, column]: Axes,
  rows: number,
  columns: number,
  strides: number[],
  extents: number[],
  text: string,
): void => {
  strides[row] = (strides[row] as number) + columns;
  strides[column] = (strides[column] as number) + 1;
  for (const [place, size] of [
    [row, rows],
    [column, columns],
  ] as const) {
    if (place === NO_LETTER) continue;
    if (extents[place] !== -1 && extents[place] !== size)
      throw new InternalError(`a letter of "${text}" meets the sizes ${extents[place]} and ${size}`);
    extents[place] = size;
  }
};

/** The product of the arguments' entries, summed over the letters that the result lacks. `shape` is the result's. */
export const einsum = <E>(
  { zero, one, add, multiply }: Arithmetic<E>,
  spec: Einsum,
  grids: readonly Grid<E>[],
  shape: readonly [rows: number, columns: number],
): Grid<E> => {
  const [left, right] = grids;
  const extents = [-1, -1, -1, -1, 1];
  const [a, b, r] = [
    [0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0],
  ] as [number[], number[], number[]];
  placeAxes(spec.result, shape[0], shape[1], r, extents, spec.text);
  if (left) placeAxes(spec.args[0] as Axes, left.rows, left.columns, a, extents, spec.text);
  if (right) placeAxes(spec.args[1] as Axes, right.rows, right.columns, b, extents, spec.text);
  const [n0, n1, n2, n3] = extents.map(Math.abs) as [number, number, number, number];
  const [a0, a1, a2, a3] = a as [number, number, number, number];
  const [b0, b1, b2, b3] = b as [number, number, number, number];
  const [r0, r1] = r as [number, number];
  const first = left?.entries;
  const second = right?.entries;
  const entries = new Array<E>(shape[0] * shape[1]).fill(zero);
  for (let i = 0; i < n0; i++) {
    for (let j = 0; j < n1; j++) {
      let sum: E | undefined;
      for (let k = 0; k < n2; k++) {
        for (let l = 0; l < n3; l++) {
          const x = first === undefined ? one : (first[i * a0 + j * a1 + k * a2 + l * a3] as E);
          const term = second === undefined ? x : multiply(x, second[i * b0 + j * b1 + k * b2 + l * b3] as E);
          sum = sum === undefined ? term : add(sum, term);
        }
      }
      entries[i * r0 + j * r1] = sum ?? zero;
    }
  }
  return { rows: shape[0], columns: shape[1], entries };
};

/** A one among zeros, at a place that follows from the signs of the entries: in all of them, or in each row. */
const labelGrid = <E>(
  { zero, one, step, equal }: Arithmetic<E>,
  { rows, columns, entries }: Grid<E>,
  length = entries.length,
): Grid<E> => {
  const places = Array.from({ length: Math.ceil(entries.length / length) }, (_, i) => {
    const own = entries.slice(i * length, (i + 1) * length);
    return own.slice(1).filter(entry => equal(step(entry), one)).length;
  });
  return fillGrid(rows, columns, at => (at % length === places[Math.floor(at / length)] ? one : zero));
};

/** The entries over their sum, or those of each row or column over theirs. Throws `NoValue` where a sum is zero. */
export const distributionGrid = <E>(arithmetic: Arithmetic<E>, grid: Grid<E>, of: Distribution): Grid<E> => {
  const { zero, add, divide } = arithmetic;
  const { rows, columns, entries } = grid;
  if (of === "label") return labelGrid(arithmetic, grid);
  if (of === "row labels") return labelGrid(arithmetic, grid, columns);
  const sumOf = (place: number): number =>
    of === "vector" ? 0 : of === "rows" ? Math.floor(place / columns) : place % columns;
  const sums: E[] = [];
  for (const [place, entry] of entries.entries()) sums[sumOf(place)] = add(sums[sumOf(place)] ?? zero, entry);
  return fillGrid(rows, columns, place => divide(entries[place] as E, sums[sumOf(place)] as E));
};
