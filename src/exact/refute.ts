/** Counterexamples in real numbers: the smallest sizes and numbers at which the two sides of an equation differ. */

import type { SymbolNode } from "../expr/node.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import type { Grid } from "./grid.ts";
import type { Routine } from "./program.ts";
import { realNumbers } from "./real.ts";
import { pointsOf } from "./region.ts";
import { SampleWorld } from "./sampleworld.ts";
import { SMALL_FUNCTIONS, smallNumbers } from "./small.ts";
import type { StatedEquation, Witness } from "./witness.ts";
import { type Index, memberName, type Suppositions } from "./world.ts";

export type Rows = readonly (readonly number[])[];

export interface Refutation {
  readonly sizes: Readonly<Record<string, number>>;
  readonly index: Readonly<Record<string, number>>;
  readonly functions: Readonly<Record<string, string>>;
  /** Everything that is given, by member. */
  readonly given: Readonly<Record<string, Rows>>;
  readonly left: Rows;
  readonly right: Rows;
}

/** Against rounding of numbers of this size: a thousand times what sums of a few hundred products lose. */
const GAP = 1e-9;
const LONGEST = 5;
const SEEDS = [1, 2, 3, 4, 5, 6];
/** Where the first draws show no difference, other sizes are tried before more draws: mostly these were too small. */
const FIRST = 2;

const rowsOf = ({ rows, columns, entries }: Grid<number>): Rows =>
  Array.from({ length: rows }, (_, row) => entries.slice(row * columns, (row + 1) * columns));

const differ = (a: Grid<number>, b: Grid<number>): boolean =>
  a.rows !== b.rows ||
  a.columns !== b.columns ||
  a.entries.some((x, i) => {
    const y = b.entries[i] as number;
    return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) > GAP * Math.max(1, Math.abs(x), Math.abs(y));
  });

/** Sizes in the order of their smallness: every dimension 1, then 2, then all different. */
function* assignments(witness: Witness): Generator<ReadonlyMap<string, number>> {
  const entries = [...witness.system.sizes.values()];
  const dimensions = entries.filter(({ role }) => role === "dimension");
  const horizons = entries.filter(({ role }) => role === "horizon");
  const choices = [() => 1, () => 2, (place: number) => 2 + (place % 3)];
  const lengths = horizons.length === 0 ? [0] : Array.from({ length: LONGEST }, (_, i) => i + 1);
  for (const length of lengths) {
    for (const choose of choices) {
      yield new Map([
        ...horizons.map(({ name, least }) => [name, Math.max(least, length)] as const),
        ...dimensions.map(({ name, least }, i) => [name, Math.max(least, choose(i))] as const),
      ]);
    }
  }
}

const given = (world: SampleWorld<number>): Readonly<Record<string, Rows>> => {
  const found: [string, Rows][] = [];
  const add = (of: SymbolNode, index: Index): void => {
    const value = world.values.stored(of, index);
    if (value && !world.values.routineAt(of, index)) found.push([memberName(of, index), rowsOf(value)]);
  };
  for (const { symbol } of world.program.families.values())
    for (const index of world.values.members(symbol)) add(symbol, index);
  return Object.fromEntries(found);
};

type Sides = Pick<Refutation, "index" | "left" | "right">;

/** The largest number that a reader meets. */
const magnitudeOf = ({ left, right }: Sides): number => Math.max(...[...left, ...right].flat().map(Math.abs));

/** A side's value; undefined where it reads a member that does not exist. */
const valueIn = (world: SampleWorld<number>, side: Routine, point: Index): Grid<number> | undefined => {
  try {
    return world.values.value(side, point);
  } catch (error) {
    if (!(error instanceof NoValue) || error.reason !== "outside") throw error;
    return undefined;
  }
};

/** At the first point where both sides have values, and different ones. */
const differenceIn = (
  world: SampleWorld<number>,
  equation: StatedEquation,
  compiled: ReturnType<Witness["compile"]>,
): Sides | undefined => {
  try {
    for (const point of pointsOf(world.values.polytope(compiled.left.region))) {
      const [left, right] = [compiled.left, compiled.right].map(side => valueIn(world, side, point));
      if (!left || !right || !differ(left, right)) continue;
      const index = Object.fromEntries(equation.indices.map((name, i) => [name, point[i] as number]));
      return { index, left: rowsOf(left), right: rowsOf(right) };
    }
  } catch (error) {
    if (!(error instanceof NoValue)) throw error;
  }
  return undefined;
};

/** The first point at which the two sides differ in real numbers; undefined if there is none among the few that are tried. */
export const refute = (
  witness: Witness,
  equation: StatedEquation,
  suppose: Suppositions = {},
): Refutation | undefined => {
  const compiled = witness.compile(equation);
  const functions = Object.fromEntries(
    [...witness.system.functions.values()].flatMap(({ name, kind, definition }) =>
      definition ? [] : [[name, kind === "elementwise" ? SMALL_FUNCTIONS.elementwise : SMALL_FUNCTIONS.general]],
    ),
  );
  const arithmetics: readonly ((seed: number) => Arithmetic<number>)[] = [smallNumbers, realNumbers];
  for (const arithmetic of arithmetics) {
    for (const [from, to] of [
      [0, FIRST],
      [FIRST, SEEDS.length],
    ] as const) {
      for (const sizes of assignments(witness)) {
        let found: Refutation | undefined;
        for (const [draw, seed] of SEEDS.entries()) {
          if (draw < from || (!found && draw >= to)) continue;
          const world = new SampleWorld(witness.program, arithmetic(seed), sizes, suppose);
          const at = differenceIn(world, equation, compiled);
          if (!at || (found && magnitudeOf(at) >= magnitudeOf(found))) continue;
          found = {
            ...at,
            sizes: Object.fromEntries(sizes),
            functions: arithmetic === smallNumbers ? functions : {},
            given: given(world),
          };
        }
        if (found) return found;
      }
    }
  }
  return undefined;
};
