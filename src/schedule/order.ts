/**
 * Loops around tasks. Dependences between members say in which order tasks run and which loops they must share: the
 * strongly connected components of the dependences become loops along which every read goes back (or every read goes
 * forward), again inside each such loop for what it leaves undecided. Everything else gets loops of its own.
 *
 * Source: Allen and Kennedy 1987, Automatic translation of Fortran programs to vector form.
 */

import { components } from "../derive/order.ts";
import type { Affine } from "../expr/domain.ts";
import {
  coefficientOf,
  constantValue,
  integer,
  minus,
  named,
  namesIn,
  negative,
  type Polynomial,
  plus,
  substitute,
} from "../expr/polynomial.ts";
import { always, boundsFor, project, reduce } from "./affine.ts";
import type { Statement } from "./program.ts";
import { type Dependence, distanceOf, type Task } from "./task.ts";

/** A task inside the loops that it shares with others. */
interface Placed {
  readonly task: Task;
  /** Indices without a loop yet. */
  readonly left: readonly string[];
  /** Indices with a loop, in terms of the loops' indices. */
  readonly fixed: ReadonlyMap<string, Polynomial>;
  /** Conditions that the loops around do not ensure yet, in terms of loop indices and `left`. */
  readonly conditions: readonly Affine[];
}

/** One task's own index in a loop that several share: index = ±(loop) + shift. */
interface Along {
  readonly index: string;
  readonly shift: number;
}

interface SharedLoop {
  readonly direction: "up" | "down";
  readonly along: ReadonlyMap<Task, Along>;
  /** The dependences that the loop does not settle, at the points where it does not. */
  readonly undecided: readonly Dependence[];
}

/** Distances beyond this are not looked for. */
const FARTHEST = 64;

const mentions = (condition: Affine, names: readonly string[]): boolean =>
  names.some(name => coefficientOf(condition, name) !== 0);

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
  tasks: readonly Placed[],
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
  tasks: readonly Placed[],
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

const sharedLoop = (
  tasks: readonly Placed[],
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

const wrap = (body: readonly Statement[], conditions: readonly Affine[]): readonly Statement[] =>
  conditions.length > 0 ? [{ kind: "if", conditions, body }] : body;

/** What the caller does with a task inside its loops. */
export type Writing = (task: Task, fixed: ReadonlyMap<string, Polynomial>) => readonly Statement[];

export interface Unit {
  readonly tasks: readonly Task[];
  readonly statements: readonly Statement[];
}

/** The tasks in an order in which they can run, each unit with its loops; or those that no loops can put in order. */
export const orderTasks = (
  tasks: readonly Task[],
  dependences: readonly Dependence[],
  sizes: readonly Affine[],
  write: Writing,
): { readonly units: readonly Unit[] } | { readonly circular: readonly Task[] } => {
  let names = 0;
  let stuck: readonly Task[] = [];

  /** Loops over all indices that one task has left. */
  const alone = (placed: Placed, given: readonly Affine[]): readonly Statement[] => {
    const [index, ...inner] = placed.left;
    const now = placed.conditions.filter(c => !mentions(c, placed.left) && !always([...given, ...sizes], c));
    if (index === undefined) return wrap(write(placed.task, placed.fixed), now);
    const later = placed.conditions.filter(c => mentions(c, placed.left));
    const { own, bounds, guards } = boundsAt(later, index, inner, [...given, ...now]);
    const fixed = new Map(placed.fixed).set(index, named(index));
    const body = alone({ ...placed, left: inner, fixed, conditions: later.filter(c => !own.includes(c)) }, [
      ...given,
      ...now,
      ...bounds.conditions,
    ]);
    const loop: Statement = {
      kind: "for",
      index,
      from: [bounds.from],
      to: [bounds.to],
      direction: "up",
      body: wrap(body, guards),
    };
    return wrap([loop], now);
  };

  /** The bounds of an index when those after it are not yet known. `own` are the conditions that they ensure. */
  const boundsAt = (
    conditions: readonly Affine[],
    index: string,
    inner: readonly string[],
    given: readonly Affine[],
  ) => {
    const own = conditions.filter(c => !mentions(c, inner) && coefficientOf(c, index) !== 0);
    const exact = own.filter(c => Math.abs(coefficientOf(c, index) ?? 0) === 1);
    const projected =
      inner.length === 0 ? [] : project(conditions, inner).filter(c => Math.abs(coefficientOf(c, index) ?? 0) === 1);
    const all = reduce([...exact, ...projected], [...given, ...sizes]);
    const { from, to } = boundsFor(all, index);
    return { own, bounds: { from, to, conditions: all }, guards: own.filter(c => !exact.includes(c)) };
  };

  const together = (
    placed: readonly Placed[],
    loop: SharedLoop,
    given: readonly Affine[],
  ): readonly Statement[] | undefined => {
    const [first] = placed;
    const base = first && loop.along.get(first.task);
    if (!first || !base) return undefined;
    const taken = placed.some(
      ({ left, fixed }) => left.includes(base.index) || [...fixed.values()].some(p => namesIn(p).includes(base.index)),
    );
    const name =
      placed.every(({ task }) => loop.along.get(task)?.index === base.index) || !taken
        ? base.index
        : `${base.index}~${names++}`;
    const moved = placed.map(item => {
      const { index, shift } = loop.along.get(item.task) as Along;
      const position = plus(name, integer(shift - base.shift));
      const left = item.left.filter(other => other !== index);
      const conditions = item.conditions.map(c => substitute(c, new Map([[index, position]])));
      const { own, bounds, guards } = boundsAt(conditions, name, left, given);
      return {
        placed: {
          ...item,
          left,
          fixed: new Map(item.fixed).set(index, position),
          conditions: conditions.filter(c => !own.includes(c)),
        },
        bounds,
        guards,
      };
    });
    const keys = (part: "from" | "to") => [
      ...new Map(moved.map(({ bounds }) => [bounds[part].map(p => p.key).join(";"), bounds[part]])).values(),
    ];
    const [from, to] = [keys("from"), keys("to")];
    const isShared = from.length === 1 && to.length === 1;
    const ensured = isShared ? (moved[0]?.bounds.conditions ?? []) : [];
    const items = moved.map(item => ({
      ...item.placed,
      conditions: [...item.placed.conditions, ...item.guards, ...(isShared ? [] : item.bounds.conditions)],
    }));
    const body = arrange(items, loop.undecided, [...given, ...ensured]);
    return (
      body && [
        { kind: "for", index: name, from, to, direction: loop.direction, body: body.flatMap(unit => unit.statements) },
      ]
    );
  };

  const arrange = (
    placed: readonly Placed[],
    inside: readonly Dependence[],
    given: readonly Affine[],
  ): readonly Unit[] | undefined => {
    const byTask = new Map(placed.map(item => [item.task, item] as const));
    const before = new Map<Task, Task[]>();
    for (const { writer, reader } of inside) {
      const known = before.get(reader);
      if (known) known.push(writer);
      else before.set(reader, [writer]);
    }
    const units: Unit[] = [];
    for (const component of components(
      placed.map(item => item.task),
      task => before.get(task) ?? [],
    )) {
      const members = new Set(component);
      const own = inside.filter(d => members.has(d.writer) && members.has(d.reader));
      const items = placed.filter(item => members.has(item.task));
      const [first] = items;
      if (!first) continue;
      if (own.length === 0) {
        units.push({ tasks: component, statements: alone(byTask.get(first.task) as Placed, given) });
        continue;
      }
      const statements = recur(items, own, given);
      if (!statements) return undefined;
      units.push({ tasks: items.map(item => item.task), statements });
    }
    return units;
  };

  /** One loop around a strongly connected component: the first index and direction that lead to an order. */
  const recur = (
    items: readonly Placed[],
    own: readonly Dependence[],
    given: readonly Affine[],
  ): readonly Statement[] | undefined => {
    for (const index of items[0]?.left ?? []) {
      for (const direction of ["up", "down"] as const) {
        const loop = sharedLoop(items, own, sizes, index, direction);
        const statements = loop && together(items, loop, given);
        if (statements) return statements;
      }
    }
    stuck = items.map(item => item.task);
    return undefined;
  };

  const placed = tasks.map(task => ({
    task,
    left: task.indices,
    fixed: new Map<string, Polynomial>(),
    conditions: task.over,
  }));
  const units = arrange(placed, dependences, []);
  return units ? { units } : { circular: stuck };
};
