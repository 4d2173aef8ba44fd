/** Statements with a letter read as another. */
import type { Script, Statement, SymbolSyntax, Syntax } from "../../parse/syntax.ts";
import { textOf } from "../tree.ts";

/** One letter for another; with `script`, only where the letter carries this subscript or superscript. */
export interface Rename {
  /** As the parser names it: "o", "\\theta"; a digit for a number. */
  readonly from: string;
  readonly to: Pick<SymbolSyntax, "name" | "form">;
  readonly script?: { readonly from: string; readonly to: Syntax };
  /** Only the name that is written so, scripts and all, for this one. */
  readonly whole?: { readonly from: Syntax; readonly to: Syntax };
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
    const { script, whole, from, to } = rename;
    if (whole) {
      if (isLetter(value, from))
        return textOf(value) === textOf(whole.from) ? { ...whole.to, span: value.span } : value;
      if (value.kind === "scripted" && isLetter(value.base, from)) return rewritten(value, whole, rename);
    } else if (script) {
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

/** The sign of an operation behind a name: a transposition, a power. */
export const isSign = ({ position, ...script }: Script): boolean =>
  position === "sup" &&
  "body" in script &&
  (script.body.kind === "mark" || script.body.kind === "number" || textOf(script.body) === "T");

const scriptsOf = (name: Syntax): readonly Script[] => (name.kind === "scripted" ? name.scripts : []);

/** A name with scripts is that name, with signs behind it, or another one; its letter alone is none. */
const rewritten = (
  value: Syntax & { kind: "scripted" },
  { from, to }: NonNullable<Rename["whole"]>,
  rename: Rename,
): Syntax => {
  const count = scriptsOf(from).length;
  const [own, signs] = [value.scripts.slice(0, count), value.scripts.slice(count)];
  const bare: Syntax = count === 0 ? value.base : { ...value, scripts: own };
  if (textOf(bare) === textOf(from) && signs.every(isSign))
    return { kind: "scripted", base: value.base, scripts: [...scriptsOf(to), ...signs], span: value.span };
  const scripts = renamed(value.scripts, rename) as readonly Script[];
  return scripts === value.scripts ? value : { ...value, scripts };
};

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
