/** Scalars: fractions, powers, and operations on arrays with one entry. */

import { number } from "../expr/node.ts";
import { call, isScalar } from "../ops/call.ts";
import type { Law, Sentence } from "../rewrite/law.ts";

const SCALARS: Sentence = { en: "the factors are scalars", zh: "因子都是标量" };
const FRACTION: Sentence = { en: "the fractions are combined", zh: "合并分式" };
const CANCEL: Sentence = { en: "a common factor cancels", zh: "约去公因子" };
const POWERS: Sentence = { en: "exponents of equal bases add up", zh: "同底数幂相乘，指数相加" };

/** Operations on arrays with one entry become those of scalars. Ends: each law removes an operation that `scale` replaces. */
export const SCALARS_ONLY: readonly Law[] = [
  { id: "hadamard-of-scalars",   where: { a: "1", b: "1" },   left: "a .* b",       right: "a * b",  say: SCALARS, trivial: true },
  { id: "quotient-of-scalars",   where: { a: "1", b: "1" },   left: "a ./ b",       right: "a / b",  say: SCALARS, trivial: true },
  { id: "inner-of-scalars",      where: { a: "1", b: "1" },   left: "inner(a, b)",  right: "a * b",  say: SCALARS, trivial: true },
  { id: "scalar-times-row",      where: { c: "1", A: "1 n" }, left: "matmul(c, A)", right: "c * A",  say: { en: "a scalar factor scales", zh: "标量因子即数乘" }, trivial: true },
  { id: "column-times-scalar",   where: { A: "m", c: "1" },   left: "matmul(A, c)", right: "c * A",  say: { en: "a scalar factor stands in front", zh: "标量因子写在前面" }, trivial: true },
  { id: "outer-with-scalar",     where: { a: "m", b: "1" },   left: "outer(a, b)",  right: "b * a",  say: { en: "a scalar factor stands in front", zh: "标量因子写在前面" }, trivial: true },
  { id: "outer-of-scalar",       where: { a: "1", b: "n" },   left: "outer(a, b)",  right: "a * b'", say: { en: "a scalar factor scales", zh: "标量因子即数乘" }, trivial: true },
  { id: "scalar-transposed",     where: { a: "1" },           left: "a'",           right: "a",      say: { en: "a scalar is its own transpose", zh: "标量的转置是它自身" }, trivial: true },
  { id: "diag-of-scalar",        where: { a: "1" },           left: "diag(a)",      right: "a",      say: SCALARS, trivial: true },
  { id: "diagonal-of-scalar",    where: { a: "1" },           left: "diagonal(a)",  right: "a",      say: SCALARS, trivial: true },
  { id: "squared-norm-of-scalar", where: { a: "1" },          left: "squarednorm(a)", right: "a .^ 2", say: SCALARS, trivial: true },
];

/** Ends: each law leaves fewer fractions inside fractions or products, or fewer factors. */
export const FRACTIONS: readonly Law[] = [
  { id: "divided-array",         where: { A: "m n", c: "1" },           left: "A / c",
    right: ({ node }) => isScalar(node("A").shape) ? undefined : call("scale", [call("divide", [number(1), node("c")]), node("A")]),
    example: "A / c", say: { en: "a scalar factor stands in front", zh: "标量因子写在前面" }, trivial: true },
  { id: "times-fraction",        where: { a: "1", b: "1", c: "1" },     left: "a * (b / c)", right: "(a * b) / c", say: FRACTION, trivial: true },
  { id: "fraction-divided",      where: { a: "1", b: "1", c: "1" },     left: "(a / b) / c", right: "a / (b * c)", say: FRACTION, trivial: true },
  { id: "divided-by-fraction",   where: { a: "1", b: "1", c: "1" },     left: "a / (b / c)", right: "(a * c) / b", say: FRACTION, trivial: true },
  { id: "equal-over-equal",      where: { a: "1" },                     left: "a / a",             right: "1",     say: CANCEL },
  { id: "factor-cancels-above",  where: { a: "1", b: "1" },             left: "(a * b) / a",       right: "b",     say: CANCEL },
  { id: "factor-cancels-below",  where: { a: "1", b: "1" },             left: "a / (a * b)",       right: "1 / b", say: CANCEL },
  { id: "factor-cancels",        where: { a: "1", b: "1", c: "1" },     left: "(a * b) / (a * c)", right: "b / c", say: CANCEL },
  { id: "factor-over-power",     where: { a: "1", b: "1" },             left: "(a * b) / a .^ k",  right: "b / a .^ (k - 1)", say: CANCEL },
  { id: "scalar-over-power",     where: { a: "1" },                     left: "a / a .^ k",        right: "1 / a .^ (k - 1)", say: CANCEL },
  { id: "factor-cancels-in-product", where: { a: "1", b: "1" },         left: "(b / a) * a",       right: "b",     say: CANCEL },
];

/** Ends: each law leaves fewer powers and factors. */
export const POWERS_OF: readonly Law[] = [
  { id: "square-of-scalar",      where: { a: "1" },                     left: "a * a",             right: "a .^ 2",       say: POWERS },
  { id: "scalar-times-power",    where: { a: "1" },                     left: "a * a .^ k",        right: "a .^ (k + 1)", say: POWERS },
  { id: "scalar-powers",         where: { a: "1" },                     left: "a .^ j * a .^ k",   right: "a .^ (j + k)", say: POWERS },
  { id: "entry-times-power",     where: { A: "m n" },                   left: "A .* A .^ k",       right: "A .^ (k + 1)", say: POWERS },
  { id: "entry-powers",          where: { A: "m n" },                   left: "A .^ j .* A .^ k",  right: "A .^ (j + k)", say: POWERS },
  { id: "power-of-power",        where: { A: "m n" },                   left: "(A .^ j) .^ k",     right: "A .^ (j * k)", say: { en: "exponents of a power of a power multiply", zh: "幂的乘方，指数相乘" } },
  { id: "square-of-root",        where: { A: "m n" },                   left: "sqrt(A) .^ 2",      right: "A",            say: { en: "a root squared is what stands below it", zh: "平方根的平方等于被开方数" } },
  { id: "matrix-times-power",    where: { A: "n n" },                   left: "A * A^k",           right: "A^(k + 1)",    say: POWERS },
  { id: "matrix-power-times",    where: { A: "n n" },                   left: "A^k * A",           right: "A^(k + 1)",    say: POWERS },
  { id: "matrix-powers",         where: { A: "n n" },                   left: "A^j * A^k",         right: "A^(j + k)",    say: POWERS },
  { id: "matrix-power-of-power", where: { A: "n n" },                   left: "(A^j)^k",           right: "A^(j * k)",    say: { en: "exponents of a power of a power multiply", zh: "幂的乘方，指数相乘" } },
];
