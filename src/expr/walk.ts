/** Walks over terms. Explicit stacks: a term may be nested 100,000 levels deep. */
import type { Domain } from "./domain.ts";
import {
  type AtNode,
  callNode,
  childrenOf,
  type Fold,
  type Node,
  type OverNode,
  open,
  over,
  type SymbolNode,
} from "./node.ts";

/** Every distinct node below and including the root, children before parents, in structural order. */
export const postorder = (root: Node): readonly Node[] => {
  const seen = new Set<Node>();
  const order: Node[] = [];
  const stack: { node: Node; next: number }[] = [{ node: root, next: 0 }];
  seen.add(root);
  while (stack.length > 0) {
    const top = stack.at(-1) as { node: Node; next: number };
    const child = childrenOf(top.node)[top.next++];
    if (!child) {
      order.push(top.node);
      stack.pop();
    } else if (!seen.has(child)) {
      seen.add(child);
      stack.push({ node: child, next: 0 });
    }
  }
  return order;
};

/** Whether some node below or at the root satisfies the test. */
export const contains = (root: Node, test: (node: Node) => boolean): boolean => postorder(root).some(test);

/**
 * What becomes of each node, given its children already transformed. Missing entries rebuild the node as it is.
 * `leaf` sees symbols, numbers, integers, members of families and partials (with everything inside them as one leaf).
 */
export interface Transformation {
  readonly leaf?: (node: Node) => Node;
  readonly call?: (op: string, args: readonly Node[], original: Node & { kind: "call" }) => Node;
  /** The index is a fresh free name in `domain` and `body`. */
  readonly over?: (fold: Fold, index: string, domain: Domain, body: Node, original: OverNode) => Node;
  /** Free names of what the transformation inserts, beside those of the term itself: no bound index is named so. */
  readonly inserts?: Iterable<string>;
}

/** The first n for which none of ~n, ~n+1 … is among the names: inside another walk some may be free. */
const firstFresh = (names: Iterable<string>): number => {
  let first = 0;
  for (const name of names) if (/^~\d+$/u.test(name)) first = Math.max(first, Number(name.slice(1)) + 1);
  return first;
};

/**
 * Rebuilds a term bottom-up. Bound indices are opened with fresh names (~0, ~1 …) on the way down and closed on
 * the way up, so that nothing a transformation inserts can be captured.
 */
export const transform = (root: Node, by: Transformation): Node => {
  const done = new Map<Node, Node>();
  const opened = new Map<OverNode, { index: string; domain: Domain; body: Node }>();
  const first = root.height === 0 ? 0 : firstFresh([...root.free, ...(by.inserts ?? [])]);
  const leaf = by.leaf ?? ((node: Node) => node);
  const stack: Node[] = [root];
  const inside = (node: OverNode): { index: string; domain: Domain; body: Node } => {
    let entry = opened.get(node);
    if (!entry) {
      const index = `~${first + opened.size}`;
      entry = { index, ...open(node, index) };
      opened.set(node, entry);
    }
    return entry;
  };
  const below = (node: Node): readonly Node[] =>
    node.kind === "call" ? node.args : node.kind === "over" ? [inside(node).body] : [];
  while (stack.length > 0) {
    const node = stack.at(-1) as Node;
    if (done.has(node)) {
      stack.pop();
      continue;
    }
    const waiting = below(node).filter(child => !done.has(child));
    if (waiting.length > 0) {
      for (let i = waiting.length - 1; i >= 0; i--) stack.push(waiting[i] as Node);
      continue;
    }
    stack.pop();
    if (node.kind === "call") {
      const args = node.args.map(arg => done.get(arg) as Node);
      const same = args.every((arg, i) => arg === node.args[i]);
      done.set(
        node,
        by.call ? by.call(node.op, args, node) : same ? node : callNode(node.op, args, node.attributes, node.shape),
      );
    } else if (node.kind === "over") {
      const { index, domain, body } = inside(node);
      const mapped = done.get(body) as Node;
      if (by.over) done.set(node, by.over(node.fold, index, domain, mapped, node));
      else done.set(node, mapped === body ? node : over(node.fold, index, domain, mapped));
    } else {
      done.set(node, leaf(node));
    }
  }
  return done.get(root) as Node;
};

/** Replaces whole subterms (by ===), outermost first; the replacements keep shape. Partials count as leaves. */
export const replaceNodes = (root: Node, by: ReadonlyMap<Node, Node>): Node => {
  if (by.size === 0) return root;
  return transform(root, {
    inserts: root.height === 0 ? [] : [...by.values()].flatMap(node => node.free),
    leaf: node => by.get(node) ?? node,
    call: (op, args, original) =>
      by.get(original) ??
      (args.every((arg, i) => arg === original.args[i])
        ? original
        : callNode(op, args, original.attributes, original.shape)),
    over: (fold, index, domain, body, original) => by.get(original) ?? over(fold, index, domain, body),
  });
};

/** The symbols and members of families that a term reads, in structural order, without those inside partials. */
export const readsIn = (root: Node): readonly (SymbolNode | AtNode)[] => {
  const reads: (SymbolNode | AtNode)[] = [];
  const seen = new Set<Node>();
  const stack: Node[] = [root];
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "symbol" || node.kind === "at") reads.push(node);
    else if (node.kind === "call") for (let i = node.args.length - 1; i >= 0; i--) stack.push(node.args[i] as Node);
    else if (node.kind === "over") stack.push(node.body);
  }
  return reads;
};
