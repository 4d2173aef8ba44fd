/** How the symbols of forward mode are written: ∂h_t/∂W_ij, ∂⁺h_t/∂h_{t-1} ∂h_{t-1}/∂W_ij, e_i. */
import type { ForwardDerivation, Notation, Variable } from "../../../derive/forward/sensitivity.ts";
import { isVec } from "../../../derive/forward/variable.ts";
import type { SymbolNode } from "../../../expr/node.ts";
import type { AdjointNotation, LatexContext } from "../../../latex/names.ts";
import { memberLatex, symbolLatex } from "../../../latex/names.ts";
import { safeContext } from "../safe.ts";

/** The place of an index in a member's name, counted from 0. */
const mark = (place: number): string => String.fromCharCode(place + 1);

const isMark = (character: string): boolean => character.charCodeAt(0) <= MOST_MARKS;
const MOST_MARKS = 8;

/** Gives a place the braces that it lost for being a single character: what comes there need not be one. */
const braced = (text: string): string =>
  [...text].map((c, i) => (isMark(c) && /[_^]/u.test(text[i - 1] ?? "") ? `{${c}}` : c)).join("");

/** A symbol or the general member of its family, with its indices at places from `first` on. */
const memberAt = (context: LatexContext, of: SymbolNode, first: number): string =>
  of.rank === 0
    ? symbolLatex(context, of)
    : braced(
        memberLatex(
          context,
          of,
          Array.from({ length: of.rank }, (_, i) => mark(first + i)),
        ),
      );

/** W_ij, or (W_{hh})_{ij} where the name has scripts of its own. */
const variableAt = (context: LatexContext, { wrt, form }: Pick<Variable, "wrt" | "form">, first: number): string => {
  const name = memberAt(context, wrt, first);
  if (isVec({ wrt, form })) return `\\operatorname{vec} ${name}`;
  if (form !== "entries") return name;
  const marks = wrt.shape.map((_, axis) => mark(first + wrt.rank + axis)).join("");
  return `${/[_^']/u.test(name) ? `(${name})` : name}_{${marks}}`;
};

const fraction = (above: string, below: string, immediate = false): string =>
  `\\frac{\\partial${immediate ? "^{+}" : ""} ${above}}{\\partial ${below}}`;

const latexOf = (context: LatexContext, notation: Notation): string => {
  switch (notation.kind) {
    case "path": {
      const { of, through } = notation;
      const middle = memberAt(context, through, of.rank);
      const variable = variableAt(context, notation, of.rank + through.rank);
      return `${fraction(memberAt(context, of, 0), middle, true)} ${fraction(middle, variable)}`;
    }
    default:
      return fraction(
        memberAt(context, notation.of, 0),
        variableAt(context, notation, notation.of.rank),
        notation.kind === "immediate",
      );
  }
};

/** The printer's context for forward mode: the note's names made harmless, and what is made of them. */
export const forwardContext = (derivation: ForwardDerivation, notation: AdjointNotation): LatexContext => {
  const plain = safeContext(derivation.system, notation);
  const symbols = new Map(plain.symbols);
  for (const [name, own] of derivation.notations) {
    const entry = symbols.get(name);
    if (!entry) continue;
    const latex = latexOf(plain, own);
    symbols.set(name, { latex, memberLatex: latex, indices: entry.indices });
  }
  // Among Jacobians the derivative of a scalar is a row too: ∂ℓ/∂o times ∂o/∂w.
  return { ...plain, symbols, layout: "numerator" };
};
