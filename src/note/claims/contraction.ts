/**
 * Derivatives with more than two axes, by what they do to a gradient. Beside one, ∂L/∂s ∂s/∂U is a contraction. Where one stands
 * alone, ∂h/∂W = Σ_j A_j x_j, both sides are contracted with any gradient g: of A_j x_j, the array A_j ⊗ x_j, that leaves
 * (A_j g) x_jᵀ, or (A_jᵀ g) x_jᵀ in numerator layout.
 */
import type { Span } from "../../base/source.ts";
import type { Node, Shape } from "../../expr/node.ts";
import { call } from "../../ops/call.ts";
import type { Factor, ProductSyntax, Syntax } from "../../parse/syntax.ts";
import type { Drafts } from "../draft.ts";
import { operate, productDraft } from "../operations.ts";
import type { Elaboration } from "../surroundings.ts";
import { extentOfShape } from "./kinds.ts";
import type { Layout } from "./layouts.ts";

/** The name of a gradient that may be any. */
const ANY_GRADIENT = "g";

/** A gradient with a given shape that may be any: a function of nothing. */
const anyGradient = (result: Shape): Node => call("apply", [], { function: ANY_GRADIENT, result });

/** The ways in which two arrays may be multiplied: those of gradients with columns first, or last. */
const WAYS: readonly ((a: number, b: number, turn: (x: number) => number, times: Times) => number)[] = [
  (a, b, turn, times) => times("", turn(b), a),
  (a, b, turn, times) => times("", a, turn(b)),
  (a, b, _, times) => times("", a, b),
  (a, b, turn, times) => times("", turn(a), b),
  (a, b, _, times) => times("", b, a),
  (a, b, turn, times) => times("", b, turn(a)),
  (a, b, _, times) => times("\\odot", a, b),
];
type Times = (sign: string, a: number, b: number) => number;

/** prod(a, b) of two arrays: the product, after the transpositions and reorderings that the shapes ask for. */
export const arrangedProduct = (of: Elaboration, a: number, b: number, span: Span, backwards: boolean): number =>
  of.drafts.grouping(
    span,
    WAYS.map((way, i) => ({
      cost: backwards ? WAYS.length - i : i,
      draft: () =>
        way(
          a,
          b,
          x => operate(of, "^\\top", span, span, [x]),
          (sign, x, y) => operate(of, sign, span, span, [x, y]),
        ),
    })),
  );

/** The products of which a formula is a sum, where they are not one factor in others. */
export const summandsOf = (syntax: Syntax): readonly ProductSyntax[] => {
  const found: ProductSyntax[] = [];
  const stack: Syntax[] = [syntax];
  for (let part = stack.pop(); part; part = stack.pop()) {
    if (part.kind === "labelled" || part.kind === "big") stack.push(part.body);
    else if (part.kind === "group" && part.body) stack.push(part.body);
    else if (part.kind === "sum") stack.push(...part.terms.map(({ body }) => body));
    else if (part.kind === "product") {
      const last = part.factors.at(-1)?.body;
      if (last?.kind === "big") stack.push(last);
      else found.push(part);
    }
  }
  return found;
};

export const gradientDraft = (drafts: Drafts, of: Shape, span: Span): number =>
  drafts.add({ kind: "made", args: [], span, extent: extentOfShape(of), build: () => anyGradient(of) });

const joined = (of: Elaboration, factors: readonly Factor[], draft: (body: Syntax) => number, span: Span): number =>
  productDraft(
    of,
    factors.map(({ operator, body }, i) => ({
      operator: i === 0 ? "" : (operator?.spelling ?? ""),
      at: operator?.span ?? body.span,
      draft: draft(body),
    })),
    span,
  );

/** The factors in front of the last one, F, and that one, x, as (F g) xᵀ with g of the given shape; F may be absent. */
export const contractedProduct = (
  elaboration: Elaboration,
  product: ProductSyntax,
  of: Shape,
  layout: Layout,
  draft: (body: Syntax) => number,
): number => {
  const { span, factors } = product;
  const g = gradientDraft(elaboration.drafts, of, span);
  const transposed = (value: number): number => operate(elaboration, "^\\top", span, span, [value]);
  const times = (a: number, b: number): number => operate(elaboration, "", span, span, [a, b]);
  const last = transposed(draft((factors.at(-1) as Factor).body));
  if (factors.length < 2) return times(g, last);
  const front = joined(elaboration, factors.slice(0, -1), draft, span);
  return times(times(layout === "numerator" ? transposed(front) : front, g), last);
};

/** The factors beside a derivative with more than two axes as the gradient that it is contracted with. */
export const gradientBeside = (
  elaboration: Elaboration,
  product: ProductSyntax,
  of: Shape | undefined,
  layout: Layout,
  draft: (body: Syntax) => number,
): number => {
  const { span, factors } = product;
  const front = joined(elaboration, factors.slice(0, -1), draft, span);
  // ∂L/∂h_t ∂h_t/∂h_k is a row where derivatives of numbers are.
  if (!of)
    return elaboration.drafts.grouping(span, [
      { cost: 0, draft: () => front },
      { cost: 1, draft: () => operate(elaboration, "^\\top", span, span, [front]) },
    ]);
  const turned = layout === "numerator" ? operate(elaboration, "^\\top", span, span, [front]) : front;
  return operate(elaboration, "", span, span, [turned, gradientDraft(elaboration.drafts, of, span)]);
};
