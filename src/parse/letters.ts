import { refuse } from "./problem.ts";
import type { Lexeme } from "./scan.ts";
import type { State } from "./state.ts";
import { atom, sign } from "./token.ts";
import { addSymbol } from "./words.ts";

const NEGATED: ReadonlyMap<string, string> = new Map([
  ["=", "\\ne"],
  ["\\in", "\\notin"],
]);

/** Characters of the alphabets that Unicode has for mathematics, with the font command they stand for. */
const styled = (character: string): { letter: string; font: string } | null => {
  const code = character.codePointAt(0) ?? 0;
  const plain = character.normalize("NFKC");
  if (plain === character || [...plain].length !== 1) return null;
  if (code >= 0x1d400 && code <= 0x1d433) return { letter: plain, font: "mathbf" };
  if (code >= 0x1d468 && code <= 0x1d49b) return { letter: plain, font: "boldsymbol" };
  if ((code >= 0x1d538 && code <= 0x1d56b) || "ℝℕℤℚℂℙ𝟙".includes(character)) return { letter: plain, font: "mathbb" };
  if ((code >= 0x1d49c && code <= 0x1d503) || "ℒℬℰℱℋℐℳℛ".includes(character)) return { letter: plain, font: "mathcal" };
  if (code >= 0x1d7ce && code <= 0x1d7d7) return { letter: plain, font: "mathbf" };
  return { letter: plain, font: "" };
};

/** An operator of the lexicon; false if the spelling is none. */
export const addOperator = (state: State, spelling: string, span: { start: number; end: number }): boolean => {
  const entry = state.lexicon.get(spelling);
  if (entry === undefined) return false;
  const op = entry.op === undefined ? {} : { op: entry.op };
  switch (entry.class) {
    case "relation": {
      const before = state.last;
      if (spelling === "=" && before?.type === "sign" && before.operator !== null) {
        // \mathrel{-}= and + = are assignments.
        state.top.tokens.pop();
        const start = before.start;
        state.add(sign("relation", { spelling: `${before.operator.spelling}=`, span: { start, end: span.end } }));
        return true;
      }
      const negated = state.negated;
      state.negated = null;
      const shown = negated === null ? spelling : (NEGATED.get(spelling) ?? `\\not${spelling}`);
      state.add(
        sign("relation", { spelling: shown, ...op, span: { start: negated?.start ?? span.start, end: span.end } }),
      );
      return true;
    }
    case "product":
      state.add(sign("times", { spelling, ...op, span }));
      return true;
    case "sum":
      state.add(sign("sign", { spelling, ...op, span }));
      return true;
    case "mark":
      state.add(atom({ kind: "mark", spelling, ...op, body: null, span }));
      return true;
    case "name":
      return false;
    default:
      state.add({ ...sign(entry.class, { spelling, ...op, span }) });
      return true;
  }
};

/** A name: a letter of any alphabet, or a command that nobody knows. */
export const addLetter = (state: State, lexeme: Lexeme): void => {
  const span = { start: lexeme.start, end: lexeme.end };
  const { text: spelling } = lexeme;
  if (/^\\[A-Za-z]+$/u.test(spelling)) {
    addSymbol(state, spelling, "command", span);
    return;
  }
  if (spelling === "\\_") {
    addSymbol(state, "_", "letter", span);
    return;
  }
  const style = styled(spelling);
  if (style !== null) {
    const fonts = style.font === "" ? state.top.fonts : [...state.top.fonts, style.font];
    if (/^\d$/u.test(style.letter)) state.add(atom({ kind: "number", text: style.letter, fonts, accents: [], span }));
    else state.add(atom({ kind: "symbol", name: style.letter, form: "letter", fonts, accents: [], span }));
    return;
  }
  if (/^\p{L}/u.test(spelling)) {
    addSymbol(state, spelling, "letter", span);
    return;
  }
  const code = (spelling.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const shown = /^[\x21-\x7E]+$/u.test(spelling) ? spelling : `the character U+${code}`;
  refuse("R001", `${shown} means nothing in a formula`, span, "cannot be read");
};
