/** The parts of a document, before it is written in any format. */
import type { Prose } from "./prose.ts";

/** One line of an aligned chain: the left side stands in the first line only. */
export interface Row {
  readonly left?: string;
  readonly right: string;
  /** Why this line follows from the one above, without its brackets. */
  readonly because?: Prose;
}

export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3 | 4; readonly text: Prose }
  | { readonly kind: "paragraph"; readonly text: Prose }
  | { readonly kind: "list"; readonly items: readonly Prose[] }
  | { readonly kind: "table"; readonly head: readonly Prose[]; readonly rows: readonly (readonly Prose[])[] }
  | { readonly kind: "equation"; readonly latex: string; readonly tag?: string }
  | { readonly kind: "chain"; readonly rows: readonly Row[]; readonly tag?: string };

export type DocumentLanguage = "en" | "zh";

export interface Document {
  readonly language: DocumentLanguage;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Signs in our own sentences that TeX's text mode does not know. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["′", "$'$"],
  ["ᵀ", "$^{\\top}$"],
  ["⊤", "$\\top$"],
  ["⊙", "$\\odot$"],
  ["×", "$\\times$"],
  ["≥", "$\\ge$"],
  ["≤", "$\\le$"],
  ["−", "$-$"],
  ["∂", "$\\partial$"],
  ["φ", "$\\varphi$"],
  ["Σ", "$\\Sigma$"],
  ["·", "$\\cdot$"],
  ["…", "\\ldots{}"],
  ["⁻", "$^{-}$"],
  ["¹", "$^{1}$"],
  ["λ", "$\\lambda$"],
]);

const TEX_SPECIAL: ReadonlyMap<string, string> = new Map([
  ["\\", "\\textbackslash{}"],
  ["{", "\\{"],
  ["}", "\\}"],
  ["$", "\\$"],
  ["&", "\\&"],
  ["#", "\\#"],
  ["%", "\\%"],
  ["_", "\\_"],
  ["^", "\\^{}"],
  ["~", "\\~{}"],
  ["<", "$<$"],
  [">", "$>$"],
]);

/** Text for TeX's text mode: what is special is escaped, control characters are dropped. */
export const texText = (text: string): string =>
  [...text]
    .map(character => {
      if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character)) return " ";
      return TEX_SPECIAL.get(character) ?? SIGNS.get(character) ?? character;
    })
    .join("");

/** Prose inside a formula: \text{…} with formulas between. Carets and backslashes of text have no sign in KaTeX's text mode. */
export const proseInMath = (text: Prose): string =>
  text
    .map(part => {
      if ("math" in part) return part.math;
      const own = "strong" in part ? part.strong : part.text;
      return `\\text{${texText(own.replace(/[\\^~]/gu, " "))}}`;
    })
    .join("");

/** A chain as an aligned environment; `reason` writes what stands beside a line. */
export const chainLatex = (rows: readonly Row[], reason: (because: Prose) => string = proseInMath): string => {
  const lines = rows.map(({ left, right, because }) => {
    const beside = because && because.length > 0 ? ` && \\quad ${reason(because)}` : "";
    return `${left === undefined ? "" : `${left} `}&= ${right}${beside}`;
  });
  return `\\begin{aligned}\n${lines.join(" \\\\[0.7ex]\n")}\n\\end{aligned}`;
};

/** The formula of a displayed block with its number. */
export const displayLatex = (block: Extract<Block, { kind: "equation" | "chain" }>): string => {
  const body = block.kind === "equation" ? block.latex : chainLatex(block.rows);
  return block.tag === undefined ? body : `${body} \\tag{${block.tag}}`;
};
