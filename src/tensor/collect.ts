/**
 * Summands of a map that differ in the vectors along one axis are one summand: Xᵀ diag(a) X + Xᵀ diag(b) X is
 * Xᵀ diag(a + b) X. The common factors along that axis stay outside of the sum.
 */
import type { Node } from "../expr/node.ts";
import type { EinsteinFactor, EinsteinMap, EinsteinProduct } from "./einstein.ts";
import { added, build, scaledBy } from "./products.ts";

/** A product with names for its axes that depend on its structure alone. */
interface Skeleton {
  readonly product: EinsteinProduct;
  readonly key: string;
  readonly nameOf: ReadonlyMap<string, string>;
}

const isColumn = ({ of, axes }: EinsteinFactor): boolean => axes.length === 1 && of.shape.length === 1;

const skeletonOf = (product: EinsteinProduct): Skeleton => {
  const nameOf = new Map<string, string>();
  for (const [i, axis] of product.rows.entries()) if (!nameOf.has(axis)) nameOf.set(axis, `r${i}`);
  for (const [i, axis] of product.columns.entries()) if (!nameOf.has(axis)) nameOf.set(axis, `c${i}`);
  const rest = product.factors.filter(factor => factor.axes.length > 0 && !isColumn(factor));
  const placed: string[] = [];
  while (rest.length > 0) {
    const keys = rest.map(({ of, axes }) => {
      const known = axes.map(axis => nameOf.get(axis) ?? "~");
      return `${known.every(name => name === "~") ? "~" : ""}${known.join()} ${of.id}`;
    });
    const first = keys.indexOf([...keys].sort()[0] as string);
    const [factor] = rest.splice(first, 1);
    for (const axis of factor?.axes ?? []) if (!nameOf.has(axis)) nameOf.set(axis, `s${nameOf.size}`);
    placed.push(`${factor?.of.id} ${factor?.axes.map(axis => nameOf.get(axis)).join()}`);
  }
  const axes = (list: readonly string[]): string => list.map(axis => nameOf.get(axis)).join();
  const sums = product.sums.map(({ index, domain }) => `${index} ${domain.where.map(({ key }) => key).join(";")}`);
  return { product, nameOf, key: [axes(product.rows), axes(product.columns), ...placed.sort(), ...sums].join("|") };
};

/** The columns along each axis, by its name. */
const columnsOf = ({ product, nameOf }: Skeleton): ReadonlyMap<string, readonly Node[]> => {
  const found = new Map<string, Node[]>();
  for (const factor of product.factors) {
    if (!isColumn(factor)) continue;
    const name = nameOf.get(factor.axes[0] as string) ?? `own ${factor.axes[0]}`;
    found.set(name, [...(found.get(name) ?? []), factor.of]);
  }
  return found;
};

/** What two lists have in common, and what is left of each. */
const split = (
  a: readonly Node[],
  b: readonly Node[],
): { readonly common: readonly Node[]; readonly left: readonly Node[]; readonly right: readonly Node[] } => {
  const right = [...b];
  const common: Node[] = [];
  const left: Node[] = [];
  for (const node of a) {
    const place = right.indexOf(node);
    if (place < 0) left.push(node);
    else common.push(...right.splice(place, 1));
  }
  return { common, left, right };
};

const entrywise = (factors: readonly Node[]): Node | undefined =>
  factors.length === 0 ? undefined : factors.reduce((A, B) => build("A .* B", { A: "n", B: "n" }, { A, B }));

/** Two products as one, where they differ along one axis only. */
const joined = (a: Skeleton, b: Skeleton, extents: EinsteinMap["extents"]): EinsteinProduct | undefined => {
  if (a.key !== b.key) return undefined;
  const [left, right] = [columnsOf(a), columnsOf(b)];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  const parts = names.map(name => ({ name, ...split(left.get(name) ?? [], right.get(name) ?? []) }));
  const different = parts.filter(part => part.left.length + part.right.length > 0);
  const [one, more] = different;
  if (!one || more || one.name.startsWith("own")) return undefined;
  const axis = [...a.nameOf].find(([, name]) => name === one.name)?.[0];
  const size = axis === undefined ? undefined : extents.get(axis);
  if (axis === undefined || !size) return undefined;
  const scalarsOf = ({ product }: Skeleton): readonly Node[] =>
    product.factors.filter(({ axes }) => axes.length === 0).map(({ of }) => of);
  const scalars = split(scalarsOf(a), scalarsOf(b));
  const weighted = (own: readonly Node[], by: readonly Node[]): Node =>
    [...by]
      .reverse()
      .reduce<Node>(
        (term, scalar) => scaledBy(scalar, term),
        entrywise(own) ?? build("ones(n, 1)", {}, {}, { n: size }),
      );
  const sum = added(weighted(one.left, scalars.left), weighted(one.right, scalars.right));
  const common = [...one.common];
  const kept = a.product.factors.filter(factor => {
    if (factor.axes.length === 0) return false;
    return !isColumn(factor) || factor.axes[0] !== axis;
  });
  return {
    ...a.product,
    factors: [
      ...scalars.common.map(of => ({ of, axes: [] })),
      ...kept,
      ...[...common, sum].map(of => ({ of, axes: [axis] })),
    ],
  };
};

/** The map with summands put together. */
export const collected = (map: EinsteinMap): EinsteinMap => {
  const found: Skeleton[] = [];
  for (const product of map.products) {
    const own = skeletonOf(product);
    let made: EinsteinProduct | undefined;
    const place = found.findIndex(other => {
      made = joined(other, own, map.extents);
      return made !== undefined;
    });
    if (made) found[place] = skeletonOf(made);
    else found.push(own);
  }
  return { ...map, products: found.map(({ product }) => product) };
};
