/** What hangs on a name: its sub- and superscripts, taken apart but not yet interpreted. */
import { covers, type Span } from "../base/source.ts";
import type { Script, SymbolSyntax, Syntax } from "../parse/syntax.ts";
import { textOf } from "./tree.ts";

/** One script: a member of a list in a subscript, a bracketed or bare part of a superscript. */
export type Element =
  | {
      readonly kind: "item";
      readonly position: "sub" | "sup";
      /** The bracket around it: W^{(1)}, a^{[l]}. */
      readonly wrap: "" | "(" | "[";
      readonly body: Syntax;
      readonly span: Span;
      /** The script (of several on one name) that it belongs to. */
      readonly group: number;
    }
  | { readonly kind: "mark"; readonly spelling: string; readonly body: Syntax | null; readonly span: Span }
  | { readonly kind: "prime"; readonly count: number; readonly span: Span }
  | { readonly kind: "shape"; readonly sizes: readonly Syntax[]; readonly span: Span };

export interface Scripted {
  /** What the scripts hang on. Accents around the whole are in `accents`. */
  readonly core: Syntax;
  readonly accents: readonly string[];
  readonly elements: readonly Element[];
  readonly span: Span;
}

const TIMES = "\\times";

/** The sizes of a shape mark such as h \times 1; undefined if it is none. */
export const shapeMark = (body: Syntax): readonly Syntax[] | undefined => {
  if (body.kind !== "product") return undefined;
  const { factors } = body;
  const sizes: Syntax[] = [];
  let crosses = 0;
  for (const [i, factor] of factors.entries()) {
    if (i > 0 && factor.operator?.spelling !== TIMES) return undefined;
    if (factor.operator) crosses++;
    sizes.push(factor.body);
  }
  return crosses > 0 ? sizes : undefined;
};

const unwrapped = (body: Syntax): { wrap: "" | "(" | "["; body: Syntax } => {
  if (body.kind === "group" && body.body && (body.open === "(" || body.open === "["))
    return { wrap: body.open, body: body.body };
  return { wrap: "", body };
};

/** The places of a subscript: i and y_i of S_{i,y_i}, and of S_{i y_i}. */
export const placesOf = (body: Syntax): readonly Syntax[] => {
  if (body.kind === "list") return body.items;
  if (body.kind !== "product") return [body];
  const bodies = body.factors.map(factor => factor.body);
  const isRun =
    body.factors.every(({ operator }) => !operator) &&
    bodies.every(({ kind }) => kind === "symbol" || kind === "scripted") &&
    bodies.some(({ kind }) => kind === "scripted");
  return isRun ? bodies : [body];
};

const elementsOf = (position: "sub" | "sup", script: Syntax, group: number): readonly Element[] => {
  const found: Element[] = [];
  const stack: Syntax[] = [script];
  while (stack.length > 0) {
    const body = stack.pop() as Syntax;
    const sizes = position === "sup" ? shapeMark(body) : undefined;
    if (sizes) found.push({ kind: "shape", sizes, span: body.span });
    else if (
      position === "sup" &&
      body.kind === "mark" &&
      body.spelling === "\\prime" &&
      stack.length + found.length > 0
    )
      found.push({ kind: "prime", count: 1, span: body.span });
    else if (body.kind === "mark")
      found.push({ kind: "mark", spelling: body.spelling, body: body.body, span: body.span });
    else if (body.kind === "list" || (position === "sub" && placesOf(body).length > 1))
      stack.push(...[...placesOf(body)].reverse());
    else if (position === "sup" && body.kind === "product" && body.factors.every(factor => !factor.operator)) {
      stack.push(...body.factors.map(factor => factor.body).reverse());
    } else if (position === "sup" && body.kind === "scripted" && body.base.kind === "group") {
      // (t)^\top, (2)T and [1]': what hangs on a bracketed index hangs on the name.
      for (const inner of [...body.scripts].reverse()) {
        if (inner.position === "prime") found.push({ kind: "prime", count: inner.count, span: inner.span });
        else stack.push(inner.body);
      }
      stack.push(body.base);
    } else {
      const { wrap, body: inner } = unwrapped(body);
      const items = inner.kind === "list" ? inner.items : [inner];
      for (const item of items) found.push({ kind: "item", position, wrap, body: item, span: item.span, group });
    }
  }
  return found;
};

const apart = new WeakMap<Syntax, Scripted>();

/** Takes a scripted expression apart; the core of anything else is the thing itself. One reading after another asks for the same. */
export const takeApart = (syntax: Syntax): Scripted => {
  if (syntax.kind !== "scripted" && syntax.kind !== "accent" && syntax.kind !== "labelled")
    return { core: syntax, accents: [], elements: [], span: syntax.span };
  const known = apart.get(syntax) ?? takenApart(syntax);
  apart.set(syntax, known);
  return known;
};

const takenApart = (syntax: Syntax): Scripted => {
  const layers: { script: Script; group: number }[] = [];
  const accents: string[] = [];
  let core = syntax;
  let group = 0;
  for (;;) {
    if (core.kind === "scripted") {
      for (const script of [...core.scripts].reverse()) layers.push({ script, group: group++ });
      core = core.base;
    } else if (core.kind === "accent") {
      accents.push(core.accent);
      core = core.body;
    } else if (core.kind === "labelled") core = core.body;
    else break;
  }
  const elements = layers
    .reverse()
    .flatMap(({ script, group: at }): readonly Element[] =>
      script.position === "prime"
        ? [{ kind: "prime", count: script.count, span: script.span }]
        : elementsOf(script.position, script.body, group - 1 - at),
    );
  return { core, accents, elements, span: syntax.span };
};

/** The whole script that an element is part of: z_i^⊤ z_j in e^{z_i^⊤ z_j}. */
export const wholeScript = (syntax: Syntax, { span, body }: Element & { readonly kind: "item" }): Syntax => {
  const scripts = syntax.kind === "scripted" ? syntax.scripts : [];
  return (
    scripts.flatMap(each => (each.position === "prime" ? [] : [each.body])).find(each => covers(each.span, span)) ??
    body
  );
};

/** The letter of a name with its accents, without fonts: what a name is known by, apart from its scripts. */
export const baseOf = (core: Syntax, accents: readonly string[]): string | undefined =>
  core.kind === "symbol" ? [...accents, ...core.accents, core.name.replace(/^\\/u, "")].join(" ") : undefined;

/** An identifier of ASCII letters, digits and underscores that starts with a letter. */
export const identifierOf = (text: string): string => {
  if (/^[A-Za-z](?:_?[A-Za-z0-9])*$/u.test(text)) return text;
  const safe = [...text]
    .map(c =>
      /[A-Za-z0-9]/u.test(c)
        ? c
        : /[\s,_^]/u.test(c)
          ? "_"
          : /[()[\]{}\\]/u.test(c)
            ? ""
            : `u${(c.codePointAt(0) as number).toString(16)}`,
    )
    .join("")
    .replace(/_+/gu, "_")
    .replace(/^_+|_+$/gu, "");
  return /^[A-Za-z]/u.test(safe) ? safe : `n${safe}`;
};

/** The identifier of a letter with accents: \hat y is y_hat. */
export const baseIdentifier = (base: string): string => {
  const words = base.split(" ");
  return identifierOf([words.at(-1) as string, ...words.slice(0, -1)].join("_"));
};

export const isName = (core: Syntax): core is SymbolSyntax => core.kind === "symbol";

/** How often a name is primed, and its other scripts. */
export const withoutPrimes = (
  scripts: readonly Script[],
): { readonly order: number; readonly rest: readonly Script[] } => ({
  order: scripts.reduce((sum, script) => sum + (script.position === "prime" ? script.count : 0), 0),
  rest: scripts.filter(script => script.position !== "prime"),
});

/** Whether ⊤ is what stands in a superscript, by its canonical text or spelling. */
export const spellsTranspose = (text: string): boolean => /^\\?(?:top|intercal|T|⊤)$/u.test(text);

/** Whether a script says that what it hangs on is transposed. */
export const isTranspose = (script: Script | undefined): boolean =>
  script?.position === "sup" && spellsTranspose(textOf(script.body));
