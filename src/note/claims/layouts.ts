/** The layouts in which a claim may write a derivative. */
import type { Span } from "../../base/source.ts";
import { type Node, over, type Shape } from "../../expr/node.ts";
import { transform } from "../../expr/walk.ts";
import { call } from "../../ops/call.ts";
import type { Drafts } from "../draft.ts";
import { indexIn } from "../literals.ts";
import type { Named } from "../names.ts";
import { type Elaboration, problem, type Surroundings } from "../surroundings.ts";
import type { Alias } from "./aliases.ts";
import { extentOfShape } from "./kinds.ts";

/**
 * - `numerator`: Jacobians have a row for each entry of what is differentiated; that of a scalar is a row, and the gradient by a
 *   matrix its transpose
 * - `denominator`: the transposes of these
 *
 * Without either, a gradient has its variable's shape, and Jacobians may be written both ways.
 */
export type Layout = "numerator" | "denominator";

interface Differentiated {
  readonly of: Shape;
  readonly by: Shape;
  readonly span: Span;
}

/** A gradient with its variable's shape, a derivative by a scalar, or a Jacobian with a row for each entry of `of`. */
const plainShape = ({ of, by }: Omit<Differentiated, "span">): Shape | undefined => {
  if (of.length === 0) return by;
  if (by.length === 0) return of;
  return of.length === 1 && by.length === 1 ? [...of, ...by] : undefined;
};

/** Whether a derivative is an array with more than two axes. */
export const isBeyondMatrices = (of: Shape, by: Shape): boolean => plainShape({ of, by }) === undefined;

const turnedBy = (build: (nodes: readonly Node[]) => Node | undefined) => (nodes: readonly Node[]) => {
  const node = build(nodes);
  return node && (node.shape.length === 0 ? node : call("transpose", [node]));
};

/** Products of matrices over an index with the largest index leftmost. */
export const largestFirst = (root: Node): Node =>
  transform(root, {
    over: (fold, index, domain, body) =>
      over(fold === "product" && body.shape.length > 0 ? "reversed-product" : fold, index, domain, body),
  });

/** A derivative as a draft in the layouts that are possible; `build` gives it in ours. Fails (V020) beyond matrices. */
export const laidOut = (
  drafts: Drafts,
  derivative: Differentiated,
  layout: Layout | undefined,
  args: readonly number[],
  build: (nodes: readonly Node[]) => Node | undefined,
): number => {
  const { of, by, span } = derivative;
  const shape = plainShape(derivative);
  if (!shape)
    return problem(
      "V020",
      "this derivative is an array with more than two axes",
      span,
      "stands alone only inside prod(…)",
    );
  const { rows, columns } = extentOfShape(shape);
  const plain = (): number => drafts.add({ kind: "made", args, span, extent: { rows, columns }, build });
  const turned = (): number =>
    drafts.add({ kind: "made", args, span, extent: { rows: columns, columns: rows }, build: turnedBy(build) });
  if (of.length > 0 && by.length > 0) {
    if (layout) return layout === "numerator" ? plain() : turned();
    return drafts.grouping(span, [
      { cost: 0, draft: plain },
      { cost: 1, draft: turned },
    ]);
  }
  if (shape.length === 0 || !layout) return plain();
  // Of a scalar: a row in numerator layout. By a scalar: a row in denominator layout.
  return (layout === "numerator") === (of.length === 0) ? turned() : plain();
};

/** What a claim's own name stands for; one for a gradient is in the layout of gradients. */
export const aliasDraft = (
  elaboration: Elaboration,
  alias: Alias,
  { index, span }: Named,
  around: Surroundings,
  layout?: Layout,
): number => {
  const node = alias.at(index.map(value => indexIn(elaboration, value, around, span)));
  const isGradient = node.kind === "partial" && node.of.shape.length === 0;
  return laidOut(elaboration.drafts, { of: [], by: node.shape, span }, isGradient ? layout : undefined, [], () => node);
};
