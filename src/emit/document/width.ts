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
  ["\\sum", 2],
  ["\\prod", 2],
]);

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
    else if (!NARROW.has(token)) width += factor * (coming.shift() ?? 1) * (WIDE.get(token) ?? 1);
    braces = token === "\\underbrace";
    if (token !== "}") underBrace = false;
  }
  return width;
};
