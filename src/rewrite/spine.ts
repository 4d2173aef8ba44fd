/** Spines: the operands of nested calls of one associative op, a + (b + c) as [a, b, c]. */
import type { CallNode, Node } from "../expr/node.ts";
import { call, isScalar, opOf } from "../ops/call.ts";

export interface Lawfulness {
  readonly associative: boolean;
  readonly commutative: boolean;
}

/** One object for each combination, so that they compare by ===. */
const NONE: Lawfulness = { associative: false, commutative: false };
const ORDERED: Lawfulness = { associative: true, commutative: false };
const SWAPPING: Lawfulness = { associative: false, commutative: true };
const FREE: Lawfulness = { associative: true, commutative: true };
const known = new Map<string, Lawfulness>();

/** The laws of an op that hold for these arguments (some hold for scalars only). */
export const lawfulness = (name: string, args: readonly Node[]): Lawfulness => {
  if (args.length !== 2) return NONE;
  const scalars = args.every(arg => isScalar(arg.shape));
  const key = `${name} ${scalars}`;
  let found = known.get(key);
  if (!found) {
    const op = opOf(name);
    const laws = [...(op.laws ?? []), ...(scalars ? (op.lawsOnScalars ?? []) : [])];
    const commutative = laws.includes("commutative");
    found = laws.includes("associative") ? (commutative ? FREE : ORDERED) : commutative ? SWAPPING : NONE;
    known.set(key, found);
  }
  return found;
};

/** Whether a node continues the spine of an associative call with this op and these kinds of arguments. */
export const continues = (node: Node, spine: CallNode): node is CallNode =>
  node.kind === "call" && node.op === spine.op && lawfulness(node.op, node.args) === lawfulness(spine.op, spine.args);

/**
 * The operands of a spine from left to right. `through` says which continuing calls are opened; others stay operands.
 * A call that occurs twice is opened the first time only: doublings stay linear.
 */
export const operandsOf = (spine: CallNode, through: (node: CallNode) => boolean = () => true): readonly Node[] => {
  const operands: Node[] = [];
  const opened = new Set<Node>();
  const stack: Node[] = [...spine.args].reverse();
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    if (continues(node, spine) && !opened.has(node) && through(node)) {
      opened.add(node);
      for (let i = node.args.length - 1; i >= 0; i--) stack.push(node.args[i] as Node);
    } else operands.push(node);
  }
  return operands;
};

/** The operands joined again, the leftmost innermost. */
export const joinOperands = (op: string, operands: readonly Node[]): Node =>
  operands.slice(1).reduce<Node>((left, right) => call(op, [left, right]), operands[0] as Node);

/** The same brackets with other operands, which must be as many. */
export const replaceOperands = (
  spine: CallNode,
  operands: readonly Node[],
  through: (node: CallNode) => boolean,
): Node => {
  let next = 0;
  const values: Node[] = [];
  const opened = new Set<Node>();
  // Depth-first with a mark after both arguments of a call.
  const stack: (Node | { readonly close: CallNode })[] = [{ close: spine }, ...[...spine.args].reverse()];
  while (stack.length > 0) {
    const top = stack.pop() as Node | { readonly close: CallNode };
    if ("close" in top) {
      const args = values.splice(values.length - top.close.args.length);
      values.push(args.every((arg, i) => arg === top.close.args[i]) ? top.close : call(spine.op, args));
    } else if (continues(top, spine) && !opened.has(top) && through(top)) {
      opened.add(top);
      stack.push({ close: top }, ...[...top.args].reverse());
    } else {
      values.push(operands[next++] as Node);
    }
  }
  return values[0] as Node;
};
