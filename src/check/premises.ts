/**
 * What a note supposes where it says an equation: "If $c > 0$:" before it, \text{if } c > 0 behind it. Times the indicator of
 * that, both sides are to be equal.
 */
import type { Suppositions } from "../exact/world.ts";
import type { Chain } from "../note/claims/chains.ts";
import { isOrderSign, type Range } from "../note/ranges.ts";
import { lexiconOfOps } from "../note/readings.ts";
import { valueSupposed } from "../note/supposed.ts";
import { textOf } from "../note/tree.ts";
import { readEquation } from "../parse/equation.ts";
import type { Syntax } from "../parse/syntax.ts";
import { rangesIn } from "./bycases.ts";
import { type Court, sliceOf } from "./court.ts";
import type { Said } from "./said.ts";
import { VERDICTS } from "./verdict.ts";

interface Premise {
  /** Inequalities, all of which are the case. */
  readonly conditions: readonly Syntax[];
  /** Names that have these values: y of "When $y = 1$:". */
  readonly values: readonly { readonly name: Syntax; readonly value: number }[];
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
  /(?:^|[\n.;,。；，])\s*(?:[-*]\s*)?(?:if|when(?:ever)?|for|where|suppose|assum(?:e|ing)|若|当|如果|假设)(?: that)?\s*(\$[^$]+\$(?:\s*(?:,|，|且|,?\s*and)\s*\$[^$]+\$)*)[^$.。]{0,40}$/iu;
const OTHERWISE = /(?:^|[\n.;,。；，])\s*(?:[-*]\s*)?(?:otherwise|else|否则)[^$.。]{0,40}$/iu;

const isOrder = (syntax: Syntax): boolean =>
  syntax.kind === "relations" && syntax.members.length === 2 && isOrderSign(syntax.operators[0]?.spelling ?? "");

/** The signs that open a display or a formula. */
const OPENING = /\s*(?:\$\$?|\\\[|\\\()?(?:\s|&|\\begin\{\w+\*?\}|\\phantom\{(?:[^{}]|\{[^{}]*\})*\})*$/u;

/** The condition of the last words of a text, displays behind them left out. */
const premiseIn = (text: string): Premise | undefined => {
  const words = text.replace(DISPLAYS, "");
  const otherwise = words.search(OTHERWISE);
  if (otherwise >= 0) {
    const before = premiseIn(words.slice(0, otherwise + 1));
    // Where a number is not 1, it may be anything.
    return before && before.values.length === 0 ? { ...before, isNegated: !before.isNegated } : undefined;
  }
  const said =
    SUPPOSED.exec(words)?.[1]
      ?.split("$")
      .filter((_, i) => i % 2 === 1) ?? [];
  const conditions: Syntax[] = [];
  const values: Premise["values"][number][] = [];
  for (const latex of said) {
    const read = readEquation(latex, lexiconOfOps(), { base: words.lastIndexOf(latex) });
    for (const { body } of read.ok ? read.value.statements : []) {
      const value = valueSupposed(body);
      if (isOrder(body)) conditions.push(body);
      else if (value) values.push(value);
      else return undefined;
    }
  }
  const isSaid = conditions.length + values.length > 0;
  return isSaid ? { conditions, values, isNegated: false, latex: said.join(", \\; ") } : undefined;
};

const premisesOf = (court: Court, { premises, span }: Chain): readonly Premise[] => {
  const own = premises.filter(isOrder);
  if (own.length > 0)
    return own.map(condition => ({
      conditions: [condition],
      values: [],
      isNegated: false,
      latex: sliceOf(court, condition.span),
    }));
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
const times = (member: Syntax, { conditions, isNegated }: Premise): Syntax => {
  const { span } = member;
  const bracket = (body: Syntax): Syntax => ({ kind: "group", open: "(", close: ")", body, span });
  const one: Syntax = { kind: "number", text: "1", fonts: ["mathbb"], accents: [], span };
  const indicator: Syntax = {
    kind: "product",
    factors: conditions.flatMap(condition => [
      { operator: null, body: one, call: false },
      { operator: null, body: bracket(condition), call: true },
    ]),
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

/** What the witness is to suppose of the given numbers; undefined where one of them is something else. */
const suppositionsOf = ({ reader, witness }: Court, { values }: Premise): Suppositions | undefined => {
  const found = new Map<string, number>();
  for (const { name, value } of values) {
    const resolved = reader.resolve(name);
    const symbol = resolved && reader.symbolOf(resolved.family);
    const entry = symbol && witness.system.symbols.get(symbol.name);
    if (!entry || entry.role === "defined" || symbol.rank > 0 || symbol.shape.length > 0) return undefined;
    found.set(symbol.name, value);
  }
  return { values: found };
};

/** The words in the sentence of an equation, before it and behind it. */
const SENTENCE = [/[^.。\n]{0,120}$/u, /^[^.。\n]{0,80}/u] as const;
const SYMMETRIC = /(?<!skew[\s-]?|anti[\s-]?|non[\s-]?|not |a)symmetric|(?<!反|斜|不|非)对称/iu;

/** What is right of symmetric matrices alone, where the words beside say that they are: "for symmetric $A$". */
const ofSymmetric = (court: Court, { span }: Chain, said: Said): Said => {
  const [under] = said.under ?? [];
  const [name] = under?.suppose.symmetric ?? [];
  if (said.verdict !== "holds-under" || !under || name === undefined) return said;
  const latex = court.witness.system.symbols.get(name)?.latex ?? name;
  const before = court.text.slice(Math.max(0, span.start - NEAR), span.start).replace(OPENING, "");
  const words = [SENTENCE[0].exec(before)?.[0], SENTENCE[1].exec(court.text.slice(span.end))?.[0]];
  const isSaid = words.some(
    text => text !== undefined && SYMMETRIC.test(text) && text.split(/[$\s,()]+/u).includes(latex),
  );
  const { under: _, ...rest } = said;
  return isSaid ? { ...rest, verdict: "convention", because: { id: "premise", of: [under.latex] } } : said;
};

/** What is said of a chain once its note's premises are minded: links that are wrong elsewhere alone are right. */
export const underPremises = (
  court: Court,
  chain: Chain,
  links: readonly Said[],
  say: (chain: Chain) => readonly Said[],
): readonly Said[] => {
  const symmetric = links.map(link => ofSymmetric(court, chain, link));
  if (symmetric.some((link, i) => link !== links[i])) return symmetric;
  const isOff = ({ verdict, because }: Said): boolean =>
    verdict === "wrong" || verdict === "holds-under" || because.id === "outside" || because.id === "condition-unsaid";
  if (!links.some(isOff)) return links;
  const place = placesNear(court, chain);
  if (place) {
    const placed = say({ ...chain, conditions: [...place, ...chain.conditions] });
    if (placed.length === links.length) return placed;
  }
  for (const premise of premisesOf(court, chain)) {
    const suppose = suppositionsOf(court, premise);
    const members = chain.members.map(member => (isZero(member) ? member : times(member, premise)));
    const supposed = premise.conditions.length > 0 ? say({ ...chain, members }) : links;
    if (!suppose || supposed.length !== links.length) continue;
    const because = { id: premise.isNegated ? "premise-not" : "premise", of: [premise.latex] } as const;
    const next = links.map((link, i): Said => {
      const found = supposed[i];
      if (!found || !isOff(link)) return link;
      const judgement =
        found.equation && premise.values.length > 0 ? court.witness.judge(found.equation, suppose) : undefined;
      const isRight = judgement ? judgement.verdict === "equal" : VERDICTS[found.verdict].level === "ok";
      const isNothing = judgement ? judgement.verdict === "equal" && judgement.zero : found.zero;
      // Where the premise is never the case, everything is equal.
      if (!isRight || (isNothing && !isZero(chain.members[i + 1] as Syntax))) return link;
      return { verdict: "convention", because, ...(link.readAs ? { readAs: link.readAs } : {}) };
    });
    if (next.some((link, i) => link !== links[i])) return next;
  }
  return links;
};
