/** One entry of an array, worked out: (2 (z − y) ⊙ z)_i is 2 (z_i − y_i) z_i, and (u wᵀ)_ij is u_i w_j. */
import { integerNode, type Node, number } from "../expr/node.ts";
import { integer, type Polynomial } from "../expr/polynomial.ts";
import { isEntrywise } from "../ops/along.ts";
import { call, isScalar, opOf } from "../ops/call.ts";

/** Deeper terms are left as they stand. */
const DEEPEST = 24;

type Place = readonly [row: Polynomial, column: Polynomial];

const ONE = integer(1);

/** Operations entry by entry that have another name between two numbers. */
const OF_SCALARS: Readonly<Record<string, string>> = { hadamard: "scale", quotient: "divide" };

/** The entry of an array that is not taken apart. */
const partOf = (node: Node, [row, column]: Place): Node => {
  if (node.shape.length === 1) return call("entry", [node, integerNode(row)]);
  if (node.shape[0]?.key === "1") return call("entry", [call("transpose", [node]), integerNode(column)]);
  return call("element", [node, integerNode(row), integerNode(column)]);
};

const within = (node: Node, place: Place, depth: number): Node => {
  if (isScalar(node.shape)) return node;
  if (node.kind !== "call" || depth > DEEPEST) return partOf(node, place);
  const { op, args } = node;
  const [a, b] = args as readonly [Node, Node];
  const [row, column] = place;
  const inside = (arg: Node, at: Place = place): Node => within(arg, at, depth + 1);
  if (op === "ones" || op === "zeros") return number(op === "ones" ? 1 : 0);
  if (op === "transpose") return inside(a, [column, row]);
  if (op === "scale") return call("scale", [a, inside(b)]);
  // A column times a row: one product for each entry.
  if (op === "matmul" && (a.shape.length === 1 || b.shape[0]?.key === "1") && !isScalar(a.shape) && !isScalar(b.shape))
    return call("scale", [inside(a, [row, ONE]), inside(b, [ONE, column])]);
  if (isEntrywise(opOf(op)) && node.attributes.along === undefined)
    return call(OF_SCALARS[op] ?? op, args.map(arg => (isScalar(arg.shape) ? arg : inside(arg))), node.attributes);
  return partOf(node, place);
};

/** The entry of a column, or of a matrix, at the places; undefined for what has other axes. */
export const entryOf = (node: Node, places: readonly Polynomial[]): Node | undefined => {
  const [row, column] = places;
  if (!row || places.length !== node.shape.length || node.shape[0]?.key === "1") return undefined;
  return within(node, [row, column ?? ONE], 0);
};

/** The entry of an array as such. */
export const entryAt = (node: Node, [row, column]: readonly Polynomial[]): Node =>
  partOf(node, [row ?? ONE, column ?? ONE]);
