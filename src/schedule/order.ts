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
  integer,
  minus,
  named,
  namesIn,
  type Polynomial,
  plus,
  substitute,
} from "../expr/polynomial.ts";
import { always, boundsFor, project, reduce } from "./affine.ts";
import type { Statement } from "./program.ts";
import { type Along, type SharedLoop, sharedLoop } from "./recurrence.ts";
import type { Dependence, Task } from "./task.ts";

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

const mentions = (condition: Affine, names: readonly string[]): boolean =>
  names.some(name => coefficientOf(condition, name) !== 0);

const wrap = (body: readonly Statement[], conditions: readonly Affine[]): readonly Statement[] =>
  conditions.length > 0 ? [{ kind: "if", conditions, body }] : body;

const sameKeys = (a: readonly Polynomial[], b: readonly Polynomial[] | undefined): boolean =>
  a.length === b?.length && a.every((p, i) => p.key === b[i]?.key);

/** The bounds of several ranges without those that another range exceeds anyway. `reaches` says that one is at least as far out. */
const outermost = (
  lists: readonly (readonly Polynomial[])[],
  reaches: (one: Polynomial, other: Polynomial) => boolean,
): readonly (readonly Polynomial[])[] => {
  let kept = lists.filter((list, i) => lists.findIndex(other => sameKeys(list, other)) === i);
  for (const list of kept) {
    const others = kept.filter(other => other !== list);
    // Every bound of the other list lies as far out as some bound of this one.
    if (others.some(other => other.every(one => list.some(own => reaches(one, own))))) kept = others;
  }
  return kept;
};

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
    const conditions = later.filter(c => !own.includes(c));
    const known = [...given, ...now];
    const [only] = bounds.from;
    if (only && bounds.from.length === 1 && bounds.to.length === 1 && bounds.to[0]?.key === only.key) {
      const here = new Map([[index, only]]);
      const rest = [...conditions, ...guards].map(c => substitute(c, here));
      const fixed = new Map(placed.fixed).set(index, only);
      return wrap(alone({ ...placed, left: inner, fixed, conditions: rest }, known), now);
    }
    const fixed = new Map(placed.fixed).set(index, named(index));
    const body = alone({ ...placed, left: inner, fixed, conditions }, [...known, ...bounds.conditions]);
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
    const known = [...given, ...sizes];
    const from = outermost(
      moved.map(({ bounds }) => bounds.from),
      (a, b) => always(known, minus(b, a)),
    );
    const to = outermost(
      moved.map(({ bounds }) => bounds.to),
      (a, b) => always(known, minus(a, b)),
    );
    const isShared = moved.every(({ bounds }) => sameKeys(bounds.from, from[0]) && sameKeys(bounds.to, to[0]));
    const ensured = [
      ...(from.length === 1 ? (from[0] ?? []).map(p => minus(name, p)) : []),
      ...(to.length === 1 ? (to[0] ?? []).map(p => minus(p, name)) : []),
    ];
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
      // What holds for all of a recurrence is asked once, around its loop.
      const ask =
        items.length > 1
          ? []
          : first.conditions.filter(c => !mentions(c, first.left) && !always([...given, ...sizes], c));
      const inner = items.map(item => ({ ...item, conditions: item.conditions.filter(c => !ask.includes(c)) }));
      const loops = recur(inner, own, [...given, ...ask]);
      if (!loops) return undefined;
      const statements = wrap(loops, ask);
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
