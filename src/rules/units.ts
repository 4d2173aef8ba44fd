/** Ones, zeros, identities and empty sums. */

import { boundsOf } from "../expr/domain.ts";
import { integerNode, number } from "../expr/node.ts";
import { constantValue, plus } from "../expr/polynomial.ts";
import { call } from "../ops/call.ts";
import type { Law, Match, Sentence } from "../rewrite/law.ts";

const ONE: Sentence = { en: "a factor one changes nothing", zh: "乘以一不改变结果" };
const ZERO_TERM: Sentence = { en: "adding zero changes nothing", zh: "加零不改变结果" };
const ZERO_FACTOR: Sentence = { en: "a product with zero is zero", zh: "与零相乘得零" };
const SCALAR: Sentence = { en: "an array with one entry is a scalar", zh: "只有一个元素的数组就是标量" };

/** Whether no integer lies between the bounds, whatever the sizes are. */
const isEmpty = (match: Match): boolean => {
  const { domain } = match.domain();
  const conditions = domain.where;
  return conditions.some((a, i) => [a, ...conditions.slice(i + 1).map((b) => plus(a, b))].some((sum) => (constantValue(sum) ?? 0) < 0));
};

/** The only integer between the bounds, if the bounds are equal. */
const onlyPoint = (match: Match) => {
  const { index, domain } = match.domain();
  const { lower, upper, rest } = boundsOf(domain, index);
  const [lo, hi] = [lower[0], upper[0]];
  return lower.length === 1 && upper.length === 1 && rest.where.length === 0 && lo && lo.key === hi?.key ? lo : undefined;
};

/** Ends: every law makes the term smaller. */
export const UNITS: readonly Law[] = [
  { id: "one-times",                where: { A: "m n" },           left: "1 * A",                  right: "A",           say: ONE, trivial: true },
  { id: "ones-hadamard",            where: { A: "m n" },           left: "A .* ones(m, n)",        right: "A",           say: ONE, trivial: true },
  { id: "over-one",                 where: { A: "m n" },           left: "A / 1",                  right: "A",           say: ONE, trivial: true },
  { id: "over-ones",                where: { A: "m n" },           left: "A ./ ones(m, n)",        right: "A",           say: ONE, trivial: true },
  { id: "identity-times",           where: { A: "m n" },           left: "identity(m) * A",        right: "A",           say: { en: "the identity matrix changes nothing", zh: "乘以单位矩阵不改变结果" }, trivial: true },
  { id: "times-identity",           where: { A: "m n" },           left: "A * identity(n)",        right: "A",           say: { en: "the identity matrix changes nothing", zh: "乘以单位矩阵不改变结果" }, trivial: true },
  { id: "zeros-of-one-entry",       where: {},                     left: "zeros(1, 1)",            right: "0",           say: SCALAR, trivial: true },
  { id: "ones-of-one-entry",        where: {},                     left: "ones(1, 1)",             right: "1",           say: SCALAR, trivial: true },
  { id: "identity-of-one-entry",    where: {},                     left: "identity(1)",            right: "1",           say: SCALAR, trivial: true },
  { id: "zero-times",               where: { A: "m n" },           left: "0 * A",                  right: "zeros(m, n)", say: ZERO_FACTOR, trivial: true },
  { id: "zero-times-scalar",        where: { a: "1" },             left: "0 * a",                  right: "0",           say: ZERO_FACTOR, trivial: true },
  { id: "scaled-zeros",             where: { c: "1" },             left: "c * zeros(m, n)",        right: "zeros(m, n)", say: ZERO_FACTOR, trivial: true },
  { id: "zeros-hadamard",           where: { A: "m n" },           left: "A .* zeros(m, n)",       right: "zeros(m, n)", say: ZERO_FACTOR, trivial: true },
  { id: "zeros-times",              where: { A: "k n" },           left: "zeros(m, k) * A",        right: "zeros(m, n)", say: ZERO_FACTOR, trivial: true },
  { id: "times-zeros",              where: { A: "m k" },           left: "A * zeros(k, n)",        right: "zeros(m, n)", say: ZERO_FACTOR, trivial: true },
  { id: "inner-with-zeros",         where: { A: "m n" },           left: "inner(A, zeros(m, n))",  right: "0",           say: ZERO_FACTOR, trivial: true },
  { id: "zero-over",                where: { c: "1" },             left: "0 / c",                  right: "0",           say: ZERO_FACTOR, trivial: true },
  { id: "zeros-over",               where: { A: "m n" },           left: "zeros(m, n) ./ A",       right: "zeros(m, n)", say: ZERO_FACTOR, trivial: true },
  { id: "zeros-over-scalar",        where: { c: "1" },             left: "zeros(m, n) / c",        right: "zeros(m, n)", say: ZERO_FACTOR, trivial: true },
  { id: "plus-zero",                where: { a: "1" },             left: "a + 0",                  right: "a",           say: ZERO_TERM, trivial: true },
  { id: "plus-zeros",               where: { A: "m n" },           left: "A + zeros(m, n)",        right: "A",           say: ZERO_TERM, trivial: true },
  { id: "minus-zero",               where: { a: "1" },             left: "a - 0",                  right: "a",           say: ZERO_TERM, trivial: true },
  { id: "minus-zeros",              where: { A: "m n" },           left: "A - zeros(m, n)",        right: "A",           say: ZERO_TERM, trivial: true },
  { id: "zero-minus",               where: { a: "1" },             left: "0 - a",                  right: "-a",          say: ZERO_TERM, trivial: true },
  { id: "zeros-minus",              where: { A: "m n" },           left: "zeros(m, n) - A",        right: "-A",          say: ZERO_TERM, trivial: true },
  { id: "negative-zeros",           where: {},                     left: "-zeros(m, n)",           right: "zeros(m, n)", say: { en: "zero has no sign", zh: "零没有正负号" }, trivial: true },
  { id: "zeros-transposed",         where: {},                     left: "zeros(m, n)'",           right: "zeros(n, m)", say: { en: "zeros stay zeros when transposed", zh: "零矩阵转置后仍为零" }, trivial: true },
  { id: "power-zero",               where: { A: "m n" },           left: "A .^ 0",                 right: "ones(m, n)",  say: { en: "a power with exponent zero is one", zh: "零次幂为一" } },
  { id: "power-one",                where: { A: "m n" },           left: "A .^ 1",                 right: "A",           say: { en: "an exponent one changes nothing", zh: "一次幂不改变结果" }, trivial: true },
  { id: "matrix-power-zero",        where: { A: "n n" },           left: "A^0",                    right: "identity(n)", say: { en: "a matrix power with exponent zero is the identity", zh: "矩阵的零次幂是单位矩阵" } },
  { id: "matrix-power-one",         where: { A: "n n" },           left: "A^1",                    right: "A",           say: { en: "an exponent one changes nothing", zh: "一次幂不改变结果" }, trivial: true },
  { id: "power-of-ones",            where: {},                     left: "ones(m, n) .^ k",        right: "ones(m, n)",  say: { en: "powers of one are one", zh: "一的任何次幂都是一" } },
  { id: "power-of-identity",        where: {},                     left: "identity(n)^k",          right: "identity(n)", say: { en: "powers of the identity are the identity", zh: "单位矩阵的任何次幂都是单位矩阵" } },
  { id: "diag-of-ones",             where: {},                     left: "diag(ones(n, 1))",       right: "identity(n)", say: { en: "the diagonal matrix of ones is the identity", zh: "对角元全为一的对角矩阵是单位矩阵" } },
  { id: "diag-of-zeros",            where: {},                     left: "diag(zeros(n, 1))",      right: "zeros(n, n)", say: { en: "the diagonal matrix of zeros is zero", zh: "对角元全为零的对角矩阵是零矩阵" } },
  { id: "diagonal-of-diag",         where: { v: "n" },             left: "diagonal(diag(v))",      right: "v",           say: { en: "the diagonal of a diagonal matrix is the vector it was made of", zh: "对角矩阵的对角线就是构成它的向量" } },
  { id: "diagonal-of-identity",     where: {},                     left: "diagonal(identity(n))",  right: "ones(n, 1)",  say: { en: "the identity has ones on its diagonal", zh: "单位矩阵的对角元都是一" } },
  { id: "sum-of-zero",              where: {},                     left: "sum(t, lo, hi, 0)",      right: "0",           say: { en: "a sum of zeros is zero", zh: "零的和为零" }, trivial: true },
  { id: "sum-of-zeros",             where: {},                     left: "sum(t, lo, hi, zeros(m, n))",       right: "zeros(m, n)", say: { en: "a sum of zeros is zero", zh: "零的和为零" }, trivial: true },
  { id: "product-of-identities",    where: {},                     left: "product(t, lo, hi, identity(n))",   right: "identity(n)", say: { en: "a product of identities is the identity", zh: "单位矩阵的乘积是单位矩阵" } },
  { id: "empty-sum",                where: { "A[t]": "m n" },      left: "sum(t, lo, hi, A[t])",
    right: match => isEmpty(match) ? call("zeros", [integerNode(match.integer("m")), integerNode(match.integer("n"))]) : undefined,
    example: "sum(t, 3, 2, A[t])", say: { en: "an empty sum is zero", zh: "空和为零" }, trivial: true },
  { id: "sum-of-one-term",          where: { "A[t]": "m n" },      left: "sum(t, lo, hi, A[t])",
    right: match => { const point = onlyPoint(match); return point && match.member("A", point); },
    example: "sum(t, k, k, A[t])", say: { en: "the sum has one term only", zh: "和式只有一项" } },
  { id: "empty-product",            where: { "A[t]": "n n" },      left: "product(t, lo, hi, A[t])",
    right: match => isEmpty(match) ? call("identity", [integerNode(match.integer("n"))]) : undefined,
    example: "product(t, k, k - 2, A[t])", say: { en: "an empty product is the identity", zh: "空积为单位元" } },
  { id: "product-of-one-factor",    where: { "A[t]": "n n" },      left: "product(t, lo, hi, A[t])",
    right: match => { const point = onlyPoint(match); return point && match.member("A", point); },
    example: "product(t, 4, 4, A[t])", say: { en: "the product has one factor only", zh: "乘积只有一个因子" } },
  { id: "empty-reversed-product",           where: { "A[t]": "n n" },      left: "reversedproduct(t, lo, hi, A[t])",
    right: match => isEmpty(match) ? call("identity", [integerNode(match.integer("n"))]) : undefined,
    example: "reversedproduct(t, k, k - 2, A[t])", say: { en: "an empty product is the identity", zh: "空积为单位元" } },
  { id: "reversed-product-of-one-factor",    where: { "A[t]": "n n" },      left: "reversedproduct(t, lo, hi, A[t])",
    right: match => { const point = onlyPoint(match); return point && match.member("A", point); },
    example: "reversedproduct(t, 4, 4, A[t])", say: { en: "the product has one factor only", zh: "乘积只有一个因子" } },
  { id: "negative-zero",            where: {},                     left: "negate(0)",              right: () => number(0), example: "negate(0)", say: { en: "zero has no sign", zh: "零没有正负号" }, trivial: true },
];
