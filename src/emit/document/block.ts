/** The parts of a document, before it is written in any format. */
import { type Prose, prose } from "./prose.ts";
import { breakSum, PAGE, widthOf } from "./width.ts";

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

/** A left side that is longer has a line of its own where the chain is too wide. */
const LEFT = 8;
/** An East Asian letter beside a Latin one. */
const FULL = 1.9;

const textWidth = (text: string): number =>
  [...text].reduce(
    (width, letter) => width + (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(letter) ? FULL : 0.85),
    0,
  );

const proseWidth = (text: Prose): number =>
  text.reduce(
    (width, part) =>
      width + ("math" in part ? widthOf(part.math) : textWidth("strong" in part ? part.strong : part.text)),
    0,
  );

/**
 * A chain as an aligned environment. Reasons stand beside the lines; in a chain with a line that would be too long for
 * the page, each stands below its line, a long left side has a line of its own and long sums are broken.
 */
const chainLatex = (rows: readonly Row[]): string => {
  const leftWidth = Math.max(...rows.map(({ left }) => (left === undefined ? 0 : widthOf(left))));
  const rightWidth = Math.max(...rows.map(({ right }) => widthOf(right)));
  const reasonWidth = Math.max(...rows.map(({ because }) => proseWidth(because ?? [])));
  const isWide = leftWidth + rightWidth + reasonWidth + 9 > PAGE;
  const isLeftAlone = isWide && leftWidth > LEFT;
  const room = PAGE - (isLeftAlone ? 0 : leftWidth) - 3;
  const lines = rows.flatMap(({ left, right, because }) => {
    const reason = because && because.length > 0 ? proseInMath(isWide ? prose`(${because})` : because) : undefined;
    const beside = reason !== undefined && !isWide ? ` && \\quad ${reason}` : "";
    const [first = "", ...more] = isWide ? breakSum(right, room) : [right];
    return [
      ...(left !== undefined && isLeftAlone ? [`&\\phantom{{}={}} ${left}`] : []),
      `${left === undefined || isLeftAlone ? "" : `${left} `}&= ${first}${beside}`,
      ...more.map(line => `&\\phantom{{}={}} ${line}`),
      ...(reason !== undefined && isWide ? [`&\\qquad ${reason}`] : []),
    ];
  });
  return `\\begin{aligned}\n${lines.join(" \\\\[0.7ex]\n")}\n\\end{aligned}`;
};

/** left = right, broken when it is too long for the page. */
export const equationBlock = (left: string, right: string, tag?: string): Block => {
  const numbered = tag === undefined ? {} : { tag };
  return widthOf(left) + widthOf(right) + 3 > PAGE
    ? { kind: "chain", rows: [{ left, right }], ...numbered }
    : { kind: "equation", latex: `${left} = ${right}`, ...numbered };
};

/** left = one value for each condition; long values stand in several lines. */
export const casesLatex = (left: string, cases: readonly (readonly [value: string, condition: string])[]): string => {
  const room = PAGE - 14 - widthOf(left) - Math.max(...cases.map(([, condition]) => widthOf(condition)));
  const rows = cases.map(([value, condition]) => {
    const lines = breakSum(value, room);
    const broken = lines.map((line, i) => `&${i === 0 ? "" : "\\quad "}${line}`).join(" \\\\[0.7ex] ");
    return `\\displaystyle ${lines.length === 1 ? value : `\\begin{aligned} ${broken} \\end{aligned}`} & ${condition}`;
  });
  return `${left} = \\begin{cases}\n${rows.join(" \\\\[2.4ex]\n")}\n\\end{cases}`;
};

/** The formula of a displayed block with its number. */
export const displayLatex = (block: Extract<Block, { kind: "equation" | "chain" }>): string => {
  const body = block.kind === "equation" ? block.latex : chainLatex(block.rows);
  return block.tag === undefined ? body : `${body} \\tag{${block.tag}}`;
};
