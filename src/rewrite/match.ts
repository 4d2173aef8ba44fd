/** Matching patterns against terms, modulo the laws of ops. Recursion is over patterns, which are ours and small. */

import { InternalError } from "../base/diagnostic.ts";
import type { Domain } from "../expr/domain.ts";
import { boundsOf } from "../expr/domain.ts";
import {
  type AtNode,
  integerNode,
  integerValue,
  type Node,
  type OverNode,
  open,
  over,
  rowsAndColumns,
  type SymbolNode,
  substituteIndices,
} from "../expr/node.ts";
import {
  coefficientOf,
  minus,
  named,
  namesIn,
  type Polynomial,
  soleName,
  substitute,
  times,
} from "../expr/polynomial.ts";
import { postorder } from "../expr/walk.ts";
import { call } from "../ops/call.ts";
import { joinOperands, lawfulness, operandsOf } from "./spine.ts";

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

/** Called with each way to match; the first result that is not undefined ends the search. */
type Next<R> = (binding: Binding) => R | undefined;

const known = (binding: Binding): ReadonlyMap<string, Polynomial> => {
  const values = new Map<string, Polynomial>();
  for (let entry = binding; entry; entry = entry.next)
    if (entry.kind === "integer") values.set(entry.name, entry.value);
  return values;
};

const matchInteger = (pattern: Polynomial, value: Polynomial, binding: Binding): Binding | false => {
  const sole = soleName(pattern);
  if (sole !== undefined) {
    const entry = lookUp(binding, "integer", sole);
    if (!entry) return { kind: "integer", name: sole, value, next: binding };
    return entry.value.key === value.key ? binding : false;
  }
  const names = namesIn(pattern);
  if (names.length === 0) return pattern.key === value.key ? binding : false;
  const values = known(binding);
  const open = names.filter(name => !values.has(name));
  const [unknown] = open;
  if (unknown === undefined) return substitute(pattern, values).key === value.key ? binding : false;
  const coefficient = coefficientOf(pattern, unknown);
  if (open.length > 1 || (coefficient !== 1 && coefficient !== -1)) return false;
  const rest = substitute(minus(pattern, times(coefficient, unknown)), values);
  return { kind: "integer", name: unknown, value: times(coefficient, minus(value, rest)), next: binding };
};

const matchMeta = (
  meta: SymbolNode,
  node: Node,
  sorts: Sorts,
  bound: readonly string[],
  binding: Binding,
): Binding | false => {
  const entry = lookUp(binding, "node", meta.name);
  if (entry) return entry.node === node ? binding : false;
  const sort = sorts.get(meta.name);
  if (sort === "number" && node.kind !== "number") return false;
  if (sort === "integer" && integerValue(node) === undefined) return false;
  if (bound.some(name => node.free.includes(name))) return false;
  const fitted = matchShape(meta, node, binding);
  return fitted === false ? false : { kind: "node", name: meta.name, node, next: fitted };
};

const matchShape = (meta: SymbolNode, node: Node, binding: Binding): Binding | false => {
  if (node.shape.length > 2) return false;
  const [rows, columns] = rowsAndColumns(node.shape);
  const [wantedRows, wantedColumns] = rowsAndColumns(meta.shape);
  const first = matchInteger(wantedRows, rows, binding);
  return first === false ? false : matchInteger(wantedColumns, columns, first);
};

/** The key under which the binder of a pattern is kept: its two bounds, which must be plain names. */
export const binderKey = (pattern: OverNode): string => {
  const { lower, upper, rest } = boundsOf(pattern.domain, pattern.index);
  const [lo, hi] = [lower, upper].map(([only, ...more]) => (only && more.length === 0 ? soleName(only) : undefined));
  if (lo === undefined || hi === undefined || rest.where.length > 0)
    throw new InternalError("the bounds in a law must be two names");
  return `${lo}..${hi}`;
};

const matchBinder = (pattern: OverNode, index: string, domain: Domain, binding: Binding): Binding | false => {
  const key = binderKey(pattern);
  const entry = lookUp(binding, "binder", key);
  if (entry) {
    const renamed = entry.domain.where.map(c => substitute(c, new Map([[entry.index, named(index)]])).key).join(";");
    if (renamed !== domain.where.map(c => c.key).join(";")) return false;
    return { kind: "binder", name: pattern.index, index, domain, next: binding };
  }
  let grown: Binding = {
    kind: "binder",
    name: key,
    index,
    domain,
    next: { kind: "binder", name: pattern.index, index, domain, next: binding },
  };
  const { lower, upper, rest } = boundsOf(domain, index);
  if (lower.length === 1 && upper.length === 1 && rest.where.length === 0) {
    const [lo = "", hi = ""] = key.split("..");
    grown = { kind: "integer", name: lo, value: lower[0] as Polynomial, next: grown };
    grown = { kind: "integer", name: hi, value: upper[0] as Polynomial, next: grown };
  }
  return grown;
};

/** Whether a pattern is a metavariable that matches anything of its shape. */
export const isBare = (pattern: Node, sorts: Sorts): pattern is SymbolNode | AtNode =>
  (pattern.kind === "symbol" && !sorts.has(pattern.name)) || pattern.kind === "at";

/** All ways to match a pattern, handed to `next` one by one. `bound` are the opened indices around the node inside the match. */
export const matchTerm = <R>(
  pattern: Node,
  node: Node,
  sorts: Sorts,
  bound: readonly string[],
  binding: Binding,
  next: Next<R>,
): R | undefined => {
  const go = (result: Binding | false): R | undefined => (result === false ? undefined : next(result));
  switch (pattern.kind) {
    case "symbol":
      return go(matchMeta(pattern, node, sorts, bound, binding));
    case "number":
      return pattern === node ? next(binding) : undefined;
    case "integer": {
      const value = integerValue(node);
      return value ? go(matchInteger(pattern.value, value, binding)) : undefined;
    }
    case "at": {
      const binder = lookUp(binding, "binder", soleName(pattern.index[0] as Polynomial) ?? "");
      if (!binder) throw new InternalError(`${pattern.of.name} is not indexed by a bound index in a law`);
      const entry = lookUp(binding, "member", pattern.of.name);
      if (entry)
        return substituteIndices(entry.node, new Map([[entry.index, named(binder.index)]])) === node
          ? next(binding)
          : undefined;
      if (bound.some(name => name !== binder.index && node.free.includes(name))) return undefined;
      const fitted = matchShape(pattern.of, node, binding);
      return fitted === false
        ? undefined
        : next({ kind: "member", name: pattern.of.name, node, index: binder.index, next: fitted });
    }
    case "over": {
      if (node.kind !== "over" || node.fold !== pattern.fold) return undefined;
      const index = openingName([...node.free, ...bound]);
      const { domain, body } = open(node, index);
      const grown = matchBinder(pattern, index, domain, binding);
      return grown === false ? undefined : matchTerm(pattern.body, body, sorts, [...bound, index], grown, next);
    }
    case "call": {
      if (node.kind !== "call" || node.op !== pattern.op || node.args.length !== pattern.args.length) return undefined;
      const laws = lawfulness(pattern.op, pattern.args);
      if (laws.associative && lawfulness(node.op, node.args) === laws) {
        return matchOperands(
          node.op,
          operandsOf(pattern),
          operandsOf(node),
          laws.commutative,
          sorts,
          bound,
          binding,
          next,
        );
      }
      const [a, b] = pattern.args;
      const straight = matchAll(pattern.args, node.args, sorts, bound, binding, next);
      if (straight !== undefined || !laws.commutative || !a || !b) return straight;
      return matchAll([b, a], node.args, sorts, bound, binding, next);
    }
    case "partial":
      throw new InternalError("a partial derivative in a law");
  }
};

const matchAll = <R>(
  patterns: readonly Node[],
  nodes: readonly Node[],
  sorts: Sorts,
  bound: readonly string[],
  binding: Binding,
  next: Next<R>,
): R | undefined => {
  const [pattern, ...others] = patterns;
  const [node, ...rest] = nodes;
  if (!pattern || !node) return next(binding);
  return matchTerm(pattern, node, sorts, bound, binding, b => matchAll(others, rest, sorts, bound, b, next));
};

/**
 * Matches all operands of a spine inside a pattern. The last bare metavariable takes what the others leave (in a
 * product without commutativity: a run of neighbours); every other pattern takes one operand.
 */
const matchOperands = <R>(
  op: string,
  patterns: readonly Node[],
  operands: readonly Node[],
  commutative: boolean,
  sorts: Sorts,
  bound: readonly string[],
  binding: Binding,
  next: Next<R>,
): R | undefined => {
  if (operands.length < patterns.length) return undefined;
  if (!commutative) {
    const spare = operands.length - patterns.length;
    const taker = spare === 0 ? -1 : patterns.findLastIndex(pattern => isBare(pattern, sorts));
    if (spare > 0 && taker < 0) return undefined;
    const grouped =
      taker < 0
        ? operands
        : [
            ...operands.slice(0, taker),
            joinOperands(op, operands.slice(taker, taker + spare + 1)),
            ...operands.slice(taker + spare + 1),
          ];
    return matchAll(patterns, grouped, sorts, bound, binding, next);
  }
  // Special patterns first, bare ones last: the last bare one takes the rest.
  const order = [...patterns].sort((a, b) => Number(isBare(a, sorts)) - Number(isBare(b, sorts)));
  const choose = (at: number, left: readonly Node[], b: Binding): R | undefined => {
    const pattern = order[at];
    if (!pattern) return left.length === 0 ? next(b) : undefined;
    if (at === order.length - 1 && isBare(pattern, sorts) && left.length > 1) {
      return matchTerm(pattern, joinOperands(op, left), sorts, bound, b, next);
    }
    for (const [i, operand] of left.entries()) {
      const found = matchTerm(pattern, operand, sorts, bound, b, grown =>
        choose(at + 1, [...left.slice(0, i), ...left.slice(i + 1)], grown),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return choose(0, operands, binding);
};

const magnitude = (value: Polynomial): number => value.monomials.reduce((sum, m) => sum + Math.abs(m.coefficient), 0);

/** Whether all integers of the right side stay exact. */
const staysExact = (template: Node, integers: ReadonlyMap<string, Polynomial>): boolean =>
  template.free.length === 0 ||
  postorder(template).every(
    node =>
      node.kind !== "integer" ||
      node.value.monomials.reduce(
        (sum, m) =>
          sum +
          m.names.reduce(
            (product, name) => product * magnitude(integers.get(name) ?? named(name)),
            Math.abs(m.coefficient),
          ),
        0,
      ) < Number.MAX_SAFE_INTEGER,
  );

/** The right side of a law for a match; undefined where an exponent would be too large. */
export const buildTerm = (template: Node, binding: Binding): Node | undefined => {
  const integers = known(binding);
  if (!staysExact(template, integers)) return undefined;
  const visible: string[] = [];
  for (let entry = binding; entry; entry = entry.next)
    if (entry.kind === "node" || entry.kind === "member") visible.push(...entry.node.free);
  const missing = (name: string): never => {
    throw new InternalError(`nothing is bound to ${name} in a law`);
  };
  const build = (node: Node, indices: ReadonlyMap<string, string>): Node => {
    switch (node.kind) {
      case "symbol":
        return lookUp(binding, "node", node.name)?.node ?? missing(node.name);
      case "number":
        return node;
      case "integer":
        return integerNode(substitute(node.value, integers));
      case "at": {
        const member = lookUp(binding, "member", node.of.name) ?? missing(node.of.name);
        const index = indices.get(soleName(node.index[0] as Polynomial) ?? "") ?? missing("an index");
        return substituteIndices(member.node, new Map([[member.index, named(index)]]));
      }
      case "call":
        return call(
          node.op,
          node.args.map(arg => build(arg, indices)),
          node.attributes,
        );
      case "over": {
        const binder = lookUp(binding, "binder", binderKey(node)) ?? missing("a sum");
        const index = openingName([
          ...visible,
          ...indices.values(),
          binder.index,
          ...binder.domain.where.flatMap(namesIn),
        ]);
        const where = binder.domain.where.map(c => substitute(c, new Map([[binder.index, named(index)]])));
        return over(node.fold, index, { where }, build(node.body, new Map([...indices, [node.index, index]])));
      }
      case "partial":
        throw new InternalError("a partial derivative in a law");
    }
  };
  return build(template, new Map());
};
