import type { Lexicon, LexiconEntry, TokenClass } from "./lexicon.ts";

/**
 * What LaTeX itself says of its commands: which stand between factors, which are relations, which
 * take arguments. No meaning is attached; that is what the operations' own lexicon adds.
 */
const CLASSES: Readonly<Record<Exclude<TokenClass, "name">, string>> = {
  product:
    "* . @ \\cdot \\times \\circ \\ast \\star \\odot \\otimes \\oslash \\bullet \\div \\wedge \\vee \\cap \\cup \\bmod \\setminus \\boxdot \\boxtimes \\circledast \\diamond",
  sum: "+ - \\pm \\mp \\oplus \\ominus \\boxplus",
  relation:
    "= < > := += -= <= >= != == -> => \\le \\leq \\ge \\geq \\ll \\gg \\ne \\neq \\lt \\gt \\leqslant \\geqslant \\in \\notin \\ni \\subset \\subseteq \\supset \\supseteq \\sim \\simeq \\approx \\cong \\equiv \\propto \\triangleq \\doteq \\coloneqq \\colonequals \\to \\rightarrow \\Rightarrow \\implies \\longrightarrow \\Longrightarrow \\leftarrow \\gets \\Leftarrow \\impliedby \\longleftarrow \\leftrightarrow \\Leftrightarrow \\iff \\mapsto \\longmapsto \\rightsquigarrow \\leadsto \\perp \\parallel \\prec \\succ \\preceq \\succeq \\models \\vdash \\asymp",
  function:
    "\\sin \\cos \\tan \\cot \\sec \\csc \\arcsin \\arccos \\arctan \\sinh \\cosh \\tanh \\coth \\exp \\log \\ln \\lg \\det \\dim \\ker \\deg \\hom \\arg \\gcd " +
    "\\operatorname{prod} \\operatorname{Prod} \\operatorname{diag} \\operatorname{softmax} \\operatorname{sigmoid} \\operatorname{tr} \\operatorname{Tr} \\operatorname{vec} \\operatorname{relu} \\operatorname{ReLU} \\operatorname{sign} \\operatorname{rank}",
  big: "\\sum \\prod \\coprod \\int \\iint \\oint \\bigoplus \\bigotimes \\bigodot \\bigcup \\bigcap \\bigwedge \\bigvee \\lim \\limsup \\liminf \\varlimsup \\varliminf",
  limits:
    "\\max \\min \\sup \\inf \\Pr \\operatorname{argmax} \\operatorname{argmin} \\operatorname{max} \\operatorname{min} \\argmax \\argmin",
  mark: "\\top \\bot \\intercal \\dagger \\ddagger \\prime",
};

export const LATEX: Lexicon = new Map<string, LexiconEntry>(
  Object.entries(CLASSES).flatMap(([kind, words]) =>
    words.split(" ").map(word => [word, { class: kind as TokenClass }] as const),
  ),
);

/** Characters that mean what a command means. */
export const CHARACTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "×": "\\times",
    "·": "\\cdot",
    "⋅": "\\cdot",
    "∙": "\\cdot",
    "∗": "*",
    "＊": "*",
    "⊙": "\\odot",
    "◦": "\\circ",
    "∘": "\\circ",
    "○": "\\circ",
    "⊗": "\\otimes",
    "⊘": "\\oslash",
    "⊕": "\\oplus",
    "÷": "\\div",
    "−": "-",
    "－": "-",
    "＋": "+",
    "±": "\\pm",
    "∓": "\\mp",
    "＝": "=",
    "＜": "<",
    "＞": ">",
    "≤": "\\leq",
    "≥": "\\geq",
    "≠": "\\neq",
    "≈": "\\approx",
    "≡": "\\equiv",
    "≜": "\\triangleq",
    "≔": ":=",
    "∈": "\\in",
    "∉": "\\notin",
    "∼": "\\sim",
    "∝": "\\propto",
    "→": "\\to",
    "←": "\\leftarrow",
    "⇒": "\\Rightarrow",
    "⇔": "\\Leftrightarrow",
    "↦": "\\mapsto",
    "∂": "\\partial",
    "∇": "\\nabla",
    "∑": "\\sum",
    Σ: "\\Sigma",
    "∏": "\\prod",
    "∞": "\\infty",
    "⊤": "\\top",
    "⊥": "\\bot",
    "∀": "\\forall",
    "∃": "\\exists",
    ℓ: "\\ell",
    ϵ: "\\epsilon",
    ε: "\\varepsilon",
    ϕ: "\\phi",
    φ: "\\varphi",
    α: "\\alpha",
    β: "\\beta",
    γ: "\\gamma",
    δ: "\\delta",
    ζ: "\\zeta",
    η: "\\eta",
    θ: "\\theta",
    ϑ: "\\vartheta",
    ι: "\\iota",
    κ: "\\kappa",
    λ: "\\lambda",
    μ: "\\mu",
    µ: "\\mu",
    ν: "\\nu",
    ξ: "\\xi",
    π: "\\pi",
    ρ: "\\rho",
    σ: "\\sigma",
    τ: "\\tau",
    υ: "\\upsilon",
    χ: "\\chi",
    ψ: "\\psi",
    ω: "\\omega",
    Γ: "\\Gamma",
    Δ: "\\Delta",
    "∆": "\\Delta",
    Θ: "\\Theta",
    Λ: "\\Lambda",
    Ξ: "\\Xi",
    Π: "\\Pi",
    Φ: "\\Phi",
    Ψ: "\\Psi",
    Ω: "\\Omega",
    "（": "(",
    "）": ")",
    "［": "[",
    "］": "]",
    "｛": "\\{",
    "｝": "\\}",
    "｜": "|",
    "‖": "\\|",
    "∥": "\\|",
    "，": ",",
    "、": ",",
    "；": ";",
    "：": ":",
    "。": ".",
    "．": ".",
    "…": "\\dots",
    "⋯": "\\cdots",
    "⟨": "\\langle",
    "⟩": "\\rangle",
    "√": "\\sqrt",
    "∕": "/",
  }),
);

/** Characters that are a superscript by themselves. */
export const RAISED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ᵀ: "\\top",
    "²": "2",
    "³": "3",
    "¹": "1",
    "⁰": "0",
    "⁴": "4",
    "⁵": "5",
    "⁶": "6",
    "⁷": "7",
    "⁸": "8",
    "⁹": "9",
    ᵗ: "t",
  }),
);

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Commands that print nothing between factors, or only say how something is to look. */
export const IGNORED = new Set([
  "\\ ",
  "\\\n",
  "\\\r",
  "\\\t",
  ...words(
    "\\, \\: \\; \\! \\> \\/ \\- \\thinspace \\medspace \\thickspace \\negthinspace \\enspace \\allowbreak \\displaystyle \\textstyle \\scriptstyle \\scriptscriptstyle \\limits \\nolimits \\nonumber \\notag \\noindent \\centering \\hline \\strut \\mathstrut \\null \\relax \\protect \\par \\tiny \\small \\normalsize \\large \\Large \\LARGE \\huge \\big \\Big \\bigg \\Bigg \\bigl \\Bigl \\biggl \\Biggl \\bigr \\Bigr \\biggr \\Biggr \\bigm \\Bigm \\biggm \\Biggm \\qed \\heartsuit \\spadesuit \\clubsuit \\diamondsuit \\blacksquare \\checkmark",
  ),
]);

/** Wide spaces: they separate equations that stand in one row. */
export const GAPS = words("\\quad \\qquad");

/** Commands whose one argument is dropped, and what is left of them. */
export const DROPPED = words(
  "\\label \\ref \\eqref \\cite \\vspace \\phantom \\hphantom \\vphantom \\kern \\mkern \\mspace \\intertext \\shortintertext \\footnote \\arraystretch \\htmlId \\htmlClass",
);

/** Commands that change fonts: with an argument, and up to the end of the group. */
export const FONTS = words(
  "\\mathbf \\boldsymbol \\bm \\pmb \\bold \\mathrm \\mathit \\mathsf \\mathtt \\mathcal \\mathscr \\mathfrak \\mathbb \\mathds \\mathbbm \\mathnormal \\symbf \\symbfit \\symrm \\Bbb \\mathup \\vmathbb",
);
export const SWITCHES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "\\bf": "mathbf",
    "\\bfseries": "mathbf",
    "\\boldmath": "mathbf",
    "\\rm": "mathrm",
    "\\it": "mathit",
    "\\cal": "mathcal",
    "\\sf": "mathsf",
    "\\tt": "mathtt",
    "\\frak": "mathfrak",
    "\\scr": "mathscr",
  }),
);

/** Fonts in which several letters are one word. */
export const UPRIGHT = words("mathrm mathsf mathtt mathup symrm mathit");

/** Text in a formula. */
export const TEXTS = words(
  "\\text \\textrm \\textbf \\textit \\textsf \\texttt \\textnormal \\textup \\mbox \\hbox \\operatorname \\operatornamewithlimits \\mathop",
);

export const ACCENTS = words(
  "\\hat \\widehat \\tilde \\widetilde \\bar \\overline \\vec \\dot \\ddot \\dddot \\check \\widecheck \\acute \\grave \\breve \\mathring \\overrightarrow \\overleftarrow \\underline \\underbar",
);

export const FRACTIONS = words("\\frac \\dfrac \\tfrac \\cfrac \\nicefrac \\sfrac \\flatfrac");

/** Wrappers of one argument that leave it as it is. */
export const TRANSPARENT = words(
  "\\boxed \\fbox \\mathord \\mathbin \\mathrel \\mathopen \\mathclose \\mathpunct \\mathinner \\ensuremath \\smash \\cancel \\bcancel \\xcancel \\hl \\mathstrut",
);

export const BRACES: ReadonlyMap<string, "sub" | "sup"> = new Map(
  Object.entries({ "\\underbrace": "sub", "\\overbrace": "sup", "\\underbracket": "sub", "\\overbracket": "sup" }),
);

export const DOTS = words("\\dots \\ldots \\cdots \\vdots \\ddots \\dotsc \\dotsb \\dotsm \\dotso \\dotsi ...");

/** How brackets open, and what closes them. */
export const BRACKETS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "(": ")",
    "[": "]",
    "\\{": "\\}",
    "\\langle": "\\rangle",
    "\\lfloor": "\\rfloor",
    "\\lceil": "\\rceil",
    "\\lvert": "\\rvert",
    "\\lVert": "\\rVert",
    "\\llbracket": "\\rrbracket",
  }),
);

/** One spelling for each bracket. */
export const BRACKET_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "\\lbrack": "[",
    "\\rbrack": "]",
    "\\lbrace": "\\{",
    "\\rbrace": "\\}",
    "\\lparen": "(",
    "\\rparen": ")",
    "\\vert": "|",
    "\\Vert": "\\|",
    "||": "\\|",
  }),
);

/** Signs of order that are brackets behind \left and \right, and nowhere else. */
export const ANGLES: ReadonlyMap<string, string> = new Map(
  Object.entries({ "\\lt": "\\langle", "\\gt": "\\rangle", "<": "\\langle", ">": "\\rangle" }),
);

/** Environments whose rows are rows of the formula; the others are matrices and the like. */
export const ROW_ENVIRONMENTS = words(
  "aligned align align* alignat alignat* alignedat split gather gather* gathered eqnarray eqnarray* equation equation* multline multline* multlined flalign flalign* displaymath math subequations dmath dmath* IEEEeqnarray IEEEeqnarray* darray",
);

/** Environments that begin with an argument of their own: its count. */
export const ENVIRONMENT_ARGUMENTS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    array: 1,
    darray: 1,
    subarray: 1,
    alignat: 1,
    "alignat*": 1,
    alignedat: 1,
    IEEEeqnarray: 1,
    "IEEEeqnarray*": 1,
  }),
);

/** Words between equations: never names, even when they stand alone in a \mathrm. */
export const CONNECTIVES = words(
  "and or where if for with when otherwise else then thus so hence since because such that s.t. i.e. e.g. iff as from by let given which is are at to of on the a an in all any each every not but while until assume assuming suppose subject similarly therefore",
);
