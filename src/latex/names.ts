/** Names of a system in LaTeX. */

import type { AtNode, Node, SymbolNode } from "../expr/node.ts";
import { type Polynomial, same } from "../expr/polynomial.ts";
import type { FunctionEntry, Habits, SymbolEntry, System } from "../expr/system.ts";
import { readsIn } from "../expr/walk.ts";
import { nameToLatex } from "../term/system.ts";
import { polynomialLatex } from "./integers.ts";
import { group, type Piece } from "./piece.ts";

import { type Values, valuesIn } from "./values.ts";

/**
 * How derivatives of the objective are written: ∂L/∂x with prod(…) in chain lines, the same without prod, ∇_x L, δ_x, or
 * ∂L/∂x in lines of differentials.
 */
export type AdjointNotation = "prod" | "plain" | "nabla" | "delta" | "differential";

export const ADJOINT_NOTATIONS: readonly AdjointNotation[] = ["prod", "plain", "nabla", "delta", "differential"];

/**
 * Ways of writing Hadamard products other than the usual one, G ⊙ v ⊙ w with the gradient G first:
 * - `gradient-last`: v ⊙ w ⊙ G
 * - `diagonal`: of columns, diag(v ⊙ w) G
 * - `powers`: v² for v ⊙ v, of rows and columns
 */
export type ProductHabit = "gradient-last" | "diagonal" | "powers";

/** What the printer must know of the note: how its names are written. All fields may be missing. */
export interface LatexContext {
  readonly symbols?: ReadonlyMap<
    string,
    Pick<SymbolEntry, "latex" | "memberLatex" | "indices" | "distribution" | "gradientBy">
  >;
  readonly functions?: ReadonlyMap<string, Pick<FunctionEntry, "latex" | "member">>;
  readonly sizes?: ReadonlyMap<string, { readonly latex: string; readonly counters?: readonly string[] }>;
  /** The scalar whose derivatives are adjoints. */
  readonly objective?: SymbolNode;
  readonly notation?: AdjointNotation;
  /** Gradients are rows for columns: what a term holds as ∂L/∂x is written as the transpose of that row. */
  readonly layout?: "denominator" | "numerator";
  readonly products?: readonly ProductHabit[];
  readonly habits?: Habits;
  /** What the note defines as values of abstract functions. */
  readonly values?: Values;
  /** By op, the letter that the note uses for it: \sigma for the logistic function. */
  readonly spellings?: ReadonlyMap<string, string>;
}

export const contextOf = (system: System, notation: AdjointNotation = "prod"): LatexContext => ({
  symbols: system.symbols,
  functions: system.functions,
  sizes: system.sizes,
  objective: system.objective,
  notation,
  values: valuesIn(system),
  ...(system.habits ? { habits: system.habits } : {}),
  ...(system.spellings ? { spellings: system.spellings } : {}),
});

/** An index or size without an entry: as it stands if it is a command, otherwise as a name of ours. */
export const nameOfIndex = (name: string): string =>
  /^\\[A-Za-z]+$/u.test(name) ? name : nameToLatex(name.replace(/[^A-Za-z0-9_]/gu, "") || "n");

const integerName = (context: LatexContext, name: string): string =>
  context.sizes?.get(name)?.latex ?? nameOfIndex(name);

/** An index expression; bound indices by the letters given to them. */
export const indexLatex = (
  context: LatexContext,
  value: Polynomial,
  letters: ReadonlyMap<string, string> = new Map(),
): string => polynomialLatex(value, name => letters.get(name) ?? integerName(context, name));

export const symbolLatex = (context: LatexContext, of: SymbolNode): string =>
  context.symbols?.get(of.name)?.latex ?? nameToLatex(of.name);

/** The index that the members of families among a function's arguments have in common, where it is called `index` in them. */
export const sharedIndex = (
  symbols: LatexContext["symbols"],
  args: readonly Node[],
  index: string,
): Polynomial | undefined => {
  const found = args.flatMap(readsIn).flatMap(read => {
    const place = read.kind === "at" ? (symbols?.get(read.of.name)?.indices.indexOf(index) ?? -1) : -1;
    return place < 0 ? [] : [(read as AtNode).index[place] as Polynomial];
  });
  const [first, ...more] = found;
  return first && more.every(other => same(other, first)) ? first : undefined;
};

/** A name without fonts and braces, as letters of different fonts are compared. */
export const withoutFonts = (latex: string): string =>
  latex.replace(/\\(?:mathbf|mathrm|mathsf|boldsymbol|bm|bold|bf|vec)(?![A-Za-z])/gu, "").replace(/[{}\s]/gu, "");

/** A member of a family: the places of its indices filled; a group of one character loses its braces. */
export const memberLatex = (context: LatexContext, of: SymbolNode, index: readonly string[]): string => {
  const pattern =
    context.symbols?.get(of.name)?.memberLatex ??
    `${symbolLatex(context, of)}_{${index.map((_, i) => String.fromCharCode(i + 1)).join(",")}}`;
  let text = "";
  for (let i = 0; i < pattern.length; i++) {
    const place = index[pattern.charCodeAt(i) - 1];
    const alone =
      pattern[i] === "{" && pattern[i + 2] === "}" && pattern[i - 1] === "_"
        ? index[pattern.charCodeAt(i + 1) - 1]
        : undefined;
    if (alone !== undefined) {
      text += group(alone);
      i += 2;
    } else if (place === undefined) text += pattern[i];
    // z_{ot}, but z_{o,t+1}.
    else text += /[A-Za-z\d}]$/u.test(text) && /[+-]/u.test(place) ? `,${place}` : place;
  }
  return text;
};

/** The length of the group or token at a place: {…}, \command or one character. */
const tokenEnd = (text: string, from: number): number => {
  if (text[from] === "\\") {
    const command = /^\\(?:[A-Za-z]+|.)/u.exec(text.slice(from));
    return from + (command?.[0].length ?? 1);
  }
  if (text[from] !== "{") return from + 1;
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return i + 1;
  }
  return text.length;
};

/** The parts of a name around its subscript. */
export const subscriptsOf = (text: string): Piece["subscripts"] => {
  for (let i = 0; i < text.length; i = tokenEnd(text, i)) {
    if (text[i] !== "_") continue;
    const end = tokenEnd(text, i + 1);
    const inner = text.slice(i + 1, end);
    return {
      before: text.slice(0, i),
      subscript: inner.startsWith("{") ? inner.slice(1, -1) : inner,
      after: text.slice(end),
    };
  }
  return undefined;
};

/** Where the superscript of a name is: W^{(1)}, h^{(t)}_{i}. A prime counts as one that nothing can join. */
export const scriptsOf = (text: string): Piece["scripts"] => {
  for (let i = 0; i < text.length; i = tokenEnd(text, i)) {
    if (text[i] === "'") return { before: text, superscript: "", after: "" };
    if (text[i] !== "^") continue;
    const end = tokenEnd(text, i + 1);
    const inner = text.slice(i + 1, end);
    return {
      before: text.slice(0, i),
      superscript: inner.startsWith("{") ? inner.slice(1, -1) : inner,
      after: text.slice(end),
    };
  }
  return undefined;
};

const LETTERS = ["t", "i", "j", "k", "s", "r", "q", "p", "m", "n"];

/**
 * Letters for bound indices: the note's own for the families it runs over, else the first that is not in use; t is for
 * what runs over time or has no letter of the note's.
 */
export const chooseLetter = (context: LatexContext, own: readonly string[], taken: ReadonlySet<string>): string => {
  const used = namesInUse(context);
  const found =
    own.find(letter => !taken.has(letter)) ??
    LETTERS.find(letter => !taken.has(letter) && !used.has(letter) && (letter !== "t" || own.length === 0));
  if (found !== undefined) return found;
  for (let round = 1; ; round++) {
    const letter = `i_{${round}}`;
    if (!taken.has(letter)) return letter;
  }
};

const IN_USE = new WeakMap<LatexContext, ReadonlySet<string>>();

/** Bare names of symbols, functions and sizes. */
const namesInUse = (context: LatexContext): ReadonlySet<string> => {
  let used = IN_USE.get(context);
  if (!used) {
    used = new Set(
      [
        ...(context.symbols?.values() ?? []),
        ...(context.functions?.values() ?? []),
        ...(context.sizes?.values() ?? []),
      ].map(entry => entry.latex),
    );
    IN_USE.set(context, used);
  }
  return used;
};

/** A letter for names that the printer makes itself. */
export const letterForNames = (context: LatexContext): string => {
  const used = namesInUse(context);
  return ["u", "v", "a", "b", "c"].find(letter => !used.has(letter)) ?? "\\mathsf{u}";
};

/** Letters of free names, which bound indices must not take. */
export const freeLetters = (context: LatexContext, free: readonly string[]): readonly string[] =>
  free.map(name => integerName(context, name));
