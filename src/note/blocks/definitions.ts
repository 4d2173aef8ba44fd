import type { Span } from "../../base/source.ts";
import type { Macro, Macros } from "../../parse/macros.ts";

/** Definitions in one note, at most: a note with more is not one. */
const MOST = 2_000;

const COMMAND =
  /\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|DeclarePairedDelimiter|def|gdef|let)(?![A-Za-z])\*?/gu;

/** The end of a balanced {…} that opens at `at`; -1 if it does not end nearby. */
const closing = (text: string, at: number): number => {
  let depth = 0;
  const end = Math.min(text.length, at + 4_000);
  for (let place = at; place < end; place++) {
    const character = text[place];
    if (character === "\\") place++;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return place;
  }
  return -1;
};

/**
 * The commands that a note defines, wherever it does: \newcommand, \renewcommand, \providecommand,
 * \DeclareMathOperator, \DeclarePairedDelimiter, \def with numbered parameters, \let. Also the spans of the
 * definitions, which are no part of any formula.
 */
export const findDefinitions = (text: string): { readonly macros: Macros; readonly spans: readonly Span[] } => {
  const macros = new Map<string, Macro>();
  const spans: Span[] = [];
  for (const match of text.matchAll(COMMAND)) {
    if (spans.length >= MOST) break;
    const start = match.index;
    if (start < (spans[spans.length - 1]?.end ?? 0)) continue;
    const word = match[0].replace("*", "").slice(1);
    let at = start + match[0].length;
    const skip = (): void => {
      while (at < text.length && /\s/u.test(text[at] as string)) at++;
    };
    const group = (): string | null => {
      skip();
      if (text[at] !== "{") return null;
      const end = closing(text, at);
      if (end < 0) return null;
      const inner = text.slice(at + 1, end);
      at = end + 1;
      return inner;
    };
    const option = (): string | null => {
      skip();
      if (text[at] !== "[") return null;
      const end = text.indexOf("]", at);
      if (end < 0 || end - at > 200) return null;
      const inner = text.slice(at + 1, end);
      at = end + 1;
      return inner;
    };
    const command = (): string | null => {
      skip();
      const bare = /^\\(?:[A-Za-z]+|[^A-Za-z\s])/u.exec(text.slice(at, at + 80));
      if (bare === null) return group()?.trim() ?? null;
      at += bare[0].length;
      return bare[0];
    };
    const name = command();
    if (name === null || !/^\\(?:[A-Za-z]+|[^A-Za-z\s])$/u.test(name)) continue;
    let macro: Macro | null = null;
    if (word === "let") {
      skip();
      if (text[at] === "=") at++;
      const other = command();
      if (other !== null) macro = { parameters: 0, body: other };
    } else if (word === "def" || word === "gdef") {
      const parameters = /^(?:\s*#[1-9])*/u.exec(text.slice(at, at + 80))?.[0] ?? "";
      at += parameters.length;
      const body = group();
      if (body !== null) macro = { parameters: parameters.replace(/[^#]/gu, "").length, body };
    } else if (word === "DeclareMathOperator") {
      const body = group();
      if (body !== null)
        macro = {
          parameters: 0,
          body: match[0].endsWith("*") ? `\\operatornamewithlimits{${body}}` : `\\operatorname{${body}}`,
        };
    } else if (word === "DeclarePairedDelimiter") {
      const left = group();
      const right = group();
      if (left !== null && right !== null) macro = { parameters: 1, body: `\\left${left} #1 \\right${right}` };
    } else {
      const count = option();
      const optional = count === null ? null : option();
      const body = group();
      const parameters = Number(count ?? "0");
      if (body !== null && Number.isInteger(parameters) && parameters >= 0 && parameters <= 9) {
        macro = { parameters, ...(optional === null ? {} : { optional }), body };
      }
    }
    if (macro === null) continue;
    // A command that is defined by itself would expand without end: it is left alone.
    if (macro.body.trim() !== name) macros.set(name, macro);
    spans.push({ start, end: at });
  }
  return { macros, spans };
};
