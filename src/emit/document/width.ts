/** How wide a formula is on the page, in letters: an estimate, for the choice of where a reason stands. */

/** What takes no room, or next to none. */
const NARROW = new Set([
  "\\left",
  "\\right",
  "\\displaystyle",
  "\\limits",
  "\\mathop",
  "\\substack",
  "\\underbrace",
  "\\operatorname",
  "\\mathrm",
  "\\mathbf",
  "\\mathbb",
  "\\text",
  "\\,",
  "\\;",
  "\\!",
]);

const WIDE = new Map([
  ["\\quad", 2],
  ["\\qquad", 4],
  ["\\sum", 2.6],
  ["\\prod", 2.4],
  ["\\odot", 2.3],
  ["\\oslash", 2.3],
  ["\\otimes", 2.3],
  ["\\cdot", 1.4],
  ["+", 2.3],
  ["-", 2],
  ["=", 2.5],
]);

const CAPITAL = 1.5;
const THIN = 0.6;

/** A token in letters: capitals are wide, brackets and signs of punctuation narrow. */
const letterWidth = (token: string): number => {
  const known = WIDE.get(token);
  if (known !== undefined) return known;
  if (/^[A-Z]$/u.test(token)) return CAPITAL;
  return /^[()[\],.;'|lij]$/u.test(token) ? THIN : 1;
};

/** Sub- and superscripts are set smaller; the two halves of a fraction stand above each other; labels of braces too. */
const SCRIPT = 0.7;
const HALF = 0.5;

/** The width in letters of the text face; what stands under a brace takes no room of its own. */
export const widthOf = (latex: string): number => {
  let width = 0;
  const groups: { readonly factor: number; readonly braced: boolean }[] = [{ factor: 1, braced: false }];
  // What the coming groups are multiplied with.
  const coming: number[] = [];
  let braces = false;
  let underBrace = false;
  for (const [token] of latex.matchAll(/\\(?:[A-Za-z]+|.)|\s+|./gsu)) {
    const factor = groups.at(-1)?.factor ?? 1;
    if (/^\s/u.test(token)) continue;
    if (token === "{") groups.push({ factor: factor * (coming.shift() ?? 1), braced: braces });
    else if (token === "}") underBrace = groups.pop()?.braced ?? false;
    else if (token === "_" || token === "^") coming.unshift(underBrace ? 0 : SCRIPT);
    else if (token === "\\frac") coming.unshift(HALF, HALF);
    else if (!NARROW.has(token)) width += factor * (coming.shift() ?? 1) * letterWidth(token);
    braces = token === "\\underbrace";
    if (token !== "}") underBrace = false;
  }
  return width;
};

/** Letters that fit into a line of a page, beside the number of the equation. */
export const PAGE = 76;

interface Term {
  readonly sign: string;
  readonly latex: string;
}

/** The summands of a formula at its top level, each with the sign before it. */
const termsOf = (latex: string): readonly Term[] => {
  const terms: Term[] = [];
  let depth = 0;
  let sign = "";
  let term = "";
  let isFenced = false;
  for (const [token] of latex.matchAll(/\\(?:[A-Za-z]+|.)|\s+|./gsu)) {
    if (/^(?:[{([]|\\left|\\langle|\\begin)$/u.test(token)) depth++;
    else if (/^(?:[})\]]|\\right|\\rangle|\\end)$/u.test(token)) depth--;
    else if (token === "\\|" || token === "|") {
      isFenced = !isFenced;
      depth += isFenced ? 1 : -1;
    }
    if ((token === "+" || token === "-") && depth === 0 && term.trim() !== "") {
      terms.push({ sign, latex: term.trim() });
      [sign, term] = [token, ""];
    } else term += token;
  }
  return [...terms, { sign, latex: term.trim() }];
};

/** A long sum in lines of at most `room` letters where its terms allow it; later lines begin with their sign. */
export const breakSum = (latex: string, room: number): readonly string[] => {
  if (widthOf(latex) <= room) return [latex];
  const lines: string[] = [];
  let line = "";
  for (const { sign, latex: term } of termsOf(latex)) {
    const joined = line === "" ? `${sign}${term}` : `${line} ${sign} ${term}`;
    if (line === "" || widthOf(joined) <= room) line = joined;
    else {
      lines.push(line);
      line = `{}${sign} ${term}`;
    }
  }
  return [...lines, line];
};
