/** \bar{x} in claims, where no equation gives it: the mean of the entries of x, as people write it. */
import type { Syntax } from "../../parse/syntax.ts";
import { accentedName } from "../overbars.ts";
import { replaceParts } from "../tree.ts";
import { averaged } from "./numpy.ts";

/** A formula with means in place of such names, and the first of these; undefined where there are none. */
export const withMeans = (
  syntax: Syntax,
  isGiven: (name: Syntax) => boolean,
): { readonly formula: Syntax; readonly first: Syntax } | undefined => {
  let first: Syntax | undefined;
  const formula = replaceParts(syntax, part => {
    const name = accentedName(part);
    if (name?.accent !== "bar" || isGiven(part)) return undefined;
    first ??= part;
    return averaged(name.bare);
  });
  return first && { formula, first };
};
