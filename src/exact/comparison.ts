/** The two sides of one equation at one sample. */
import { NoValue } from "./arithmetic.ts";
import type { Grid } from "./grid.ts";
import type { Routine } from "./program.ts";
import { pointsOf } from "./region.ts";
import type { SampleWorld } from "./sampleworld.ts";
import type { Index } from "./world.ts";

/** The two sides of an equation, to be evaluated at points of one region. */
export interface Sides {
  readonly left: Routine;
  readonly right: Routine;
}

/** Where the two sides differ, or one has no value. */
export interface Difference {
  readonly index: Readonly<Record<string, number>>;
  readonly sizes: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly entry: number;
  readonly left: string;
  readonly right: string;
}

/** A member outside of its index domain is read, or a power has no value. */
export interface Outside {
  readonly message: string;
  readonly at: Pick<Difference, "index" | "sizes">;
}

/** The two sides at every point of one sample. */
export interface Comparison {
  readonly points: number;
  readonly zero: boolean;
  readonly different?: Difference;
  readonly outside?: Outside;
  /** The one member that the left side speaks of does not exist in this sample: ∂L/∂x_2 where there is x_1 alone. */
  readonly absent?: Outside;
}

const isThere = <E>(values: SampleWorld<E>["values"], routine: Routine): boolean => {
  try {
    values.value(routine, []);
    return true;
  } catch (error) {
    if (!(error instanceof NoValue) || error.reason !== "outside") throw error;
    return false;
  }
};

/** Compares both sides at every point of a sample, until they differ. */
export const compareAt = <E>(
  world: SampleWorld<E>,
  indices: readonly string[],
  { left, right }: Sides,
  seed: number,
): Comparison => {
  const { arithmetic, values } = world;
  const points = pointsOf(values.polytope(left.region));
  const place = (point: Index): Pick<Difference, "index" | "sizes"> => ({
    index: Object.fromEntries(indices.map((name, i) => [name, point[i] as number])),
    sizes: Object.fromEntries(world.sizes),
  });
  let outside: Outside | undefined;
  let zero = true;
  for (const point of points) {
    try {
      const [a, b] = [values.value(left, point), values.value(right, point)];
      const alike = a.rows === b.rows && a.columns === b.columns;
      const entry = alike ? a.entries.findIndex((x, i) => !arithmetic.equal(x, b.entries[i] as E)) : -1;
      zero &&= a.entries.every(x => arithmetic.equal(x, arithmetic.zero));
      if (alike && entry < 0) continue;
      const show = (grid: Grid<E>): string =>
        alike ? arithmetic.show(grid.entries[entry] as E) : `${grid.rows} × ${grid.columns}`;
      return {
        points: points.length,
        zero,
        different: { ...place(point), seed, entry: Math.max(0, entry), left: show(a), right: show(b) },
      };
    } catch (error) {
      if (!(error instanceof NoValue) || error.reason !== "outside") throw error;
      const found = { message: error.message, at: place(point) };
      if (indices.length === 0 && !isThere(values, left)) return { points: 0, zero, absent: found };
      outside ??= found;
    }
  }
  return { points: points.length, zero, ...(outside ? { outside } : {}) };
};
