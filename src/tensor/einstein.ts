/**
 * Linear maps between arrays as sums of Einstein products: T[i, j] = Σ_k A[i, k] b[k] C[k, j] …, every factor an array
 * over named axes. A unit tensor is never a factor: two places that share an axis are its meaning, so that Vᵀ V ⊗ I
 * stays V and V. Only what ops mean is read; no op is known by name.
 *
 * Source: Laue, Mitterreiter and Giesen, Computing Higher Order Derivatives of Matrix and Tensor Expressions, 2018;
 * A Simple and Efficient Tensor Calculus, 2020.
 */
import { InternalError } from "../base/diagnostic.ts";
import type { Domain } from "../expr/domain.ts";
import { type CallNode, type Node, number, open, rowsAndColumns, type Shape, type Size } from "../expr/node.ts";
import { constantValue } from "../expr/polynomial.ts";
import { contains, postorder } from "../expr/walk.ts";
import { opOf } from "../ops/call.ts";
import { expandDefinition } from "../term/faces.ts";
import { lettersOf, sizesOf, tensorArguments } from "./lower.ts";
import { inverseEntries } from "./products.ts";

/** An array with a name for each of its axes that is not of literal size 1; a scalar has none. */
export interface EinsteinFactor {
  readonly of: Node;
  readonly axes: readonly string[];
}

/** The product of the factors, summed over every axis that is neither of the result nor of the argument. */
export interface EinsteinProduct {
  readonly factors: readonly EinsteinFactor[];
  /** The axes of the result, and those of the argument, in their order; one that occurs twice is a unit tensor. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Sums over indices of families around the product, outermost first. */
  readonly sums: readonly { readonly index: string; readonly domain: Domain }[];
}

/** The map that takes an array of shape `from` to one of shape `to`. */
export interface EinsteinMap {
  readonly from: Shape;
  readonly to: Shape;
  readonly products: readonly EinsteinProduct[];
  readonly extents: ReadonlyMap<string, Size>;
}

/** Why a term is no linear map that can be written so. */
export interface NoMap {
  readonly obstacle: string;
}

/** What is still to be taken apart. */
interface Waiting {
  readonly node: Node;
  /** The axes of the node. */
  readonly axes: readonly string[];
  readonly factors: readonly EinsteinFactor[];
  readonly sums: EinsteinProduct["sums"];
  /** Pairs of axes that are one: what a letter that a result repeats says. */
  readonly units: readonly (readonly [string, string])[];
}

/** More summands than this are given up; factors of more nodes stay whole. */
const MOST_PRODUCTS = 256;
const LARGEST_FACTOR = 64;

const MINUS_ONE = number(-1);
const SIGN: EinsteinFactor = { of: MINUS_ONE, axes: [] };

class Axes {
  readonly extents = new Map<string, Size>();
  #count = 0;

  fresh(size: Size): string {
    const name = `a${this.#count++}`;
    this.extents.set(name, size);
    return name;
  }
}

/** The letters of an array's axes without those of literal size 1. */
const lettersAt = (text: string, shape: Shape): readonly string[] => {
  const sizes = rowsAndColumns(shape);
  return [...text].filter((_, i) => constantValue(sizes[i] as Size) !== 1);
};

/** The arguments of a call that is an Einstein product, over axes: those of the result are given, summed letters get new ones. */
const splitEinsum = (
  call: CallNode,
  einsum: string,
  axes: readonly string[],
  known: Axes,
): { readonly args: readonly EinsteinFactor[]; readonly units: Waiting["units"] } => {
  const op = opOf(call.op);
  const letters = lettersOf(call, op, einsum);
  const axisOf = new Map<string, string>();
  const units: [string, string][] = [];
  for (const [place, letter] of lettersAt(letters.result, call.shape).entries()) {
    const axis = axes[place] as string;
    const other = axisOf.get(letter);
    if (other === undefined) axisOf.set(letter, axis);
    else units.push([axis, other]);
  }
  const args = tensorArguments(op, call.args).map((of, i): EinsteinFactor => {
    const sizes = sizesOf(of.shape);
    const own = lettersAt(letters.args[i] ?? "", of.shape).map((letter, place) => {
      const axis = axisOf.get(letter) ?? known.fresh(sizes[place] as Size);
      axisOf.set(letter, axis);
      return axis;
    });
    return { of, axes: own };
  });
  return { args, units };
};

/** A factor in its parts: products of entries, unit tensors, signs. What is a scalar, or has another meaning, stays whole. */
const dissolve = (factor: EinsteinFactor, known: Axes): Pick<Waiting, "factors" | "units"> => {
  if (postorder(factor.of).length > LARGEST_FACTOR) return { factors: [factor], units: [] };
  const factors: EinsteinFactor[] = [];
  const units: (readonly [string, string])[] = [];
  const parts: EinsteinFactor[] = [factor];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const { of, axes } = part;
    const means = of.kind === "call" && axes.length > 0 ? opOf(of.op).means : undefined;
    if (of.kind !== "call" || !means) {
      factors.push(part);
    } else if ("einsum" in means) {
      const split = splitEinsum(of, means.einsum, axes, known);
      // An array of ones stays: a summed axis that no factor had would lose its size.
      if (split.args.length + split.units.length === 0) factors.push(part);
      units.push(...split.units);
      parts.push(...[...split.args].reverse());
    } else if ("each" in means && means.each === "multiply") {
      for (const arg of [...of.args].reverse()) parts.push({ of: arg, axes });
    } else if ("each" in means && means.each === "negate") {
      factors.push(SIGN);
      parts.push({ of: of.args[0] as Node, axes });
    } else {
      factors.push(part);
    }
  }
  return { factors, units };
};

const through = (waiting: Waiting, ...parts: readonly Pick<Waiting, "factors" | "units">[]): Waiting => ({
  ...waiting,
  factors: [...waiting.factors, ...parts.flatMap(part => part.factors)],
  units: [...waiting.units, ...parts.flatMap(part => part.units)],
});

/** The product with one name for axes that are one. */
const united = (
  { factors, sums, units }: Waiting,
  rows: readonly string[],
  columns: readonly string[],
): EinsteinProduct => {
  const names = new Map<string, string>();
  const nameOf = (axis: string): string => {
    let name = axis;
    for (let next = names.get(name); next !== undefined; next = names.get(name)) name = next;
    return name;
  };
  for (const [a, b] of units) if (nameOf(a) !== nameOf(b)) names.set(nameOf(a), nameOf(b));
  const all = (axes: readonly string[]): readonly string[] => axes.map(nameOf);
  return {
    factors: factors.map(({ of, axes }) => ({ of, axes: all(axes) })),
    rows: all(rows),
    columns: all(columns),
    sums,
  };
};

const refuse = (obstacle: string): NoMap => ({ obstacle });

/** The map that a term linear in the symbol V describes, or why it is none. Shapes: V → term. */
export const einsteinMapOf = (root: Node, V: Node): EinsteinMap | NoMap => {
  const known = new Axes();
  const rows = sizesOf(root.shape).map(size => known.fresh(size));
  const products: EinsteinProduct[] = [];
  const dependence = new Map<Node, boolean>();
  const depends = (node: Node): boolean => {
    let found = dependence.get(node);
    if (found === undefined) {
      found = contains(node, part => part === V);
      dependence.set(node, found);
    }
    return found;
  };
  let opened = 0;
  const waiting: Waiting[] = [{ node: root, axes: rows, factors: [], sums: [], units: [] }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, axes } = next;
    if (products.length + waiting.length > MOST_PRODUCTS) return refuse("it falls into too many summands");
    if (node === V) {
      products.push(united(next, rows, axes));
      continue;
    }
    if (!depends(node)) {
      return refuse("it is not linear");
    }
    if (node.kind === "over") {
      if (node.fold !== "sum") return refuse("it runs through a product over an index");
      const index = `$e${opened++}`;
      const { domain, body } = open(node, index);
      waiting.push({ ...next, node: body, sums: [...next.sums, { index, domain }] });
      continue;
    }
    if (node.kind !== "call") throw new InternalError("a leaf depends on another symbol");
    const op = opOf(node.op);
    const { means } = op;
    const slots = node.args.flatMap((arg, slot) => (depends(arg) ? [slot] : []));
    const slot = slots[0] as number;
    const inner = node.args[slot] as Node;
    const definition = expandDefinition(op, node.args, node.attributes);
    if (definition) {
      waiting.push({ ...next, node: definition });
    } else if ("einsum" in means) {
      if (slots.length > 1) return refuse("it is not linear");
      const { args, units } = splitEinsum(node, means.einsum, axes, known);
      const own = tensorArguments(op, node.args).indexOf(inner);
      const others = args.filter((_, i) => i !== own).map(factor => dissolve(factor, known));
      waiting.push({
        ...through(next, { factors: [], units }, ...others),
        node: inner,
        axes: (args[own] as EinsteinFactor).axes,
      });
    } else if ("each" in means) {
      const other = node.args[1 - slot];
      switch (means.each) {
        case "add":
          if (slots.length < node.args.length) return refuse("it is not linear");
          for (const arg of [...node.args].reverse()) waiting.push({ ...next, node: arg });
          break;
        case "subtract":
          if (slots.length < node.args.length) return refuse("it is not linear");
          waiting.push({ ...next, node: node.args[1] as Node, factors: [...next.factors, SIGN] });
          waiting.push({ ...next, node: node.args[0] as Node });
          break;
        case "negate":
          waiting.push({ ...next, node: inner, factors: [...next.factors, SIGN] });
          break;
        case "multiply":
          if (slots.length > 1 || !other) return refuse("it is not linear");
          waiting.push({ ...through(next, dissolve({ of: other, axes }, known)), node: inner });
          break;
        case "divide":
          if (slots.length > 1 || slot !== 0 || !other) return refuse("it is not linear");
          waiting.push({ ...through(next, dissolve({ of: inverseEntries(other), axes }, known)), node: inner });
          break;
        default:
          return refuse("it is not linear");
      }
    } else {
      return refuse(`${op.name} has no meaning in sums of products of entries`);
    }
  }
  return { from: V.shape, to: root.shape, products, extents: known.extents };
};
