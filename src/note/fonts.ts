/**
 * Fonts are decoration, unless a note defines one letter in two of them: L and \mathcal{L}, x and \mathbf{x}. Then the
 * decorated letter is taken for a name of its own, with the font for an accent.
 */
import type { Syntax } from "../parse/syntax.ts";
import { exchange } from "./exchange.ts";
import { isName, takeApart } from "./scripts.ts";
import type { Definition, Statements } from "./statements.ts";
import { everyPart, textOf } from "./tree.ts";

const DISTINCT: ReadonlyMap<string, string> = new Map([
  ["mathcal", "mathcal"],
  ["mathscr", "mathcal"],
  ["mathfrak", "mathfrak"],
  ["mathbf", "mathbf"],
  ["boldsymbol", "mathbf"],
  ["bm", "mathbf"],
]);

const fontOf = (syntax: Syntax): string | undefined => {
  const { core } = takeApart(syntax);
  return isName(core) ? core.fonts.flatMap(font => DISTINCT.get(font) ?? [])[0] : undefined;
};

/** Letters on left sides that stand there in two fonts with the same scripts: "L mathcal". */
const conflicts = (definitions: readonly Definition[]): ReadonlySet<string> => {
  const fonts = new Map<string, Map<string | undefined, string>>();
  for (const { left } of definitions) {
    const { core } = takeApart(left);
    if (!isName(core)) continue;
    const forms = fonts.get(textOf(left)) ?? new Map<string | undefined, string>();
    fonts.set(textOf(left), forms.set(fontOf(left), core.name));
  }
  const found = new Set<string>();
  for (const forms of fonts.values()) {
    if (forms.size < 2) continue;
    for (const [font, name] of forms) if (font !== undefined) found.add(`${name} ${font}`);
  }
  return found;
};

/** The statements with such letters told apart. */
export const tellFontsApart = (statements: Statements): Statements => {
  const distinct = conflicts(statements.definitions);
  if (distinct.size === 0) return statements;
  const apart = (root: Syntax): Syntax => {
    let result = root;
    for (const part of everyPart(root)) {
      const font = part.kind === "symbol" ? fontOf(part) : undefined;
      if (part.kind !== "symbol" || font === undefined || !distinct.has(`${part.name} ${font}`)) continue;
      result = exchange(result, part, { ...part, fonts: [], accents: [...part.accents, font] });
    }
    return result;
  };
  return {
    ...statements,
    definitions: statements.definitions.map(each => ({ ...each, left: apart(each.left), right: apart(each.right) })),
    declarations: statements.declarations.map(each => ({ ...each, name: apart(each.name) })),
  };
};
