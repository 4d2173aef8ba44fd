/** Matching patterns against terms, modulo the laws of ops. Recursion is over patterns, which are ours and small. */
import { InternalError } from "../base/diagnostic.ts";
import { boundsOf, type Domain } from "../expr/domain.ts";
import {
  integerValue,
  type Node,
  type OverNode,
  open,
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
import { axisOf } from "../ops/along.ts";
import { type Binding, binderKey, integersIn, lookUp, openingName, type Sorts } from "./binding.ts";
import { isBare } from "./look.ts";
import { joinOperands, lawfulness, operandsOf } from "./spine.ts";

/** Called with each way to match; the first result that is not undefined ends the search. */
type Next<R> = (binding: Binding) => R | undefined;

const matchInteger = (pattern: Polynomial, value: Polynomial, binding: Binding): Binding | false => {
  const sole = soleName(pattern);
  if (sole !== undefined) {
    const entry = lookUp(binding, "integer", sole);
    if (!entry) return { kind: "integer", name: sole, value, next: binding };
    return entry.value.key === value.key ? binding : false;
  }
  const names = namesIn(pattern);
  if (names.length === 0) return pattern.key === value.key ? binding : false;
  const values = integersIn(binding);
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
      if (axisOf(node.attributes) !== axisOf(pattern.attributes)) return undefined;
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
