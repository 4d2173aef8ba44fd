/** Where a recurrence starts: with the gradients by members beyond the last one taken as 0, one formula holds throughout. */
import { type AtNode, type Node, type SymbolNode, substituteIndices } from "../expr/node.ts";
import { transform } from "../expr/walk.ts";
import type { Suppositions } from "../rewrite/law.ts";
import { simplify } from "../rules/simplify.ts";
import { adjointsIn } from "./elimination.ts";
import type { Gradient, Piece } from "./gradient.ts";
import { fixedIndices } from "./regions.ts";
import { zeroOf } from "./terms.ts";

/**
 * The members that do not exist and whose gradients, taken as 0, make the recurrence's inner formula that of its first piece:
 * h[T + 1] for ∂L/∂h[t] = Wᵀ ∂L/∂h[t + 1] + ∂L/∂h[T]. Undefined where the two differ in more than that.
 */
export const beyondOf = (
  { indices, pieces, recursion }: Pick<Gradient, "indices" | "pieces" | "recursion">,
  suppositions: Suppositions,
): readonly (SymbolNode | AtNode)[] | undefined => {
  const [first, second] = pieces as readonly [Piece?, Piece?];
  if (recursion.length !== 1 || first?.part !== "boundary" || second?.part !== "interior") return undefined;
  const fixed = fixedIndices(first.over, indices);
  if (fixed.size !== 1 || !recursion.every(({ index }) => fixed.has(index))) return undefined;
  const inner = substituteIndices(second.value, fixed);
  const kept = new Set<Node>(adjointsIn(first.value));
  const beyond = adjointsIn(inner).filter(member => !kept.has(member));
  if (beyond.length === 0) return undefined;
  const without = transform(inner, {
    leaf: node =>
      node.kind === "partial" && node.reading === "total" && !kept.has(node.wrt) ? zeroOf(node.shape) : node,
  });
  return simplify(without, suppositions).node === first.value ? beyond : undefined;
};
