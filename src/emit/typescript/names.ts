/** Identifiers and comments of generated code. Nothing of a note's text passes but letters, digits and underscores. */

const GREEK =
  /^(?:alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|varphi|chi|psi|omega|ell|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega)$/u;

const LONGEST_NAME = 24;

/** Words of two letters or fewer that are no identifiers of TypeScript. */
const SHORT_WORDS: ReadonlySet<string> = new Set(["as", "do", "if", "in", "is", "of"]);

const withoutFonts = (latex: string): string =>
  latex
    .replace(
      /\\(?:mathrm|mathbf|mathbb|mathcal|mathscr|mathsf|mathit|boldsymbol|bm|text|textrm|operatorname|left|right)(?![A-Za-z])/gu,
      " ",
    )
    .replace(/\\(hat|bar|tilde|vec|dot|widehat|overline)\s*\{?\s*([A-Za-z])\s*\}?/gu, "$2_$1");

const joinedWords = (latex: string): string =>
  withoutFonts(latex.slice(0, 200))
    .split(/[^A-Za-z0-9]+/u)
    .filter(word => word !== "")
    .join("_");

/**
 * A word for a name in LaTeX: W_{hx} is W_hx, \hat{y} is y_hat, W^{(1)} is W_1. Names that do not begin with a short or
 * Greek word get a prefix, so that no word of the language and nothing global is ever meant.
 */
export const wordOf = (latex: string, prefix: string): string => {
  const joined = joinedWords(latex);
  if (joined === "" || joined.length > LONGEST_NAME) return prefix;
  const [head = ""] = joined.split("_");
  const isPlain = (/^[A-Za-z]{1,2}\d*$/u.test(head) || GREEK.test(head)) && !SHORT_WORDS.has(joined);
  return isPlain ? joined : `${prefix}_${joined}`;
};

/** A word for a name where it is the key of an object: anything that begins with a letter and that no object has already. */
export const keyOf = (latex: string, prefix: string): string => {
  const joined = joinedWords(latex);
  if (joined === "" || joined.length > LONGEST_NAME) return prefix;
  return /^[A-Za-z]/u.test(joined) && !(joined in Object.prototype) ? joined : `${prefix}_${joined}`;
};

/** Gives names that are not taken. */
export class Names {
  readonly #taken: Set<string>;
  /** Up to which number each name is taken, as long as none is given back. */
  readonly #tried = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  take(wanted: string): string {
    let name = wanted;
    let n = this.#tried.get(wanted) ?? 2;
    while (this.#taken.has(name)) name = `${wanted}_${n++}`;
    this.#tried.set(wanted, n);
    this.#taken.add(name);
    return name;
  }

  release(name: string): void {
    this.#taken.delete(name);
    this.#tried.clear();
  }
}

/**
 * Text for a comment or a string: letters, digits and the signs of plain formulas. Whatever could end a comment, open
 * one, break a line or mean something to a tool becomes a question mark or a blank.
 */
export const safeText = (text: string): string =>
  text
    .replace(/\\/gu, "")
    .replace(/[\n\r\t]/gu, " ")
    .replace(/[^A-Za-z0-9 _{}^.,()[\]+\-*/=|:;']/gu, "?")
    .replace(/\*(?=\/)|\/(?=[*/])/gu, "$& ")
    .slice(0, 400);
