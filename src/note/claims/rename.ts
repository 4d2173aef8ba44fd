/** Statements with a letter read as another. */
import type { Script, Statement, SymbolSyntax, Syntax } from "../../parse/syntax.ts";
import { textOf } from "../tree.ts";

/** One letter for another; with `script`, only where the letter carries this subscript or superscript. */
export interface Rename {
  /** As the parser names it: "o", "\\theta"; a digit for a number. */
  readonly from: string;
  readonly to: Pick<SymbolSyntax, "name" | "form">;
  readonly script?: { readonly from: string; readonly to: Syntax };
}

const isSyntax = (value: unknown): value is Syntax =>
  value !== null && typeof value === "object" && "kind" in value && "span" in value;

const renamed = (value: unknown, rename: Rename): unknown => {
  if (Array.isArray(value)) {
    const mapped = value.map(each => renamed(each, rename));
    return mapped.some((each, i) => each !== value[i]) ? mapped : value;
  }
  if (value === null || typeof value !== "object") return value;
  if (isSyntax(value)) {
    const { script, from, to } = rename;
    if (script) {
      if (value.kind === "scripted" && isLetter(value.base, from)) return rescripted(value, rename);
    } else if (isLetter(value, from)) {
      const { span } = value;
      const own = value.kind === "symbol" ? value : { fonts: [], accents: [] };
      return { kind: "symbol", ...to, fonts: own.fonts, accents: own.accents, span } satisfies SymbolSyntax;
    }
  }
  let changed = false;
  const entries = Object.entries(value).map(([key, each]) => {
    const mapped = renamed(each, rename);
    changed ||= mapped !== each;
    return [key, mapped] as const;
  });
  return changed ? Object.fromEntries(entries) : value;
};

const isLetter = (syntax: Syntax, name: string): boolean =>
  (syntax.kind === "symbol" && syntax.name === name) || (syntax.kind === "number" && syntax.text === name);

const rescripted = (syntax: Syntax & { kind: "scripted" }, { script, from, to }: Rename): Syntax => {
  const scripts = syntax.scripts.map(
    (each): Script =>
      each.position !== "prime" && script && textOf(each.body) === script.from
        ? { ...each, body: { ...script.to, span: each.body.span } as Syntax }
        : each,
  );
  if (scripts.every((each, i) => each === syntax.scripts[i])) return syntax;
  const base = syntax.base.kind === "symbol" && syntax.base.name === from ? { ...syntax.base, ...to } : syntax.base;
  return { ...syntax, base, scripts };
};

/** The tree with every such letter renamed. Trees are as deep as the parser allows, a few hundred levels. */
export const renameIn = (syntax: Syntax, rename: Rename): Syntax => renamed(syntax, rename) as Syntax;

/** The same for a whole statement. */
export const renameStatement = (statement: Statement, rename: Rename): Statement =>
  renamed(statement, rename) as Statement;
