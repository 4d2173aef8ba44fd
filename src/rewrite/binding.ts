/** What the metavariables of a pattern stand for, found by matching. */
import { InternalError } from "../base/diagnostic.ts";
import { boundsOf, type Domain } from "../expr/domain.ts";
import type { Node, OverNode } from "../expr/node.ts";
import { type Polynomial, soleName } from "../expr/polynomial.ts";

/** What names stand for so far: a list, so that a failed attempt leaves nothing behind. */
export type Binding =
  | undefined
  | ({ readonly name: string; readonly next: Binding } & (
      | { readonly kind: "node"; readonly node: Node }
      | { readonly kind: "integer"; readonly value: Polynomial }
      /** A metavariable that may depend on an index, and the name of that index in it. */
      | { readonly kind: "member"; readonly node: Node; readonly index: string }
      /** A binder of the pattern: the name that its index was opened with, and its domain. */
      | { readonly kind: "binder"; readonly index: string; readonly domain: Domain }
    ));
type Entry = NonNullable<Binding>;

export const lookUp = <K extends Entry["kind"]>(
  binding: Binding,
  kind: K,
  name: string,
): Extract<Entry, { kind: K }> | undefined => {
  for (let entry = binding; entry; entry = entry.next) {
    if (entry.kind === kind && entry.name === name) return entry as Extract<Entry, { kind: K }>;
  }
  return undefined;
};

/** A name for the index of a sum that is free nowhere in it: ~0, or one more than the largest such name in sight. */
export const openingName = (free: readonly string[]): string => {
  let next = 0;
  for (const name of free) if (name.startsWith("~")) next = Math.max(next, Number(name.slice(1)) + 1);
  return `~${next}`;
};

/** Metavariables that stand for special terms only. */
export type Sorts = ReadonlyMap<string, "number" | "integer">;

/** The values of sizes and integers. */
export const integersIn = (binding: Binding): ReadonlyMap<string, Polynomial> => {
  const values = new Map<string, Polynomial>();
  for (let entry = binding; entry; entry = entry.next)
    if (entry.kind === "integer") values.set(entry.name, entry.value);
  return values;
};

/** The key under which the binder of a pattern is kept: its two bounds, which must be plain names. */
export const binderKey = (pattern: OverNode): string => {
  const { lower, upper, rest } = boundsOf(pattern.domain, pattern.index);
  const [lo, hi] = [lower, upper].map(([only, ...more]) => (only && more.length === 0 ? soleName(only) : undefined));
  if (lo === undefined || hi === undefined || rest.where.length > 0)
    throw new InternalError("the bounds in a law must be two names");
  return `${lo}..${hi}`;
};
