/** Sums over all entries of arrays, back in matrix notation: Σ_j x_j e_j is x, Σ_j A_ij x_j is an entry of A x. */
import { boundsOf } from "../expr/domain.ts";
import { integerNode, integerValue, type Node, number, rowsAndColumns } from "../expr/node.ts";
import { constantValue, named, type Polynomial, soleName } from "../expr/polynomial.ts";
import { isEntrywise } from "../ops/along.ts";
import { call, opOf } from "../ops/call.ts";
import type { Law, Match } from "../rewrite/law.ts";
import { readSignature } from "../shape/signature.ts";

/** Deeper terms in one entry are left as they stand. */
const DEEPEST = 24;

/** An index that runs over all places of an axis. */
interface Run {
  readonly index: string;
  readonly size: Polynomial;
}

const isCall = (node: Node, op: string): boolean => node.kind === "call" && node.op === op;

const argsOf = (node: Node): readonly Node[] => (node.kind === "call" ? node.args : []);

/** Whether a node is the index itself. */
const isIndex = (node: Node | undefined, { index }: Run): boolean => {
  const value = node && integerValue(node);
  return value !== undefined && soleName(value) === index;
};

const depends = (node: Node, { index }: Run): boolean => node.free.includes(index);

/** The scalars of a product, and the array in it that is none. */
const factorsOf = (root: Node): { readonly scalars: readonly Node[]; readonly array?: Node } => {
  const scalars: Node[] = [];
  let array: Node | undefined;
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const isProduct = isCall(node, "scale") || (isCall(node, "hadamard") && node.shape.length === 0);
    if (isProduct) stack.push(...[...argsOf(node)].reverse());
    else if (node.shape.length === 0) scalars.push(node);
    else array = node;
  }
  return { scalars, ...(array ? { array } : {}) };
};

/** All entries of a scalar that depends on the index, as a vector; undefined where there is no such vector. */
const vectorOf = (node: Node, run: Run, depth = 0): Node | undefined => {
  if (node.kind !== "call" || depth > DEEPEST) return undefined;
  const [array, i, j] = node.args as readonly [Node, Node?, Node?];
  const isLong = (axis: 0 | 1): boolean => rowsAndColumns(array.shape)[axis].key === run.size.key;
  if (isCall(node, "entry")) return isIndex(i, run) && isLong(0) && !depends(array, run) ? array : undefined;
  if (isCall(node, "element")) {
    if (depends(array, run) || !i || !j) return undefined;
    if (isIndex(i, run) && !depends(j, run) && isLong(0)) return call("column", [array, j]);
    if (isIndex(j, run) && !depends(i, run) && isLong(1)) return call("transpose", [call("row", [array, i])]);
    return undefined;
  }
  if (isCall(node, "divide") && j === undefined && i && depends(i, run)) {
    // A fraction of entries, which scalars write as a division: entry by entry it is a quotient.
    const above = depends(array, run) ? vectorOf(array, run, depth + 1) : call("scale", [array, call("ones", [integerNode(run.size), number(1)])]);
    const below = vectorOf(i, run, depth + 1);
    return above && below && call("quotient", [above, below]);
  }
  const op = opOf(node.op);
  if (!isEntrywise(op) || typeof op.shape !== "string") return undefined;
  const patterns = readSignature(op.shape).args;
  const args: Node[] = [];
  for (const [place, arg] of node.args.entries()) {
    const constant = (): Node => call("scale", [arg, call("ones", [integerNode(run.size), number(1)])]);
    const isInteger = patterns[place]?.kind === "integer";
    if (isInteger && depends(arg, run)) return undefined;
    const own = isInteger ? arg : depends(arg, run) ? vectorOf(arg, run, depth + 1) : constant();
    if (!own) return undefined;
    args.push(own);
  }
  return call(node.op, args, node.attributes);
};

const productOf = (factors: readonly Node[], by: string): Node | undefined =>
  factors.length === 0 ? undefined : factors.reduce((left, right) => call(by, [left, right]));

/** Where e_t stands in an array, by what may take its place. */
const placeOf = (array: Node, run: Run): ((vector: Node) => Node) | undefined => {
  const isUnit = (node: Node | undefined): boolean =>
    node !== undefined && isCall(node, "unit") && isIndex(argsOf(node)[1], run) && integerValue(argsOf(node)[0] as Node)?.key === run.size.key;
  if (isUnit(array)) return vector => vector;
  if (!isCall(array, "outer")) return undefined;
  const [a, b] = argsOf(array) as readonly [Node, Node];
  if (isUnit(a) && !depends(b, run)) return vector => call("outer", [vector, b]);
  if (isUnit(b) && !depends(a, run)) return vector => call("outer", [a, vector]);
  return undefined;
};

/** The index of a sum from 1 to the size of an axis. */
const runOf = (match: Match): Run | undefined => {
  const { index, domain } = match.domain();
  const { lower, upper, rest } = boundsOf(domain, index);
  const [low, size] = [lower[0], upper[0]];
  if (!low || !size || lower.length > 1 || upper.length > 1 || rest.where.length > 0) return undefined;
  return constantValue(low) === 1 ? { index, size } : undefined;
};

/** The sum without its index, where the index runs over all places of the arrays of which the term reads entries. */
const gathered = (match: Match): Node | undefined => {
  const run = runOf(match);
  if (!run) return undefined;
  const { scalars, array } = factorsOf(match.member("A", named(run.index)));
  const shared = scalars.filter(scalar => !depends(scalar, run));
  const vectors = scalars.filter(scalar => depends(scalar, run)).map(scalar => vectorOf(scalar, run));
  if (vectors.some(vector => vector === undefined) || vectors.length === 0) return undefined;
  const own = vectors as readonly Node[];
  let value: Node | undefined;
  if (array) {
    const place = placeOf(array, run);
    const vector = productOf(own, "hadamard");
    value = vector && place?.(vector);
  } else {
    const [first, ...others] = own as readonly [Node, ...Node[]];
    const second = productOf(others, "hadamard");
    value = second ? call("inner", [first, second]) : call("total", [first]);
  }
  const scale = productOf(shared, "scale");
  return value && scale ? call("scale", [scale, value]) : value;
};

/** Σ e_t (row t of B) and Σ (column t of B) e_tᵀ: the matrix B, with scalars in front. */
const rowsGathered = (match: Match): Node | undefined => {
  const run = runOf(match);
  if (!run) return undefined;
  const { scalars, array } = factorsOf(match.member("A", named(run.index)));
  if (!array || !isCall(array, "outer") || scalars.some(scalar => depends(scalar, run))) return undefined;
  const [a, b] = argsOf(array) as readonly [Node, Node];
  const isUnit = (node: Node): boolean =>
    isCall(node, "unit") && isIndex(argsOf(node)[1], run) && integerValue(argsOf(node)[0] as Node)?.key === run.size.key;
  const matrixOf = (node: Node, op: string): Node | undefined => {
    const matrix = isCall(node, op) && isIndex(argsOf(node)[1], run) ? argsOf(node)[0] : undefined;
    return matrix && !depends(matrix, run) ? matrix : undefined;
  };
  const turned = isCall(b, "transpose") ? (argsOf(b)[0] as Node) : undefined;
  const rows = turned && isUnit(a) ? matrixOf(turned, "row") : undefined;
  const matrix = rows ?? (isUnit(b) ? matrixOf(a, "column") : undefined);
  const axis = rows ? 0 : 1;
  if (!matrix || rowsAndColumns(matrix.shape)[axis].key !== run.size.key) return undefined;
  const scale = productOf(scalars, "scale");
  return scale ? call("scale", [scale, matrix]) : matrix;
};

const ALL: Law["say"] = { en: "the sum runs over all entries", zh: "求和遍及所有元素" };

/** Ends: every law leaves fewer sums or entries. */
export const ENTRIES: readonly Law[] = [
  { id: "sum-over-entries", where: { "A[t]": "m n", x: "k" }, left: "sum(t, lo, hi, A[t])", right: gathered, example: "sum(t, 1, k, entry(x, t) * unit(k, t))", say: ALL },
  { id: "all-columns-of-matrix", where: { "A[t]": "m n", B: "k n" }, left: "sum(t, lo, hi, A[t])", right: match => rowsGathered(match), example: "sum(t, 1, k, outer(unit(k, t), row(B, t)'))", say: ALL },
  { id: "row-times-vector", where: { A: "m n", x: "n" }, left: "inner(row(A, i)', x)", right: "entry(A * x, i)", say: { en: "an entry of a product is a row times the vector", zh: "乘积的元素即行乘以向量" } },
  { id: "column-times-vector", where: { A: "m n", x: "m" }, left: "inner(column(A, j), x)", right: "entry(A' * x, j)", say: { en: "an entry of a product is a row times the vector", zh: "乘积的元素即行乘以向量" } },
  { id: "entry-of-scaled", where: { c: "1", x: "n" }, left: "entry(c * x, i)", right: "c * entry(x, i)", say: { en: "an entry of a multiple is the multiple of the entry", zh: "数乘的元素即元素的数乘" } },
];
