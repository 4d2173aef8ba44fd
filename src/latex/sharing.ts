/** Which subterms get names of their own so that a formula stays readable: shared ones above a size, and deep ones. */
import type { Node } from "../expr/node.ts";
import { postorder } from "../expr/walk.ts";
import { opOf } from "../ops/call.ts";
import { formOf } from "./form.ts";

/** Formulas up to this many leaves and operations, shared parts counted each time, are written without names. */
const WHOLE = 160;
/** Shared subterms from this size on get a name. */
const NAMED = 8;
/** Nested brackets that a reader (and KaTeX) can follow. */
const DEEP = 16;

/** Whether a child's factors or terms join those of its parent without brackets. */
const isFlat = (parent: Node, child: Node): boolean => {
  if (parent.kind !== "call" || child.kind !== "call") return false;
  if (parent.op === child.op && opOf(parent.op).laws?.includes("associative")) return true;
  const [outer, inner] = [formOf(parent), formOf(child)];
  return ("juxtapose" in outer || "fraction" in outer) && ("juxtapose" in inner || "fraction" in inner);
};

const below = (node: Node): readonly Node[] =>
  node.kind === "call" ? node.args : node.kind === "over" ? [node.body] : [];

/** The subterms to name, inner ones first. */
export const namedSubterms = (root: Node): readonly Node[] => {
  const order = postorder(root).filter(node => below(node).length > 0);
  const whole = new Map<Node, number>();
  const nested = new Map<Node, number>();
  const uses = new Map<Node, number>();
  for (const node of order) {
    whole.set(
      node,
      below(node).reduce((size, child) => Math.min(size + (whole.get(child) ?? 1), 1e9), 1),
    );
    nested.set(
      node,
      below(node).reduce((most, child) => Math.max(most, (nested.get(child) ?? 0) + (isFlat(node, child) ? 0 : 1)), 0),
    );
    for (const child of below(node)) uses.set(child, (uses.get(child) ?? 0) + 1);
  }
  if ((whole.get(root) ?? 1) <= WHOLE && (nested.get(root) ?? 0) <= DEEP) return [];
  const size = new Map<Node, number>();
  const depth = new Map<Node, number>();
  const named: Node[] = [];
  for (const node of order) {
    const own = below(node).reduce((sum, child) => sum + (size.get(child) ?? 1), 1);
    const deep = below(node).reduce(
      (most, child) => Math.max(most, (depth.get(child) ?? 0) + (isFlat(node, child) ? 0 : 1)),
      0,
    );
    const name = node !== root && ((own >= NAMED && (uses.get(node) ?? 0) > 1) || deep >= DEEP);
    if (name) named.push(node);
    size.set(node, name ? 1 : own);
    depth.set(node, name ? 0 : deep);
  }
  return named;
};
