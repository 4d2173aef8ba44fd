import type { Node } from "../expr/node.ts";

/**
 * One link of a derivation: `before` is the whole term that the step starts from, `after` the whole term that it ends
 * with. The rule is the id of a law, of a pullback ("pullback/matmul/A") or of a rule of the deriver ("chain").
 */
export interface Step {
  readonly rule: string;
  readonly before: Node;
  readonly after: Node;
  /** The single uses of laws that the step is made of, in order. */
  readonly under?: readonly LocalStep[];
}

/**
 * One use of a law at one place: the subterm before and after, wherever it stands. An operand of a sum or product
 * is taken out of its surroundings, so `before` need not occur literally: it does modulo the op's laws. Indices bound
 * outside of the subterm occur free in it, as ~0, ~1 ….
 */
export interface LocalStep {
  readonly rule: string;
  readonly before: Node;
  readonly after: Node;
}
