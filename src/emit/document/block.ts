/** The parts of a document, before it is written in any format. */
import { type Prose, prose } from "./prose.ts";
import { widthOf } from "./width.ts";

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

/** Letters that fit into a line of a page. */
const PAGE = 78;
const LEFT = 8;

const proseWidth = (text: Prose): number =>
  text.reduce(
    (width, part) =>
      width + ("math" in part ? widthOf(part.math) : 0.85 * ("strong" in part ? part.strong : part.text).length),
    0,
  );

/**
 * A chain as an aligned environment. Reasons stand beside the lines; in a chain with a line that would be too long for
 * the page, each stands below its line, and a long left side has a line of its own.
 */
export const chainLatex = (rows: readonly Row[]): string => {
  const leftWidth = Math.max(...rows.map(({ left }) => (left === undefined ? 0 : widthOf(left))));
  const rightWidth = Math.max(...rows.map(({ right }) => widthOf(right)));
  const reasonWidth = Math.max(...rows.map(({ because }) => proseWidth(because ?? [])));
  const isWide = leftWidth + rightWidth + reasonWidth > PAGE;
  const lines = rows.flatMap(({ left, right, because }) => {
    const reason = because && because.length > 0 ? proseInMath(isWide ? prose`(${because})` : because) : undefined;
    const beside = reason !== undefined && !isWide ? ` && \\quad ${reason}` : "";
    const below = reason !== undefined && isWide ? [`&\\qquad ${reason}`] : [];
    if (left === undefined) return [`&= ${right}${beside}`, ...below];
    return isWide && leftWidth > LEFT
      ? [`&\\phantom{{}={}} ${left}`, `&= ${right}${beside}`, ...below]
      : [`${left} &= ${right}${beside}`, ...below];
  });
  return `\\begin{aligned}\n${lines.join(" \\\\[0.7ex]\n")}\n\\end{aligned}`;
};

/** The formula of a displayed block with its number. */
export const displayLatex = (block: Extract<Block, { kind: "equation" | "chain" }>): string => {
  const body = block.kind === "equation" ? block.latex : chainLatex(block.rows);
  return block.tag === undefined ? body : `${body} \\tag{${block.tag}}`;
};
