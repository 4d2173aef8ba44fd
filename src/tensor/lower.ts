/** From matrix terms to tensor terms. Only `op.means` is read: no op is known by name here. */
import { DiagnosticError, InternalError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { domainNames } from "../expr/domain.ts";
import {
  type AtNode,
  type CallNode,
  integerValue,
  type Node,
  open,
  rowsAndColumns,
  type Shape,
  type Size,
  type SymbolNode,
} from "../expr/node.ts";
import { constantValue, namesIn, type Polynomial } from "../expr/polynomial.ts";
import { rational } from "../expr/rational.ts";
import { familyOf, indexOf } from "../expr/system.ts";
import { type Axis, axisOf, stackedArguments } from "../ops/along.ts";
import { opOf } from "../ops/call.ts";
import type { Kernel, Op } from "../ops/op.ts";
import { readSignature } from "../shape/signature.ts";
import { expandForCode } from "../term/faces.ts";
import { integerTensor, productOf } from "./product.ts";
import {
  type EachTensor,
  type ExternalTensor,
  type Factor,
  joinNames,
  type NumberTensor,
  namesOf,
  type Store,
  type Tensor,
} from "./tensor.ts";
import { windowTensor } from "./window.ts";

/** Where the members that a term reads stand. Undefined: there is no such store, and the term has no code. */
export interface Stores {
  readonly value: (symbol: SymbolNode) => Store | undefined;
  readonly gradient: (symbol: SymbolNode) => Store | undefined;
  /** What stands before a member's own indices: the sample, for families that have one each. */
  readonly prefix: (store: Store) => readonly Polynomial[];
  /** Names of bound indices that are in use nowhere else. */
  readonly fresh: () => string;
}

/** The sizes of a shape without literal ones. */
export const sizesOf = (shape: Shape): readonly Size[] => shape.filter(size => constantValue(size) !== 1);

const MOST_NESTED_SUMS = 32;

const refuse = (message: string, span: Span | undefined): never => {
  throw new DiagnosticError({
    code: "G002",
    severity: "error",
    message,
    spans: span ? [{ span, label: "in this equation" }] : [],
  });
};

const ONE: NumberTensor = { kind: "number", value: rational(1), sizes: [], names: new Set() };

/** The letters of "ik,kj->ij", for the arguments that have any, and for the result. */
const readLetters = (einsum: string): { readonly args: readonly string[]; readonly result: string } => {
  const [left, result] = einsum.split("->");
  if (left === undefined || result === undefined) throw new InternalError(`unreadable Einstein signature "${einsum}"`);
  return { args: left.split(","), result };
};

/** The tensor arguments of a call, without integer arguments such as exponents and sizes. */
export const tensorArguments = (op: Op, args: readonly Node[]): readonly Node[] => {
  if (typeof op.shape !== "string") return args;
  const patterns = readSignature(op.shape).args;
  return args.filter((_, i) => patterns[i]?.kind !== "integer");
};

/** The values of the integer arguments of a call. By place: the array may be the number that an integer argument is. */
const integerArguments = (op: Op, args: readonly Node[]): readonly Polynomial[] => {
  if (typeof op.shape !== "string") return [];
  const patterns = readSignature(op.shape).args;
  return args.flatMap((arg, i) => (patterns[i]?.kind === "integer" ? (integerValue(arg) ?? []) : []));
};

/** A letter of its own for the stacked arrays: before an array's letters along rows, behind the first along columns. */
const STACK = "*";

const stackedLetters = (letters: string, axis: Axis): string => {
  const [first = "-"] = letters;
  return axis === "rows" ? `${STACK}${first}` : `${first}${STACK}`;
};

/** The letters of a call that is an Einstein product, one more where it is lifted along rows or columns. */
export const lettersOf = (node: CallNode, op: Op, einsum: string): ReturnType<typeof readLetters> => {
  const letters = readLetters(einsum);
  const axis = axisOf(node.attributes);
  if (!axis) return letters;
  const stacked = stackedArguments(op, axis, node.args);
  return {
    args: letters.args.map((text, i) => (stacked?.[i] ? stackedLetters(text, axis) : text)),
    result: stackedLetters(letters.result, axis),
  };
};

const lowerProduct = (node: CallNode, op: Op, einsum: string, lowered: (node: Node) => Tensor): Tensor => {
  const letters = lettersOf(node, op, einsum);
  const extents = new Map<string, Size>();
  const place = (text: string, shape: Shape): readonly string[] => {
    const sizes = rowsAndColumns(shape);
    return [...text].filter((letter, i) => {
      const size = sizes[i] as Size;
      if (constantValue(size) === 1) return false;
      extents.set(letter, size);
      return true;
    });
  };
  const factors: Factor[] = tensorArguments(op, node.args).map((arg, i) => ({
    of: lowered(arg),
    axes: place(letters.args[i] ?? "", arg.shape),
  }));
  const axes = place(letters.result, node.shape);
  return productOf(factors, axes, extents);
};

const lowerEach = (node: CallNode, op: Op, lowered: (node: Node) => Tensor): Tensor => {
  if (!("each" in op.means)) throw new InternalError(`${op.name} is not elementwise`);
  const args = tensorArguments(op, node.args).map(lowered);
  // Determinants of large matrices are beyond all doubles where their logarithms are not.
  const [only] = args;
  if (op.means.each === "log" && only?.kind === "kernel" && only.kernel === "determinant")
    return { ...only, kernel: "log-determinant" };
  const { function: name, order } = node.attributes;
  const last = node.args.at(-1);
  const exponent = args.length < node.args.length && last ? integerValue(last) : undefined;
  const each: EachTensor = {
    kind: "each",
    scalar: op.means.each,
    args,
    sizes: sizesOf(node.shape),
    names: joinNames(
      args.map(arg => arg.names),
      exponent ? namesIn(exponent) : [],
    ),
    ...(exponent ? { exponent } : {}),
    ...(name === undefined ? {} : { function: { name: String(name), order: Number(order ?? 0) } }),
  };
  return each;
};

const lowerWindow = (node: CallNode, op: Op, lowered: (node: Node) => Tensor): Tensor => {
  const [array] = tensorArguments(op, node.args) as [Node];
  const [row, column] = integerArguments(op, node.args);
  if (!row || !column) throw new InternalError(`${op.name} has no row and column to start from`);
  return windowTensor(lowered(array), array.shape, node.shape, [row, column]);
};

/** Of an array with one entry, or of each of several such arrays: a function of a number. */
const KERNELS_OF_ONE: Readonly<Record<Kernel, (entry: Tensor) => Tensor>> = {
  inverse: entry => ({ kind: "each", scalar: "divide", args: [ONE, entry], sizes: [], names: entry.names }),
  determinant: entry => entry,
  largest: entry => entry,
  maximiser: ({ sizes, names }) => ({ ...ONE, sizes, names }),
  "log-determinant": entry => ({ kind: "each", scalar: "log", args: [entry], sizes: [], names: entry.names }),
};

const lowerKernel = (node: CallNode, kernel: Kernel, matrix: Tensor): Tensor => {
  const axis = axisOf(node.attributes);
  if (axis !== undefined) {
    const [rows, columns] = rowsAndColumns((node.args[0] as Node).shape);
    const [count, extent] = axis === "rows" ? [rows, columns] : [columns, rows];
    if (constantValue(extent) === 1) return KERNELS_OF_ONE[kernel](matrix);
    const slices = constantValue(count) === 1 ? {} : { slices: { count, axis } };
    const names = joinNames([matrix.names], namesOf([count, extent]));
    return { kind: "kernel", kernel, args: [matrix], extent, sizes: sizesOf(node.shape), names, ...slices };
  }
  const [extent] = matrix.sizes;
  if (!extent) return KERNELS_OF_ONE[kernel](matrix);
  const names = joinNames([matrix.names], namesOf([extent]));
  return { kind: "kernel", kernel, args: [matrix], extent, sizes: sizesOf(node.shape), names };
};

/**
 * Lowers a term. Members are looked up in `stores`; a total partial ∂L/∂u[j] is a read of u's gradient.
 * Fails (DiagnosticError) with G002 for what has no code: an unfinished chain-rule step, an immediate partial, a symbol
 * without a store.
 */
export const lower = (root: Node, stores: Stores, objective: SymbolNode, span?: Span): Tensor => {
  const done = new Map<Node, Tensor>();
  const instead = new Map<Node, Node>();
  const bodies = new Map<
    Node,
    { readonly index: string; readonly domain: ReturnType<typeof open>["domain"]; readonly body: Node }
  >();
  const lowered = (node: Node): Tensor => {
    const tensor = done.get(node);
    if (!tensor) throw new InternalError("an operand was not lowered before its call");
    return tensor;
  };
  const read = (store: Store, of: SymbolNode | AtNode): Tensor => {
    const member = [...stores.prefix(store), ...indexOf(of)];
    return { kind: "read", store, member, sizes: store.sizes, names: namesOf([...member, ...store.sizes]) };
  };
  const leaf = (node: Node): Tensor => {
    switch (node.kind) {
      case "number":
        return { kind: "number", value: node.value, sizes: [], names: new Set() };
      case "integer":
        return integerTensor(node.value);
      case "partial": {
        if (node.reading === "immediate" || familyOf(node.of) !== objective)
          return refuse("an unfinished chain-rule step has no code", span);
        if (node.wrt === objective) return ONE;
        const family = familyOf(node.wrt);
        return read(
          stores.gradient(family) ?? refuse(`the derivation has no gradient of ${family.name}`, span),
          node.wrt,
        );
      }
      case "symbol":
      case "at": {
        const family = familyOf(node);
        return read(stores.value(family) ?? refuse(`${family.name} has no value to read`, span), node);
      }
      default:
        throw new InternalError(`${node.kind} is not a leaf`);
    }
  };
  const below = (node: Node): readonly Node[] => {
    if (node.kind === "call") {
      const op = opOf(node.op);
      const definition = expandForCode(op, node.args, node.attributes);
      if (definition) {
        instead.set(node, definition);
        return [definition];
      }
      return tensorArguments(op, node.args);
    }
    if (node.kind === "over") {
      if (node.height > MOST_NESTED_SUMS)
        return refuse(`sums and products are nested more than ${MOST_NESTED_SUMS} deep`, span);
      const index = stores.fresh();
      const opened = open(node, index);
      bodies.set(node, { index, ...opened });
      return [opened.body];
    }
    return [];
  };
  const finish = (node: Node): Tensor => {
    const definition = instead.get(node);
    if (definition) return lowered(definition);
    if (node.kind === "call") {
      const op = opOf(node.op);
      if ("einsum" in op.means) return lowerProduct(node, op, op.means.einsum, lowered);
      if ("window" in op.means) return lowerWindow(node, op, lowered);
      if ("each" in op.means) return lowerEach(node, op, lowered);
      if ("kernel" in op.means) return lowerKernel(node, op.means.kernel, lowered(node.args[0] as Node));
      if ("abstract" in op.means && op.means.abstract !== "chain") {
        const args = node.args.map(lowered);
        const external: ExternalTensor = {
          kind: "external",
          function: String(node.attributes.function),
          face: op.means.abstract,
          slot: Number(node.attributes.slot ?? 0),
          args,
          sizes: sizesOf(node.shape),
          names: joinNames(
            args.map(arg => arg.names),
            namesOf(node.shape),
          ),
        };
        return external;
      }
      return refuse(`${op.name} has no code: it stands for a chain-rule step that is not worked out`, span);
    }
    const inside = bodies.get(node);
    if (node.kind === "over" && inside) {
      const body = lowered(inside.body);
      const common = {
        index: inside.index,
        domain: inside.domain,
        body,
        sizes: body.sizes,
        names: joinNames([body.names], domainNames(inside.domain)),
      };
      return node.fold === "sum"
        ? { kind: "fold", ...common }
        : { kind: "chain", reversed: node.fold === "reversed-product", ...common };
    }
    return leaf(node);
  };
  const stack: { readonly node: Node; readonly below: readonly Node[]; next: number }[] = [
    { node: root, below: below(root), next: 0 },
  ];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const operand = top.below[top.next++];
    if (operand === undefined) {
      done.set(top.node, finish(top.node));
      stack.pop();
    } else if (!done.has(operand)) {
      stack.push({ node: operand, below: below(operand), next: 0 });
    }
  }
  return lowered(root);
};
