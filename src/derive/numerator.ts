/**
 * Gradients in numerator layout: ∂L/∂x is a row for a column x, and ∂L/∂W is n × m for W of m × n. Every formula is the
 * transpose of the one in denominator layout, written out: (Wᵀ δ)ᵀ as δᵀ W, with products reversed. Checked exactly.
 */
import { InternalError } from "../base/diagnostic.ts";
import { checkDerivation } from "../exact/derivation.ts";
import type { Node } from "../expr/node.ts";
import { isScalar } from "../ops/call.ts";
import { rewrite } from "../rewrite/trace.ts";
import { NUMERATOR } from "../rules/layouts.ts";
import { transposed } from "./closed/templates.ts";
import type { Derivation, Gradient, Piece, Truncation } from "./gradient.ts";

/** The transpose of a term, taken to the leaves: products reversed. */
export const turn = (node: Node): Node => (isScalar(node.shape) ? node : rewrite(transposed(node), NUMERATOR).node);

const turnBack = (node: Node): Node => (isScalar(node.shape) ? node : transposed(node));

const turnedPiece = (piece: Piece): Piece => ({
  ...piece,
  value: turn(piece.value),
  steps: [],
  contributions: piece.contributions.map(own => ({ ...own, value: turn(own.value), steps: [] })),
  ...(piece.structured ? { structured: { ...piece.structured, value: turn(piece.structured.value), steps: [] } } : {}),
});

const turnedGradient = (gradient: Gradient): Gradient => ({
  ...gradient,
  pieces: gradient.pieces.map(turnedPiece),
  short: gradient.short.map(({ at, pieces }) => ({ at, pieces: pieces.map(turnedPiece) })),
  closedForms: gradient.closedForms.map(form => ({ ...form, value: turn(form.value), base: [], induction: [] })),
});

const truncatedWith = (
  truncation: Truncation | undefined,
  how: (node: Node) => Node,
): { readonly truncation?: Truncation } =>
  truncation
    ? {
        truncation: {
          ...truncation,
          gradients: truncation.gradients.map(gradient => ({
            ...gradient,
            forms: gradient.forms.map(({ over, value }) => ({ over, value: how(value) })),
          })),
        },
      }
    : {};

/**
 * The derivation with every gradient written in numerator layout. The terms are those that a printer in numerator layout
 * is to write; in them ∂L/∂x is still the column, so a row stands there as its transpose. Only for printing.
 */
export const inNumeratorLayout = <D extends Derivation>(derivation: D): D & { readonly growth: readonly never[] } => {
  const gradients = derivation.gradients.map(turnedGradient);
  // What will be printed, turned back, is what was derived: the check sees it as such.
  const back = gradients.map((gradient, i) => ({
    ...(derivation.gradients[i] as Gradient),
    pieces: gradient.pieces.map(({ structured: _, ...piece }) => ({
      ...piece,
      value: turnBack(piece.value),
      contributions: [],
    })),
    closedForms: gradient.closedForms.map(form => ({ ...form, value: turnBack(form.value) })),
  }));
  const wrt = back.map(({ wrt: variable }) => (variable.kind === "at" ? variable.of.name : variable.name));
  const turned = truncatedWith(derivation.truncation, turn);
  const turnedBack = truncatedWith(turned.truncation, turnBack);
  const outcome = checkDerivation({ ...derivation, gradients: back, ...turnedBack }, { lines: "none", wrt });
  if (outcome.verdict === "disagrees")
    throw new InternalError(`a gradient in numerator layout is wrong: ${outcome.faults[0]?.message ?? ""}`);
  // Bounds on growth speak of columns.
  return { ...derivation, gradients, ...turned, growth: [] };
};
