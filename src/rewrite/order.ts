/** An order of terms by structure alone, and operands of commutative operations put into it. */
import { domainKey } from "../expr/domain.ts";
import { type CallNode, callNode, childrenOf, type Node, over } from "../expr/node.ts";
import { showRational } from "../expr/rational.ts";
import { postorder } from "../expr/walk.ts";
import { continues, joinOperands, lawfulness, operandsOf } from "./spine.ts";

/** What a node says of itself, without its children. */
const labelOf = (node: Node): string => {
  switch (node.kind) {
    case "symbol":
      return `0 ${node.name}`;
    case "number":
      return `1 ${showRational(node.value)}`;
    case "integer":
      return `2 ${node.value.key}`;
    case "at":
      return `3 ${node.index.map(entry => entry.key).join(" ")}`;
    case "partial":
      return `4 ${node.reading}`;
    case "call":
      return `5 ${node.op} ${Object.entries(node.attributes)
        .map(([name, value]) => `${name}=${typeof value === "object" ? value.map(size => size.key).join(" ") : value}`)
        .sort()
        .join()}`;
    case "over":
      return `6 ${node.fold} ${node.index} ${domainKey(node.domain)}`;
  }
};

/** A text of fixed length for a text, equal texts alone having equal ones for all practical purposes (two 32-bit lanes). */
const digest = (text: string): string => {
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + i), 0xcc9e2d51);
    b = (b << 13) | (b >>> 19);
  }
  a = Math.imul(a ^ (a >>> 15), 0x85ebca6b) ^ b;
  b = Math.imul(b ^ (b >>> 13), 0xc2b2ae35) ^ a;
  return `${(a >>> 0).toString(16).padStart(8, "0")}${(b >>> 0).toString(16).padStart(8, "0")}`;
};

/** Keys that depend on the structure of terms only; terms with equal keys are equal. */
class Order {
  readonly #keys = new Map<Node, string>();

  /** The key of a node; of all nodes below too. */
  keyOf(root: Node): string {
    const known = this.#keys.get(root);
    if (known !== undefined) return known;
    for (const node of postorder(root)) {
      if (this.#keys.has(node)) continue;
      const label = labelOf(node);
      this.#keys.set(
        node,
        label[0] +
          digest(
            `${label}(${childrenOf(node)
              .map(child => this.#keys.get(child))
              .join()})`,
          ),
      );
    }
    return this.#keys.get(root) as string;
  }

  /** Sorted by structure; equal terms keep their places. */
  sort(nodes: readonly Node[]): readonly Node[] {
    return nodes
      .map(node => ({ node, key: this.keyOf(node) }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .map(({ node }) => node);
  }
}

/** The term with the operands of commutative operations in structural order, and spines with all brackets to the left. */
export const sortOperands = (root: Node): Node => {
  const order = new Order();
  return arrange(root, nodes => order.sort(nodes));
};

/** The term with all brackets of associative operations to the left: A (B C) as (A B) C. */
export const bracketLeft = (root: Node): Node => arrange(root, nodes => nodes);

const arrange = (root: Node, sort: (nodes: readonly Node[]) => readonly Node[]): Node => {
  const parents = new Map<Node, number>();
  const nodes = postorder(root);
  for (const node of nodes) for (const child of childrenOf(node)) parents.set(child, (parents.get(child) ?? 0) + 1);
  const done = new Map<Node, Node>();
  const inner = new Set<Node>();
  for (const node of nodes) {
    if (node.kind !== "call" || !lawfulness(node.op, node.args).associative) continue;
    for (const arg of node.args) if (continues(arg, node) && parents.get(arg) === 1) inner.add(arg);
  }
  const result = (node: Node): Node => done.get(node) ?? node;
  const joined = (node: CallNode): Node => {
    const laws = lawfulness(node.op, node.args);
    if (laws.associative) {
      const operands = operandsOf(node, part => inner.has(part)).map(result);
      return joinOperands(node.op, laws.commutative ? sort(operands) : operands);
    }
    const args = node.args.map(result);
    return callNode(node.op, laws.commutative ? sort(args) : args, node.attributes, node.shape);
  };
  for (const node of nodes) {
    if (inner.has(node)) continue;
    if (node.kind === "call") done.set(node, joined(node));
    else if (node.kind === "over") {
      const body = result(node.body);
      if (body !== node.body) done.set(node, over(node.fold, node.index, node.domain, body));
    }
  }
  return result(root);
};
