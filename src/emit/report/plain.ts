/** Formulas in a line of plain text, for places that set no LaTeX: ρ'(z_(t+1)) ⊙ ∂L/∂h_t. */

/** Longer formulas stay as they are. */
const LONGEST = 4000;

const SIGNS: ReadonlyMap<string, string> = new Map(
  (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω " +
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ partial ∂ nabla ∇ infty ∞ odot ⊙ oslash ⊘ cdot · times × otimes ⊗ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ in ∈ to → rightarrow → " +
    "Rightarrow ⇒ mapsto ↦ top ⊤ intercal ⊤ sum Σ prod ∏ dots … ldots … cdots … lVert ‖ rVert ‖ Vert ‖ lvert | rvert | left  right  quad  qquad  displaystyle  limits "
  )
    .trimEnd()
    .split(/ (?=[A-Za-z])/u)
    .map(pair => {
      const [name = "", sign = ""] = pair.split(" ");
      return [name, sign];
    }),
);

const FONTS =
  /\\(?:mathrm|mathbf|mathit|mathsf|mathcal|mathbb|boldsymbol|bm|text|textrm|textbf|operatorname)\{([^{}]*)\}/gu;
/** Accents as combining characters: ŷ; over a name with scripts they stand on its letter. */
const ACCENTS: ReadonlyMap<string, string> = new Map([
  ["hat", "\u0302"],
  ["widehat", "\u0302"],
  ["tilde", "\u0303"],
  ["widetilde", "\u0303"],
  ["bar", "\u0304"],
  ["overline", "\u0304"],
  ["dot", "\u0307"],
  ["vec", "\u20d7"],
]);
const ACCENTED = new RegExp(
  String.raw`\\(${[...ACCENTS.keys()].join("|")})(?![A-Za-z])\s*(?:\{\s*(\p{L})\s*\}|(\p{L})|\{\s*(\p{L})(?=\s*[_^]))`,
  "gu",
);

const MATRIX = /\\begin\{[bp]matrix\}(.*?)\\end\{[bp]matrix\}/gu;

const isWord = (text: string): boolean => /^(?:⊙ ?)?[\p{L}\p{N}∂⊤]*$/u.test(text);
const bracketed = (text: string): string => (isWord(text) || /^\([^()]*\)$/u.test(text) ? text : `(${text})`);

/** The halves of a fraction keep their brackets where a quotient could be read otherwise. */
const isOperand = (text: string): boolean => !/[\s+\-*/·⊙]/u.test(text.replace(/\([^()]*\)/gu, ""));
const half = (text: string): string => (isOperand(text) ? text : `(${text})`);

const outermostRemoved = (text: string): string => {
  const scripts = text
    .replace(FONTS, "$1")
    .replace(/([_^])\{([^{}]*)\}/gu, (_, mark: string, inner: string) => `${mark}${bracketed(inner.trim())}`);
  const roots = scripts.replace(/\\sqrt\{([^{}]*)\}/gu, (_, inner: string) => `√${bracketed(inner.trim())}`);
  const fractions = roots.replace(
    /\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}/gu,
    (_, above: string, below: string) => `${half(above.trim())}/${half(below.trim())}`,
  );
  return fractions === text ? text.replace(/\{([^{}]*)\}/gu, "$1") : fractions;
};

/** LaTeX, or a sentence with LaTeX in it, without commands and braces. */
export const plainFormula = (latex: string): string => {
  if (latex.length > LONGEST) return latex;
  let text = latex
    .replaceAll("\\_", "_")
    .replace(
      MATRIX,
      (_, rows: string) =>
        `[${rows
          .replace(/\s*\\\\\s*/gu, "; ")
          .replace(/\s*&\s*/gu, ", ")
          .trim()}]`,
    )
    .replace(/\\partial\s+/gu, "∂")
    .replace(/\\([{}])/gu, "")
    .replace(/\\[,;:!\\ ]/gu, " ")
    .replace(/\\\|/gu, "‖")
    .replace(/\\([A-Za-z]+)/gu, (command, name: string) => SIGNS.get(name) ?? command)
    .replace(FONTS, "$1")
    .replace(ACCENTED, (_, accent: string, one?: string, other?: string, first?: string) =>
      `${first === undefined ? "" : "{"}${one ?? other ?? first ?? ""}${ACCENTS.get(accent) ?? ""}`.normalize("NFC"),
    );
  for (let before = ""; before !== text; ) {
    before = text;
    text = outermostRemoved(text);
  }
  return text
    .replace(/\\([A-Za-z]+)/gu, "$1")
    .replace(/\s+/gu, " ")
    .trim();
};
