/**
 * The nodes of the expression DAG: seven kinds, interned, immutable. Two terms of one scope are equal
 * exactly when their nodes are ===, also up to the names of bound indices: the index that an `over`
 * binds is named after the height of its body (#0 innermost), so Σ_s f(s) and Σ_t f(t) are one node.
 *
 * Nodes are built bottom-up and hold what walks need (shape, free index names, height of binders),
 * so nothing here recurses over a user's nesting.
 */
import { InternalError } from "../base/diagnostic.ts";
import { type Domain, domainKey, domainNames, substituteDomain } from "./domain.ts";
import { constantValue, integer, named, namesIn, type Polynomial, substitute } from "./polynomial.ts";
import { type Rational, rational, showRational } from "./rational.ts";

export type Size = Polynomial;

/** [] a scalar, [n] a column of n, [m, n] a matrix. A trailing literal 1 never occurs; a row is [1, n]. */
export type Shape = readonly Size[];

/** What distinguishes two calls of one op beside their arguments: a function's name, an order, a slot. */
export type Attributes = Readonly<Record<string, string | number | Shape>>;

export type Fold = "sum" | "product" | "reversed-product";

interface Common {
  readonly id: number;
  readonly scope: Scope;
  readonly shape: Shape;
  /** Names of free indices, sizes and horizons that occur as values (in index maps, bounds, exponents), sorted. */
  readonly free: readonly string[];
  /** How many levels of `over` are nested inside, this node's own included. */
  readonly height: number;
}

export interface SymbolNode extends Common {
  readonly kind: "symbol";
  readonly name: string;
  /** A symbol of a note, or a metavariable of a law. */
  readonly sort: "note" | "meta";
  /** The number of indices of a family; 0 for a plain symbol. */
  readonly rank: number;
}
/** An exact constant. */
export interface NumberNode extends Common {
  readonly kind: "number";
  readonly value: Rational;
}
/** An index or a size as a scalar: the T of 1/T, the exponent T - i. Never a constant: that is a number. */
export interface IntegerNode extends Common {
  readonly kind: "integer";
  readonly value: Polynomial;
}
export interface CallNode extends Common {
  readonly kind: "call";
  readonly op: string;
  readonly args: readonly Node[];
  readonly attributes: Attributes;
}
/** A member of a family: h[t-1]. */
export interface AtNode extends Common {
  readonly kind: "at";
  readonly of: SymbolNode;
  readonly index: readonly Polynomial[];
}
/** A sum, or an ordered product with the smallest index leftmost (`reversed-product`: rightmost). */
export interface OverNode extends Common {
  readonly kind: "over";
  readonly fold: Fold;
  /** The bound index, named after the height of the body. */
  readonly index: string;
  /** Conditions on the bound index (and, as guards, on outer ones). An empty range gives 0, or the identity. */
  readonly domain: Domain;
  readonly body: Node;
}
/** ∂of/∂wrt: total (through every path) or immediate (through the one equation only). */
export interface PartialNode extends Common {
  readonly kind: "partial";
  readonly of: SymbolNode | AtNode;
  readonly wrt: SymbolNode | AtNode;
  readonly reading: "total" | "immediate";
}
export type Node = SymbolNode | NumberNode | IntegerNode | CallNode | AtNode | OverNode | PartialNode;

type Fresh<N extends Node> = Omit<N, "id" | "scope">;

let count = 0;

/** The store that a note's (or a table of laws') nodes live in; dropped with the last of them. */
export class Scope {
  readonly #nodes = new Map<string, Node>();

  /** The number of distinct nodes built in this scope. */
  get size(): number {
    return this.#nodes.size;
  }

  /** The node of a key, if it was built. */
  find(key: string): Node | undefined {
    return this.#nodes.get(key);
  }

  hasSymbol(name: string): boolean {
    return this.#nodes.has(`symbol ${name}`);
  }

  intern<N extends Node>(key: string, make: () => Fresh<N>): N {
    const found = this.#nodes.get(key);
    if (found) return found as N;
    const node = Object.freeze({ ...make(), id: count++, scope: this }) as unknown as N;
    this.#nodes.set(key, node);
    return node;
  }
}

/** Holds what contains no symbol: numbers, sizes and calls of these. */
const CONSTANTS = new Scope();

const scopeOf = (parts: readonly Node[]): Scope => {
  let scope = CONSTANTS;
  for (const part of parts) {
    if (part.scope === CONSTANTS || part.scope === scope) continue;
    if (scope !== CONSTANTS) throw new InternalError("a term mixes symbols of two scopes");
    scope = part.scope;
  }
  return scope;
};

const NONE: readonly string[] = Object.freeze([]);

const mergeNames = (lists: readonly (readonly string[])[]): readonly string[] => {
  const present = lists.filter(list => list.length > 0);
  const [first] = present;
  if (!first) return NONE;
  if (present.every(list => list === first)) return first;
  const all = [...new Set(present.flat())].sort();
  return present.find(list => list.length === all.length) ?? Object.freeze(all);
};

const shapeKey = (shape: Shape): string => shape.map(size => size.key).join(" ");

/** Drops trailing literal ones: [n, 1] is [n], [1, 1] is []. */
export const normalShape = (sizes: readonly Size[]): Shape => {
  let length = sizes.length;
  while (length > 0 && constantValue(sizes[length - 1] as Size) === 1) length--;
  return length === sizes.length ? sizes : sizes.slice(0, length);
};

export const SCALAR: Shape = Object.freeze([]);

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, i) => size.key === b[i]?.key);

/** Rows and columns of a shape: [n] is n × 1. */
export const rowsAndColumns = (shape: Shape): readonly [rows: Size, columns: Size] => [
  shape[0] ?? integer(1),
  shape[1] ?? integer(1),
];

/** A symbol; a second call with the same name must agree in everything. */
export const symbol = (
  scope: Scope,
  name: string,
  shape: readonly Size[] = SCALAR,
  rank = 0,
  sort: "note" | "meta" = "note",
): SymbolNode => {
  const normal = normalShape(shape);
  const node = scope.intern<SymbolNode>(`symbol ${name}`, () => ({
    kind: "symbol",
    name,
    sort,
    rank,
    shape: Object.freeze([...normal]),
    free: NONE,
    height: 0,
  }));
  if (!sameShape(node.shape, normal) || node.rank !== rank || node.sort !== sort) {
    throw new InternalError(`the symbol ${name} was declared before with another shape or rank`);
  }
  return node;
};

/** Whether a note's symbol of this name, shape and rank may be made in a scope. */
export const isFree = (scope: Scope, name: string, shape: Shape, rank: number): boolean => {
  const known = scope.find(`symbol ${name}`) as SymbolNode | undefined;
  return !known || (known.sort === "note" && known.rank === rank && sameShape(known.shape, normalShape(shape)));
};

export const number = (value: Rational | number | bigint): NumberNode => {
  const exact = typeof value === "object" ? value : rational(value);
  return CONSTANTS.intern<NumberNode>(`number ${showRational(exact)}`, () => ({
    kind: "number",
    value: exact,
    shape: SCALAR,
    free: NONE,
    height: 0,
  }));
};

/** An index expression or size as a scalar node; a constant becomes a number. */
export const integerNode = (value: Polynomial): IntegerNode | NumberNode => {
  const constant = constantValue(value);
  if (constant !== undefined) return number(constant);
  return CONSTANTS.intern<IntegerNode>(`integer ${value.key}`, () => ({
    kind: "integer",
    value,
    shape: SCALAR,
    free: Object.freeze(namesIn(value)),
    height: 0,
  }));
};

/** The integer that a node stands for, if it is an index, a size or an integral constant. */
export const integerValue = (node: Node): Polynomial | undefined => {
  if (node.kind === "integer") return node.value;
  if (node.kind !== "number" || node.value.denominator !== 1n) return undefined;
  const value = Number(node.value.numerator);
  return Number.isSafeInteger(value) ? integer(value) : undefined;
};

const attributeKey = (attributes: Attributes): string =>
  Object.keys(attributes)
    .sort()
    .map(name => {
      const value = attributes[name] as string | number | Shape;
      return `${name}=${typeof value === "object" ? `[${shapeKey(value)}]` : value}`;
    })
    .join(",");

export const NO_ATTRIBUTES: Attributes = Object.freeze({});

/** A call of an op whose shape is already known. Above `ops`, use its `call`, which checks the signature. */
export const callNode = (
  op: string,
  args: readonly Node[],
  attributes: Attributes,
  shape: readonly Size[],
): CallNode => {
  const scope = scopeOf(args);
  return scope.intern<CallNode>(`call ${op} ${attributeKey(attributes)} ${args.map(arg => arg.id).join(" ")}`, () => ({
    kind: "call",
    op,
    args: Object.freeze([...args]),
    attributes: Object.freeze({ ...attributes }),
    shape: Object.freeze([...normalShape(shape)]),
    free: mergeNames(args.map(arg => arg.free)),
    height: args.reduce((height, arg) => Math.max(height, arg.height), 0),
  }));
};

/** The member of a family at an index. */
export const at = (of: SymbolNode, index: readonly Polynomial[]): AtNode => {
  if (of.rank !== index.length)
    throw new InternalError(`the family ${of.name} has ${of.rank} indices, not ${index.length}`);
  return of.scope.intern<AtNode>(`at ${of.id} ${shapeKey(index)}`, () => ({
    kind: "at",
    of,
    index: Object.freeze([...index]),
    shape: of.shape,
    free: mergeNames(index.map(namesIn)),
    height: 0,
  }));
};

/**
 * Binds `index`, free in `body` and `domain`, in a sum or product. A product needs a square or scalar body.
 */
export const over = (fold: Fold, index: string, domain: Domain, body: Node): OverNode => {
  const bound = `#${body.height}`;
  const renaming = new Map([[index, named(bound)]]);
  const inner = index === bound ? body : substituteIndices(body, renaming);
  const where = index === bound ? domain : substituteDomain(domain, renaming);
  return inner.scope.intern<OverNode>(`over ${fold} ${domainKey(where)} ${bound} ${inner.id}`, () => ({
    kind: "over",
    fold,
    index: bound,
    domain: where,
    body: inner,
    shape: inner.shape,
    free: mergeNames([inner.free, domainNames(where)]).filter(name => name !== bound),
    height: inner.height + 1,
  }));
};

/** The domain and body of an `over` with its bound index named `index`, which must be free in neither. */
export const open = (node: OverNode, index: string): { readonly domain: Domain; readonly body: Node } => {
  const renaming = new Map([[node.index, named(index)]]);
  return { domain: substituteDomain(node.domain, renaming), body: substituteIndices(node.body, renaming) };
};

export const partial = (
  of: SymbolNode | AtNode,
  wrt: SymbolNode | AtNode,
  reading: "total" | "immediate" = "total",
): PartialNode =>
  scopeOf([of, wrt]).intern<PartialNode>(`partial ${reading} ${of.id} ${wrt.id}`, () => ({
    kind: "partial",
    of,
    wrt,
    reading,
    shape: Object.freeze([...of.shape, ...wrt.shape]),
    free: mergeNames([of.free, wrt.free]),
    height: 0,
  }));

/** The nodes directly below. */
export const childrenOf = (node: Node): readonly Node[] => {
  switch (node.kind) {
    case "call":
      return node.args;
    case "over":
      return [node.body];
    case "partial":
      return [node.of, node.wrt];
    case "at":
      return [node.of];
    default:
      return [];
  }
};

/**
 * The node with other children and, where `indices` is given, its own index expressions substituted.
 * The caller vouches that no substituted name is captured.
 */
const rebuild = (node: Node, child: (node: Node) => Node, indices: ReadonlyMap<string, Polynomial>): Node => {
  switch (node.kind) {
    case "symbol":
    case "number":
      return node;
    case "integer":
      return integerNode(substitute(node.value, indices));
    case "call": {
      const args = node.args.map(child);
      return args.every((arg, i) => arg === node.args[i]) ? node : callNode(node.op, args, node.attributes, node.shape);
    }
    case "at":
      return at(
        node.of,
        node.index.map(entry => substitute(entry, indices)),
      );
    case "over":
      return over(node.fold, node.index, substituteDomain(node.domain, indices), child(node.body));
    case "partial":
      return partial(child(node.of) as SymbolNode | AtNode, child(node.wrt) as SymbolNode | AtNode, node.reading);
  }
};

/**
 * Replaces free index names by index expressions, all at once. Bound names (#0, #1 …) may be replaced only by
 * `open` and `over`; the replacements must not contain them otherwise.
 */
export const substituteIndices = (root: Node, by: ReadonlyMap<string, Polynomial>): Node => {
  const touched = (node: Node): boolean => node.free.some(name => by.has(name));
  if (!touched(root)) return root;
  const done = new Map<Node, Node>();
  const stack: Node[] = [root];
  const result = (node: Node): Node => (touched(node) ? (done.get(node) as Node) : node);
  while (stack.length > 0) {
    const node = stack.at(-1) as Node;
    if (done.has(node)) {
      stack.pop();
      continue;
    }
    const waiting = childrenOf(node).filter(child => touched(child) && !done.has(child));
    if (waiting.length > 0) {
      stack.push(...waiting);
      continue;
    }
    done.set(node, rebuild(node, result, by));
    stack.pop();
  }
  return done.get(root) as Node;
};
