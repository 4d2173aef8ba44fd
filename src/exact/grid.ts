/** Arrays of elements, and the products of entries that einsum strings describe. */
import { InternalError } from "../base/diagnostic.ts";
import type { Arithmetic } from "./arithmetic.ts";

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

/** A compiled einsum string: for every letter (result letters first) how far it moves in each argument and axis. */
export interface Einsum {
  /** For each argument the letters of its axes. */
  readonly args: readonly string[];
  readonly result: string;
  /** The distinct letters of the result, then the summed ones: four at most. */
  readonly letters: string;
  readonly free: number;
}

export const readEinsum = (text: string): Einsum => {
  const [left, result] = text.split("->");
  if (left === undefined || result === undefined) throw new InternalError(`unreadable einsum "${text}"`);
  const args = left.split(",");
  const letters = [...new Set([...result, ...args.join("")])].join("");
  const free = new Set(result).size;
  if (letters.length > 4) throw new InternalError(`"${text}" has more than four letters`);
  return { args, result, letters, free };
};

/** How far one step of a letter moves in a grid whose axes are named so. */
const stride = (axes: string, letter: string, rowLength: number): number =>
  (axes[0] === letter ? rowLength : 0) + (axes[1] === letter ? 1 : 0);

/** The product of the arguments' entries, summed over the letters that the result lacks. `shape` is the result's. */
export const einsum = <E>(
  { zero, one, add, multiply }: Arithmetic<E>,
  { args, result, letters, free }: Einsum,
  grids: readonly Grid<E>[],
  shape: readonly [rows: number, columns: number],
): Grid<E> => {
  const extent = [1, 1, 1, 1];
  const steps = grids.map(() => [0, 0, 0, 0]);
  const out = [0, 0, 0, 0];
  for (let l = 0; l < letters.length; l++) {
    const letter = letters[l] as string;
    let size: number | undefined;
    const meet = (found: number): void => {
      if (size !== undefined && size !== found)
        throw new InternalError(`the letter ${letter} meets the sizes ${size} and ${found}`);
      size = found;
    };
    for (let g = 0; g < grids.length; g++) {
      const axes = args[g] as string;
      const grid = grids[g] as Grid<E>;
      if (axes[0] === letter) meet(grid.rows);
      if (axes[1] === letter) meet(grid.columns);
      (steps[g] as number[])[l] = stride(axes, letter, grid.columns);
    }
    if (result[0] === letter) meet(shape[0]);
    if (result[1] === letter) meet(shape[1]);
    out[l] = stride(result, letter, shape[1]);
    extent[l] = size as number;
  }
  const entries = new Array<E>(shape[0] * shape[1]).fill(zero);
  const counter = [0, 0, 0, 0];
  const at = grids.map(() => 0);
  const inner = extent.slice(free).reduce((product, n) => product * n, 1);
  const outer = extent.slice(0, free).reduce((product, n) => product * n, 1);
  if (inner * outer === 0) return { rows: shape[0], columns: shape[1], entries };
  let position = 0;
  const advance = (from: number, to: number): void => {
    for (let l = to - 1; l >= from; l--) {
      const next = (counter[l] as number) + 1;
      const wraps = next === extent[l];
      const by = wraps ? 1 - next : 1;
      counter[l] = wraps ? 0 : next;
      for (let g = 0; g < at.length; g++) at[g] = (at[g] as number) + by * ((steps[g] as number[])[l] as number);
      position += by * (out[l] as number);
      if (!wraps) return;
    }
  };
  for (let o = 0; o < outer; o++) {
    let sum: E | undefined;
    for (let i = 0; i < inner; i++) {
      let product: E | undefined;
      for (let g = 0; g < at.length; g++) {
        const entry = (grids[g] as Grid<E>).entries[at[g] as number] as E;
        product = product === undefined ? entry : multiply(product, entry);
      }
      const term = product === undefined ? one : product;
      sum = sum === undefined ? term : add(sum, term);
      advance(free, letters.length);
    }
    entries[position] = sum as E;
    advance(0, free);
  }
  return { rows: shape[0], columns: shape[1], entries };
};
