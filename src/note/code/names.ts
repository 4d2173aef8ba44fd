/** Identifiers as the names that notes write: W1 is W_1, y_hat is \hat{y}, Wxh is W_{xh}, alpha is \alpha. */
import type { Span } from "../../base/source.ts";
import type { Syntax } from "../../parse/syntax.ts";
import { takeApart } from "../scripts.ts";
import { replaceParts, textOf } from "../tree.ts";
import { numberOf, symbolOf } from "./formulas.ts";

const GREEK =
  /^(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega|Theta|Sigma|Phi|Omega)$/u;
const ACCENTS = /^(.+?)_?(hat|bar|tilde)$/u;

const below = (base: Syntax, body: Syntax, span: Span): Syntax => ({
  kind: "scripted",
  base,
  scripts: [{ position: "sub", body, span }],
  span,
});

const lettersOf = (text: string, span: Span): Syntax =>
  GREEK.test(text) ? symbolOf(`\\${text}`, span) : symbolOf(text, span);

/** The name that an identifier is by itself. Letters that count members elsewhere are parts of names here: h_t. */
export const nameOf = (identifier: string, span: Span): Syntax => {
  const [, accented, accent] = ACCENTS.exec(identifier) ?? [];
  if (accented !== undefined && accent !== undefined && (accented.length === 1 || GREEK.test(accented))) {
    const core = lettersOf(accented, span);
    return core.kind === "symbol" ? { ...core, accents: [accent] } : core;
  }
  const [, letter = "", rest = ""] = /^([\p{L}]|[a-zA-Z]+(?=_?\d+$))_?([\p{L}\d]+)$/u.exec(identifier) ?? [];
  const single = letter.length === 1 || GREEK.test(letter);
  if (single && /^\d+$/u.test(rest)) return below(lettersOf(letter, span), numberOf(rest, span), span);
  const spelled = identifier.startsWith(`${letter}_`) ? rest.length > 1 : /^[A-Z]$/u.test(letter);
  if (letter.length === 1 && rest !== "" && spelled && /^[a-z]+\d?$/u.test(rest) && rest.length < 9)
    return below(lettersOf(letter, span), symbolOf(rest, span, "word"), span);
  return lettersOf(identifier, span);
};

/** Without all that formulas and identifiers write differently: W^{[1]}, W_1 and W1 are one. */
const flat = (syntax: Syntax): string => {
  const { core, accents } = takeApart(syntax);
  const own = core.kind === "symbol" ? [...accents, ...core.accents] : accents;
  const letters = textOf(syntax);
  const bare = own.reduce((text, accent) => text.replace(accent, ""), letters);
  return normal(`${bare}${own.join("")}`);
};

export const normal = (identifier: string): string => identifier.replace(/[\s_^(){}[\]\\,]/gu, "");

/** Names that formulas of the note write, for the identifiers that mean them. */
export class Spellings {
  readonly #known = new Map<string, Syntax>();

  /** As identifiers would write them. */
  get names(): readonly string[] {
    return [...this.#known.keys()];
  }

  add(syntax: Syntax): void {
    const key = flat(syntax);
    if (key !== "" && !this.#known.has(key)) this.#known.set(key, syntax);
  }

  has(identifier: string): boolean {
    return this.#known.has(normal(identifier));
  }

  nameOf(identifier: string, span: Span): Syntax {
    const known = this.#known.get(normal(identifier));
    return known ? replacedSpans(known, span) : nameOf(identifier, span);
  }
}

/** The same name, written elsewhere. */
const replacedSpans = (syntax: Syntax, span: Span): Syntax => ({
  ...replaceParts(syntax, part => (part === syntax || part.kind === "scripted" ? undefined : { ...part, span })),
  span,
});

/** The names of one note's code. */
export interface CodeNames {
  readonly nameOf: (identifier: string, span: Span) => Syntax;
  /** By what something is the gradient. */
  readonly variableOf: (identifier: string) => string | undefined;
}
