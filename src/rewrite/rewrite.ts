/**
 * The driver: brings a term to normal form by the laws of a phase, innermost first, each distinct subterm once.
 * Explicit stack; time grows with the number of distinct subterms and of uses of laws, not with depth or sharing.
 */
import { Budget } from "../base/budget.ts";
import { InternalError } from "../base/diagnostic.ts";
import { type CallNode, callNode, childrenOf, type Node, open, over } from "../expr/node.ts";
import { postorder } from "../expr/walk.ts";
import { openingName } from "./binding.ts";
import type { Phase, Suppositions } from "./law.ts";
import { argumentsLookLike } from "./look.ts";
import { matchTerm } from "./match.ts";
import { Memory, NOTHING_SUPPOSED } from "./memory.ts";
import { applyRule, compilePhase, type Rule, type Rules, rootKey } from "./rule.ts";
import { continues, joinOperands, lawfulness, operandsOf, replaceOperands } from "./spine.ts";
import type { LocalStep } from "./step.ts";
import { sweepSpine } from "./sweep.ts";

/** A spine that a law built is opened only up to this many operands, a shared one never: doublings stay linear. */
const SMALL_SPINE = 8;

/** What one node waits for. */
type Frame =
  | { readonly kind: "leaf"; readonly node: Node }
  /** A call or binder whose parts are to be normal. */
  | { readonly kind: "plain"; readonly node: Node; readonly parts: readonly Node[]; readonly index: string }
  /** A call whose spine is worked on; `original` while nothing but the operands changed. */
  | {
      readonly kind: "spine";
      readonly node: CallNode;
      operands: readonly Node[];
      original: boolean;
      readonly through: (node: CallNode) => boolean;
    }
  /** A node that a law rewrote to another, which is to be normal. */
  | { readonly kind: "alias"; readonly node: Node; readonly to: Node };

export interface Run {
  readonly node: Node;
  readonly uses: readonly LocalStep[];
}

const memories = new WeakMap<Phase, Memory<Run>>();

const memoryOf = (phase: Phase): Memory<Run> => {
  let memory = memories.get(phase);
  if (!memory) {
    memory = new Memory();
    memories.set(phase, memory);
  }
  return memory;
};

/**
 * The term in normal form, and the uses of laws that lead there; with a limit, after so many uses. Fails with B001 where
 * there is no end to them.
 */
export const runPhase = (
  root: Node,
  phase: Phase,
  suppositions: Suppositions = NOTHING_SUPPOSED,
  limit?: number,
): Run =>
  limit === undefined
    ? memoryOf(phase).of(root, suppositions, () => run(root, phase, suppositions, Number.POSITIVE_INFINITY))
    : run(root, phase, suppositions, limit);

const run = (root: Node, phase: Phase, suppositions: Suppositions, limit: number): Run => {
  const rules: Rules = compilePhase(phase);
  const normal = new Map<Node, Node>();
  const uses: LocalStep[] = [];
  const parents = new Map<Node, number>();
  const counted = new Set<Node>();
  const countParents = (top: Node): void => {
    for (const node of postorder(top)) {
      if (counted.has(node)) continue;
      counted.add(node);
      for (const child of childrenOf(node)) parents.set(child, (parents.get(child) ?? 0) + 1);
    }
  };
  countParents(root);
  const budget = new Budget(10_000 + 100 * parents.size);

  const report = (rule: Rule, before: Node, after: Node): void => {
    budget.spend(1, `rewriting by the laws "${phase.name}"`);
    uses.push({ rule: rule.law.id, before, after });
  };

  /** Which calls of a spine are opened: those that stand nowhere else, and a few of those that laws built. */
  const opening = (spine: CallNode): ((node: CallNode) => boolean) => {
    const opened = new Set<CallNode>();
    let left = SMALL_SPINE;
    const stack: CallNode[] = [spine];
    while (stack.length > 0) {
      const node = stack.pop() as CallNode;
      for (let i = node.args.length - 1; i >= 0; i--) {
        const arg = node.args[i] as Node;
        if (!continues(arg, spine) || opened.has(arg)) continue;
        const count = parents.get(arg);
        if (count === undefined ? left-- <= 0 : count > 1) continue;
        opened.add(arg);
        stack.push(arg);
      }
    }
    return node => opened.has(node);
  };

  const frameOf = (node: Node): Frame => {
    if (node.kind === "over") {
      const index = openingName(node.free);
      const { body } = open(node, index);
      if (body !== node.body) countParents(body);
      return { kind: "plain", node, parts: [body], index };
    }
    if (node.kind !== "call") return { kind: "leaf", node };
    if (!lawfulness(node.op, node.args).associative) return { kind: "plain", node, parts: node.args, index: "" };
    const through = opening(node);
    return { kind: "spine", node, operands: operandsOf(node, through), original: true, through };
  };

  const rebuilt = (frame: Frame & { kind: "plain" }): Node => {
    const { node } = frame;
    const parts = frame.parts.map(part => normal.get(part) as Node);
    if (parts.every((part, i) => part === frame.parts[i])) return node;
    if (node.kind === "call") return callNode(node.op, parts, node.attributes, node.shape);
    if (node.kind === "over") return over(node.fold, frame.index, open(node, frame.index).domain, parts[0] as Node);
    throw new InternalError("a leaf has no parts");
  };

  /** The first rule that applies at the root of a node with normal parts. */
  const rewritten = (node: Node): Node | undefined => {
    if (uses.length >= limit) return undefined;
    const key = rootKey(node);
    for (const rule of (key && rules.direct.get(key)) || []) {
      if (!argumentsLookLike(rule.left, node, rule.sorts)) continue;
      const after = matchTerm(rule.left, node, rule.sorts, [], undefined, binding =>
        applyRule(rule, binding, suppositions),
      );
      if (!after || after === node) continue;
      report(rule, node, after);
      return after;
    }
    return undefined;
  };

  /** Joins the operands of a spine that the normal forms of its operands brought along, if they are few. */
  const spliced = (
    spine: CallNode,
    operands: readonly Node[],
    wasOriginal: (i: number) => boolean,
  ): readonly Node[] => {
    if (!operands.some(operand => continues(operand, spine))) return operands;
    return operands.flatMap((operand, i) => {
      if (!continues(operand, spine) || wasOriginal(i)) return [operand];
      let opened = 0;
      const inner = operandsOf(operand, () => opened++ < SMALL_SPINE);
      return opened < SMALL_SPINE ? inner : [operand];
    });
  };

  const stack: Frame[] = [];
  const enter = (node: Node): void => {
    if (!normal.has(node)) stack.push(frameOf(node));
  };
  const settle = (node: Node, to: Node): void => {
    normal.set(node, to);
    normal.set(to, to);
  };

  const workOnSpine = (frame: Frame & { kind: "spine" }): void => {
    const { node } = frame;
    const now = frame.operands.map(operand => normal.get(operand) as Node);
    const { commutative } = lawfulness(node.op, node.args);
    const operands = spliced(node, now, i => frame.original && now[i] === frame.operands[i]);
    for (const rule of rules.spine.get(`call ${node.op}`) ?? []) {
      if (uses.length >= limit || operands.length < 2) break;
      const swept = sweepSpine({
        rule,
        spine: node,
        operands,
        commutative,
        suppositions,
        limit: limit - uses.length,
        report,
      });
      if (!swept) continue;
      frame.original = false;
      frame.operands = swept;
      for (let i = swept.length - 1; i >= 0; i--) enter(swept[i] as Node);
      return;
    }
    const unchanged = frame.original && operands.length === frame.operands.length;
    stack.pop();
    settle(node, unchanged ? replaceOperands(node, operands, frame.through) : joinOperands(node.op, operands));
  };

  enter(root);
  while (stack.length > 0) {
    const frame = stack.at(-1) as Frame;
    if (frame.kind !== "spine" && normal.has(frame.node)) {
      stack.pop();
      continue;
    }
    if (frame.kind === "leaf") {
      stack.pop();
      settle(frame.node, frame.node);
      continue;
    }
    const parts = frame.kind === "plain" ? frame.parts : frame.kind === "spine" ? frame.operands : [frame.to];
    const waiting = parts.filter(part => !normal.has(part));
    if (waiting.length > 0) {
      for (let i = waiting.length - 1; i >= 0; i--) enter(waiting[i] as Node);
      continue;
    }
    if (frame.kind === "spine") {
      workOnSpine(frame);
    } else if (frame.kind === "alias") {
      stack.pop();
      normal.set(frame.node, normal.get(frame.to) as Node);
    } else {
      stack.pop();
      const whole = rebuilt(frame);
      const after = rewritten(whole);
      if (after) {
        stack.push({ kind: "alias", node: frame.node, to: after });
        enter(after);
      } else {
        settle(frame.node, whole);
      }
    }
  }
  return { node: normal.get(root) as Node, uses };
};
