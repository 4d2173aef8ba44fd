/**
 * Accents that stand for gradients: \overline{v} for ∂L/∂v, as adjoints are written in automatic differentiation. A note says so
 * by an equation, \bar{v} = ∂L/∂v, or in words, for a v of its own or for one that stands for any.
 */
import type { DerivativeSyntax, Statement, Syntax } from "../parse/syntax.ts";
import { textOf } from "./tree.ts";

/** Narrow and wide signs of one accent. */
const WIDE: ReadonlyMap<string, string> = new Map([
  ["overline", "bar"],
  ["widehat", "hat"],
  ["widetilde", "tilde"],
]);

const narrow = (accent: string): string => {
  const name = accent.replace("\\", "");
  return WIDE.get(name) ?? name;
};

interface Accented {
  readonly accent: string;
  /** The name without its outermost accent. */
  readonly bare: Syntax;
}

/** A name under an accent, with all that hangs on it. */
export const accentedName = (syntax: Syntax): Accented | undefined => {
  if (syntax.kind === "scripted") {
    const base = accentedName(syntax.base);
    return base && { accent: base.accent, bare: { ...syntax, base: base.bare } };
  }
  if (syntax.kind === "accent") return { accent: narrow(syntax.accent), bare: syntax.body };
  if (syntax.kind !== "symbol") return undefined;
  const [accent, ...accents] = syntax.accents;
  return accent === undefined ? undefined : { accent: narrow(accent), bare: { ...syntax, accents } };
};

const isDerivativeBy = (syntax: Syntax, variable: Syntax): syntax is DerivativeSyntax => {
  if (syntax.kind !== "derivative" || syntax.order !== null || syntax.by.length !== 1) return false;
  const [by] = syntax.by;
  return by?.times === 1 && textOf(by.variable) === textOf(variable);
};

/** The accent of \bar{v}, where another of the formulas is a derivative by v. */
export const accentPaired = (formulas: readonly Syntax[]): string | undefined =>
  formulas.map(accentedName).find(name => name && formulas.some(other => isDerivativeBy(other, name.bare)))?.accent;

const BETWEEN = /\bdenot|\bstands?\b|\bshort(?:hand)?\b|\bfor\b|\bmeans?\b|\bi\.\s?e\.|表示|代表|记|指/iu;
const BETWEEN_REVERSED = /^\s*(?:is (?:written|denoted)\s*)?(?:as|by|with)\b|记为|记作|表示为|写作/iu;

const GRADIENT = /\b(?:gradients?|derivatives?|adjoints?|cotangents?)\b|梯度|导数|伴随/iu;

/** "\bar X for the gradient by X": a dot is a derivative by time. */
const accentOfNames = (names: readonly [Syntax, Syntax], words: string): string | undefined => {
  if (!GRADIENT.test(words)) return undefined;
  const [accented, bare] = accentedName(names[0]) ? names : [names[1], names[0]];
  const found = accentedName(accented);
  return found && found.accent !== "dot" && textOf(found.bare) === textOf(bare) ? found.accent : undefined;
};

/** "\overline{v} denotes ∂L/∂v", "we write ∂L/∂v as \overline{v}": what the words between two formulas say. */
export const accentSaid = (
  before: readonly Statement[],
  words: string,
  after: readonly Statement[],
): string | undefined => {
  const [first, second] = [before.at(-1)?.body, after[0]?.body];
  if (!first || !second) return undefined;
  const says = first.kind === "derivative" ? BETWEEN_REVERSED : BETWEEN;
  return (says.test(words) ? accentPaired([first, second]) : undefined) ?? accentOfNames([first, second], words);
};
