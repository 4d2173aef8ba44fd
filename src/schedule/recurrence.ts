/** The loop that a recurrence needs: an index of each task, and a direction, along which nothing is read before it is written. */
import type { Affine } from "../expr/domain.ts";
import { coefficientOf, constantValue, minus, negative, type Polynomial } from "../expr/polynomial.ts";
import { always } from "./affine.ts";
import { type Dependence, distanceOf, type Task } from "./task.ts";

/** A task of the recurrence, with the indices that have no loop yet. */
interface Member {
  readonly task: Task;
  readonly left: readonly string[];
}

/** One task's own index in a loop that several share: index = ±(loop) + shift. */
export interface Along {
  readonly index: string;
  readonly shift: number;
}

export interface SharedLoop {
  readonly direction: "up" | "down";
  readonly along: ReadonlyMap<Task, Along>;
  /** The dependences that the loop does not settle, at the points where it does not. */
  readonly undecided: readonly Dependence[];
}
/** Distances beyond this are not looked for. */
const FARTHEST = 64;
/** The largest constant that a value is at least, where the conditions hold; undefined if none is found. */
const leastValue = (conditions: readonly Affine[], value: Polynomial): number | undefined => {
  const constant = constantValue(value);
  if (constant !== undefined) return constant;
  const atLeast = (bound: number): boolean => always(conditions, minus(value, bound));
  if (!atLeast(-FARTHEST)) return undefined;
  let [low, high] = [-FARTHEST, FARTHEST];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (atLeast(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** Which index each task runs along, if the first runs along the given one: found by following the reads. */
const follow = (
  tasks: readonly Member[],
  inside: readonly Dependence[],
  start: string,
): ReadonlyMap<Task, string> | undefined => {
  const left = new Map(tasks.map(({ task, left: indices }) => [task, indices] as const));
  const [first] = tasks;
  if (!first) return undefined;
  const found = new Map<Task, string>([[first.task, start]]);
  for (let grown = true; grown && found.size < tasks.length; ) {
    grown = false;
    for (const { writer, reader, at } of inside) {
      const [written, reading] = [found.get(writer), found.get(reader)];
      if (written !== undefined && reading === undefined) {
        const position = at.get(written) as Polynomial;
        const index = left.get(reader)?.find(name => coefficientOf(position, name) === 1);
        if (index !== undefined) grown = Boolean(found.set(reader, index));
      } else if (reading !== undefined && written === undefined) {
        const index = left.get(writer)?.find(name => coefficientOf(at.get(name) as Polynomial, reading) === 1);
        if (index !== undefined) grown = Boolean(found.set(writer, index));
      }
    }
  }
  return found.size === tasks.length ? found : undefined;
};

/** Shifts that make every distance at least 0; all 0 where that does. */
const shiftsFor = (
  tasks: readonly Member[],
  distances: ReadonlyMap<Dependence, number>,
): ReadonlyMap<Task, number> | undefined => {
  const times = new Map<Task, number>(tasks.map(({ task }) => [task, 0]));
  for (let round = 0; round <= tasks.length; round++) {
    let changed = false;
    for (const [{ writer, reader }, distance] of distances) {
      const needed = (times.get(writer) as number) - distance;
      if ((times.get(reader) as number) < needed) {
        times.set(reader, needed);
        changed = true;
      }
    }
    if (!changed) return times;
  }
  return undefined;
};

/**
 * The loop around tasks that need each other, along an index of the first and in a direction. Undefined when some read
 * would come before its write, or when the loop settles nothing.
 */
export const sharedLoop = (
  tasks: readonly Member[],
  inside: readonly Dependence[],
  sizes: readonly Affine[],
  start: string,
  direction: "up" | "down",
): SharedLoop | undefined => {
  const indices = follow(tasks, inside, start);
  if (!indices) return undefined;
  const distances = new Map<Dependence, number>();
  for (const dependence of inside) {
    const { writer, reader, conditions } = dependence;
    const distance = distanceOf(dependence, indices.get(reader) as string, indices.get(writer) as string);
    const least = leastValue([...conditions, ...sizes], direction === "up" ? distance : minus(0, distance));
    if (least === undefined) return undefined;
    distances.set(dependence, least);
  }
  const times = shiftsFor(tasks, distances);
  if (!times) return undefined;
  const lag = (d: Dependence): number =>
    (distances.get(d) as number) + (times.get(d.reader) as number) - (times.get(d.writer) as number);
  const undecided = inside.filter(d => lag(d) === 0);
  if (undecided.length === inside.length) return undefined;
  const atOnce = undecided.map(d => {
    const least = distances.get(d) as number;
    const difference = minus(
      distanceOf(d, indices.get(d.reader) as string, indices.get(d.writer) as string),
      direction === "up" ? least : -least,
    );
    return { ...d, conditions: [...d.conditions, difference, negative(difference)] };
  });
  const along = new Map(
    [...indices].map(([task, index]) => {
      const time = times.get(task) as number;
      return [task, { index, shift: direction === "up" ? -time : time }] as const;
    }),
  );
  return { direction, along, undecided: atOnce };
};
