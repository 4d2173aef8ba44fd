/**
 * Indicators of an equality: 1(y_i = k), 1_{i = j}, [i = j], Kronecker's δ_{ij}. Between two integers that is a number; with a
 * label it is an entry of the unit vector that the label stands for.
 */
import type { Span } from "../base/source.ts";
import { soleName } from "../expr/polynomial.ts";
import type { Factor, Syntax } from "../parse/syntax.ts";
import { pairIn } from "./kronecker.ts";
import { integerDraft, integerIn } from "./literals.ts";
import { operate } from "./operations.ts";
import { type Elaboration, problem, type Surroundings } from "./surroundings.ts";

export interface Equality {
  readonly left: Syntax;
  readonly right: Syntax;
  readonly span: Span;
}

/** Fonts in which a one is the sign of an indicator. */
const FONTS: readonly string[] = ["mathbb", "mathbf", "boldsymbol", "bm", "bold", "pmb", "mathbbm", "mathds"];

const isFigure = (syntax: Syntax): boolean => "fonts" in syntax && FONTS.some(font => syntax.fonts.includes(font));

/** A one in any font. */
export const isOne = (syntax: Syntax): boolean => syntax.kind === "number" && syntax.text === "1";

/** i = j. */
const equated = (within: Syntax | null, span: Span): Equality | undefined => {
  const syntax = within?.kind === "group" ? within.body : within;
  if (syntax?.kind !== "relations" || syntax.members.length !== 2 || syntax.operators[0]?.spelling !== "=")
    return undefined;
  const [left, right] = syntax.members as readonly [Syntax, Syntax];
  return { left, right, span };
};

/** The equality of which a value is the indicator: 1_{i = j}, \mathbf 1_{i,j}, δ_{ij}, [i = j]. */
export const equalityIn = (of: Elaboration, syntax: Syntax, around: Surroundings): Equality | undefined => {
  if (syntax.kind === "group") return syntax.open === "[" ? equated(syntax.body, syntax.span) : undefined;
  const script = syntax.kind === "scripted" && syntax.scripts.length === 1 ? syntax.scripts[0] : undefined;
  if (syntax.kind !== "scripted" || script?.position !== "sub") return undefined;
  const { base, span } = syntax;
  if (isOne(base)) {
    const equality = equated(script.body, span);
    if (equality) return equality;
  }
  // Ones of a shape and errors of the backward pass are written likewise: here something must be counted.
  const isDelta = base.kind === "symbol" && base.name === "\\delta" && !of.isDefined("\\delta");
  const pair = isDelta || (isOne(base) && isFigure(base)) ? pairIn(script.body) : undefined;
  if (!pair) return undefined;
  const counted = new Set(around.bindings.map(({ letter }) => letter));
  const counts = (side: Syntax): boolean => side.kind === "symbol" && counted.has(side.name);
  const [left, right] = pair;
  const fits = isDelta ? counts(left) && counts(right) : counts(left) || counts(right);
  return fits ? { left, right, span } : undefined;
};

/** A one or an I in a font of its own. */
export const isIndicatorSign = (sign: Syntax): boolean =>
  isFigure(sign) && (isOne(sign) || (sign.kind === "symbol" && sign.name === "I"));

/** 1(y_i = k), I[i = j], 1\\{y = k\\}: the sign of an indicator, in any font, in front of an equality in brackets. */
export const indicatorBy = (sign: Syntax, next: Factor | undefined): Equality | undefined => {
  if (!(isIndicatorSign(sign) || isOne(sign)) || next?.body.kind !== "group") return undefined;
  return equated(next.body.body, { start: sign.span.start, end: next.body.span.end });
};

/** The value of an indicator. Fails with N005 where neither side is an integer. */
export const indicatorDraft = (
  of: Elaboration,
  { left, right, span }: Equality,
  around: Surroundings,
  draft: (syntax: Syntax) => number,
): number => {
  const [i, j] = [integerIn(of, left, around), integerIn(of, right, around)];
  if (i && j) return operate(of, "[=]", span, span, [integerDraft(of, i, span), integerDraft(of, j, span)]);
  const place = i ?? j;
  if (!place) return problem("N005", "neither side of this equality is an index", span, "an indicator of what?");
  const label = draft(i ? right : left);
  of.places.push({ value: place, size: of.drafts.at(label).extent.rows, bindings: around.bindings, span });
  // Σ_{k=1}^K 1(y = k): K is how many labels there are, unless something else is known.
  const letter = soleName(place);
  const high = around.bindings.find(({ index }) => index === letter)?.high;
  const args = [integerDraft(of, place, span), label, ...(high ? [integerDraft(of, high, span)] : [])];
  return operate(of, "[_=]", span, span, args);
};
