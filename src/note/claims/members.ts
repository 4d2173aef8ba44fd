/** Numbers by their letter alone, y for all y_i: what is said of it is said of each. */
import type { Script, Syntax } from "../../parse/syntax.ts";
import { replaceParts } from "../tree.ts";

const letterAt = (letter: string, { span }: Syntax): Syntax => ({
  kind: "symbol",
  name: letter,
  form: letter.startsWith("\\") ? "command" : "letter",
  fonts: [],
  accents: [],
  span: { start: span.end, end: span.end },
});

/** y_i, y^{(i)} and y^{[i]}. */
const scriptsFor = (letter: string, name: Syntax): readonly Script[] => {
  const body = letterAt(letter, name);
  const { span } = body;
  const grouped = ["()", "[]"].map(
    ([open, close]): Script => ({
      position: "sup",
      body: { kind: "group", open: open as string, close: close as string, body, span },
      span,
    }),
  );
  return [{ position: "sub", body, span }, ...grouped];
};

export interface KnownNumbers {
  /** Names of the note, with their scripts. */
  readonly isKnown: (name: Syntax) => boolean;
  /** Members of families of numbers. */
  readonly isNumber: (name: Syntax) => boolean;
}

/** The formula with such letters taken for members at the index that `letters` count; the same formula where there are none. */
export const withMembers = (root: Syntax, letters: readonly string[], { isKnown, isNumber }: KnownNumbers): Syntax =>
  replaceParts(root, part => {
    if (part.kind === "scripted" && isKnown(part)) return part;
    if (part.kind !== "symbol" || isKnown(part)) return undefined;
    for (const letter of letters)
      for (const script of scriptsFor(letter, part)) {
        const member: Syntax = { kind: "scripted", base: part, scripts: [script], span: part.span };
        if (isNumber(member)) return member;
      }
    return undefined;
  });
