/** Traces, sums of all entries, inverses, determinants, signs. */
import type { Law } from "../rewrite/law.ts";

/** Traces and sums of all entries. Ends: every law makes the term smaller, or moves a factor above one more operation. */
export const TRACES: readonly Law[] = [
  { id: "trace-of-transpose", where: { A: "n n" }, left: "trace(A')", right: "trace(A)", say: { en: "transposing keeps the trace", zh: "转置不改变迹" } },
  { id: "trace-of-identity", where: {}, left: "trace(identity(n))", right: "n", say: { en: "the identity has ones on its diagonal", zh: "单位矩阵的对角元都是一" } },
  { id: "trace-of-zeros", where: {}, left: "trace(zeros(n, n))", right: "0", say: { en: "zeros sum to zero", zh: "零的和为零" } },
  { id: "trace-of-diag", where: { v: "n" }, left: "trace(diag(v))", right: "total(v)", say: { en: "the trace of a diagonal matrix is the sum of what is on its diagonal", zh: "对角矩阵的迹是其对角元之和" } },
  { id: "trace-of-outer", where: { a: "n", b: "n" }, left: "trace(outer(a, b))", right: "inner(a, b)", say: { en: "the trace of an outer product is the inner product", zh: "外积的迹即内积" } },
  { id: "scaled-in-trace", where: { c: "1", A: "n n" }, left: "trace(c * A)", right: "c * trace(A)", say: { en: "a scalar factor may stand in front", zh: "标量因子可以提到前面" } },
  { id: "total-of-transpose", where: { A: "m n" }, left: "total(A')", right: "total(A)", say: { en: "transposing keeps the sum of all entries", zh: "转置不改变元素之和" } },
  { id: "total-of-ones", where: {}, left: "total(ones(m, n))", right: "m * n", say: { en: "ones are counted", zh: "一的和即个数" } },
  { id: "total-of-zeros", where: {}, left: "total(zeros(m, n))", right: "0", say: { en: "zeros sum to zero", zh: "零的和为零" } },
  { id: "total-of-identity", where: {}, left: "total(identity(n))", right: "n", say: { en: "the identity has ones on its diagonal", zh: "单位矩阵的对角元都是一" } },
  { id: "total-of-diag", where: { v: "n" }, left: "total(diag(v))", right: "total(v)", say: { en: "beside the diagonal there are zeros", zh: "对角线以外都是零" } },
  { id: "total-of-hadamard", where: { A: "m n", B: "m n" }, left: "total(A .* B)", right: "inner(A, B)", say: { en: "the sum of all products of entries is the inner product", zh: "逐元素乘积之和即内积" } },
  { id: "total-of-softmax", where: { z: "n" }, left: "total(softmax(z))", right: "1", say: { en: "the entries of a softmax sum to one", zh: "softmax 的各元素之和为一" } },
  { id: "scaled-in-total", where: { c: "1", A: "m n" }, left: "total(c * A)", right: "c * total(A)", say: { en: "a scalar factor may stand in front", zh: "标量因子可以提到前面" } },
  { id: "scaled-in-mean", where: { c: "1", A: "m n" }, left: "mean(c * A)", right: "c * mean(A)", say: { en: "a scalar factor may stand in front", zh: "标量因子可以提到前面" } },
  { id: "total-of-scalar", where: { a: "1" }, left: "total(a)", right: "a", say: { en: "the factors are scalars", zh: "因子都是标量" }, trivial: true },
  { id: "trace-of-scalar", where: { a: "1" }, left: "trace(a)", right: "a", say: { en: "the factors are scalars", zh: "因子都是标量" }, trivial: true },
];

/** Inverses and determinants. Ends: every law leaves fewer of them, or moves a factor above one. */
export const INVERSES: readonly Law[] = [
  { id: "inverse-twice", where: { A: "n n" }, left: "inverse(inverse(A))", right: "A", say: { en: "inverting twice changes nothing", zh: "求逆两次不变" } },
  { id: "inverse-of-identity", where: {}, left: "inverse(identity(n))", right: "identity(n)", say: { en: "the identity is its own inverse", zh: "单位矩阵的逆是其自身" } },
  { id: "inverse-times", where: { A: "n n" }, left: "inverse(A) * A", right: "identity(n)", say: { en: "a matrix times its inverse is the identity", zh: "矩阵与其逆之积为单位矩阵" } },
  { id: "times-inverse", where: { A: "n n" }, left: "A * inverse(A)", right: "identity(n)", say: { en: "a matrix times its inverse is the identity", zh: "矩阵与其逆之积为单位矩阵" } },
  { id: "inverse-of-scalar", where: { a: "1" }, left: "inverse(a)", right: "1 / a", say: { en: "the factors are scalars", zh: "因子都是标量" }, trivial: true },
  { id: "determinant-of-scalar", where: { a: "1" }, left: "determinant(a)", right: "a", say: { en: "the factors are scalars", zh: "因子都是标量" }, trivial: true },
  { id: "scaled-in-inverse", where: { c: "1", A: "n n" }, left: "inverse(c * A)", right: "(1 / c) * inverse(A)", say: { en: "the inverse of a multiple is the inverse times the reciprocal", zh: "数乘的逆是逆矩阵乘以倒数" } },
  { id: "transpose-of-symmetric-inverse", where: { A: "n n" }, left: "inverse(A)'", right: "inverse(A)", if: [{ symmetric: "A" }], say: { en: "the inverse of a symmetric matrix is symmetric", zh: "对称矩阵的逆仍对称" } },
  { id: "determinant-of-identity", where: {}, left: "determinant(identity(n))", right: "1", say: { en: "the determinant of the identity is one", zh: "单位矩阵的行列式为一" } },
  { id: "determinant-of-transpose", where: { A: "n n" }, left: "determinant(A')", right: "determinant(A)", say: { en: "transposing keeps the determinant", zh: "转置不改变行列式" } },
  { id: "determinant-of-inverse", where: { A: "n n" }, left: "determinant(inverse(A))", right: "1 / determinant(A)", say: { en: "the determinant of the inverse is the reciprocal", zh: "逆矩阵的行列式是行列式的倒数" } },
  { id: "determinant-of-multiple", where: { c: "1", A: "n n" }, left: "determinant(c * A)", right: "c .^ n * determinant(A)", say: { en: "a factor counts once for every row", zh: "每一行各提出一个因子" } },
  { id: "log-determinant-of-identity", where: {}, left: "logdet(identity(n))", right: "0", say: { en: "the logarithm of one is zero", zh: "一的对数为零" } },
  { id: "log-determinant-of-transpose", where: { A: "n n" }, left: "logdet(A')", right: "logdet(A)", say: { en: "transposing keeps the determinant", zh: "转置不改变行列式" } },
];

/** Quotients entry by entry. Ends: every law leaves fewer of them. */
export const QUOTIENTS: readonly Law[] = [
  { id: "divisor-cancels", where: { A: "m n", B: "m n" }, left: "A .* (B ./ A)", right: "B", say: { en: "a common factor cancels", zh: "约去公因子" } },
  { id: "divisor-cancels-in-inner", where: { A: "m n", B: "m n" }, left: "inner(B ./ A, A)", right: "total(B)", say: { en: "a common factor cancels", zh: "约去公因子" } },
  { id: "divisor-cancels-in-row", where: { a: "n", b: "n" }, left: "(b ./ a)' * a", right: "total(b)", say: { en: "a common factor cancels", zh: "约去公因子" } },
  { id: "entry-over-itself", where: { A: "m n" }, left: "A ./ A", right: "ones(m, n)", say: { en: "a common factor cancels", zh: "约去公因子" } },
];

/** Absolute values, signs, sines, larger and smaller numbers. Ends: every law leaves a smaller argument or fewer operations. */
export const SIGNS_OF: readonly Law[] = [
  { id: "absolute-value-twice", where: { A: "m n" }, left: "abs(abs(A))", right: "abs(A)", say: { en: "an absolute value is not negative", zh: "绝对值非负" } },
  { id: "absolute-value-of-negative", where: { A: "m n" }, left: "abs(-A)", right: "abs(A)", say: { en: "the absolute value does not depend on the sign", zh: "绝对值与符号无关" } },
  { id: "sign-of-negative", where: { A: "m n" }, left: "sign(-A)", right: "-sign(A)", say: { en: "the function is odd", zh: "该函数是奇函数" } },
  { id: "sign-times-absolute-value", where: { A: "m n" }, left: "sign(A) .* abs(A)", right: "A", say: { en: "a number is its absolute value with its sign", zh: "数等于其绝对值带上符号" } },
  { id: "sine-of-negative", where: { A: "m n" }, left: "sin(-A)", right: "-sin(A)", say: { en: "the function is odd", zh: "该函数是奇函数" } },
  { id: "cosine-of-negative", where: { A: "m n" }, left: "cos(-A)", right: "cos(A)", say: { en: "the function is even", zh: "该函数是偶函数" } },
  { id: "sine-and-cosine-squared", where: { A: "m n" }, left: "sin(A) .^ 2 + cos(A) .^ 2", right: "ones(m, n)", say: { en: "the squares of sine and cosine add up to one", zh: "正弦与余弦的平方和为一" } },
  { id: "sign-times-itself", where: { A: "m n" }, left: "sign(A) .* A", right: "abs(A)", say: { en: "a number times its sign is its absolute value", zh: "数乘以其符号即绝对值" } },
  { id: "sign-times-scalar", where: { a: "1" }, left: "sign(a) * a", right: "abs(a)", say: { en: "a number times its sign is its absolute value", zh: "数乘以其符号即绝对值" } },
  { id: "sign-times-absolute-scalar", where: { a: "1" }, left: "sign(a) * abs(a)", right: "a", say: { en: "a number is its absolute value with its sign", zh: "数等于其绝对值带上符号" } },
  { id: "larger-of-equals", where: { A: "m n" }, left: "max(A, A)", right: "A", say: { en: "both are equal", zh: "两者相等" } },
  { id: "smaller-of-equals", where: { A: "m n" }, left: "min(A, A)", right: "A", say: { en: "both are equal", zh: "两者相等" } },
];

/** What else brings terms of one meaning together. Ends: traces become inner products, transposes and inverses reach the leaves. */
export const MATRIX_NORMAL: readonly Law[] = [
  { id: "trace-of-product", where: { A: "n k", B: "k n" }, left: "trace(A * B)", right: "inner(A', B)", say: { en: "the trace of a product is an inner product", zh: "乘积的迹即内积" } },
  { id: "inner-with-ones", where: { A: "m n" }, left: "inner(A, ones(m, n))", right: "total(A)", say: { en: "the inner product with ones is the sum of all entries", zh: "与全一数组的内积即元素之和" } },
  { id: "mean-as-sum", where: { A: "m n" }, left: "mean(A)", right: "(1 / (m * n)) * total(A)", say: { en: "that is what the mean is", zh: "这是均值的定义" } },
  { id: "log-of-determinant", where: { A: "n n" }, left: "log(determinant(A))", right: "logdet(A)", say: { en: "that is what the log-determinant is", zh: "这是对数行列式的定义" } },
  { id: "transpose-of-inverse", where: { A: "n n" }, left: "inverse(A)'", right: "inverse(A')", say: { en: "transposing and inverting may be exchanged", zh: "转置与求逆可以交换" } },
  { id: "inverse-of-product", where: { A: "n n", B: "n n" }, left: "inverse(A * B)", right: "inverse(B) * inverse(A)", say: { en: "the inverse of a product reverses it", zh: "乘积的逆次序相反" } },
  { id: "determinant-of-product", where: { A: "n n", B: "n n" }, left: "determinant(A * B)", right: "determinant(A) * determinant(B)", say: { en: "the determinant of a product is the product of determinants", zh: "乘积的行列式等于行列式的乘积" } },
];
