/** \bar{x} in claims, where no equation gives it: the mean of the entries of x, as people write it. */
import type { Syntax } from "../../parse/syntax.ts";
import { replaceParts } from "../tree.ts";
import { averaged } from "./numpy.ts";

const BARS: ReadonlySet<string> = new Set(["bar", "overline"]);

/** The name without its bar; undefined where it has none, or is no name. */
const underBar = (syntax: Syntax): Syntax | undefined => {
  if (syntax.kind === "scripted") {
    const base = underBar(syntax.base);
    return base && { ...syntax, base };
  }
  if (syntax.kind === "accent") return BARS.has(syntax.accent.replace("\\", "")) ? syntax.body : undefined;
  if (syntax.kind !== "symbol") return undefined;
  const accents = syntax.accents.filter(accent => !BARS.has(accent.replace("\\", "")));
  return accents.length < syntax.accents.length ? { ...syntax, accents } : undefined;
};

/** A formula with means in place of such names, and the first of these; undefined where there are none. */
export const withMeans = (
  syntax: Syntax,
  isGiven: (name: Syntax) => boolean,
): { readonly formula: Syntax; readonly first: Syntax } | undefined => {
  let first: Syntax | undefined;
  const formula = replaceParts(syntax, part => {
    const name = underBar(part);
    if (!name || isGiven(part)) return undefined;
    first ??= part;
    return averaged(name);
  });
  return first && { formula, first };
};
