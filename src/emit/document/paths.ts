/** The names of the paths of the chain rule: error from t + 1, back through time; error from t. */

import type { Contribution, Gradient, Piece } from "../../derive/gradient.ts";
import { constantValue, minus, type Polynomial, soleName } from "../../expr/polynomial.ts";
import { familyOf, indexOf } from "../../expr/system.ts";
import { indexLatex } from "../../latex/names.ts";
import { math, type Prose } from "./prose.ts";
import { inlineTerm, type Writing } from "./writing.ts";

const TIMES = /^(?:t|s|\\?tau|tau|time|n|k)$/u;
const LAYERS = /^(?:l|\\?ell|layer)$/u;

interface Shift {
  readonly index: string;
  readonly at: Polynomial;
}

/** The indices by which the reader stands off the member, at the same places of both. */
const shiftsOf = (gradient: Gradient, piece: Piece, contribution: Contribution): readonly Shift[] => {
  const own = indexOf(piece.wrt);
  return indexOf(contribution.reader).flatMap((at, place) => {
    const index = gradient.indices[place];
    const here = own[place];
    if (index === undefined || here === undefined) return [];
    const offset = constantValue(minus(at, here));
    return offset !== undefined && offset !== 0 ? [{ index, at }] : [];
  });
};

/** Whether the reader's family has this index at this place, so that equal places mean the same thing. */
const sharesIndices = (writing: Writing, gradient: Gradient, contribution: Contribution): boolean => {
  const entry = writing.context.symbols?.get(familyOf(contribution.reader).name);
  return gradient.indices.some((index, place) => entry?.indices[place] === index);
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
  const place = (at: Polynomial): ReturnType<typeof math> => math(indexLatex(context, at));
  const all = piece.contributions;
  const shared = sharesIndices(writing, gradient, contribution);
  const shifts = shared ? shiftsOf(gradient, piece, contribution) : [];
  const names = shifts.flatMap(({ index, at }): readonly Prose[] =>
    LAYERS.test(index)
      ? sentences.errorFromLayer(place(at))
      : TIMES.test(index)
        ? sentences.errorFromTime(place(at))
        : sentences.errorFrom(place(at)),
  );
  const twins = (test: (other: Contribution) => boolean): boolean => all.filter(test).length > 1;
  const here = (other: Contribution): boolean => shiftsOf(gradient, piece, other).length === 0;
  if (names.length > 0) {
    const same = twins(
      other =>
        JSON.stringify(shiftsOf(gradient, piece, other).map(s => s.at.key)) ===
        JSON.stringify(shifts.map(s => s.at.key)),
    );
    return same ? [...names, ...sentences.through(inlineTerm(writing, contribution.reader))] : names;
  }
  const [first] = indexOf(piece.wrt);
  const timed = gradient.indices[0] !== undefined && TIMES.test(gradient.indices[0]);
  const anyShift = all.some(other => !here(other));
  if (
    timed &&
    shared &&
    first &&
    anyShift &&
    !twins(here) &&
    (soleName(first) !== undefined || constantValue(first) !== undefined)
  )
    return sentences.errorFrom(place(first));
  return sentences.through(inlineTerm(writing, contribution.reader));
};
