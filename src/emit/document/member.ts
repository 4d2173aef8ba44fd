/** Members of families: at their own index names, and where a range leaves an index one value. */
import { boundsOf, type Domain } from "../../expr/domain.ts";
import { type AtNode, at, type SymbolNode } from "../../expr/node.ts";
import { named, type Polynomial, same } from "../../expr/polynomial.ts";

/** The symbol, or its member at the given index names. */
export const generalMember = (node: SymbolNode, indices: readonly string[]): SymbolNode | AtNode =>
  indices.length > 0 ? at(node, indices.map(named)) : node;

/** The indices that a range leaves one value, with it. */
export const fixedIndices = (over: Domain, indices: readonly string[]): ReadonlyMap<string, Polynomial> =>
  new Map(
    indices.flatMap(index => {
      const { lower, upper } = boundsOf(over, index);
      const [lo, hi] = [lower[0], upper[0]];
      return lo && hi && same(lo, hi) ? [[index, lo] as const] : [];
    }),
  );
