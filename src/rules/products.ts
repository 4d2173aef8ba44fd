/** Transposes, diagonal matrices, equal terms. */
import type { Law, Sentence } from "../rewrite/law.ts";

const LIKE: Sentence = { en: "equal terms are combined", zh: "合并同类项" };
const OPPOSITE: Sentence = { en: "opposite terms cancel", zh: "相反的项抵消" };
const REVERSED: Sentence = { en: "the transpose of a product reverses it", zh: "乘积的转置次序相反" };
const DIAGONAL: Sentence = { en: "a diagonal matrix multiplies entry by entry", zh: "与对角矩阵相乘即逐元素相乘" };

/** Transposes that can be avoided. Ends: every law leaves fewer transposes. */
export const TRANSPOSES: readonly Law[] = [
  { id: "transpose-twice",             where: { A: "m n" },           left: "A''",          right: "A",           say: { en: "transposing twice changes nothing", zh: "转置两次不变" }, trivial: true },
  { id: "transpose-of-left-transposed", where: { A: "k m", B: "k n" }, left: "(A' * B)'",    right: "B' * A",      say: REVERSED },
  { id: "transpose-of-right-transposed", where: { A: "m k", B: "n k" }, left: "(A * B')'",   right: "B * A'",      say: REVERSED },
  { id: "transpose-of-outer",          where: { a: "m", b: "n" },     left: "outer(a, b)'", right: "outer(b, a)", say: REVERSED },
  { id: "transpose-of-identity",       where: {},                     left: "identity(n)'", right: "identity(n)", say: { en: "the identity matrix is symmetric", zh: "单位矩阵是对称的" }, trivial: true },
  { id: "transpose-of-ones",           where: {},                     left: "ones(m, n)'",  right: "ones(n, m)",  say: { en: "ones stay ones when transposed", zh: "全一矩阵转置后仍为全一" }, trivial: true },
  { id: "transpose-of-diag",           where: { v: "n" },             left: "diag(v)'",     right: "diag(v)",     say: { en: "a diagonal matrix is symmetric", zh: "对角矩阵是对称的" } },
  { id: "transpose-of-symmetric",      where: { A: "n n" },           left: "A'",           right: "A",           if: [{ symmetric: "A" }], say: { en: "the matrix is symmetric", zh: "该矩阵是对称的" } },
  { id: "diagonal-of-transpose",       where: { A: "n n" },           left: "diagonal(A')", right: "diagonal(A)", say: { en: "transposing keeps the diagonal", zh: "转置不改变对角线" } },
  { id: "inner-of-transposes",         where: { A: "m n", B: "m n" }, left: "inner(A', B')", right: "inner(A, B)", say: { en: "transposing both keeps the inner product", zh: "同时转置不改变内积" } },
];

/** Ends: every law leaves fewer diagonal matrices. */
export const DIAGONALS: readonly Law[] = [
  { id: "diag-times-diag",             where: { v: "n", w: "n" },     left: "diag(v) * diag(w)", right: "diag(v .* w)", say: { en: "diagonal matrices multiply entry by entry", zh: "对角矩阵相乘即对角元相乘" } },
  { id: "diag-times-column",           where: { v: "n", x: "n" },     left: "diag(v) * x",       right: "x .* v",       say: DIAGONAL },
  { id: "row-times-diag",              where: { v: "n", x: "n" },     left: "x' * diag(v)",      right: "(x .* v)'",    say: DIAGONAL },
];

/** Ends: every law leaves fewer terms. */
export const TERMS: readonly Law[] = [
  { id: "equal-terms",                 where: { A: "m n" },                           left: "A + A",         right: "2 * A",       say: LIKE },
  { id: "term-plus-multiple",          where: { A: "m n", p: "number" },              left: "A + p * A",     right: "(p + 1) * A", say: LIKE },
  { id: "multiple-plus-multiple",      where: { A: "m n", p: "number", q: "number" }, left: "p * A + q * A", right: "(p + q) * A", say: LIKE },
  { id: "multiple-minus-multiple",     where: { A: "m n", p: "number", q: "number" }, left: "p * A - q * A", right: "(p - q) * A", say: LIKE },
  { id: "multiple-minus-term",         where: { A: "m n", p: "number" },              left: "p * A - A",     right: "(p - 1) * A", say: LIKE },
  { id: "term-minus-multiple",         where: { A: "m n", p: "number" },              left: "A - p * A",     right: "(1 - p) * A", say: LIKE },
  { id: "term-minus-itself",           where: { A: "m n" },                           left: "A - A",         right: "zeros(m, n)", say: OPPOSITE },
  { id: "term-plus-opposite",          where: { A: "m n" },                           left: "A + (-A)",      right: "zeros(m, n)", say: OPPOSITE },
  { id: "multiple-plus-opposite",      where: { A: "m n", p: "number" },              left: "p * A + (-A)",  right: "(p - 1) * A", say: LIKE },
  { id: "difference-plus-term",        where: { A: "m n", B: "m n" },                 left: "(A - B) + B",   right: "A",           say: OPPOSITE },
  { id: "sum-minus-term",              where: { A: "m n", B: "m n" },                 left: "(A + B) - B",   right: "A",           say: OPPOSITE },
  { id: "sum-of-equal-terms",          where: { A: "m n" },                           left: "sum(t, lo, hi, A)", right: "(hi - lo + 1) * A",
    if: [{ nonNegative: "hi - lo + 1" }], say: { en: "the terms of the sum do not depend on the index", zh: "和式各项与求和指标无关" } },
];
