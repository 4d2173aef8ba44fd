/** Which letters stand in a system's forward equations, and which name a claim uses that none of them is. */
import { baseOfName } from "../../note/occurrences.ts";
import type { Forward } from "../../note/read.ts";
import { isName, takeApart } from "../../note/scripts.ts";
import { everyPart } from "../../note/tree.ts";
import type { SymbolSyntax, Syntax } from "../../parse/syntax.ts";

/** Every letter of the forward equations that names a variable or a function, with its first writing. */
export const glyphsOf = ({ typing }: Forward): ReadonlyMap<string, SymbolSyntax> => {
  const { prepared } = typing;
  const found = new Map<string, SymbolSyntax>();
  for (const { left, right } of prepared.equations) {
    for (const part of [...everyPart(left), ...everyPart(right)]) {
      if (part.kind !== "symbol" || found.has(part.name)) continue;
      const base = baseOfName(part);
      const known =
        (base !== undefined && prepared.names.occurs(base)) ||
        prepared.functions.all.some(fn => fn.key === base || fn.key.startsWith(`${base}_`));
      if (known) found.set(part.name, part);
    }
  }
  return found;
};

/** The subscripts and superscripts that a letter carries in the forward equations. */
export const scriptsOfGlyph = ({ typing }: Forward, name: string): readonly Syntax[] =>
  typing.prepared.names.occurrences.flatMap(({ syntax }) => {
    if (syntax.kind !== "scripted" || syntax.base.kind !== "symbol" || syntax.base.name !== name) return [];
    return syntax.scripts.flatMap(script => (script.position === "prime" ? [] : [script.body]));
  });

/** The letter of a name, as the parser gives it; a digit where a number stands. */
export const glyphOf = (syntax: Syntax): string | undefined => {
  const { core } = takeApart(syntax);
  if (isName(core)) return core.name;
  return core.kind === "number" ? core.text : undefined;
};

/** All letters in a formula. */
export const glyphsIn = (syntax: Syntax): ReadonlySet<string> =>
  new Set(everyPart(syntax).flatMap(part => (part.kind === "symbol" ? [part.name] : [])));
