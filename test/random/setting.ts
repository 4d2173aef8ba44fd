/** What random terms are made from: leaves, sizes, names; and what every way of making one needs. */
import { type Node, SCALAR, type Shape, type Size, sameShape } from "../../src/expr/node.ts";
import { constantValue, ONE } from "../../src/expr/polynomial.ts";
import { call } from "../../src/ops/call.ts";
import type { Chance } from "./chance.ts";

/** What a term may read: symbols and members, those that are never 0 apart. */
export interface Leaves {
  readonly reads: readonly Node[];
  /** Parameters and data: random, so never 0. */
  readonly given: readonly Node[];
}

export interface TermSetting {
  readonly chance: Chance;
  readonly leaves: Leaves;
  readonly dimensions: readonly Size[];
  /** Elementwise functions. */
  readonly functions: readonly string[];
  /** Names of integers in range: the index, the horizon. */
  readonly integers: readonly string[];
  /** Square roots and norms, or signs: not both in one system, for a number with an imaginary part has no sign. */
  roots: boolean;
  readonly signs: boolean;
  /** Names for abstract functions of several arguments. */
  readonly general: (result: Shape) => string;
}

export type Make = (shape: Shape, depth: number) => Node;

/** One way to make a term of a shape; `fits` says for which shapes. */
export interface Production {
  readonly op: string;
  readonly fits: (shape: Shape, setting: TermSetting) => boolean;
  readonly make: (shape: Shape, depth: number, make: Make, setting: TermSetting) => Node;
  /** A call whose result has whatever shape it has, where the op has a say in it. */
  readonly anyShape?: (depth: number, make: Make, setting: TermSetting) => Node;
}

export const rowsOf = (shape: Shape): Size => shape[0] ?? ONE;
export const columnsOf = (shape: Shape): Size => shape[1] ?? ONE;
export const isOne = (size: Size): boolean => constantValue(size) === 1;
export const shapeOf = (rows: Size, columns: Size): Shape =>
  isOne(columns) ? (isOne(rows) ? SCALAR : [rows]) : [rows, columns];

export const someShape = ({ chance, dimensions }: TermSetting): Shape => {
  const [a, b] = [chance.pick(dimensions), chance.pick(dimensions)];
  return chance.happens(0.6) ? [a] : [a, b];
};

/** What is surely not 0 anywhere: a given symbol, an exponential, a value of an abstract function. */
export const nonZero = (shape: Shape, depth: number, make: Make, { leaves, functions, chance }: TermSetting): Node => {
  const given = leaves.given.filter(node => sameShape(node.shape, shape));
  if (given.length > 0 && chance.happens(0.4)) return chance.pick(given);
  const inner = make(shape, depth - 1);
  return chance.happens(0.5)
    ? call("exp", [inner])
    : call("elementwise", [inner], { function: functions[0] as string, order: 0 });
};

/** No root stands inside another. */
export const withoutRoots = (setting: TermSetting, make: () => Node): Node => {
  const before = setting.roots;
  setting.roots = false;
  const made = make();
  setting.roots = before;
  return made;
};
