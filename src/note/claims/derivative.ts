/** Derivatives in claims: ∂L/∂x as the name of a value, prod(∂L/∂v, ∂v/∂u) as a contraction. */
import type { Span } from "../../base/source.ts";
import { type AtNode, at, type Node, partial, rowsAndColumns, type SymbolNode } from "../../expr/node.ts";
import { call } from "../../ops/call.ts";
import type { DerivativeSyntax, Syntax } from "../../parse/syntax.ts";
import type { Drafts } from "../draft.ts";
import { problem, type Surroundings } from "../surroundings.ts";

/** A symbol of the system, or a member of a family at an index. */
export type Place = SymbolNode | AtNode;

/** What stands above and below the line, once it is known what they name. */
export interface Quotient {
  readonly of: Place;
  readonly by: Place;
  readonly span: Span;
  /** ∂⁺: through the one equation only. */
  readonly immediate?: boolean;
}

const pair = (shape: Node["shape"]): { rows: Node["shape"][number]; columns: Node["shape"][number] } => {
  const [rows, columns] = rowsAndColumns(shape);
  return { rows, columns };
};

/** Whether the derivative is a matrix of entries by entries, whose layout is a matter of convention. */
export const transposable = (of: Place, by: Place): boolean => of.shape.length === 1 && by.shape.length === 1;

/** ∂L/∂z as ∂L/∂a ⊙ σ′(z), where a = σ(z) and z has no name. */
export const errorDraft = (drafts: Drafts, { of, by, span }: Quotient, slope: Node): number =>
  drafts.add({
    kind: "made",
    args: [],
    span,
    extent: pair(by.shape),
    build: () => call("hadamard", [partial(of, by), slope]),
  });

/** prod(gradient, ∂v/∂u), of the immediate partial derivative of v unless the total one is meant. */
export const contractionDraft = (
  drafts: Drafts,
  gradient: number,
  { of, by, span }: Quotient,
  reading: "total" | "immediate" = "immediate",
): number => {
  const taken = drafts.at(gradient).extent;
  drafts.addChoice([{ cost: 0, impose: sizes => sizes.unifyExtents(taken, pair(of.shape)) }], [taken]);
  return drafts.add({
    kind: "made",
    args: [gradient],
    span,
    extent: pair(by.shape),
    build: ([cotangent]) => call("prod", [cotangent as Node, partial(of, by, reading)]),
  });
};

/** The arguments of prod( , ): OCR writes a dot for the comma. */
export const argumentsOfProd = (argument: Syntax): readonly Syntax[] => {
  const inner = argument.kind === "group" && argument.body ? argument.body : argument;
  if (inner.kind === "list") return inner.items;
  if (inner.kind !== "product") return [inner];
  const derivatives = inner.factors.every(({ body }) => body.kind === "derivative");
  return derivatives && inner.factors.length > 1 ? inner.factors.map(({ body }) => body) : [inner];
};

/** The one variable of a derivative of first order. */
export const variableOf = (syntax: DerivativeSyntax, around: Surroundings): Syntax => {
  const [by, more] = syntax.by;
  // ∇²; the + of ∂⁺ says something else.
  const higher = syntax.order !== null && syntax.order.kind !== "mark";
  if (around.parameters.size > 0 || !by || more || by.times > 1 || higher)
    return problem("V020", "this derivative is not of first or second order", syntax.span, "not judged yet");
  return by.variable;
};

export const memberAt = (of: SymbolNode, index: AtNode["index"]): Place => (index.length === 0 ? of : at(of, index));
