/**
 * Gradients without a line of their own that fall into pieces: in a recurrence ∂L/∂a[l] = Wᵀ ∂L/∂z[l+1] for l < L, and
 * something else for l = L. What reads ∂L/∂a[l] falls into the same pieces.
 */
import { intersect, substituteDomain } from "../expr/domain.ts";
import { type AtNode, type Node, type SymbolNode, substituteIndices } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import { familyOf, indexOf } from "../expr/system.ts";
import { postorder } from "../expr/walk.ts";
import type { Contribution, Piece } from "./gradient.ts";
import { isContradiction, type Sizes } from "./regions.ts";

/** A gradient in pieces, at the family's own indices. */
export interface PiecewiseGradient {
  readonly indices: readonly string[];
  readonly pieces: readonly Piece[];
}

/** The members whose gradients a term reads. */
export const adjointsIn = (root: Node): readonly (SymbolNode | AtNode)[] =>
  postorder(root).flatMap(node => (node.kind === "partial" && node.reading === "total" ? [node.wrt] : []));

/** Whether the member read is the same in every term of the contribution's sums. */
const isSingle = ({ reader, sums }: Contribution): boolean => sums.every(({ index }) => !reader.free.includes(index));

/** Whether the pieces of a family can stand wherever its gradient is read, and none of them reads it in turn. */
export const canBePutIn = (
  family: SymbolNode,
  pieces: readonly Piece[],
  readers: Iterable<readonly Contribution[]>,
): boolean => {
  if (pieces.some(({ value }) => adjointsIn(value).some(member => familyOf(member) === family))) return false;
  for (const contributions of readers)
    if (contributions.some(own => familyOf(own.reader) === family && !isSingle(own))) return false;
  return true;
};

/** The contribution, once for each piece of the gradient that it reads, where that has no line of its own. */
export const byPieces = (
  contribution: Contribution,
  known: ReadonlyMap<SymbolNode, PiecewiseGradient>,
  sizes: Sizes,
): readonly Contribution[] => {
  const { reader, over } = contribution;
  const found = known.get(familyOf(reader));
  if (!found) return [contribution];
  const index = indexOf(reader);
  const at = new Map(found.indices.map((name, i) => [name, index[i] as Polynomial]));
  return found.pieces.flatMap(piece => {
    const where = intersect(over, substituteDomain(piece.over, at));
    if (isContradiction(where, sizes)) return [];
    return [{ ...contribution, over: where, given: substituteIndices(piece.value, at) }];
  });
};
