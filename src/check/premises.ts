/**
 * What a note supposes where it says an equation: "If $c > 0$:" before it, \text{if } c > 0 behind it. Times the indicator of
 * that, both sides are to be equal.
 */
import type { Chain } from "../note/claims/chains.ts";
import { isOrderSign, type Range } from "../note/ranges.ts";
import { lexiconOfOps } from "../note/readings.ts";
import { textOf } from "../note/tree.ts";
import { readEquation } from "../parse/equation.ts";
import type { Syntax } from "../parse/syntax.ts";
import { rangesIn } from "./bycases.ts";
import { type Court, sliceOf } from "./court.ts";
import type { Said } from "./said.ts";
import { VERDICTS } from "./verdict.ts";

interface Premise {
  readonly condition: Syntax;
  /** "Otherwise" */
  readonly isNegated: boolean;
  readonly latex: string;
}

/** How far before an equation its words are looked for. */
const NEAR = 4_000;

/** Displays between the words and an equation that they speak of as well. */
const DISPLAYS = /(?:\$\$(?:(?!\$\$)[\s\S])*\$\$|\\\[[\s\S]*?\\\]|\\begin\{(\w+\*?)\}[\s\S]*?\\end\{\1\}|\s)+$/u;

/** "If $c > 0$:", "when $c > 0$ we have", at the end of the words. */
const SUPPOSED =
  /(?:^|[\n.;,。；，])\s*(?:[-*]\s*)?(?:if|when(?:ever)?|for|where|suppose|assum(?:e|ing)|若|当|如果|假设)(?: that)?\s*\$([^$]+)\$[^$.。]{0,40}$/iu;
const OTHERWISE = /(?:^|[\n.;,。；，])\s*(?:[-*]\s*)?(?:otherwise|else|否则)[^$.。]{0,40}$/iu;

const isOrder = (syntax: Syntax): boolean =>
  syntax.kind === "relations" && syntax.members.length === 2 && isOrderSign(syntax.operators[0]?.spelling ?? "");

/** The sign that opens a display or a formula. */
const OPENING = /\s*(?:\$+|\\\[|\\\(|\\begin\{\w+\*?\}[\s&]*)\s*$/u;

/** The condition of the last words of a text, displays behind them left out. */
const premiseIn = (text: string): Premise | undefined => {
  const words = text.replace(DISPLAYS, "");
  const otherwise = words.search(OTHERWISE);
  if (otherwise >= 0) {
    const before = premiseIn(words.slice(0, otherwise + 1));
    return before && { ...before, isNegated: !before.isNegated };
  }
  const latex = SUPPOSED.exec(words)?.[1];
  if (latex === undefined) return undefined;
  const read = readEquation(latex, lexiconOfOps(), { base: words.lastIndexOf(latex) });
  const condition = read.ok ? read.value.statements[0]?.body : undefined;
  return condition && isOrder(condition) ? { condition, isNegated: false, latex } : undefined;
};

const premisesOf = (court: Court, { premises, span }: Chain): readonly Premise[] => {
  const own = premises.filter(isOrder);
  if (own.length > 0)
    return own.map(condition => ({ condition, isNegated: false, latex: sliceOf(court, condition.span) }));
  const before = premiseIn(court.text.slice(Math.max(0, span.start - NEAR), span.start).replace(OPENING, ""));
  return before ? [before] : [];
};

/** The words of an index right before an equation: "For $t = T$:", "($t = T$)". */
const PLACED_BEFORE =
  /(?:\(\s*|(?:^|[^\p{L}])(?:if|when(?:ever)?|for|where|at)\s+|[若当对于在]\s*)\$([^$]+)\$[^$.。]{0,40}$/iu;
/** Behind one: ", \quad t = T" in the same formula, or "for $t = T$" in the words. */
const PLACED_BEHIND = [
  /^[\s,;]*(?:\\q?quad|\\[,;: ]|[\s,;(])*([^$\\.,;]{3,30})/u,
  /^[\s,;]*\$\s*,?\s*\(?(?:if|when(?:ever)?|for|where|at|若|当|对于)?\s*\$([^$]{3,30})\$/iu,
];

/** Which members an equation is said of in the words around it. */
const placesNear = (court: Court, { span }: Chain): readonly Range[] | undefined => {
  const before = court.text.slice(Math.max(0, span.start - NEAR), span.start).replace(OPENING, "");
  const behind = court.text.slice(span.end, span.end + NEAR);
  const found = [PLACED_BEFORE.exec(before), ...PLACED_BEHIND.map(pattern => pattern.exec(behind))];
  for (const latex of found.flatMap(match => match?.[1] ?? [])) {
    const read = readEquation(latex, lexiconOfOps());
    const [statement, more] = read.ok ? read.value.statements : [];
    const ranges = statement && !more ? rangesIn(court, statement.body) : undefined;
    if (ranges) return ranges;
  }
  return undefined;
};

/** 1(c > 0) times a formula; 1 - 1(c > 0) where the premise is negated. */
const times = (member: Syntax, { condition, isNegated }: Premise): Syntax => {
  const { span } = member;
  const bracket = (body: Syntax): Syntax => ({ kind: "group", open: "(", close: ")", body, span });
  const one: Syntax = { kind: "number", text: "1", fonts: ["mathbb"], accents: [], span };
  const indicator: Syntax = {
    kind: "product",
    factors: [
      { operator: null, body: one, call: false },
      { operator: null, body: bracket(condition), call: true },
    ],
    span,
  };
  const minus = { sign: { spelling: "-", op: "subtract", span }, body: indicator };
  const weight: Syntax = isNegated
    ? bracket({ kind: "sum", terms: [{ sign: null, body: { ...one, fonts: [] } }, minus], span })
    : bracket(indicator);
  return {
    kind: "product",
    factors: [
      { operator: null, body: weight, call: false },
      { operator: null, body: bracket(member), call: false },
    ],
    span,
  };
};

/** A 0 has the shape of what it equals. */
const isZero = (member: Syntax): boolean => textOf(member) === "0";

/** What is said of a chain once its note's premises are minded: links that are wrong elsewhere alone are right. */
export const underPremises = (
  court: Court,
  chain: Chain,
  links: readonly Said[],
  say: (chain: Chain) => readonly Said[],
): readonly Said[] => {
  const isOff = ({ verdict, because }: Said): boolean =>
    verdict === "wrong" || verdict === "holds-under" || because.id === "outside" || because.id === "condition-unsaid";
  if (!links.some(isOff)) return links;
  const place = placesNear(court, chain);
  if (place) {
    const placed = say({ ...chain, conditions: [...place, ...chain.conditions] });
    if (placed.length === links.length) return placed;
  }
  for (const premise of premisesOf(court, chain)) {
    const members = chain.members.map(member => (isZero(member) ? member : times(member, premise)));
    const supposed = say({ ...chain, members });
    if (supposed.length !== links.length) continue;
    const because = { id: premise.isNegated ? "premise-not" : "premise", of: [premise.latex] } as const;
    const next = links.map((link, i): Said => {
      const found = supposed[i];
      if (!found || !isOff(link) || VERDICTS[found.verdict].level !== "ok") return link;
      // Where the premise is never the case, everything is equal.
      if (found.zero && !isZero(chain.members[i + 1] as Syntax)) return link;
      return { verdict: "convention", because, ...(link.readAs ? { readAs: link.readAs } : {}) };
    });
    if (next.some((link, i) => link !== links[i])) return next;
  }
  return links;
};
