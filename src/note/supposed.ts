/** What a note supposes for a while: "When $y = 1$:" and "if $c > 0$ and $y = 0$" say what follows of a case alone. */
import type { Syntax } from "../parse/syntax.ts";
import { isName, takeApart } from "./scripts.ts";
import type { ReadPiece } from "./words.ts";

const SUPPOSING =
  /\b(?:assum\w*|suppos\w*|if|when|e\.g\.|for example|as in|say|instead|otherwise)\b|假设|若|当|例如|如果/iu;
/** Between two things that are supposed together. */
const TOGETHER = /^\s*(?:,|，|且|,?\s*and)\s*$/iu;
/** Words that end with what is supposed next. */
const CASE = /(?:^|[\s(（.,;:。，；：])(?:if|when(?:ever)?|for)\s*$|(?:若|当|如果|对于?)\s*$/iu;

export const isSupposing = (words: string): boolean => SUPPOSING.test(words);

/** Whether the formula of a text is one that its words suppose, alone or together with those before it. */
export const isCase = (pieces: readonly ReadPiece[], formula: number): boolean => {
  let at = formula - 1;
  while (at > 1 && TOGETHER.test(pieces[at]?.text ?? "")) at -= 2;
  return CASE.test(pieces[at]?.text ?? "");
};

/** y = 1: a name and a whole number. */
export const valueSupposed = (body: Syntax): { readonly name: Syntax; readonly value: number } | undefined => {
  if (body.kind !== "relations" || body.members.length !== 2 || body.operators[0]?.spelling !== "=") return undefined;
  const [name, right] = body.members as [Syntax, Syntax];
  if (!isName(takeApart(name).core)) return undefined;
  const [term, more] = right.kind === "sum" ? right.terms : [{ sign: null, body: right }];
  if (more || term?.body.kind !== "number" || !/^\d+$/u.test(term.body.text)) return undefined;
  return { name, value: term.sign?.spelling === "-" ? -Number(term.body.text) : Number(term.body.text) };
};
