/** The names of the paths of the chain rule: error from t + 1, back through time; error from t. */

import type { Contribution, Gradient, Piece } from "../../derive/gradient.ts";
import { constantValue, minus, type Polynomial } from "../../expr/polynomial.ts";
import { familyOf, indexOf } from "../../expr/system.ts";
import { indexLatex } from "../../latex/names.ts";
import { type Inline, math, type Prose } from "./prose.ts";
import { inlineTerm, type Writing } from "./writing.ts";

const TIMES = /^(?:t|s|\\?tau|tau|time|n|k)$/u;
const LAYERS = /^(?:l|\\?ell|layer)$/u;

interface Shift {
  readonly index: string;
  readonly at: Polynomial;
}

/** The indices of the member that the reader has too, each with the offset of the reader. */
const offsetsOf = (
  writing: Writing,
  gradient: Gradient,
  piece: Piece,
  { reader }: Contribution,
): readonly (Shift & { readonly offset: number | undefined })[] => {
  const readers = writing.context.symbols?.get(familyOf(reader).name)?.indices ?? [];
  const own = indexOf(piece.wrt);
  return gradient.indices.flatMap((index, place) => {
    const at = indexOf(reader)[readers.indexOf(index)];
    const here = own[place];
    return at === undefined || here === undefined ? [] : [{ index, at, offset: constantValue(minus(at, here)) }];
  });
};

/** What stands under the brace of a path, line by line; nothing where there is only one path. */
export const pathName = (
  writing: Writing,
  gradient: Gradient,
  piece: Piece,
  contribution: Contribution,
): readonly Prose[] => {
  if (piece.contributions.length < 2) return [];
  const { sentences, context } = writing;
  const inText = (at: Polynomial): Inline => math(indexLatex(context, at));
  const shiftsOf = (of: Contribution): readonly Shift[] =>
    offsetsOf(writing, gradient, piece, of).filter(({ offset }) => offset !== undefined && offset !== 0);
  const keyOf = (of: Contribution): string =>
    shiftsOf(of)
      .map(({ index, at }) => `${index}=${at.key}`)
      .join();
  // Summed readers have an index that is bound around them: the equation's own letters name it.
  const reader = contribution.sums.length > 0 ? contribution.equation.left : contribution.reader;
  const through = sentences.through(inlineTerm(writing, reader));
  const isAlone = piece.contributions.filter(other => keyOf(other) === keyOf(contribution)).length === 1;
  const shifts = contribution.sums.length > 0 ? [] : shiftsOf(contribution);
  if (shifts.length > 0) {
    const names = shifts.flatMap(({ index, at }): readonly Prose[] => {
      if (LAYERS.test(index)) return sentences.errorFromLayer(inText(at));
      return TIMES.test(index) ? sentences.errorFromTime(inText(at)) : sentences.errorFrom(inText(at));
    });
    return isAlone ? names : [...names, ...through];
  }
  const time = gradient.indices.findIndex(index => TIMES.test(index));
  const here = indexOf(piece.wrt)[time];
  const othersShift = piece.contributions.some(other => shiftsOf(other).length > 0);
  return here && othersShift && isAlone && contribution.sums.length === 0 ? sentences.errorFrom(inText(here)) : through;
};
