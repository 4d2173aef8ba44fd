/** Wrong neighbours of a right equation: its right side with one thing changed. Made apart from the edits that mend them. */
import { positionsOf } from "../../src/check/edits/positions.ts";
import type { StatedEquation } from "../../src/exact/witness.ts";
import { domain } from "../../src/expr/domain.ts";
import {
  at,
  type CallNode,
  callNode,
  integerNode,
  integerValue,
  type Node,
  number,
  partial,
  sameShape,
} from "../../src/expr/node.ts";
import { coefficientOf, plus } from "../../src/expr/polynomial.ts";
import type { System } from "../../src/expr/system.ts";
import { call, fit as fitOf } from "../../src/ops/call.ts";
import { findOp } from "../../src/ops/index.ts";

export const KINDS = [
  "index",
  "bound",
  "exponent",
  "transpose",
  "swap",
  "drop",
  "sign",
  "order",
  "symbol",
  "factor",
] as const;
export type Kind = (typeof KINDS)[number];

export interface Mutant {
  readonly kind: Kind;
  readonly equation: StatedEquation;
}

/** Whose two arguments cannot be exchanged. */
const ORDERED = new Set(["matmul", "subtract", "quotient", "outer", "divide", "power"]);

const isInteger = (node: Node): boolean => node.kind === "integer" || node.kind === "number";

/** Each place of an index one later and one earlier. */
const shiftsOf = (node: Node): readonly Node[] => {
  if (node.kind === "partial") {
    return [
      ...shiftsOf(node.wrt).map(wrt => partial(node.of, wrt as typeof node.wrt, node.reading)),
      ...shiftsOf(node.of).map(of => partial(of as typeof node.of, node.wrt, node.reading)),
    ];
  }
  if (node.kind !== "at") return [];
  return node.index.flatMap((own, place) =>
    [1, -1].map(shift =>
      at(
        node.of,
        node.index.map((each, i) => (i === place ? plus(own, shift) : each)),
      ),
    ),
  );
};

/** The same member of another family of its shape. */
const othersOf = (node: Node, { symbols }: System): readonly Node[] => {
  if (node.kind === "partial")
    return othersOf(node.wrt, { symbols } as System).map(wrt => partial(node.of, wrt as typeof node.wrt, node.reading));
  if (node.kind !== "at" && node.kind !== "symbol") return [];
  const own = node.kind === "at" ? node.of : node;
  return [...symbols.values()].flatMap(({ node: other, latex }) => {
    // The answer of a public case is one of its system's own names.
    if (latex === "\\Gamma" || other === own || other.rank !== own.rank || !sameShape(other.shape, own.shape))
      return [];
    return [node.kind === "at" ? at(other, node.index) : other];
  });
};

/** A call of the same with other arguments, where their shapes fit. */
const fitted = ({ op, attributes, shape }: CallNode, args: readonly Node[]): Node | undefined => {
  const found = findOp(op);
  if (!found || "kind" in fitOf(found, args, attributes)) return undefined;
  const made = call(op, args, attributes);
  return sameShape(made.shape, shape) ? made : undefined;
};

/** What may be done to one part of a term; where that does not fit in its place, nothing comes of it. */
const changesOf = (node: Node, system: System): readonly (readonly [Kind, Node])[] => {
  const found: (readonly [Kind, Node])[] = [];
  for (const other of shiftsOf(node)) found.push(["index", other]);
  for (const other of othersOf(node, system)) found.push(["symbol", other]);
  if (isInteger(node)) return found;
  found.push(["sign", call("negate", [node])], ["factor", call("scale", [number(2), node])]);
  if (node.shape.length > 0) found.push(["transpose", call("transpose", [node])]);
  if (node.kind !== "call") return found;
  for (const arg of node.args) if (sameShape(arg.shape, node.shape)) found.push(["drop", arg]);
  const [a, b] = node.args;
  if (a && b && node.args.length === 2 && ORDERED.has(node.op) && a !== b) {
    const swapped = fitted(node, [b, a]);
    if (swapped) found.push(["swap", swapped]);
  }
  for (const [i, arg] of node.args.entries()) {
    const value = integerValue(arg);
    if (!value || node.op === "scale") continue;
    for (const shift of [1, -1]) {
      const other = fitted(
        node,
        node.args.map((each, j) => (j === i ? integerNode(plus(value, shift)) : each)),
      );
      if (other) found.push(["exponent", other]);
    }
  }
  const { order } = node.attributes;
  if (order !== undefined)
    for (const next of [Number(order) + 1, Number(order) - 1])
      if (next >= 0)
        found.push(["order", callNode(node.op, node.args, { ...node.attributes, order: next }, node.shape)]);
  return found;
};

/** Every well-typed single mutant, each term once. */
export const mutantsOf = (equation: StatedEquation, system: System): readonly Mutant[] => {
  const found = new Map<Node, Kind>();
  const add = (kind: Kind, term: Node | undefined): void => {
    if (!term || term === equation.right || !sameShape(term.shape, equation.right.shape)) return;
    if (!found.has(term)) found.set(term, kind);
  };
  for (const { node, put, range } of positionsOf(equation.right)) {
    for (const [kind, by] of changesOf(node, system)) add(kind, put(by));
    if (!range) continue;
    const { where } = range.domain;
    for (const [i, condition] of where.entries()) {
      if (coefficientOf(condition, range.index) === 0) continue;
      for (const shift of [1, -1])
        add("bound", range.put(domain(where.map((each, j) => (i === j ? plus(each, shift) : each)))));
    }
  }
  return [...found].map(([right, kind]) => ({ kind, equation: { ...equation, right } }));
};
