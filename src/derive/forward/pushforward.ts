/**
 * Forward mode through one equation: what a change of what it reads does to its value. An op's pushforward is its
 * pullback transposed: G ↦ pullback(G) is linear, and pulling a tangent back through *it* gives the pushforward. So no op
 * has a rule of its own for it, and the rule of every op's file is used in both directions.
 */
import { DiagnosticError, InternalError } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";
import { domain, intersect } from "../../expr/domain.ts";
import { type CallNode, callNode, type Node, open, over, type Scope, type Shape, symbol } from "../../expr/node.ts";
import { minus, named } from "../../expr/polynomial.ts";
import { postorder, transform } from "../../expr/walk.ts";
import { opOf } from "../../ops/call.ts";
import { lawfulness } from "../../rewrite/spine.ts";
import { tidy } from "../../rules/simplify.ts";
import { pullbackOf } from "../../term/faces.ts";
import { expandComposites, pullBack } from "../pullback.ts";
import { productOf, sumOf } from "../terms.ts";

export interface PushOptions {
  /** The tangent of what is read; undefined where it does not vary. */
  readonly seed: (read: Node) => Node | undefined;
  /** A name for a call's result, and for its argument, where there is one. */
  readonly result: (node: Node) => Node;
  readonly argument: (call: CallNode, argument: Node) => Node;
  /**
   * For tangents of another kind than directions (Jacobians, a column for every direction): the pushforward of the
   * direction X, a term linear in it, with the tangent put in X's place. Without it tangents are directions.
   */
  readonly spread?: (pushed: Node, X: Node, tangent: Node) => Node;
  readonly scope: Scope;
  readonly span?: Span;
}

/** A tangent with the ids of the pushforwards that led to it, from the reads outwards. */
export interface Pushed {
  readonly tangent: Node;
  readonly rules: readonly string[];
}

const shapeKey = (shape: Shape): string => shape.map(size => size.key).join(" ");

/** A placeholder that no term of a note can hold. */
const placeholder = (scope: Scope, role: string, shape: Shape): Node =>
  symbol(scope, `$${role} ${shapeKey(shape)}`, shape);

/** The pushforward of a tangent through one slot of a call; undefined where the op has no derivative. */
const pushThrough = (
  scope: Scope,
  op: CallNode,
  args: readonly Node[],
  slot: number,
  tangent: Node,
  result: Node,
): Node | undefined => {
  const G = placeholder(scope, "cotangent", op.shape);
  const pulled = pullbackOf(opOf(op.op), args, op.attributes, slot, G, result);
  if (!pulled) return undefined;
  if (pulled === G) return tangent;
  let names = 0;
  const reads = pullBack(pulled, tangent, {
    wanted: read => read === G,
    result: node => node,
    argument: (_, argument) => argument,
    fresh: () => `$push${names++}`,
  });
  if (reads.some(read => read.sums.length > 0))
    throw new InternalError(`the pullback of ${op.op} reads its cotangent inside a sum`);
  return reads.length === 0 ? undefined : tangentsLast(tidy(sumOf(reads.map(read => read.adjoint))), tangent);
};

/** Products that commute with the tangent as their last factor, as differentials are written: φ′(z) ⊙ ż. */
const tangentsLast = (root: Node, tangent: Node): Node => {
  const above = new Set<Node>([tangent]);
  for (const node of postorder(root))
    if (node.kind === "call" && node.args.some(arg => above.has(arg))) above.add(node);
  return transform(root, {
    call: (op, args, original) => {
      const { means } = opOf(op);
      const isSum = "each" in means && means.each === "add";
      const { commutative } = lawfulness(op, original.args);
      const [first, second, ...more] = original.args;
      const turned =
        commutative && !isSum && first && second && more.length === 0 && above.has(first) && !above.has(second);
      return callNode(op, turned ? [args[1] as Node, args[0] as Node] : args, original.attributes, original.shape);
    },
  });
};

const noDerivative = (op: string, span: Span | undefined): DiagnosticError =>
  new DiagnosticError({
    code: "D001",
    severity: "error",
    message: `no derivative is known for ${op}: ${opOf(op).noDerivative ?? "its file gives no pullback"}`,
    spans: span ? [{ span, label: "in this equation" }] : [],
  });

/**
 * The tangent of a right side, bottom-up, linear in the number of its distinct nodes; undefined where nothing that it
 * reads varies. Fails with D001 when an op on the way has no derivative.
 */
export const pushForward = (right: Node, options: PushOptions): Pushed | undefined => {
  const tangents = new Map<Node, Node>();
  const rules = new Map<Node, ReadonlySet<string>>();
  const { scope, spread, span } = options;
  let names = 0;
  const keep = (node: Node, tangent: Node | undefined, path: Iterable<string> = []): Node => {
    if (tangent) {
      tangents.set(node, tangent);
      rules.set(node, new Set(path));
    }
    return node;
  };
  const root = transform(expandComposites(right), {
    leaf: node => keep(node, node.kind === "symbol" || node.kind === "at" ? options.seed(node) : undefined),
    call: (op, args, original) => {
      const node = args.every((arg, i) => arg === original.args[i])
        ? original
        : callNode(op, args, original.attributes, original.shape);
      if (!args.some(arg => tangents.has(arg))) return node;
      const known = args.map(arg => (tangents.has(arg) ? options.argument(node, arg) : arg));
      const result = options.result(node);
      const path = new Set<string>();
      const terms = args.flatMap((arg, slot): readonly Node[] => {
        const tangent = tangents.get(arg);
        if (!tangent) return [];
        const direction = spread ? placeholder(scope, "tangent", arg.shape) : tangent;
        const pushed = pushThrough(scope, node, known, slot, direction, result);
        if (!pushed) throw noDerivative(op, span);
        for (const rule of rules.get(arg) ?? []) path.add(rule);
        path.add(`pushforward/${op}/${opOf(op).args[slot] ?? slot + 1}`);
        if (!spread) return [pushed];
        return [pushed === direction ? tangent : tidy(spread(pushed, direction, tangent))];
      });
      return keep(node, sumOf(terms), path);
    },
    over: (fold, index, range, body) => {
      const node = over(fold, index, range, body);
      const tangent = tangents.get(body);
      if (!tangent) return node;
      const path = [...(rules.get(body) ?? []), `pushforward/${fold}`];
      if (fold === "sum") return keep(node, over("sum", index, range, tangent), path);
      if (spread) throw new InternalError("an ordered product has no Jacobian of this kind");
      // The factor at the index varies, those before and after it do not.
      const other = `$factor${names++}`;
      const around = (condition: ReturnType<typeof minus>): Node => {
        const inner = open(node, other);
        return over(fold, other, intersect(inner.domain, domain([condition])), inner.body);
      };
      const [earlier, later] = [
        around(minus(minus(index, 1), named(other))),
        around(minus(minus(other, 1), named(index))),
      ];
      const term = fold === "product" ? productOf(earlier, tangent, later) : productOf(later, tangent, earlier);
      return keep(node, over("sum", index, range, term), path);
    },
  });
  const tangent = tangents.get(root);
  return tangent ? { tangent, rules: [...(rules.get(root) ?? [])] } : undefined;
};
