/**
 * Tensor terms: what equations mean entry by entry. Einstein products over named axes, elementwise functions from the
 * closed list of scalars, sums over index domains; operands are members of families under affine index maps.
 *
 * Axes of literal size 1 do not exist here: a row, a column and a vector of one size are one tensor.
 */
import type { Domain } from "../expr/domain.ts";
import type { Size, SymbolNode } from "../expr/node.ts";
import { namesIn, type Polynomial } from "../expr/polynomial.ts";
import type { Rational } from "../expr/rational.ts";
import type { Axis } from "../ops/along.ts";
import type { Kernel, Scalar } from "../ops/op.ts";

/** Where the members of a family, or their adjoints, stand. */
export interface Store {
  readonly symbol: SymbolNode;
  readonly holds: "value" | "gradient";
  /** Names of the indices that `domain` speaks of. */
  readonly indices: readonly string[];
  readonly domain: Domain;
  readonly sizes: readonly Size[];
  /** Its members are labels: unit vectors of which the place alone is kept. */
  readonly isLabel?: true;
}

/** A function of one number, in the derivative that `order` counts. */
export interface ScalarFunction {
  readonly name: string;
  readonly order: number;
}

interface Common {
  readonly sizes: readonly Size[];
  /** Index and size names that occur in member maps, domains and integer values. */
  readonly names: ReadonlySet<string>;
}

export interface NumberTensor extends Common {
  readonly kind: "number";
  readonly value: Rational;
}
export interface IntegerTensor extends Common {
  readonly kind: "integer";
  readonly value: Polynomial;
}
/** A member of a family. */
export interface ReadTensor extends Common {
  readonly kind: "read";
  readonly store: Store;
  readonly member: readonly Polynomial[];
}
export interface Factor {
  readonly of: Tensor;
  /** The axis at each place of the factor. */
  readonly axes: readonly string[];
}
/**
 * The product of the factors' entries, summed over the axes that the result lacks. An axis repeated in the result is a
 * diagonal: entries off it are 0.
 */
export interface ProductTensor extends Common {
  readonly kind: "product";
  readonly factors: readonly Factor[];
  readonly axes: readonly string[];
  readonly summed: readonly string[];
  readonly extents: ReadonlyMap<string, Size>;
}
/** A scalar function of corresponding entries; `pow` has its exponent, `function` its name and order. */
export interface EachTensor extends Common {
  readonly kind: "each";
  readonly scalar: Scalar;
  readonly args: readonly Tensor[];
  readonly exponent?: Polynomial;
  readonly function?: ScalarFunction;
}
/** The sum of a tensor over an index. */
export interface FoldTensor extends Common {
  readonly kind: "fold";
  readonly index: string;
  readonly domain: Domain;
  readonly body: Tensor;
}
/** An ordered product of square matrices (or scalars), the smallest index leftmost, or rightmost if reversed. */
export interface ChainTensor extends Common {
  readonly kind: "chain";
  readonly reversed: boolean;
  readonly index: string;
  readonly domain: Domain;
  readonly body: Tensor;
}
/** A function of whole arrays that is given when the code runs. */
export interface ExternalTensor extends Common {
  readonly kind: "external";
  readonly function: string;
  readonly face: "value" | "gradient" | "pull" | "jacobian";
  /** The argument that is differentiated by, from 1; 0 for the value. */
  readonly slot: number;
  readonly args: readonly Tensor[];
}

/** A function of a whole vector or square matrix, from the closed list. */
export interface KernelTensor extends Common {
  readonly kind: "kernel";
  readonly kernel: Kernel;
  readonly args: readonly [Tensor];
  /** The number of rows of the argument, or of entries of each vector. */
  readonly extent: Size;
  /** For a function of vectors, applied to every row or column of the argument. */
  readonly slices?: { readonly count: Size; readonly axis: Axis };
}

/** One axis of the result of a window, or of its argument: entry i of the result is entry i + offset of the argument. */
export interface WindowAxis {
  /** The place of the axis in the argument; undefined where the argument has one entry there. */
  readonly inside?: number;
  /** The place of the axis in the result; undefined where the result has one entry there. */
  readonly outside?: number;
  readonly offset: Polynomial;
  /** The number of entries of the argument. */
  readonly extent: Size;
  /** Whether the window may begin before the argument, or end behind it, where the entries are 0. */
  readonly reaches: { readonly before: boolean; readonly behind: boolean };
}
/** Entries of an array, shifted: a slice, or an array among zeros. */
export interface WindowTensor extends Common {
  readonly kind: "window";
  readonly args: readonly [Tensor];
  readonly axes: readonly WindowAxis[];
}

export type Tensor =
  | NumberTensor
  | IntegerTensor
  | ReadTensor
  | ProductTensor
  | EachTensor
  | FoldTensor
  | ChainTensor
  | ExternalTensor
  | KernelTensor
  | WindowTensor;

/** The label that a tensor is, if it is one: as a column or as a row. */
const labelIn = (tensor: Tensor): ReadTensor | undefined => {
  if (tensor.kind === "read") return tensor.store.isLabel ? tensor : undefined;
  const [only, more] = tensor.kind === "product" ? tensor.factors : [];
  const isSame = tensor.kind === "product" && tensor.axes.length === 1 && tensor.summed.length === 0;
  return isSame && only && !more ? labelIn(only.of) : undefined;
};

/** One factor of a product that has its one along an axis: the entries at one place are all that counts. */
export interface Chosen {
  readonly factor: Factor;
  readonly label: ReadTensor;
}

/** The axes of a product along which labels choose, none where it is a label itself. */
export const chosenAxes = (product: ProductTensor): ReadonlyMap<string, Chosen> => {
  const chosen = new Map<string, Chosen>();
  if (labelIn(product)) return chosen;
  for (const factor of product.factors) {
    const label = labelIn(factor.of);
    const [axis] = factor.axes;
    if (label && axis !== undefined && !chosen.has(axis)) chosen.set(axis, { factor, label });
  }
  return chosen;
};

/** The tensors directly below. */
export const operandsOf = (tensor: Tensor): readonly Tensor[] => {
  switch (tensor.kind) {
    case "product":
      return tensor.factors.map(factor => factor.of);
    case "each":
    case "external":
    case "kernel":
    case "window":
      return tensor.args;
    case "fold":
    case "chain":
      return [tensor.body];
    default:
      return [];
  }
};

/** Every distinct tensor that `below` leads to from the root, operands first. */
export const tensorsIn = (
  root: Tensor,
  below: (tensor: Tensor) => readonly Tensor[] = operandsOf,
): readonly Tensor[] => {
  const seen = new Set<Tensor>([root]);
  const order: Tensor[] = [];
  const stack: { readonly tensor: Tensor; readonly below: readonly Tensor[]; next: number }[] = [
    { tensor: root, below: below(root), next: 0 },
  ];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const operand = top.below[top.next++];
    if (operand === undefined) {
      order.push(top.tensor);
      stack.pop();
    } else if (!seen.has(operand)) {
      seen.add(operand);
      stack.push({ tensor: operand, below: below(operand), next: 0 });
    }
  }
  return order;
};

const NO_NAMES: ReadonlySet<string> = new Set();

/** The names of several sets; one of them itself when it holds all. */
export const joinNames = (sets: readonly ReadonlySet<string>[], more: Iterable<string> = []): ReadonlySet<string> => {
  let widest = NO_NAMES;
  for (const set of sets) if (set.size > widest.size) widest = set;
  const missing = new Set<string>();
  for (const set of [...sets, more]) for (const name of set) if (!widest.has(name)) missing.add(name);
  return missing.size === 0 ? widest : new Set([...widest, ...missing]);
};

export const namesOf = (polynomials: readonly Polynomial[]): ReadonlySet<string> =>
  new Set(polynomials.flatMap(namesIn));
