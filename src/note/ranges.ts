/** Ranges of indices: t = 1, …, T · 1 ≤ t ≤ T · t < T · t ∈ {1, …, T} · the limits of sums. */
import type { Span } from "../base/source.ts";
import type { Fold } from "../expr/node.ts";
import { constantValue, minus, ONE, type Polynomial, plus, soleName } from "../expr/polynomial.ts";
import type { BigSyntax, Syntax } from "../parse/syntax.ts";
import { integerOf } from "./integers.ts";
import { everyPart } from "./tree.ts";

/** The big operators that run over an index. */
export const FOLDS: ReadonlyMap<string, Fold> = new Map([
  ["\\sum", "sum"],
  ["\\prod", "product"],
]);

export interface Range {
  readonly index: string;
  readonly low?: Polynomial;
  readonly high?: Polynomial;
  /** i = j, j ≠ y: what it has to do with another index, where that is all that is said. */
  readonly where?: Syntax & { readonly kind: "relations" };
  /** It is said of backward equations. */
  readonly isBackward?: true;
  readonly span: Span;
}

const AT_MOST = new Set(["\\le", "\\leq", "\\leqslant", "<="]);
const AT_LEAST = new Set(["\\ge", "\\geq", "\\geqslant", ">="]);
const BELOW = new Set(["<", "\\lt"]);
const ABOVE = new Set([">", "\\gt"]);
const EQUALS = new Set(["=", ":="]);

/** Whether a relation says which of two values is larger. */
export const isOrderSign = (spelling: string): boolean =>
  [AT_MOST, AT_LEAST, BELOW, ABOVE].some(signs => signs.has(spelling));

/** First and last member of 1, 2, …, T; undefined unless something is elided. */
const endsOf = (syntax: Syntax): readonly [Polynomial, Polynomial] | undefined => {
  let items: readonly Syntax[] = [];
  if (syntax.kind === "group" && syntax.body) return syntax.open === "[" ? undefined : endsOf(syntax.body);
  if (syntax.kind === "list") items = syntax.items;
  else if (syntax.kind === "product") items = syntax.factors.map(factor => factor.body);
  else if (syntax.kind === "slice" && syntax.from && syntax.to) {
    const [from, to] = [integerOf(syntax.from), integerOf(syntax.to)];
    return from && to ? [from, to] : undefined;
  }
  if (!items.some(item => item.kind === "dots")) return undefined;
  const [first, last] = [items[0], items.at(-1)];
  const [low, high] = [first && integerOf(first), last && integerOf(last)];
  return low && high ? ascending(low, high) : undefined;
};

/** T, …, 1 counts down over the same members. Of two ends one is a number: x_1, …, x_T is no range. */
const ascending = (a: Polynomial, b: Polynomial): readonly [Polynomial, Polynomial] | undefined => {
  const [x, y] = [constantValue(a), constantValue(b)];
  if (x === undefined && y === undefined) return undefined;
  return (x === undefined && y !== undefined) || (x !== undefined && y !== undefined && y < x) ? [b, a] : [a, b];
};

/** Where {1, …, V} and [V] begin and end; undefined for other sets. */
export const enumerated = (set: Syntax): { readonly low: Polynomial; readonly high: Syntax } | undefined => {
  const body = set.kind === "group" ? set.body : null;
  if (!body) return undefined;
  const count = set.kind === "group" && set.open === "[" ? integerOf(body) : undefined;
  if (count) return soleName(count) === undefined ? undefined : { low: ONE, high: body };
  const ends = endsOf(set);
  const high =
    body.kind === "list" ? body.items.at(-1) : body.kind === "product" ? body.factors.at(-1)?.body : undefined;
  return ends && high && integerOf(high)?.key === ends[1].key ? { low: ends[0], high } : undefined;
};

const ofRelation = (left: Syntax, sign: string, right: Syntax, span: Span): readonly Range[] => {
  const ends = endsOf(right);
  const [a, b] = [integerOf(left), integerOf(right)];
  const [index, other] = [a && soleName(a), b && soleName(b)];
  if (ends && index && (EQUALS.has(sign) || sign === "\\in")) return [{ index, low: ends[0], high: ends[1], span }];
  const found: Range[] = [];
  if (index && b) {
    if (AT_MOST.has(sign)) found.push({ index, high: b, span });
    if (BELOW.has(sign)) found.push({ index, high: minus(b, 1), span });
    if (AT_LEAST.has(sign)) found.push({ index, low: b, span });
    if (ABOVE.has(sign)) found.push({ index, low: plus(b, 1), span });
  }
  if (other && a) {
    if (AT_MOST.has(sign)) found.push({ index: other, low: a, span });
    if (BELOW.has(sign)) found.push({ index: other, low: plus(a, 1), span });
    if (AT_LEAST.has(sign)) found.push({ index: other, high: a, span });
    if (ABOVE.has(sign)) found.push({ index: other, high: minus(a, 1), span });
  }
  return found;
};

/** What a formula says of the range of indices; empty if it is no statement about ranges. */
export const rangesOf = (syntax: Syntax): readonly Range[] => {
  if (syntax.kind === "group" && syntax.body) return rangesOf(syntax.body);
  if (syntax.kind === "list") {
    // t = 1, …, T: the relation is the first item, the rest of the enumeration follows.
    const [first, ...rest] = syntax.items;
    if (first?.kind === "relations" && rest.some(item => item.kind === "dots")) {
      const last = rest.at(-1) as Syntax;
      const [left, low] = [first.members[0] as Syntax, integerOf(first.members.at(-1) as Syntax)];
      const [index, high] = [integerOf(left), integerOf(last)];
      const name = index && soleName(index);
      const ends = low && high ? ascending(low, high) : undefined;
      return name && ends ? [{ index: name, low: ends[0], high: ends[1], span: syntax.span }] : [];
    }
    return syntax.items.flatMap(rangesOf);
  }
  if (syntax.kind !== "relations") return [];
  return syntax.operators.flatMap((operator, i) =>
    ofRelation(syntax.members[i] as Syntax, operator.spelling, syntax.members[i + 1] as Syntax, syntax.span),
  );
};

/** Where letters are said to end, in ranges and in the limits of sums. */
export const highsOf = (
  ranges: readonly Range[],
  bodies: readonly Syntax[],
): ReadonlyMap<string, readonly Polynomial[]> => {
  const sums = bodies.flatMap(body =>
    everyPart(body).flatMap(part => (part.kind === "big" ? (limitsOf(part) ?? []) : [])),
  );
  const highs = new Map<string, Polynomial[]>();
  for (const { index, high } of [...ranges, ...sums]) if (high) highs.set(index, [...(highs.get(index) ?? []), high]);
  return highs;
};

export interface Limits {
  readonly index: string;
  readonly span: Span;
  /** Absent where the sum does not say: \sum_t. */
  readonly low?: Polynomial;
  readonly high?: Polynomial;
}

/** An index is a letter, not a word. */
const countedBy = (lower: Syntax): boolean => {
  const names = lower.kind === "relations" ? lower.members : [lower];
  return names.some(name => (name.kind === "symbol" && name.form !== "word") || name.kind === "scripted");
};

/** The bound index of a sum or product with its limits; undefined if the limits are of no known kind. */
export const limitsOf = (big: BigSyntax): Limits | undefined => {
  const { lower, upper, span } = big;
  if (!lower || !countedBy(lower)) return undefined;
  const high = upper ? integerOf(upper) : undefined;
  if (upper && !high) return undefined;
  const top = high ? { high } : {};
  const alone = integerOf(lower);
  const name = alone && soleName(alone);
  if (name) return { index: name, span, ...top };
  if (lower.kind !== "relations") return undefined;
  const [left, right] = [lower.members[0] as Syntax, lower.members.at(-1) as Syntax];
  if (lower.operators.length === 1 && EQUALS.has(lower.operators[0]?.spelling ?? "") && !endsOf(right)) {
    const [index, low] = [integerOf(left), integerOf(right)];
    const bound = index && soleName(index);
    return bound && low ? { index: bound, low, span, ...top } : undefined;
  }
  const ranges = rangesOf(lower);
  const [range] = ranges;
  if (!range) return undefined;
  let merged: Limits = { index: range.index, span, ...top };
  // 1 ≤ t ≤ T says two things of t; i < j bounds the name on the left.
  for (const each of ranges) if (each.index === range.index) merged = { ...merged, ...each, span };
  return merged;
};
