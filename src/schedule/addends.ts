/** Tensors as sums of scaled addends, so that each contraction or sum is accumulated straight into its target. */
import { chosenAxes, operandsOf, type Tensor, tensorsIn } from "../tensor/tensor.ts";

type IsStored = (tensor: Tensor) => boolean;

/** Whether a tensor is itself an accumulation: a contraction, a sum over an index, or entries at one place among zeros. */
const isAccumulation = (tensor: Tensor): boolean =>
  tensor.kind === "fold" || (tensor.kind === "product" && (tensor.summed.length > 0 || chosenAxes(tensor).size > 0));

interface Part {
  readonly of: Tensor;
  readonly negative: boolean;
  /** The place in the whole of each place of the part. */
  readonly places: readonly number[];
  readonly scales: readonly Tensor[];
}

/** What a tensor is the sum, the opposite, a multiple or a transpose of; empty when it is none of these. */
const partsOf = (tensor: Tensor): readonly Part[] => {
  if (
    tensor.kind === "each" &&
    (tensor.scalar === "add" || tensor.scalar === "subtract" || tensor.scalar === "negate")
  ) {
    const places = tensor.sizes.map((_, place) => place);
    const { scalar } = tensor;
    return tensor.args.map((of, i) => ({
      of,
      negative: scalar === "negate" || (scalar === "subtract" && i === 1),
      places,
      scales: [],
    }));
  }
  if (tensor.kind !== "product" || isAccumulation(tensor) || new Set(tensor.axes).size < tensor.axes.length) return [];
  const arrays = tensor.factors.filter(factor => factor.axes.length > 0);
  const scalars = tensor.factors.filter(factor => factor.axes.length === 0).map(factor => factor.of);
  const [array, more] = arrays;
  if (more) return [];
  if (array) {
    if (array.axes.length !== tensor.axes.length || new Set(array.axes).size < array.axes.length) return [];
    return [
      { of: array.of, negative: false, places: array.axes.map(axis => tensor.axes.indexOf(axis)), scales: scalars },
    ];
  }
  const of =
    tensor.axes.length > 0
      ? undefined
      : (scalars.find(scalar => scalar.kind === "fold") ?? scalars.find(isAccumulation));
  return of ? [{ of, negative: false, places: [], scales: scalars.filter(scalar => scalar !== of) }] : [];
};

/** The tensors between a root and what is stored, and which of them are taken apart rather than computed. */
export interface Region {
  /** Operands first. */
  readonly order: readonly Tensor[];
  /** Accumulations, and sums and multiples that lead to one. */
  readonly accumulates: ReadonlySet<Tensor>;
  /** Those of them that the sum around them takes up. */
  readonly absorbed: ReadonlySet<Tensor>;
}

export const regionOf = (root: Tensor, isStored: IsStored): Region => {
  const order = tensorsIn(root, tensor =>
    tensor.kind === "fold" || tensor.kind === "chain" || isStored(tensor) ? [] : operandsOf(tensor),
  );
  const uses = new Map<Tensor, number>();
  for (const tensor of order) {
    if (tensor.kind === "fold" || tensor.kind === "chain" || isStored(tensor)) continue;
    for (const operand of operandsOf(tensor)) uses.set(operand, (uses.get(operand) ?? 0) + 1);
  }
  const accumulates = new Set<Tensor>();
  const absorbed = new Set<Tensor>();
  for (const tensor of order) {
    if (isStored(tensor)) continue;
    if (isAccumulation(tensor)) accumulates.add(tensor);
    else {
      const taken = partsOf(tensor).filter(({ of }) => accumulates.has(of) && (uses.get(of) ?? 0) <= 1);
      if (taken.length === 0) continue;
      accumulates.add(tensor);
      for (const { of } of taken) absorbed.add(of);
    }
  }
  return { order, accumulates, absorbed };
};

/** One addend of a whole: sign · scales · core, each place of the core at the given place of the whole. */
export interface Addend {
  readonly core: Tensor;
  readonly negative: boolean;
  readonly scales: readonly Tensor[];
  readonly places: readonly number[];
  readonly isAccumulation: boolean;
}

/** The addends of a root, in the order in which they are written. */
export const addendsOf = (root: Tensor, isStored: IsStored): readonly Addend[] => {
  const { accumulates, absorbed } = regionOf(root, isStored);
  const addends: Addend[] = [];
  const open: Part[] = [{ of: root, negative: false, places: root.sizes.map((_, place) => place), scales: [] }];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { of, negative, places, scales } = item;
    const isTaken = accumulates.has(of) && (of === root || absorbed.has(of));
    if (!isTaken || isAccumulation(of)) {
      addends.push({ core: of, negative, scales, places, isAccumulation: isTaken });
      continue;
    }
    for (const part of [...partsOf(of)].reverse()) {
      open.push({
        of: part.of,
        negative: part.negative !== negative,
        places: part.places.map(place => places[place] as number),
        scales: part.scales.length === 0 ? scales : [...scales, ...part.scales],
      });
    }
  }
  return addends;
};
