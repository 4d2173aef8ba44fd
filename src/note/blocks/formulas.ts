import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";
import { ROW_ENVIRONMENTS } from "../../parse/latex.ts";

/** A stretch of a Markdown note that Markdown must not touch. */
export interface Region {
  readonly kind: "formula" | "code";
  readonly display: boolean;
  readonly language: string;
  /** With its delimiters or fences. */
  readonly span: Span;
  readonly inner: Span;
}

const ENVIRONMENTS: ReadonlySet<string> = new Set([
  ...ROW_ENVIRONMENTS,
  "array",
  "cases",
  "matrix",
  "pmatrix",
  "bmatrix",
  "vmatrix",
  "Bmatrix",
  "Vmatrix",
  "smallmatrix",
  "dcases",
]);

const FENCE = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*(`{3,}|~{3,})[ \t]*([^\n`]*)$/u;

/** Everything that may begin or end a region, in one pass. */
const MARKS = /\\\\[()[\]]|\\[()[\]]|\\(?:begin|end)\{[A-Za-z]+\*?\}|\\[\s\S]|\$\$|\$|`+|<!--|\n[^\S\n]*(?=\n)|\n/gu;

/** Formulas without an end that are told of in one note. */
const MOST_TOLD = 50;

const LONGEST_INLINE = 200;
const NEAR = 80;
/** A word that is no name of a system, no bullet and no number. */
const WORDS = /^[^$]*(?:\p{Ll}{2,}|\p{Lo}{2,})[^$]*$|^\s+(?:\p{Ll}{2,}|\p{Lo}{2,})/u;

interface Mark {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const marksOf = (text: string): Mark[] => {
  const out: Mark[] = [];
  for (const match of text.matchAll(MARKS))
    out.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  return out;
};

const isBlankLine = (mark: Mark, next: Mark | undefined): boolean =>
  mark.text.startsWith("\n") &&
  (mark.text.length > 1 || next?.start === mark.end) &&
  (next?.text.startsWith("\n") ?? false);

/** For every mark, the next mark of the same text: closing delimiters are found without scanning twice. */
const successors = (marks: readonly Mark[]): Map<string, number[]> => {
  const places = new Map<string, number[]>();
  marks.forEach((mark, at) => {
    const known = places.get(mark.text);
    if (known === undefined) places.set(mark.text, [at]);
    else known.push(at);
  });
  return places;
};

/** A price or the like: $5 and $10. */
const isMoney = (inner: string): boolean => /^\d/u.test(inner) && /\s/u.test(inner) && !/[\\^_=+<>{}|*/-]/u.test(inner);

/**
 * Finds the formulas and the code of a Markdown note: $…$, $$…$$ (in a line or over lines), \(…\), \[…\]
 * and their doubled forms, bare environments, fences. Linear in the note. A display that does not end is
 * told and skipped.
 */
export const findRegions = (
  text: string,
): { readonly regions: readonly Region[]; readonly diagnostics: readonly Diagnostic[] } => {
  const marks = marksOf(text);
  const places = successors(marks);
  const environments = matchEnvironments(marks);
  const cursors = new Map<string, number>();
  /** The first mark of this text behind a place; each list is walked once. */
  const after = (word: string, at: number): number | undefined => {
    const list = places.get(word);
    if (list === undefined) return undefined;
    let cursor = cursors.get(word) ?? 0;
    while (cursor < list.length && (list[cursor] as number) <= at) cursor++;
    cursors.set(word, cursor);
    return list[cursor];
  };
  const blanks: number[] = [];
  marks.forEach((mark, at) => {
    if (isBlankLine(mark, marks[at + 1])) blanks.push(at);
  });
  let blank = 0;
  const paragraphEnd = (at: number): number => {
    while (blank < blanks.length && (blanks[blank] as number) <= at) blank++;
    return blanks[blank] ?? marks.length;
  };

  const regions: Region[] = [];
  const diagnostics: Diagnostic[] = [];
  const unclosed = (mark: Mark, what: string): void => {
    if (diagnostics.length >= MOST_TOLD) return;
    diagnostics.push({
      code: "R004",
      severity: "warning",
      message: `${what} is opened here and not closed`,
      spans: [{ span: { start: mark.start, end: mark.end }, label: "opened here" }],
    });
  };
  const formula = (from: Mark, to: Mark, display: boolean): void => {
    regions.push({
      kind: "formula",
      display,
      language: "",
      span: { start: from.start, end: to.end },
      inner: { start: from.end, end: to.start },
    });
  };
  /** Whether nothing between two marks says that the formula ended before: a lone dollar. */
  const cleanDollars = (from: number, to: number): boolean => {
    const lone = after("$", from);
    return lone === undefined || lone > to || inText(marks, from, lone, text);
  };

  let lineStart = 0;
  for (let at = -1; at < marks.length; ) {
    if (at < 0 || (marks[at] as Mark).text.startsWith("\n")) {
      // A line begins: perhaps a fence.
      lineStart = at < 0 ? 0 : (marks[at] as Mark).end;
      const nextBreak = lineBreak(marks, at);
      const lineEnd = nextBreak === undefined ? text.length : (marks[nextBreak] as Mark).start;
      const fence = lineEnd - lineStart < 400 ? FENCE.exec(text.slice(lineStart, lineEnd)) : null;
      if (fence !== null) {
        const closed = closeFence(text, marks, nextBreak, fence[1] as string);
        const language = (fence[2] ?? "").trim().split(/\s/u)[0] ?? "";
        const start = lineStart + (fence[0].length - fence[0].trimStart().length);
        const end = closed?.end ?? text.length;
        const innerEnd = closed?.start ?? text.length;
        const innerStart = Math.min(lineEnd + 1, innerEnd);
        if (closed === undefined && language === "math") unclosed({ text: "", start, end: lineEnd }, "a math fence");
        regions.push({
          kind: language === "math" ? "formula" : "code",
          display: true,
          language,
          span: { start, end },
          inner: { start: innerStart, end: innerEnd },
        });
        at = closed?.mark ?? marks.length;
        continue;
      }
      at++;
      continue;
    }
    const mark = marks[at] as Mark;
    const { text: word } = mark;
    let close: number | undefined;
    if (word === "$$") {
      close = after("$$", at);
      if (close === undefined || !cleanDollars(at, close)) {
        unclosed(mark, "a display formula");
        close = undefined;
      } else if (close === at + 1 && (marks[close] as Mark).start === mark.end) close = undefined;
      else formula(mark, marks[close] as Mark, !inLine(text, mark, marks[close] as Mark));
    } else if (word === "$") {
      close = after("$", at);
      const end = close === undefined ? undefined : (marks[close] as Mark);
      const double = after("$$", at);
      if (
        close === undefined ||
        end === undefined ||
        close > paragraphEnd(at) ||
        (double !== undefined && double < close) ||
        end.start === mark.end
      )
        close = undefined;
      else {
        const inner = text.slice(mark.end, end.start);
        // $`…`$ is another way to write it.
        const quoted = inner.length > 2 && inner.startsWith("`") && inner.endsWith("`") ? 1 : 0;
        if (isMoney(inner)) close = undefined;
        else formula({ ...mark, end: mark.end + quoted }, { ...end, start: end.start - quoted }, false);
        if (close !== undefined && quoted > 0) {
          const last = regions[regions.length - 1] as Region;
          regions[regions.length - 1] = { ...last, span: { start: mark.start, end: end.end } };
        }
      }
    } else if (word === "\\[" || word === "\\\\[" || word === "\\(" || word === "\\\\(") {
      const closing = word.slice(0, -1) + (word.endsWith("[") ? "]" : ")");
      close = after(closing, at);
      if (close !== undefined && word.endsWith("(") && close > paragraphEnd(at)) close = undefined;
      if (close === undefined) {
        if (word.endsWith("[")) unclosed(mark, "a display formula");
      } else formula(mark, marks[close] as Mark, word.endsWith("["));
    } else if (word.startsWith("\\begin{") && ENVIRONMENTS.has(word.slice(7, -1))) {
      close = environments.get(at);
      if (close === undefined) unclosed(mark, word);
      else {
        const span = { start: mark.start, end: (marks[close] as Mark).end };
        regions.push({ kind: "formula", display: true, language: "", span, inner: span });
      }
    } else if (word.startsWith("`")) {
      close = after(word, at);
      if (close !== undefined && close > paragraphEnd(at)) close = undefined;
    } else if (word === "<!--") {
      const end = text.indexOf("-->", mark.end);
      if (end < 0) break;
      close = at;
      while (close + 1 < marks.length && (marks[close + 1] as Mark).start < end) close++;
    }
    // A region may end inside a line: the rest of the line is read on.
    at = (close ?? at) + 1;
  }
  return { regions, diagnostics };
};

/** $$…$$ among words on one line, as kramdown has it: a name or a shape; equations are displays wherever they stand. */
const inLine = (text: string, from: Mark, to: Mark): boolean => {
  if (to.start - from.end > LONGEST_INLINE) return false;
  if (/[=\n]/u.test(text.slice(from.end, to.start))) return false;
  const before = text.slice(Math.max(0, text.lastIndexOf("\n", from.start - 1) + 1, from.start - NEAR), from.start);
  const end = text.indexOf("\n", to.end);
  const after = text.slice(to.end, Math.min(end < 0 ? text.length : end, to.end + NEAR));
  return WORDS.test(before) || WORDS.test(after);
};

/** The next line break behind a mark. */
const lineBreak = (marks: readonly Mark[], at: number): number | undefined => {
  for (let next = at + 1; next < marks.length; next++) if ((marks[next] as Mark).text.startsWith("\n")) return next;
  return undefined;
};

/** The line that closes a fence: its start, its end, and the mark that ends it. */
const closeFence = (
  text: string,
  marks: readonly Mark[],
  from: number | undefined,
  fence: string,
): { start: number; end: number; mark: number } | undefined => {
  const closing = new RegExp(`^[ \\t>]*${fence[0]}{${fence.length},}[ \\t\\r]*$`, "u");
  for (let at = from; at !== undefined; ) {
    const start = (marks[at] as Mark).end;
    const next = lineBreak(marks, at);
    const end = next === undefined ? text.length : (marks[next] as Mark).start;
    if (end - start < 200 && closing.test(text.slice(start, end))) return { start, end, mark: next ?? marks.length };
    at = next;
  }
  return undefined;
};

/** For every \begin its \end. */
const matchEnvironments = (marks: readonly Mark[]): ReadonlyMap<number, number> => {
  const open = new Map<string, number[]>();
  const pairs = new Map<number, number>();
  marks.forEach(({ text }, at) => {
    const parts = /^\\(begin|end)\{(.*)\}$/u.exec(text);
    if (parts === null) return;
    const name = parts[2] as string;
    const stack = open.get(name) ?? [];
    if (parts[1] === "begin") {
      stack.push(at);
      open.set(name, stack);
    } else {
      const from = stack.pop();
      if (from !== undefined) pairs.set(from, at);
    }
  });
  return pairs;
};

/** \text{…$x$…} inside a display holds dollars of its own. */
const inText = (marks: readonly Mark[], from: number, at: number, text: string): boolean => {
  const start = (marks[from] as Mark).end;
  const place = (marks[at] as Mark).start;
  const near = Math.max(start, place - 400);
  const open = near + text.slice(near, place).lastIndexOf("{");
  return (
    open >= near &&
    /\\(?:text|textrm|textbf|textit|mbox|hbox|tag\*?)\s*$/u.test(text.slice(Math.max(start, open - 12), open)) &&
    !text.slice(open, place).includes("}")
  );
};
