/** What words say that a name is: "φ is tanh", "the logistic function σ", "ℓ is the cross-entropy", "y is the one-hot vector of c". */
import { isEntrywise } from "../ops/along.ts";
import { OPS } from "../ops/index.ts";
import type { Syntax } from "../parse/syntax.ts";
import { readingsOf } from "./readings.ts";

export const IDENTITY = /^(?:id|identity)$/iu;
/** What the function u ↦ u is called, which is no op. */
export const IDENTICAL = "identity";

/** Words that may say of the name before them what it is. */
const BEHIND = /function|函数|非线性|nonlinearity|\bis\b|\bdenotes?\b|是|为/iu;
/** "φ: sigmoid", "φ (ReLU)". */
const APPOSED = /^\s*[:：(（]/u;
/** Between a name and the formula that says which function it is. */
const BETWEEN =
  /^\s*(?:is|are|be|denotes|stands for|是|为|取)(?:\s+(?:the|a|an|just|simply))?(?:\s*(?:function|函数))?\s*$/iu;
/** Between such a formula and the name that follows it: \tanh for φ. */
const REVERSED = /^\s*(?:for|as|作为)\s*(?:the\s+)?(?:activation|non-?linearity|激活函数)?\s*$/iu;
/** "The logistic function σ", "a tanh activation φ". */
const NOUN = /^(?:[\s-]+(?:activation|function|non-?linearity|squashing))+\s*$|^\s*(?:激活)?函数\s*$/iu;
/** Before the name of a function, words that make it another one. */
const OTHER =
  /(?:hard|leaky|parametric|scaled|shifted|log|modified|smooth|noisy|clipped|inverse|(?:derivative|slope|gradient) of(?:\s+the)?)[\s-]+$/iu;

interface Called {
  readonly spelling: string;
  /** How many words stand before it. */
  readonly nth: number;
  readonly end: number;
}

const PHRASES = new Map(
  OPS.flatMap(({ latex }) =>
    (latex.called ?? []).map((phrase): [string, string] => [phrase, Object.keys(latex.reads ?? {})[0] ?? ""]),
  ),
);

/** Spellings of what acts entry by entry: "the mean function m" is no mean. */
const ACTING = new Set([IDENTICAL, ...OPS.filter(isEntrywise).flatMap(({ latex }) => Object.keys(latex.reads ?? {}))]);

/** The functions that words name, in their order. */
const functionsIn = (text: string): readonly Called[] => {
  const words = new RegExp(`${[...PHRASES.keys()].join("|")}|[A-Za-z]+`, "giu");
  return [...text.matchAll(words)].flatMap(({ 0: word, index }, nth) => {
    const spelling = IDENTITY.test(word)
      ? IDENTICAL
      : [PHRASES.get(word.toLowerCase()) ?? word, `\\${word}`].find(
          each => each !== "I" && readingsOf(each, 1).length > 0,
        );
    if (spelling === undefined || OTHER.test(text.slice(0, index))) return [];
    return [{ spelling, nth, end: index + word.length }];
  });
};

const opOf = (formula: Syntax | undefined): string | undefined =>
  formula?.kind === "symbol" && formula.op !== undefined ? formula.name : undefined;

/** The spelling of the function that the words behind a name say it is; `formula`: the name that stands behind them. */
export const functionBehind = (text: string, formula: Syntax | undefined): string | undefined => {
  if (BETWEEN.test(text) && opOf(formula) !== undefined) return opOf(formula);
  const [first] = functionsIn(text).filter(({ nth }) => nth < 8);
  return BEHIND.test(text) || (APPOSED.test(text) && ACTING.has(first?.spelling ?? "")) ? first?.spelling : undefined;
};

/** The spelling of the function that the words before a name say it is; `formula`: the name that stands before them. */
export const functionAhead = (text: string, formula: Syntax | undefined): string | undefined => {
  if (REVERSED.test(text) && opOf(formula) !== undefined) return opOf(formula);
  const last = functionsIn(text).at(-1);
  if (!last || !ACTING.has(last.spelling)) return undefined;
  const rest = text.slice(last.end);
  // "The sigmoid σ", but not "the log p".
  return NOUN.test(rest) || (rest.trim() === "" && last.spelling.length > 3) ? last.spelling : undefined;
};

const LOSS_NOUN = /^(?:[\s-]+(?:loss|error|cost|objective|criterion|function))*\s*$|^\s*(?:误差|损失)?(?:函数)?\s*$/iu;

/** Where words call each loss that is called in them. */
const lossesIn = (text: string): readonly { readonly op: string; readonly end: number }[] =>
  OPS.flatMap(({ name, compares }) =>
    (compares?.called ?? []).flatMap(phrase => {
      const at = text.toLowerCase().lastIndexOf(phrase.toLowerCase());
      return at < 0 ? [] : [{ op: name, end: at + phrase.length }];
    }),
  );

/** The ops, one of which the words behind a name say that it is. */
export const lossesBehind = (text: string): readonly string[] =>
  BEHIND.test(text) || APPOSED.test(text) ? [...new Set(lossesIn(text).map(({ op }) => op))] : [];

/** The ops, one of which the words before a name say that it is. */
export const lossesAhead = (text: string): readonly string[] => [
  ...new Set(lossesIn(text).flatMap(({ op, end }) => (LOSS_NOUN.test(text.slice(end)) ? [op] : []))),
];

const ONE_HOT =
  /\bone[\s-]?hot\s+(?:column\s+)?(?:vector|encoding|representation|label|version|form)?\s*(?:of|for|encoding|representing)\s+(?:the\s+)?(?:(?:true|correct|target)\s+)?(?:class|label)?\s*$/iu;

/** The label whose one-hot vector the words between two names make of the first one. */
export const oneHotSaid = (text: string, label: Syntax | undefined): Syntax | undefined =>
  ONE_HOT.test(text) ? label : undefined;

const ONE_HOT_BEHIND =
  /^\s*,?\s*(?:(?:is|are|being|denotes?|holds|contains)\s+)?(?:the\s+|a\s+)?(?:\w+\s+of\s+)?one[\s-]?hot\b|^\s*(?:是|为)[^。，,]{0,8}(?:独热|one[\s-]?hot)/iu;
const ONE_HOT_AHEAD =
  /\bone[\s-]?hot(?:[\s-]+(?:encoded|encoding|label|target|class|matrix|vector)s?)*(?:\s+of\s+(?:the\s+)?(?:labels|classes|targets))?\s*$|独热(?:编码)?(?:的)?(?:标签)?(?:矩阵|向量)?\s*$/iu;

/** Whether words call the name before them, or the one behind them, one-hot. */
export const oneHotWords = (text: string): { readonly behind: boolean; readonly ahead: boolean } => ({
  behind: ONE_HOT_BEHIND.test(text),
  ahead: ONE_HOT_AHEAD.test(text),
});
