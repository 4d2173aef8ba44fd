/**
 * Forward mode through one term: its differential, given those of what it reads. An op's pushforward is the transpose of
 * its pullback: the pullback p(G) is linear in the cotangent G, and its own pullback to G takes a tangent to a tangent.
 *
 * Source: Townsend, A new trick for calculating Jacobian vector products, 2017.
 */
import type { Span } from "../base/source.ts";
import { type AtNode, type CallNode, type Node, type SymbolNode, symbol } from "../expr/node.ts";
import { simplify } from "../rules/simplify.ts";
import { wrapSums } from "./contributions.ts";
import type { SumIndex } from "./gradient.ts";
import { pullBack } from "./pullback.ts";
import { sumOf } from "./terms.ts";

export interface TangentOptions {
  /** The tangent of what is read, with its shape; undefined where it does not vary. */
  readonly tangent: (read: SymbolNode | AtNode) => Node | undefined;
  /** Names for results and arguments of calls, as in a pullback. */
  readonly result?: (node: Node, sums: readonly SumIndex[]) => Node;
  readonly argument?: (call: CallNode, argument: Node, sums: readonly SumIndex[]) => Node;
  /** Makes an index name that is in use nowhere. */
  readonly fresh: () => string;
  readonly span?: Span;
}

const WHOLE = (node: Node): Node => node;

/** A symbol of a shape that no note can name. */
const cotangentFor = ({ scope, shape }: Node): SymbolNode =>
  symbol(scope, `$G ${shape.map(size => size.key).join(" ")}`, shape);

/** The transpose of the linear map that takes G to the term, at v (of the term's shape): of the shape of G. */
const transposeAt = (term: Node, G: SymbolNode, v: Node, fresh: () => string): Node | undefined => {
  const reads = pullBack(term, v, { wanted: read => read === G, result: WHOLE, argument: (_, part) => part, fresh });
  const parts = reads.map(read => wrapSums(read.adjoint, read.sums));
  return parts.length > 0 ? sumOf(parts) : undefined;
};

/**
 * The tangent of a term, of its shape; undefined where nothing that it reads varies.
 * Fails (DiagnosticError) with D001 where an op has no derivative.
 */
export const tangentOf = (term: Node, options: TangentOptions): Node | undefined => {
  const { tangent, fresh, span } = options;
  const G = cotangentFor(term);
  const reads = pullBack(term, G, {
    wanted: read => tangent(read) !== undefined,
    result: options.result ?? WHOLE,
    argument: options.argument ?? ((_, part) => part),
    fresh,
    ...(span ? { span } : {}),
  });
  const parts = reads.flatMap(read => {
    const own = transposeAt(simplify(read.adjoint).node, G, tangent(read.of) as Node, fresh);
    return own ? [wrapSums(own, read.sums)] : [];
  });
  return parts.length > 0 ? simplify(sumOf(parts)).node : undefined;
};
