/**
 * Reverse mode through one equation v[i] = E(…): what every read in E adds to the adjoint of what it reads.
 * Linear in the number of distinct nodes; every sum or product opens a context with an index of its own.
 */
import { DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { domain, intersect } from "../expr/domain.ts";
import {
  type AtNode,
  type CallNode,
  callNode,
  type Node,
  type OverNode,
  open,
  over,
  type SymbolNode,
} from "../expr/node.ts";
import { minus, named } from "../expr/polynomial.ts";
import { readsIn, transform } from "../expr/walk.ts";
import { opOf } from "../ops/call.ts";
import { expandDefinition, pullbackOf } from "../term/faces.ts";
import type { SumIndex } from "./gradient.ts";
import { between, sumOf } from "./terms.ts";

/** A read of u at an index map, with the adjoint that reaches it. */
export interface Read {
  readonly of: SymbolNode | AtNode;
  /** The sums around the read, outermost first; their index names are fresh. */
  readonly sums: readonly SumIndex[];
  readonly adjoint: Node;
  /** Ids of the pullbacks on the way, from the equation's left side inwards. */
  readonly rules: readonly string[];
}

export interface PullbackOptions {
  /** What an adjoint is asked for. */
  readonly wanted: (read: SymbolNode | AtNode) => boolean;
  /** A name for a call's result, where there is one: the left side for the whole right side. */
  readonly result: (node: Node, sums: readonly SumIndex[]) => Node;
  /** A name for a call's argument, where there is one. Asked for arguments that are differentiated. */
  readonly argument: (call: CallNode, argument: Node, sums: readonly SumIndex[]) => Node;
  /** Makes a name that is in use nowhere. */
  readonly fresh: () => string;
  readonly span?: Span;
}

/** Replaces calls of ops without a pullback of their own by their definitions. */
export const expandComposites = (root: Node): Node =>
  transform(root, {
    call: (op, args, original) => {
      const row = opOf(op);
      // What takes no arrays is constant: unit vectors stay what they are.
      const definition =
        row.pullback || args.every(arg => arg.kind === "integer")
          ? undefined
          : expandDefinition(row, args, original.attributes);
      // A definition is made of simpler ops, so the nesting of this call is that of definitions, not of the term.
      if (definition) return expandComposites(definition);
      return args.every((arg, i) => arg === original.args[i])
        ? original
        : callNode(op, args, original.attributes, original.shape);
    },
  });

interface Context {
  readonly root: Node;
  readonly adjoint: Node;
  readonly sums: readonly SumIndex[];
  readonly rules: readonly string[];
}

/** The nodes of a context, parents before children; an inner sum counts as a leaf. */
const parentsFirst = (root: Node): readonly Node[] => {
  const order: Node[] = [];
  const seen = new Set<Node>([root]);
  const stack: { node: Node; next: number }[] = [{ node: root, next: 0 }];
  while (stack.length > 0) {
    const top = stack.at(-1) as { node: Node; next: number };
    const child = top.node.kind === "call" ? top.node.args[top.next++] : undefined;
    if (!child) {
      order.push(top.node);
      stack.pop();
    } else if (!seen.has(child)) {
      seen.add(child);
      stack.push({ node: child, next: 0 });
    }
  }
  return order.reverse();
};

/** The adjoint of the factor at `index` of an ordered product: what stands before it and after it is transposed around G. */
const throughProduct = (node: OverNode, index: string, G: Node, fresh: () => string): Node => {
  const other = fresh();
  const inner = open(node, other);
  const [earlier, later] = [minus(minus(index, 1), named(other)), minus(minus(other, 1), named(index))];
  const part = (condition: typeof earlier): Node =>
    over(node.fold, other, intersect(inner.domain, domain([condition])), inner.body);
  return node.fold === "product" ? between(part(earlier), G, part(later)) : between(part(later), G, part(earlier));
};

/**
 * All wanted reads of a right side with their adjoints, in structural order. `adjoint` is that of the left side.
 * Fails with D001 when an op on the way has no derivative.
 */
export const pullBack = (right: Node, adjoint: Node, options: PullbackOptions): readonly Read[] => {
  const reads: Read[] = [];
  const contexts: Context[] = [{ root: expandComposites(right), adjoint, sums: [], rules: [] }];
  while (contexts.length > 0) {
    const context = contexts.pop() as Context;
    const inner: Context[] = [];
    const order = parentsFirst(context.root);
    const active = new Set<Node>();
    for (let i = order.length - 1; i >= 0; i--) {
      const node = order[i] as Node;
      const isActive =
        node.kind === "symbol" || node.kind === "at"
          ? options.wanted(node)
          : node.kind === "call"
            ? node.args.some(arg => active.has(arg))
            : node.kind === "over" && readsIn(node).some(read => options.wanted(read as SymbolNode | AtNode));
      if (isActive) active.add(node);
    }
    const adjoints = new Map<Node, Node[]>([[context.root, [context.adjoint]]]);
    const rules = new Map<Node, Set<string>>([[context.root, new Set(context.rules)]]);
    const add = (node: Node, value: Node, path: Iterable<string>): void => {
      const known = adjoints.get(node);
      if (known) known.push(value);
      else adjoints.set(node, [value]);
      const names = rules.get(node) ?? new Set<string>();
      for (const name of path) names.add(name);
      rules.set(node, names);
    };
    for (const node of order) {
      const terms = adjoints.get(node);
      if (!terms || !active.has(node)) continue;
      const G = sumOf(terms);
      const path = rules.get(node) as Set<string>;
      if (node.kind === "symbol" || node.kind === "at") {
        reads.push({ of: node, sums: context.sums, adjoint: G, rules: [...path] });
      } else if (node.kind === "over") {
        const index = options.fresh();
        const { domain: range, body } = open(node, index);
        const value = node.fold === "sum" ? G : throughProduct(node, index, G, options.fresh);
        inner.push({
          root: body,
          adjoint: value,
          sums: [...context.sums, { index, domain: range }],
          rules: [...path, `pullback/${node.fold}`],
        });
      } else if (node.kind === "call") {
        const row = opOf(node.op);
        const named = node.args.map(arg => (active.has(arg) ? options.argument(node, arg, context.sums) : arg));
        for (const [slot, arg] of node.args.entries()) {
          if (!active.has(arg)) continue;
          const value = pullbackOf(row, named, node.attributes, slot, G, options.result(node, context.sums));
          if (!value) {
            throw new DiagnosticError({
              code: "D001",
              severity: "error",
              message: `no derivative is known for ${row.name}: ${row.noDerivative ?? "its file gives no pullback"}`,
              spans: options.span ? [{ span: options.span, label: "in this equation" }] : [],
            });
          }
          add(arg, value, [...path, `pullback/${row.name}/${row.args[slot] ?? slot + 1}`]);
        }
      }
    }
    contexts.push(...inner.reverse());
  }
  return reads;
};
