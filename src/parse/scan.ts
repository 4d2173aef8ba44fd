import moo from "moo";

/** A lexeme of TeX. White space and comments leave a mark on the lexeme that follows, nothing else. */
export interface Lexeme {
  readonly type: "command" | "number" | "letter" | "words" | "prime" | "sign";
  /** Commands with their backslash. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** White space stands before it. */
  readonly spaced: boolean;
  /** Comes out of a macro's body: its text is not what the note has at this place. */
  readonly expanded: boolean;
}

const CONTINUOUS = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}";

const LEXER = moo.compile({
  space: { match: /[\s\u00A0\uFEFF]+/u, lineBreaks: true },
  comment: /%[^\n]*/u,
  command: /\\[A-Za-z]+/u,
  // One character after a backslash: \\ \, \{ \| and the like. A line break there is TeX's "\ ".
  symbol: { match: /\\[^A-Za-z]/u, lineBreaks: true },
  number: /[0-9]+(?:\.[0-9]+)?|\.[0-9]+/u,
  words: new RegExp(`[${CONTINUOUS}][${CONTINUOUS}\\p{M}、。]*`, "u"),
  prime: /['′″‴’]+/u,
  sign: /\.\.\.+|:=|\+=|-=|<=|>=|!=|==|=>|->|\|\|/u,
  letter: /\p{L}\p{M}*/u,
  other: { match: /[\s\S]/u, lineBreaks: true },
});

/** Splits a formula into lexemes; offsets count from `base`. Never fails: odd characters come out as signs. */
export const scan = (text: string, base: number): Lexeme[] => {
  const out: Lexeme[] = [];
  let spaced = false;
  LEXER.reset(text);
  for (let token = LEXER.next(); token !== undefined; token = LEXER.next()) {
    const type = token.type;
    if (type === "space" || type === "comment") {
      spaced = true;
      continue;
    }
    const start = base + token.offset;
    out.push({
      type: type === "symbol" ? "command" : type === "other" ? "sign" : (type as Lexeme["type"]),
      text: token.text,
      start,
      end: start + token.text.length,
      spaced,
      expanded: false,
    });
    spaced = false;
  }
  return out;
};
