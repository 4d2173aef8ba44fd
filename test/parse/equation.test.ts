import { describe, expect, test } from "vitest";
import { readEquation } from "../../src/parse/equation.ts";
import type { Lexicon } from "../../src/parse/lexicon.ts";
import type { Macros } from "../../src/parse/macros.ts";
import { showStatement } from "./show.ts";

const LEXICON: Lexicon = new Map([
  ["\\odot", { class: "product", op: "hadamard" }],
  ["\\tanh", { class: "function", op: "tanh" }],
  ["\\operatorname{diag}", { class: "function", op: "diag" }],
  ["loss", { class: "name" }],
]);

const read = (text: string, macros: Macros = new Map()): string[] => {
  const result = readEquation(text, LEXICON, { macros });
  return result.ok
    ? result.value.statements.map(showStatement)
    : result.diagnostics.map(one => `${one.code} ${one.message} @${one.spans[0]?.span.start}`);
};

/** Formula, then its statements as `show` writes them. */
const CASES: readonly (readonly [title: string, formula: string, ...statements: string[]])[] = [
  // products, quotients, signs
  ["juxtaposition and a product sign stay one list", "W x \\odot y", "⟦W␣x\\odoty⟧"],
  ["a slash takes one factor on each side", "a b/c d", "⟦a␣frac(b / c)␣d⟧"],
  ["a bracket behind a slash multiplies the quotient", "1/\\sigma (I - r)", "⟦frac(1 / \\sigma)@(⟨I -r⟩)⟧"],
  ["a slash takes a name with its bracket", "a f(x)/y", "⟦a␣frac(⟦f@(x)⟧ / y)⟧"],
  ["a slash behind a product sign", "a \\cdot b/c", "⟦a\\cdotfrac(b / c)⟧"],
  ["quotients associate to the left", "a/b/c", "frac(frac(a / b) / c)"],
  ["signs", "-a + b - -c", "⟨-a +b -⟨-c⟩⟩"],
  ["a signed factor behind a product sign", "2 \\cdot -x", "⟦2\\cdot⟨-x⟩⟧"],
  ["numbers are exact", "0.10 x", "⟦0.10␣x⟧"],
  ["a full stop between factors is an operator", "W^T.dZ", "⟦W^{T}.d␣Z⟧"],
  ["a full stop at the end is none", "a = b.", "a = b"],
  ["a norm behind a name is a factor", "\\lambda \\|W\\|^2", "⟦\\lambda␣\\|W\\|^{2}⟧"],
  // scripts
  ["scripts keep their order", "h^{(t)}_i", "h^{(t)}_{i}"],
  ["a transpose on a layer", "W^{(2)T}", "W^{⟦(2)␣T⟧}"],
  ["a transpose around a layer", "{W^{(2)}}^\\top", "{W^{(2)}}^{\\top}"],
  ["a transpose on top of a time", "h^{(t-1)^\\top}", "h^{(⟨t -1⟩)^{\\top}}"],
  ["an argument without braces is one digit", "x^12", "⟦x^{1}␣2⟧"],
  ["primes", "\\phi''(z)", "⟦\\phi''@(z)⟧"],
  ["a prime as a superscript", "\\phi^{\\prime}(z)", "⟦\\phi'@(z)⟧"],
  ["an operator as a superscript", "x^* + A^{\\odot 2}", "⟨x^{*} +A^{\\odot 2}⟩"],
  ["Unicode superscripts", "Wᵀx²", "⟦W^{\\top}␣x^{2}⟧"],
  ["index lists and slices", "W[:, j] + A_{i,:}", "⟨⟦W@[[: , j]]⟧ +A_{[i , :]}⟩"],
  ["spaced scripts", "\\hat{y}_ i", "hat<y>_{i}"],
  ["a word as a subscript without braces", "W_\\textrm{hx}", 'W_{textrm<"hx">}'],
  // brackets
  ["bars open and close", "|x| |y|", "⟦|x|␣|y|⟧"],
  ["double bars nest in single ones", "|a + |b||", "|⟨a +|b|⟩|"],
  ["norms", "\\|W\\|_F^2 + \\lVert b \\rVert", "⟨\\|W\\|_{F}^{2} +\\|b\\|⟩"],
  ["a bar that does not close separates", "p(y | x, \\theta)", "⟦p@([y | [x , \\theta]])⟧"],
  ["half-open intervals", "x \\in [0, 1)", "x \\in [[0 , 1])"],
  ["a value at a point", "f|_{x=0}", ".f|_{x = 0}"],
  ["big brackets", "\\Big[ a \\Big]", "[a]"],
  ["one-sided \\left", "\\left. f \\right|_{x}", ".f|_{x}"],
  ["nothing between brackets", "f()", "⟦f@()⟧"],
  ["a product sign as a place", "y(\\cdot)", "⟦y@(\\cdot)⟧"],
  ["braces without meaning", "d{{w}^{[l]}}", "⟦d␣w^{[l]}⟧"],
  ["full-width punctuation", "ℓ（o，y）", "⟦\\ell@([o , y])⟧"],
  ["a second bracket is a factor", "g(x)(1 - g(x))", "⟦g@(x)␣(⟨1 -⟦g@(x)⟧⟩)⟧"],
  // functions
  ["a function takes one atom", "\\tanh a b", "⟦\\tanh·a␣b⟧"],
  ["a function takes a call", "\\log f(x) y", "⟦\\log·⟦f@(x)⟧␣y⟧"],
  ["scripts behind the bracket belong to the value", "\\tanh(x)^2", "\\tanh·(x)^{2}"],
  ["scripts on the name stay there", "\\tanh^2(x)", "\\tanh^{2}·(x)"],
  ["functions of functions", "\\log \\det A", "\\log·\\det·A"],
  ["a function without an argument is a name", "\\phi = \\tanh", "\\phi = \\tanh"],
  [
    "known words in plain letters",
    "diag[o_t] softmax(z)",
    "⟦\\operatorname{diag}·[o_{t}]␣\\operatorname{softmax}·(z)⟧",
  ],
  ["known names in plain letters", "\\partial loss", '\\partial<"loss">'],
  ["\\operatorname makes a function", "\\operatorname{foo}(x)", "\\operatorname{foo}·(x)"],
  ["\\max with brackets and with limits", "\\max(0, x) + \\max_i x_i y", "⟨\\max·([0 , x]) +\\max(i.. : ⟦x_{i}␣y⟧)⟩"],
  ["an unknown word keeps its bracket", "\\text{act}(x)", '⟦text<"act">@(x)⟧'],
  // big operators
  ["a sum reaches to the next sign", "\\sum_{t=1}^T a_t b_t + c", "⟨\\sum(t = 1..T : ⟦a_{t}␣b_{t}⟧) +c⟩"],
  ["sums nest", "\\frac1T \\sum_i a_i \\sum_j b_j", "⟦frac(1 / T)␣\\sum(i.. : ⟦a_{i}␣\\sum(j.. : b_{j})⟧)⟧"],
  ["a product sign before a sum", "a \\cdot \\sum_i b", "⟦a\\cdot\\sum(i.. : b)⟧"],
  ["a logarithm of a sum", "\\log \\sum_j e^{f_j}", "\\log·\\sum(j.. : e^{f_{j}})"],
  ["division by a sum", "a / \\sum_j b_j", "frac(a / \\sum(j.. : b_{j}))"],
  ["limits above and below in any order", "\\prod^n_{i=1} a", "\\prod(i = 1..n : a)"],
  ["a limit", "\\lim_{i \\to 0} a", "\\lim(i \\to 0.. : a)"],
  ["assignments that add", "W \\mathrel{+}= a, b -= c", "W += a", "b -= c"],
  ["a limit by \\underset", "\\underset{\\theta}{\\operatorname{argmin}} f", "\\operatorname{argmin}(\\theta.. : f)"],
  // derivatives
  ["a derivative", "\\frac{\\partial L}{\\partial h_t}", "D(L by h_{t})"],
  ["a derivative of a product", "\\frac{\\partial U^T v}{\\partial v}", "D(⟦U^{T}␣v⟧ by v)"],
  ["a coefficient below the line", "\\frac{\\partial \\ell}{T \\cdot \\partial o}", "frac(D(\\ell by o) / T)"],
  ["a derivative with a slash", "\\partial J/\\partial \\mathbf{o} x", "⟦D(J by mathbf<o>)␣x⟧"],
  ["a slash takes all that ∂ stands before", "\\partial W x/\\partial x", "D(⟦W␣x⟧ by x)"],
  [
    "second derivatives",
    "\\frac{\\partial^2 L}{\\partial x \\partial y} + \\frac{\\partial^2 L}{\\partial x^2}",
    "⟨D^2(L by x, y) +D^2(L by x*2)⟩",
  ],
  ["an operator", "\\frac{\\partial}{\\partial x} f(x) y", "⟦D(⟦f@(x)⟧ by x)␣y⟧"],
  ["a subscript operator", "\\partial_{w} h_t", "D(h_{t} by w)"],
  ["nabla", "\\nabla_{W} L = \\nabla_W", "D(L by W) = D( by W)"],
  ["immediate", "\\frac{\\partial^{+} h}{\\partial W}", "D^+(h by W)"],
  ["upright d", "\\frac{\\mathrm{d} L}{\\mathrm{d} x}", "D(L by x)"],
  ["plain d", "\\frac{dL}{db_i}", "D(L by b_{i})"],
  ["a missing ∂ stays a quotient", "\\frac{\\partial L}{x}", "frac(\\partial<L> / x)"],
  ["names with d are letters", "dW = x", "⟦d␣W⟧ = x"],
  ["an index on a derivative", "(\\frac{\\partial f}{\\partial A})_{ij}", "(D(f by A))_{⟦i␣j⟧}"],
  // names
  ["fonts and accents", "\\hat{\\mathbf{x}} \\bar b", "⟦hat<mathbf<x>>␣bar<b>⟧"],
  ["an accent over more", "\\overline{A B}", "overline<⟦A␣B⟧>"],
  ["several letters under one font", "\\mathbf{dkv}_i", 'mathbf<"dkv">_{i}'],
  ["a font up to the end of the group", "{\\bf A x} y", "⟦mathbf<A>␣mathbf<x>␣y⟧"],
  ["what hangs on a font hangs on its last letter", "{\\bf A x}^k", "⟦mathbf<A>␣mathbf<x>^{k}⟧"],
  ["what hangs on braces hangs on all that they hold", "{A x}^k", "⟦A␣x⟧^{k}"],
  ["an upright group is a word", "{\\rm loss} + {\\rm d}", '⟨mathrm<"loss"> +mathrm<d>⟩'],
  ["Greek characters are commands", "φ(λ)", "⟦\\varphi@(\\lambda)⟧"],
  ["unknown commands are names", "\\MW \\Vh^{(t)}", "⟦\\MW␣\\Vh^{(t)}⟧"],
  ["an indicator keeps its bracket", "\\mathbb{1}(y_i = k)", "⟦mathbb<1>@(y_{i} = k)⟧"],
  // wrappers
  ["braces with a label", "\\underbrace{a + b}_{\\text{sum $x$}} c", "⟦underbrace(⟨a +b⟩)#\\text{sum $x$}␣c⟧"],
  ["boxes and colours", "\\boxed{\\color{red}{a} = \\textcolor{blue}{b}}", "a = b"],
  ["a label on a relation", "a \\stackrel{\\text{def}}{=} b", "a = b"],
  ["an older fraction", "{a + b \\over c}", "frac(⟨a +b⟩ / c)"],
  ["roots", "\\sqrt{x} + \\sqrt[3]{y}", "⟨root(x) +root(3: y)⟩"],
  // statements
  ["a comma between equations", "a = 1, b = 2", "a = 1", "b = 2"],
  ["a wide space between equations", "a = 1 \\quad b = 2", "a = 1", "b = 2"],
  [
    "names of one declaration",
    "c\\in\\mathbb R, \\mathbf w, \\mathbf b\\in \\mathbb R^d",
    "c \\in mathbb<R>",
    "[mathbf<w> , mathbf<b>] \\in mathbb<R>^{d}",
  ],
  ["a range behind an equation", "h_t = x_t, t = 1, \\ldots, T", "h_{t} = x_{t} if t = [1 , … , T]"],
  ["a range behind a wide space", "h_t = x_t \\quad t=1,…,T.", "h_{t} = x_{t} if t = [1 , … , T]"],
  ["a proviso in brackets", "h_t = W y (t < T)", "h_{t} = ⟦W␣y⟧ if t < T"],
  ["a proviso in words", "h_t = 0 \\text{ for } t = 0", "h_{t} = 0 if t = 0"],
  ["a proviso by \\forall", "h_t = 0 \\quad \\forall t \\in \\{1, 2\\}", "h_{t} = 0 if t \\in \\{[1 , 2]\\}"],
  ["a shape behind a chain", "a = b \\in \\mathbb{R}^{m \\times n}", "a = b \\in mathbb<R>^{⟦m\\timesn⟧}"],
  ["a shape after a colon", "h_t: h \\times 1", "h_{t} : ⟦h\\times1⟧"],
  ["a tuple of sizes", "x: (N, D)", "x : ([N , D])"],
  ["definitions", "a := b \\triangleq c", "a := b \\triangleq c"],
  ["assignments", "W \\leftarrow W - \\eta g", "W \\leftarrow ⟨W -⟦\\eta␣g⟧⟩"],
  [
    "numbers in front",
    "(1) \\quad a = b \\\\ c) d = e \\\\ (2a) f = g \\tag{7}",
    "(1) a = b",
    "(c) d = e",
    "(2a) f = g",
  ],
  ["a tag", "a = b \\tag{16}", "(16) a = b"],
  ["words in between", "a = b \\text{ and } c = d", "a = b", "“and” c = d"],
  ["Chinese words", "\\text{假设: } a = b", "“假设:” a = b"],
  ["rows", "\\begin{aligned} a &= b \\\\ &= c \\\\[10pt] d &= e \\end{aligned}", "a = b", "= c", "d = e"],
  ["a row break outside an environment", "a = b \\\\ = c", "a = b", "= c"],
  ["four backslashes", "a = b \\\\\\\\ = c", "a = b", "= c"],
  ["a sum over several rows", "\\begin{split} a &= b \\\\ &+ c \\\\ &- d \\end{split}", "a = ⟨b +c -d⟩"],
  ["a bracket over several rows", "a = ( b \\\\ + c )", "a = (⟨b +c⟩)"],
  [
    "a row environment inside another",
    "\\begin{equation}\\begin{aligned} a &= b \\\\ c &= d\\end{aligned}\\end{equation}",
    "a = b",
    "c = d",
  ],
  ["an alignment in an array", "\\begin{array}{rcl} a & = & b \\\\ c & = & d \\end{array}", "a = b", "c = d"],
  ["a brace of equations", "\\left\\{ \\begin{aligned} a &= b \\\\ c &= d \\end{aligned} \\right.", "a = b", "c = d"],
  [
    "cases",
    "f = \\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
    "f = cases[x & [“if” , x > 0] ; 0 & “otherwise”]",
  ],
  ["a matrix", "\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix} x", "⟦bmatrix[a & b ; c & d]␣x⟧"],
  ["comments and line breaks of every kind", "a % no\r\n = b\n", "a = b"],
];

describe("a formula", () => {
  test.each(CASES)("%s: %s", (_, formula, ...statements) => {
    expect(read(formula)).toEqual(statements);
  });
});

describe("the note's own commands", () => {
  const macros: Macros = new Map([
    ["\\bR", { parameters: 0, body: "\\mathbb{R}" }],
    ["\\norm", { parameters: 1, body: "\\left\\| #1 \\right\\|" }],
    ["\\dd", { parameters: 2, optional: "L", body: "\\frac{\\partial #1}{\\partial #2}" }],
    ["\\loop", { parameters: 0, body: "\\loop \\loop" }],
  ]);
  test("expand", () => expect(read("\\norm{x} \\in \\bR", macros)).toEqual(["\\|x\\| \\in mathbb<R>"]));
  test("have optional arguments", () =>
    expect(read("\\dd{x} + \\dd[J]{y}", macros)).toEqual(["⟨D(L by x) +D(J by y)⟩"]));
  test("that expand without end are refused", () => expect(read("\\loop", macros)[0]).toMatch(/^B001/u));
  test("without their argument are refused", () => expect(read("a = \\norm", macros)[0]).toMatch(/^R001 .* @4$/u));
  test("without a definition are names; \\R is known", () =>
    expect(read("\\Foo \\in \\R^n")).toEqual(["\\Foo \\in mathbb<R>^{n}"]));
});

test("the lexicon's ops are handed through", () => {
  const result = readEquation("a \\odot \\tanh b = \\text{diag}(c)", LEXICON);
  const text = JSON.stringify(result);
  for (const op of ["hadamard", "tanh", "diag"]) expect(text).toContain(`"op":"${op}"`);
});

describe("what is wrong is told with its place", () => {
  const WRONG: readonly (readonly [formula: string, code: string, start: number, end: number, expected: RegExp])[] = [
    ["a = = b", "R001", 4, 5, /expected a symbol, a number or a bracket/u],
    ["a + ", "R001", 2, 3, /after this/u],
    ["a \\odot \\odot b", "R001", 8, 13, /expected/u],
    ["(a + b", "R002", 0, 1, /opened here/u],
    ["a + b)", "R002", 5, 6, /nothing is open/u],
    ["diag[h(1 - h]", "R002", 6, 7, /opened here/u],
    ["\\frac{a}", "R001", 0, 5, /before it/u],
    ["\\frac{a}{}", "R001", 8, 10, /missing/u],
    ["x^", "R001", 1, 2, /before it/u],
    ["^2", "R001", 0, 1, /expected/u],
    ["a {b", "R002", 2, 3, /opened here/u],
    ["\\left( a", "R002", 0, 6, /opened here/u],
    ["\\left( a \\right. b )", "R002", 19, 20, /nothing is open/u],
    ["\\begin{aligned} a", "R002", 0, 15, /opened here/u],
    ["\\begin{align} a \\end{split}", "R002", 16, 27, /does not fit/u],
    ["a ? b", "R001", 2, 3, /cannot be read/u],
    ["\\sum_i", "R001", 0, 6, /after this/u],
    ["x + \u0000", "R001", 4, 5, /cannot be read/u],
  ];
  test.each(WRONG)("%s", (formula, code, start, end, expected) => {
    const result = readEquation(formula, LEXICON, { base: 100 });
    expect(result.ok).toBe(false);
    const one = result.ok ? undefined : result.diagnostics[0];
    expect(one?.code).toBe(code);
    expect(one?.spans[0]?.span).toEqual({ start: start + 100, end: end + 100 });
    expect(`${one?.message} ${one?.spans[0]?.label}`).toMatch(expected);
  });

  test("a row that cannot be read leaves the others", () => {
    const result = readEquation("\\begin{aligned} a &= b \\\\ c &= (d \\\\ e &= f \\end{aligned}", LEXICON);
    expect(result.ok && result.value.statements.map(showStatement)).toEqual(["a = b"]);
    const other = readEquation("\\begin{aligned} a &= b \\\\ c &= d +* \\\\ e &= f \\end{aligned}", LEXICON);
    expect(other.ok && other.value.statements.map(showStatement)).toEqual(["a = b", "e = f"]);
    expect(other.ok && other.value.diagnostics.map(one => one.spans[0]?.span.start)).toEqual([34]);
  });
});
