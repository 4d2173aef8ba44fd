/** Indicators of an order, entry by entry: 1[Z > 0], \mathbb{1}_{z \ge c}, (a < b). They are 1 where it holds and 0 elsewhere. */
import type { Span } from "../base/source.ts";
import type { Factor, Syntax } from "../parse/syntax.ts";
import { isIndicatorSign, isOne } from "./indicators.ts";
import { operate } from "./operations.ts";
import type { Elaboration } from "./surroundings.ts";

export interface Ordering {
  readonly greater: Syntax;
  readonly less: Syntax;
  /** Whether it holds where both are equal. */
  readonly equal: boolean;
  readonly span: Span;
}

const SIGNS: ReadonlyMap<string, { readonly swaps: boolean; readonly equal: boolean }> = new Map([
  [">", { swaps: false, equal: false }],
  ["\\gt", { swaps: false, equal: false }],
  ["\\ge", { swaps: false, equal: true }],
  ["\\geq", { swaps: false, equal: true }],
  ["<", { swaps: true, equal: false }],
  ["\\lt", { swaps: true, equal: false }],
  ["\\le", { swaps: true, equal: true }],
  ["\\leq", { swaps: true, equal: true }],
]);

const ordered = (within: Syntax | null, span: Span): Ordering | undefined => {
  const syntax = within?.kind === "group" ? within.body : within;
  if (syntax?.kind !== "relations" || syntax.members.length !== 2) return undefined;
  const sign = SIGNS.get(syntax.operators[0]?.spelling ?? "");
  if (!sign) return undefined;
  const [left, right] = syntax.members as readonly [Syntax, Syntax];
  const [greater, less] = sign.swaps ? [right, left] : [left, right];
  return { greater, less, equal: sign.equal, span };
};

/** A plain one too: no order stands below a vector of ones. */
const isSign = (base: Syntax): boolean => isIndicatorSign(base) || isOne(base);

/** The order of which a value is the indicator: 1_{z > 0}, or an order in brackets. */
export const orderingIn = (syntax: Syntax): Ordering | undefined => {
  if (syntax.kind === "group") return ordered(syntax.body, syntax.span);
  const script = syntax.kind === "scripted" && syntax.scripts.length === 1 ? syntax.scripts[0] : undefined;
  if (syntax.kind !== "scripted" || script?.position !== "sub" || !isSign(syntax.base)) return undefined;
  return ordered(script.body, syntax.span);
};

/** 1[z > 0], I(z > 0): the sign of an indicator in front of an order in brackets. */
export const orderingBy = (sign: Syntax, next: Factor | undefined): Ordering | undefined =>
  isIndicatorSign(sign) && next?.body.kind === "group"
    ? ordered(next.body.body, { start: sign.span.start, end: next.body.span.end })
    : undefined;

const isZero = (syntax: Syntax): boolean => syntax.kind === "number" && Number(syntax.text) === 0;

/** The value of the indicator. */
export const orderingDraft = (
  of: Elaboration,
  { greater, less, equal, span }: Ordering,
  draft: (syntax: Syntax) => number,
): number => {
  const sign = equal ? ">=" : ">";
  if (isZero(less)) return operate(of, `[${sign}0]`, span, span, [draft(greater)]);
  if (isZero(greater)) return operate(of, `[0${sign}]`, span, span, [draft(less)]);
  return operate(of, `[${sign}]`, span, span, [draft(greater), draft(less)]);
};
