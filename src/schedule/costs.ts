/** What tensors cost entry by entry, how they lie in memory, and which loop is best innermost. */
import { type EachTensor, type Factor, operandsOf, type ProductTensor, type Tensor } from "../tensor/tensor.ts";

const SCALAR_COSTS: Readonly<Record<EachTensor["scalar"], number>> = {
  add: 1,
  subtract: 1,
  negate: 0,
  multiply: 1,
  divide: 2,
  pow: 4,
  raise: 8,
  exp: 8,
  log: 8,
  sqrt: 4,
  tanh: 8,
  sin: 8,
  cos: 8,
  abs: 1,
  sign: 1,
  step: 1,
  normal: 16,
  density: 8,
  function: 8,
};

/** Scalar operations for one entry; tensors that `isStored` says stand in memory cost nothing. */
export const costOf = (root: Tensor, isStored: (tensor: Tensor) => boolean): number => {
  const known = new Map<Tensor, number>();
  const ownCost = (tensor: Tensor): number => {
    switch (tensor.kind) {
      case "number":
      case "read":
        return 0;
      case "integer":
        return tensor.value.monomials.length > 1 ? 1 : 0;
      case "product":
        return Math.max(0, tensor.factors.length - 1);
      case "window":
        return 0;
      case "each":
        return SCALAR_COSTS[tensor.scalar];
      default:
        return Number.POSITIVE_INFINITY;
    }
  };
  // The writer keeps tensors between stored ones shallow, so this recursion is.
  const cost = (tensor: Tensor): number => {
    if (isStored(tensor)) return 0;
    const done = known.get(tensor);
    if (done !== undefined) return done;
    const sum = operandsOf(tensor).reduce((total, operand) => total + cost(operand), ownCost(tensor));
    known.set(tensor, sum);
    return sum;
  };
  return cost(root);
};

/** The axis along which a factor's neighbouring entries lie, looking through transpositions and elementwise functions. */
const lastAxis = (factor: Factor): string | undefined => {
  let { of, axes } = factor;
  for (;;) {
    if (of.kind === "window" && of.args[0].sizes.length === of.sizes.length) of = of.args[0];
    else if (of.kind === "each" && of.args[0]?.sizes.length === of.sizes.length) of = of.args[0];
    else if (of.kind === "product" && of.summed.length === 0) {
      const outer = new Map(of.axes.map((axis, place) => [axis, axes[place] as string]));
      const widest: Factor | undefined =
        of.factors.find(inner => inner.axes.length === axes.length) ?? of.factors.at(-1);
      if (!widest) return axes.at(-1);
      axes = widest.axes.map(axis => outer.get(axis) ?? axis);
      of = widest.of;
    } else return axes.at(-1);
  }
};

/**
 * The order of the loops of a contraction, outermost first: innermost the axis along which most operands are read in
 * order or not at all; before it the axes of the result, then those summed.
 */
export const loopOrder = (product: ProductTensor): readonly string[] => {
  const free = [...new Set(product.axes)];
  const all = [...free, ...product.summed];
  const score = (axis: string): number => {
    const target = !free.includes(axis) ? 2 : free.at(-1) === axis ? 1 : -3;
    return product.factors.reduce((sum, factor) => {
      if (!factor.axes.includes(axis)) return sum + 1;
      return sum + (lastAxis(factor) === axis ? 1 : -3);
    }, target);
  };
  let best = all.at(-1);
  for (const axis of [...all].reverse()) if (best === undefined || score(axis) > score(best)) best = axis;
  return best === undefined ? [] : [...all.filter(axis => axis !== best), best];
};
