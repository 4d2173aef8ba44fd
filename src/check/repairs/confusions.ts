/** Glyphs that are taken for one another, in handwriting and by its readers. */
export interface Confusion {
  /** Names as the parser gives them. */
  readonly glyphs: readonly string[];
  /** Where only one direction or pair is likely, more: the cost of reading one as another. */
  readonly cost: number;
}

export const CONFUSIONS: readonly Confusion[] = [
  // Two ways of writing one letter.
  { glyphs: ["\\ell", "l"], cost: 0.5 },
  { glyphs: ["\\phi", "\\varphi"], cost: 0.5 },
  { glyphs: ["\\epsilon", "\\varepsilon"], cost: 0.5 },
  { glyphs: ["o", "O", "0", "\\theta", "\\Theta", "\\circ"], cost: 1 },
  { glyphs: ["o", "O", "a", "\\sigma"], cost: 2 },
  { glyphs: ["L", "\\lambda", "\\ell", "l", "\\mathcal{L}", "1"], cost: 1 },
  { glyphs: ["S", "s", "\\xi", "\\zeta", "5", "\\S"], cost: 1 },
  { glyphs: ["\\phi", "\\varphi", "\\psi", "\\rho", "\\Phi", "\\Psi", "f"], cost: 1 },
  { glyphs: ["\\phi", "\\varphi", "\\psi", "\\rho", "y", "g", "\\sigma", "f"], cost: 2 },
  { glyphs: ["x", "X", "\\chi", "\\times"], cost: 1 },
  { glyphs: ["z", "Z", "2"], cost: 1 },
  { glyphs: ["h", "n", "b"], cost: 2 },
  { glyphs: ["u", "v", "\\mu", "\\nu", "\\upsilon"], cost: 1 },
  { glyphs: ["w", "W", "\\omega"], cost: 1 },
  { glyphs: ["i", "j", "1"], cost: 2 },
  { glyphs: ["q", "g", "9", "y"], cost: 2 },
  { glyphs: ["a", "\\alpha", "\\partial"], cost: 1 },
  { glyphs: ["b", "\\beta", "6"], cost: 1 },
  { glyphs: ["y", "\\gamma", "\\Upsilon"], cost: 1 },
  { glyphs: ["e", "\\epsilon", "\\varepsilon", "c"], cost: 1 },
  { glyphs: ["p", "\\rho", "P"], cost: 1 },
  { glyphs: ["t", "+", "\\tau", "T"], cost: 2 },
  { glyphs: ["d", "\\delta", "\\partial"], cost: 1 },
  // The output beside its label.
  { glyphs: ["o", "y"], cost: 3 },
];

/** One letter, small and large. */
export const isCase = (a: string, b: string): boolean =>
  a !== b && a.length === 1 && b.length === 1 && a.toLowerCase() === b.toLowerCase();

/** The cost of taking one glyph for the other; undefined where nobody would. */
export const confusionCost = (a: string, b: string): number | undefined => {
  const costs = CONFUSIONS.flatMap(({ glyphs, cost }) => (glyphs.includes(a) && glyphs.includes(b) ? [cost] : []));
  if (isCase(a, b)) costs.push(1);
  return a === b || costs.length === 0 ? undefined : Math.min(...costs);
};

/** Scripts whose nesting was lost: y_h beside yh. */
export const sameWithoutNesting = (a: string, b: string): boolean =>
  a !== b && a.replace(/[_^{}\s]/gu, "") === b.replace(/[_^{}\s]/gu, "");
