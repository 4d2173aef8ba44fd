/** Einstein products, built in normal form. */
import { InternalError } from "../base/diagnostic.ts";
import type { Size } from "../expr/node.ts";
import { namesIn, type Polynomial } from "../expr/polynomial.ts";
import { type Factor, type IntegerTensor, joinNames, namesOf, type ProductTensor } from "./tensor.ts";

export const integerTensor = (value: Polynomial): IntegerTensor => ({
  kind: "integer",
  value,
  sizes: [],
  names: new Set(namesIn(value)),
});

const extentOf = (extents: ReadonlyMap<string, Size>, axis: string): Size => {
  const size = extents.get(axis);
  if (!size) throw new InternalError(`the axis ${axis} has no size`);
  return size;
};

/**
 * The product of factors over named axes. Factors that are diagonal (diag(v), the identity) are dissolved: their axes
 * become one axis of this product, so that no zero is ever multiplied. A summed axis that no factor has is its size.
 */
export const productOf = (
  factors: readonly Factor[],
  axes: readonly string[],
  sizes: ReadonlyMap<string, Size>,
): ProductTensor => {
  const extents = new Map(sizes);
  const renamed = new Map<string, string>();
  const nameOf = (axis: string): string => {
    let name = axis;
    for (let next = renamed.get(name); next !== undefined; next = renamed.get(name)) name = next;
    return name;
  };
  const kept: Factor[] = [];
  let fresh = 0;
  for (const factor of factors) {
    const { of } = factor;
    if (of.kind !== "product" || new Set(of.axes).size === of.axes.length || of.summed.length > 0) {
      kept.push(factor);
      continue;
    }
    const outside = new Map<string, string>();
    for (const [place, axis] of of.axes.entries()) {
      const mine = nameOf(factor.axes[place] as string);
      const known = outside.get(axis);
      if (known === undefined) outside.set(axis, mine);
      else if (nameOf(known) !== mine) renamed.set(mine, nameOf(known));
    }
    for (const inner of of.factors) {
      kept.push({
        of: inner.of,
        axes: inner.axes.map(axis => {
          const known = outside.get(axis);
          if (known !== undefined) return known;
          const name = `${axis}~${fresh++}`;
          outside.set(axis, name);
          extents.set(name, extentOf(of.extents, axis));
          return name;
        }),
      });
    }
  }
  const result = axes.map(nameOf);
  const present = kept.map(({ of, axes: own }) => ({ of, axes: own.map(nameOf) }));
  const used = new Set(present.flatMap(factor => factor.axes));
  const lost = new Set([...sizes.keys()].map(nameOf).filter(axis => !used.has(axis) && !result.includes(axis)));
  for (const axis of lost) present.push({ of: integerTensor(extentOf(extents, axis)), axes: [] });
  const all = [...new Set([...result, ...present.flatMap(factor => factor.axes)])];
  const own = new Map(all.map(axis => [axis, extentOf(extents, axis)] as const));
  const resultSizes = result.map(axis => extentOf(own, axis));
  return {
    kind: "product",
    factors: present,
    axes: result,
    summed: all.filter(axis => !result.includes(axis)),
    extents: own,
    sizes: resultSizes,
    names: joinNames(
      present.map(factor => factor.of.names),
      namesOf([...own.values()]),
    ),
  };
};
