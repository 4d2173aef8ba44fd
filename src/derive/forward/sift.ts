/** Σ_i F(i) 1_{i = s} = F(s): an indicator leaves one term of a sum, where that is one of its terms. */
import { type Domain, substituteDomain } from "../../expr/domain.ts";
import { type CallNode, integerValue, type Node, number, open, over, substituteIndices } from "../../expr/node.ts";
import { coefficientOf, minus, named, ONE, type Polynomial, times, ZERO } from "../../expr/polynomial.ts";
import { postorder, replaceNodes, transform } from "../../expr/walk.ts";
import { opOf } from "../../ops/call.ts";
import { reduceDomain, type Sizes } from "../regions.ts";
import { indicator } from "../terms.ts";

const INDICATOR = (indicator(ONE, ZERO) as CallNode).op;

/** Ops that are linear in each of their arguments. */
const isLinear = ({ op }: CallNode): boolean => {
  const { means } = opOf(op);
  return "einsum" in means || ("each" in means && (means.each === "multiply" || means.each === "negate"));
};

/** Whether a term is so many times one of its parts. */
const isMultipleOf = (root: Node, part: Node): boolean => {
  const above = new Set<Node>([part]);
  for (const node of postorder(root)) {
    if (node === part || node.kind !== "call") continue;
    const holding = node.args.filter(arg => above.has(arg)).length;
    if (holding > 1 || (holding === 1 && !isLinear(node))) return false;
    if (holding === 1) above.add(node);
  }
  return above.has(root);
};

interface Chosen {
  readonly indicator: Node;
  /** The value that the indicator asks of the index. */
  readonly at: Polynomial;
}

const chosenIn = (body: Node, index: string): Chosen | undefined => {
  for (const node of postorder(body)) {
    if (node.kind !== "call" || node.op !== INDICATOR || !node.free.includes(index)) continue;
    const [i, j] = node.args.map(integerValue);
    const difference = i && j && minus(i, j);
    const coefficient = difference && coefficientOf(difference, index);
    if (!difference || (coefficient !== 1 && coefficient !== -1) || !isMultipleOf(body, node)) continue;
    const rest = minus(difference, times(coefficient, named(index)));
    return { indicator: node, at: times(-coefficient, rest) };
  }
  return undefined;
};

/** F(s) with the conditions under which s is an index of the sum. */
const siftedSum = (
  index: string,
  range: Domain,
  body: Node,
): { readonly value: Node; readonly where: Domain } | undefined => {
  const chosen = chosenIn(body, index);
  if (!chosen) return undefined;
  const at = new Map([[index, chosen.at]]);
  const one = replaceNodes(body, new Map([[chosen.indicator, number(1)]]));
  return { value: substituteIndices(one, at), where: substituteDomain(range, at) };
};

/** The term with all sums of an indicator sifted whose term is among theirs everywhere. */
export const sift = (root: Node, given: Domain, sizes: Sizes): Node =>
  transform(root, {
    over: (fold, index, range, body) => {
      const found = fold === "sum" ? siftedSum(index, range, body) : undefined;
      const inside = found && reduceDomain(found.where, given, sizes).where.length === 0;
      return found && inside ? found.value : over(fold, index, range, body);
    },
  });

/** A sum of an indicator, perhaps multiplied, as its one term, with where that exists; undefined for everything else. */
export const siftWhole = (
  root: Node,
  given: Domain,
  sizes: Sizes,
): { readonly value: Node; readonly where: Domain } | undefined => {
  for (const sum of postorder(root)) {
    if (sum.kind !== "over" || sum.fold !== "sum" || !isMultipleOf(root, sum)) continue;
    const inner = open(sum, "$sift");
    const found = siftedSum("$sift", inner.domain, inner.body);
    if (found) {
      const value = replaceNodes(root, new Map([[sum, found.value]]));
      return { value, where: reduceDomain(found.where, given, sizes) };
    }
  }
  return undefined;
};
