import type { Node } from "../expr/node.ts";

/**
 * One link of a derivation: `before` is the whole term that the step starts from, `after` the whole term that it ends
 * with. The rule is the id of a law, of a pullback ("pullback/matmul/A") or of a rule of the deriver ("chain").
 */
export interface Step {
  readonly rule: string;
  readonly before: Node;
  readonly after: Node;
}
