import type { Span } from "../base/source.ts";
import { CONNECTIVES, UPRIGHT } from "./latex.ts";
import { findWord } from "./lexicon.ts";
import type { State } from "./state.ts";
import type { SymbolSyntax } from "./syntax.ts";
import { atom, type Token } from "./token.ts";

const NAME = /^\p{L}[\p{L}\p{N}_'*-]*$/u;
/** Words that say how a formula is meant. */
const ADVERB = /^(?:row|column|element|entry|component)-?wise$/iu;
const CONTINUOUS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const symbol = (name: string, form: SymbolSyntax["form"], fonts: readonly string[], span: Span): SymbolSyntax => ({
  kind: "symbol",
  name,
  form,
  fonts,
  accents: [],
  span,
});

/** A letter or a command without a meaning of its own. */
export const addSymbol = (state: State, name: string, form: "letter" | "command", span: Span): void => {
  const { fonts } = state.top;
  const font = fonts[fonts.length - 1];
  if (name === "d" && font !== undefined && UPRIGHT.has(font)) {
    state.add(differential("d", span));
    return;
  }
  state.add(atom(symbol(name, form, fonts, span)));
};

export const differential = (spelling: string, span: Span): Token => ({
  type: "partial",
  start: span.start,
  end: span.end,
  node: null,
  operator: { spelling, span: { start: span.start, end: span.end } },
  scripts: [],
  closed: false,
});

/** What a \text, \mathrm, \operatorname … holds: a name, a function, a word between equations, or punctuation. */
export const addText = (state: State, command: string, content: string, span: Span): void => {
  const text = content.replace(/\\_/gu, "_").trim();
  const place = { start: span.start, end: span.end };
  const always = command === "\\operatorname" || command === "\\operatornamewithlimits" || command === "\\mathop";
  if (text === "" || /^[.。]$/u.test(text)) return;
  if (/^[,;，；]$/u.test(text)) {
    state.add({
      type: "comma",
      ...place,
      node: null,
      operator: { spelling: ",", span: place },
      scripts: [],
      closed: false,
    });
    return;
  }
  const opensNext = state.next?.text === "(" || state.next?.text === "\\left" || state.next?.text === "[";
  const entry = state.top.script && !opensNext ? undefined : findWord(state.lexicon, text);
  if (entry !== undefined && entry.class !== "name" && !(CONNECTIVES.has(text) && !always)) {
    if (entry.class === "function" || entry.class === "limits" || entry.class === "big") {
      addFunction(state, text, entry.class, entry.op, place);
      return;
    }
  }
  const font = command.slice(1);
  if (text === "d" && !state.top.script && !always) {
    state.add(differential("d", place));
    return;
  }
  const single = [...text].length === 1;
  if (always && entry === undefined && !state.top.script) {
    addFunction(state, text, command === "\\operatornamewithlimits" ? "limits" : "function", undefined, place);
    return;
  }
  const between = state.top.kind === "root" || state.top.kind === "matrix";
  const named =
    NAME.test(text) &&
    !CONTINUOUS.test(text) &&
    !(between && ADVERB.test(text)) &&
    (single || !between || !CONNECTIVES.has(text.toLowerCase()));
  if (named || (state.top.script && !/[\\$]/u.test(text))) {
    state.add(
      atom({
        ...symbol(text, single ? "letter" : "word", [...state.top.fonts, font], place),
        ...(entry?.op === undefined ? {} : { op: entry.op }),
      }),
    );
    return;
  }
  state.add(atom({ kind: "prose", text: content, span: place }, "prose"));
};

const addFunction = (
  state: State,
  word: string,
  kind: "function" | "limits" | "big",
  op: string | undefined,
  span: Span,
): void => {
  state.add({
    type: kind,
    ...span,
    node: null,
    operator: { spelling: `\\operatorname{${word}}`, ...(op === undefined ? {} : { op }), span },
    scripts: [],
    closed: false,
  });
};

/** Raw content of an upright font command that is one word rather than mathematics. */
export const isWord = (content: string): boolean =>
  /^\s*\p{L}(?:[\p{L}\p{N}\- .]|\\_)*\s*$/u.test(content) && [...content.trim()].length > 1;
