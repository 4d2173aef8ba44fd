/** A family by its letter alone, y for all y_i: what is said of it is said of each member. */
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

/** The formula with such letters taken for members at the index that `letters` count; the same formula where there are none. */
export const withMembers = (root: Syntax, letters: readonly string[], isKnown: (name: Syntax) => boolean): Syntax =>
  replaceParts(root, part => {
    if (part.kind === "scripted" && isKnown(part)) return part;
    if (part.kind !== "symbol" || isKnown(part)) return undefined;
    for (const letter of letters)
      for (const script of scriptsFor(letter, part)) {
        const member: Syntax = { kind: "scripted", base: part, scripts: [script], span: part.span };
        if (isKnown(member)) return member;
      }
    return undefined;
  });
