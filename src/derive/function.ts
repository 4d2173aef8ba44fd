/** The derivative of an elementwise function that the note gives by a formula: φ(u) = u / (1 + e^{-u}). */
import { type Node, number } from "../expr/node.ts";
import type { FunctionEntry } from "../expr/system.ts";
import type { Rewriting } from "../rewrite/trace.ts";
import { simplify } from "../rules/simplify.ts";
import { pullBack } from "./pullback.ts";
import { sumOf, zeroOf } from "./terms.ts";

/**
 * φ′(u) (or a higher derivative) as a term in φ's own parameter. Undefined when the function has no formula of one
 * argument. Fails with D001 when the formula uses an op without a derivative.
 */
export const derivativeOf = ({ definition }: FunctionEntry, order = 1): Rewriting | undefined => {
  const [parameter, more] = definition?.parameters ?? [];
  if (!definition || !parameter || more) return undefined;
  let result: Rewriting = { node: definition.body, steps: [] };
  let names = 0;
  for (let n = 0; n < order; n++) {
    const reads = pullBack(result.node, number(1), {
      wanted: read => read === parameter,
      result: (node: Node) => node,
      argument: (_, argument) => argument,
      fresh: () => `$${names++}`,
    });
    result = reads.length > 0 ? simplify(sumOf(reads.map(read => read.adjoint))) : { node: zeroOf([]), steps: [] };
  }
  return result;
};
