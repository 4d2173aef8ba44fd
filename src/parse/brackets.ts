import { cover, type Span } from "../base/source.ts";
import { differentiate } from "./derivative.ts";
import { ANGLES, BRACKET_NAMES, BRACKETS, CHARACTERS, UPRIGHT } from "./latex.ts";
import { refuse } from "./problem.ts";
import type { Lexeme } from "./scan.ts";
import type { State } from "./state.ts";
import { atom, type Token, unwrap } from "./token.ts";
import { addText } from "./words.ts";

const place = (lexeme: Span): Span => ({ start: lexeme.start, end: lexeme.end });

/** \lvert and | are one bracket in the tree. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ["\\lvert", "|"],
  ["\\rvert", "|"],
  ["\\lVert", "\\|"],
  ["\\rVert", "\\|"],
]);
const plain = (bracket: string): string => PLAIN.get(bracket) ?? bracket;

const CLOSING: ReadonlySet<string> = new Set(BRACKETS.values());

export const openBracket = (state: State, lexeme: Lexeme): void => {
  state.open("bracket", lexeme.text, place(lexeme));
};

export const closeBracket = (state: State, lexeme: Lexeme): void => {
  state.settleBars();
  const { top } = state;
  if (top.kind === "optional" && lexeme.text === "]") {
    state.stack.pop();
    state.give({ tokens: top.tokens, span: cover(top.span, place(lexeme)), braced: true });
    return;
  }
  if (top.kind === "bracket" && BRACKETS.get(top.open) === lexeme.text) {
    state.closeGroup(plain(top.open), plain(lexeme.text), place(lexeme));
    return;
  }
  // [0, 1) and (a, b]
  const commas = top.tokens.filter(token => token.type === "comma").length;
  if (top.kind === "bracket" && "([".includes(top.open) && ")]".includes(lexeme.text) && commas === 1) {
    state.closeGroup(top.open, lexeme.text, place(lexeme));
    return;
  }
  // A number in front: c) or 3)
  const only = top.tokens[0];
  if (
    top.kind === "root" &&
    lexeme.text === ")" &&
    top.tokens.length === 1 &&
    isNumbering(only) &&
    state.row.tag === null
  ) {
    const start = (only as Token).start;
    state.row.tag = {
      text: state.text.slice(start - state.base, (only as Token).end - state.base),
      span: { start, end: lexeme.end },
    };
    top.tokens.length = 0;
    return;
  }
  state.unclosed(place(lexeme), lexeme.text);
};

const isNumbering = (token: Token | undefined): boolean =>
  token?.type === "atom" &&
  ((token.node?.kind === "number" && /^\d{1,3}$/u.test(token.node.text)) ||
    (token.node?.kind === "symbol" && token.node.form === "letter"));

/** | and \|: they open unless they can close; what never closes is a separator. */
export const openBar = (state: State, lexeme: Lexeme): void => {
  const { top } = state;
  if (top.kind === "bar" && state.afterOperand) {
    if (top.open === lexeme.text) {
      state.closeGroup(top.open, top.open, place(lexeme));
      return;
    }
    const around = state.stack[state.stack.length - 2];
    if (top.open === "|" && around?.kind === "bar" && around.open === "|" && lexeme.end - lexeme.start === 2) {
      // ||x|| inside |…|: two single bars that close one after the other.
      const middle = lexeme.start + 1;
      state.closeGroup("|", "|", { start: lexeme.start, end: middle });
      state.closeGroup("|", "|", { start: middle, end: lexeme.end });
      return;
    }
  }
  const { last } = state;
  if (state.afterOperand && state.next?.text === "_" && lexeme.text === "|" && last?.node != null) {
    // The value at a point: y|_{x = 0}.
    const body = last.node;
    const span = { start: last.start, end: lexeme.end };
    state.top.tokens[state.top.tokens.length - 1] = atom({ kind: "group", open: ".", close: "|", body, span });
    return;
  }
  state.open("bar", lexeme.text, place(lexeme));
};

/** The bracket that \left and \right are followed by. */
const delimiter = (state: State, lexeme: Lexeme): { readonly bracket: string; readonly end: number } => {
  const next = state.next;
  if (next === undefined)
    return refuse("R002", `${lexeme.text} lacks its bracket`, lexeme, "expected a bracket after this");
  state.at++;
  const name = CHARACTERS.get(next.text) ?? next.text;
  const bracket = plain(BRACKET_NAMES.get(name) ?? ANGLES.get(name) ?? name);
  if (
    bracket !== "." &&
    bracket !== "|" &&
    bracket !== "\\|" &&
    bracket !== "/" &&
    !BRACKETS.has(bracket) &&
    !CLOSING.has(bracket)
  ) {
    return refuse(
      "R002",
      `${lexeme.text} is followed by ${next.text}, which is not a bracket`,
      next,
      "expected a bracket",
    );
  }
  return { bracket, end: next.end };
};

export const openLeft = (state: State, lexeme: Lexeme): void => {
  const { bracket, end } = delimiter(state, lexeme);
  state.open("left", bracket, { start: lexeme.start, end });
};

export const closeLeft = (state: State, lexeme: Lexeme): void => {
  state.settleBars();
  const { bracket, end } = delimiter(state, lexeme);
  const { top } = state;
  const span = { start: lexeme.start, end };
  if (top.kind !== "left") state.unclosed(span, `\\right${bracket}`);
  if (top.open !== "." || bracket !== ".") {
    state.closeGroup(top.open, bracket, span);
    return;
  }
  state.stack.pop();
  const body = state.read(top.tokens, "inside", lexeme.start);
  if (body !== null) state.add({ ...atom(body), start: top.span.start, end, closed: true });
};

export const closeBrace = (state: State, lexeme: Lexeme): void => {
  state.settleBars();
  const frame = state.top;
  if (frame.kind !== "brace") state.unclosed(place(lexeme), "}");
  state.stack.pop();
  const span = { start: frame.span.start, end: lexeme.end };
  let { tokens } = frame;
  if (frame.over !== null) {
    const top = state.read(frame.over, "inside", lexeme.start);
    const bottom = state.read(tokens, "inside", lexeme.start);
    if (top === null || bottom === null)
      refuse("R001", "\\over has nothing above or below it", span, "in these braces");
    tokens = [atom(differentiate(top, bottom, "frac", span))];
  }
  const switched = frame.fonts.length > state.top.fonts.length;
  const word = switched ? upright(frame.fonts, tokens) : null;
  if (frame.argument) {
    state.give({ tokens, span, braced: true });
    return;
  }
  if (word !== null) {
    addText(state, "\\mathrm", word, span);
    return;
  }
  const next = state.next;
  const carries = next?.text === "^" || next?.text === "_" || next?.type === "prime";
  // Braces around a font are for the font: what hangs on {\bf A x} hangs on its last letter, as in print.
  if (carries && tokens.length > 1 && !switched) {
    const body = state.read(tokens, "inside", lexeme.start);
    if (body !== null) state.add({ ...atom(body), start: span.start, end: span.end, closed: true });
    return;
  }
  // Braces that only hold together leave what they hold in its place.
  for (const token of carries && tokens.length === 1
    ? tokens.map(only => ({ ...only, ...span, closed: true }))
    : unwrap(tokens, span))
    state.top.tokens.push(token);
  state.closeSingles();
};

/** {\rm loss}: letters that an upright font makes one word. */
const upright = (fonts: readonly string[], tokens: readonly Token[]): string | null => {
  const font = fonts[fonts.length - 1];
  if (font === undefined || !UPRIGHT.has(font) || tokens.length < 2) return null;
  let word = "";
  let end = tokens[0]?.start ?? 0;
  for (const token of tokens) {
    const name =
      token.type === "partial" && token.operator?.spelling === "d"
        ? "d"
        : token.node?.kind === "symbol" && token.node.form === "letter"
          ? token.node.name
          : null;
    if (name === null || token.start !== end) return null;
    word += name;
    end = token.end;
  }
  return word;
};
