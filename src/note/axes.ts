/**
 * Along which axis a function of vectors is meant where it is given a matrix: as its name says (softmax_{row}, rowsum),
 * as the words nearest to it say ("row-wise"), else as what the matrix holds suggests. Nothing else is guessed.
 */
import type { Span } from "../base/source.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import type { Axis } from "../ops/along.ts";
import type { Script, Syntax } from "../parse/syntax.ts";
import type { Family, Names } from "./names.ts";
import { baseOf, takeApart } from "./scripts.ts";
import { textOf, valuesIn } from "./tree.ts";

export interface AxisWord {
  readonly axis: Axis;
  readonly span: Span;
}

const wordsFor = (one: string, han: string): RegExp =>
  new RegExp(
    [
      String.raw`\b${one}[\s-]?wise\b|\b${one} by ${one}\b|\b(?:each|every) ${one}\b`,
      String.raw`\b(?:to|of|in|for|along|normalis\w+|normaliz\w+) (?:each|every|the) ${one}s?\b`,
      String.raw`\b(?:acts?|acting|works?|operates?|applied) (?:on|to) (?:its )?${one}s\b`,
      `按${han}|逐${han}|每一?${han}`,
    ].join("|"),
    "giu",
  );

const ROW_WORDS = wordsFor("row", "行");
const COLUMN_WORDS = wordsFor("column", "列");

/** Words about rows and columns in a piece of text that begins at `span`. */
export const axisWordsIn = (text: string, { start }: Span): readonly AxisWord[] =>
  (
    [
      ["rows", ROW_WORDS],
      ["columns", COLUMN_WORDS],
    ] as const
  ).flatMap(([axis, pattern]) =>
    [...text.matchAll(pattern)].map(found => ({
      axis,
      span: { start: start + found.index, end: start + found.index + found[0].length },
    })),
  );

/** The axis that a subscript or a prefix names: row, rows, row-wise, col, column … */
const axisNamed = (text: string): Axis | undefined => {
  if (/^rows?(?:-?wise)?$/iu.test(text)) return "rows";
  return /^col(?:s|umns?)?(?:-?wise)?$/iu.test(text) ? "columns" : undefined;
};

export interface Spelled {
  readonly spelling: string;
  /** "all": of the array as a whole. */
  readonly axis?: Axis | "all";
  /** The array has two axes, of which this is one. */
  readonly ofTwo?: true;
  /** Scripts that say something else. */
  readonly scripts: readonly Script[];
}

/** The axis that a function's name says, and the name without it. */
export const axisSpelled = (spelling: string, scripts: readonly Script[]): Spelled => {
  const [, open = "", prefix, rest = ""] =
    /^(\\operatorname\{)?(row|col|column)[-\s_\\]*(?:wise)?[-\s]*(\w{3,}\}?)$/iu.exec(spelling) ?? [];
  const named = prefix === undefined ? undefined : axisNamed(prefix);
  if (named) return { spelling: `${open}${rest}`, axis: named, scripts };
  for (const script of scripts) {
    const text = script.position === "sub" ? textOf(script.body).replace(/[\s{}]/gu, "") : "";
    const rest = scripts.filter(other => other !== script);
    // The axis that code counts, and that goes.
    if (text === "axis0" || text === "axis1")
      return { spelling, axis: text === "axis0" ? "columns" : "rows", ofTwo: true, scripts: rest };
    const axis = text === "all" ? text : axisNamed(text);
    if (axis) return { spelling, axis, scripts: rest };
  }
  return { spelling, scripts };
};

/** What tells rows from columns: words of the note, what a name is defined by, and how it is declared. */
export interface AxisFacts {
  readonly words: readonly AxisWord[];
  readonly rightOf: (family: Family) => Syntax | undefined;
  readonly declaredSizes: (family: Family) => readonly [rows: string, columns: string] | undefined;
}

interface AxisSetting {
  readonly names: Pick<Names, "resolve">;
  readonly axisFacts: AxisFacts;
}

export const axisFactsOf = (prepared: {
  readonly axisWords: readonly AxisWord[];
  readonly equations: readonly { readonly family: Family; readonly right: Syntax }[];
  readonly declared: readonly { readonly family: Family; readonly rows: Polynomial; readonly columns: Polynomial }[];
}): AxisFacts => ({
  words: prepared.axisWords,
  rightOf: family => prepared.equations.find(equation => equation.family === family)?.right,
  declaredSizes: family => {
    const shape = prepared.declared.find(each => each.family === family);
    return shape && [shape.rows.key, shape.columns.key];
  },
});

export interface AxisReason {
  readonly axis: Axis;
  readonly because: string;
  /** The note's own words. */
  readonly isSaid?: true;
}

const distance = (a: Span, b: Span): number => Math.max(0, a.start - b.end, b.start - a.end);

/** The words nearest to a place. */
const nearestWord = (words: readonly AxisWord[], place: Span): AxisWord | undefined =>
  words.toSorted((a, b) => distance(a.span, place) - distance(b.span, place))[0];

/** Sizes that usually count samples, tokens, queries or steps. */
const COUNTED = /^(?:N|M|B|T|L|S|n|m|b|t|s|l|ell)(?:_\w+)?$/u;
const WEIGHTS = /^(?:W|U|V|A|theta|Theta|w)$/u;
const MOST_PARTS = 200;

const isTransposed = (syntax: Syntax): boolean =>
  takeApart(syntax).elements.some(
    element =>
      (element.kind === "mark" && element.body === null) ||
      (element.kind === "item" && element.position === "sup" && textOf(element.body) === "T"),
  );

const letterOf = (syntax: Syntax): string => {
  const { core, accents } = takeApart(syntax);
  return baseOf(core, accents)?.split(" ").at(-1) ?? "";
};

const isScalarLike = (syntax: Syntax): boolean =>
  syntax.kind === "number" || syntax.kind === "fraction" || syntax.kind === "root";

/** What a product of matrices says of its rows and columns: Q Kᵀ has a row for each query. */
const axisOfProduct = (first: Syntax, last: Syntax): AxisReason | undefined => {
  const [a, b] = [isTransposed(first), isTransposed(last)];
  const [x, y] = [letterOf(first), letterOf(last)];
  if (!a && b)
    return { axis: "rows", because: `each row belongs to a row of ${x}, and its entries to the rows of ${y}` };
  if (a && !b)
    return {
      axis: "columns",
      because: `each column belongs to a column of ${y}, and its entries to the columns of ${x}`,
    };
  const [v, w] = [WEIGHTS.test(x), WEIGHTS.test(y)];
  if (w && !v) return { axis: "rows", because: `the rows of ${x} pass through ${y} one by one` };
  if (v && !w) return { axis: "columns", because: `the columns of ${y} pass through ${x} one by one` };
  return undefined;
};

/** What a matrix holds, from how it is computed or declared; undefined where nothing tells. */
const axisHeld = (
  argument: Syntax,
  { names, axisFacts: { rightOf, declaredSizes } }: AxisSetting,
): AxisReason | undefined => {
  const waiting: Syntax[] = [argument];
  const seen = new Set<unknown>();
  for (let parts = 0; waiting.length > 0 && parts < MOST_PARTS; parts++) {
    const syntax = waiting.shift() as Syntax;
    if (syntax.kind === "product" && syntax.factors.every(({ operator }) => operator?.spelling !== "\\odot")) {
      const factors = syntax.factors.map(factor => factor.body).filter(factor => !isScalarLike(factor));
      const [first, last] = [factors[0], factors.at(-1)];
      const found = first && last && first !== last ? axisOfProduct(first, last) : undefined;
      if (found) return found;
      waiting.push(...factors);
    } else if (syntax.kind === "symbol" || syntax.kind === "scripted" || syntax.kind === "accent") {
      const family = names.resolve(syntax)?.family;
      if (!family || isTransposed(syntax)) {
        if (!family) waiting.push(...valuesIn(syntax).filter(part => part !== syntax));
        continue;
      }
      if (seen.has(family)) continue;
      seen.add(family);
      const right = rightOf(family);
      if (right) waiting.push(right);
      const [rows, columns] = right ? [] : (declaredSizes(family) ?? []);
      if (rows === undefined || columns === undefined || COUNTED.test(rows) === COUNTED.test(columns)) continue;
      const axis = COUNTED.test(rows) ? "rows" : "columns";
      const one = axis === "rows" ? "row" : "column";
      return {
        axis,
        because: `${letterOf(syntax)} is ${rows} by ${columns}: each ${one} is one of ${axis === "rows" ? rows : columns}`,
      };
    } else waiting.push(...(syntax.kind === "fraction" ? [syntax.top] : valuesIn(syntax)));
  }
  return undefined;
};

/** Along which axis a function applied to a matrix is meant, and why; undefined where it is to be asked. */
export const axisMeant = (of: AxisSetting, args: readonly Syntax[], place: Span): AxisReason | undefined => {
  const word = nearestWord(of.axisFacts.words, place);
  if (word) return { axis: word.axis, because: "the note says so", isSaid: true };
  for (const arg of args) {
    const found = axisHeld(arg, of);
    if (found) return found;
  }
  return undefined;
};
