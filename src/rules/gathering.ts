/** Like factors of several terms, and products that are better written without an inner product or a diagonal. */
import type { Node } from "../expr/node.ts";
import { call } from "../ops/call.ts";
import type { Law, Sentence } from "../rewrite/law.ts";
import { columnAndRow } from "./factors.ts";

const COMMON: Sentence = { en: "a common factor is taken out", zh: "提取公因子" };
const DIVISOR: Sentence = { en: "the fractions have a common denominator", zh: "分式通分" };
const OPPOSITE: Sentence = { en: "the terms are each other's opposites", zh: "各项互为相反数" };
const LIKE: Sentence = { en: "equal terms are combined", zh: "合并同类项" };
const FORM: Sentence = { en: "the inner product with an outer product is a bilinear form", zh: "与外积的内积即双线性型" };
const TRACE: Sentence = { en: "an inner product is the trace of a product", zh: "内积即乘积的迹" };
const DIAGONAL: Sentence = { en: "the diagonal of an outer product holds the products of entries", zh: "外积的对角线是对应元素之积" };
const CANCEL: Sentence = { en: "a matrix and its inverse cancel", zh: "矩阵与其逆相消" };

const transposed = (A: Node): Node => call("transpose", [A]);

/** ⟨u w, A⟩ = uᵀ A wᵀ for a column u and a row w. */
const bilinear = (M: Node, A: Node): Node | undefined => {
  const [u, w] = columnAndRow(M) ?? [];
  return u && w && call("matmul", [transposed(u), call("matmul", [A, transposed(w)])]);
};

/** ⟨M ± N, A⟩ apart, where M or N is a column times a row. */
const split = (sum: "add" | "subtract", M: Node, N: Node, A: Node): Node | undefined =>
  columnAndRow(M) || columnAndRow(N)
    ? call(sum, [call("inner", [M, A]), call("inner", [N, A])])
    : undefined;

/** A + Aᵀ, the one that is no transpose first. */
const withTranspose = (A: Node): Node => {
  const plain = A.kind === "call" && A.op === "transpose" ? (A.args[0] as Node) : A;
  return call("add", [plain, call("transpose", [plain])]);
};

/** Ends: every law leaves fewer terms or factors. */
export const COMMON_FACTORS: readonly Law[] = [
  { id: "common-scalar", where: { c: "1", A: "m n", B: "m n" }, left: "c * A + c * B", right: "c * (A + B)", say: COMMON },
  { id: "common-scalar-of-difference", where: { c: "1", A: "m n", B: "m n" }, left: "c * A - c * B", right: "c * (A - B)", say: COMMON },
  { id: "opposite-common-scalar", where: { c: "1", A: "m n", B: "m n" }, left: "-(c * A) - c * B", right: "-(c * (A + B))", say: COMMON },
  { id: "common-hadamard-factor", where: { A: "m n", B: "m n", C: "m n" }, left: "A .* B + A .* C", right: "A .* (B + C)", say: COMMON },
  { id: "common-hadamard-factor-of-difference", where: { A: "m n", B: "m n", C: "m n" }, left: "A .* B - A .* C", right: "A .* (B - C)", say: COMMON },
  { id: "less-its-square", where: { A: "m n" }, left: "A - A .^ 2", right: "A .* (ones(m, n) - A)", say: COMMON },
  { id: "common-divisor", where: { a: "1", b: "1", c: "1" }, left: "a / c + b / c", right: "(a + b) / c", say: DIVISOR },
  { id: "common-divisor-of-difference", where: { a: "1", b: "1", c: "1" }, left: "a / c - b / c", right: "(a - b) / c", say: DIVISOR },
  { id: "opposite-common-divisor", where: { a: "1", b: "1", c: "1" }, left: "-(a / c) - b / c", right: "-((a + b) / c)", say: DIVISOR },
  { id: "matrix-and-transpose-times", where: { A: "n n", B: "n k" }, left: "A * B + A' * B",
    right: ({ node }) => call("matmul", [withTranspose(node("A")), node("B")]), example: "A * B + A' * B", say: COMMON },
  { id: "times-matrix-and-transpose", where: { A: "n n", B: "k n" }, left: "B * A + B * A'",
    right: ({ node }) => call("matmul", [node("B"), withTranspose(node("A"))]), example: "B * A + B * A'", say: COMMON },
  { id: "scaled-multiple-plus-scaled", where: { c: "1", A: "m n", p: "number" }, left: "(p * c) * A + c * A", right: "((p + 1) * c) * A", say: LIKE },
  { id: "scaled-multiples", where: { c: "1", A: "m n", p: "number", q: "number" }, left: "(p * c) * A + (q * c) * A", right: "((p + q) * c) * A", say: LIKE },
  { id: "same-subtracted-twice", where: { A: "m n", B: "m n" }, left: "(A - B) - B", right: "A - 2 * B", say: LIKE },
  { id: "same-subtracted-from-both", where: { A: "m n", B: "m n", C: "m n" }, left: "(A - B) + (C - B)", right: "(A + C) - 2 * B", say: LIKE },
  { id: "difference-minus-opposite", where: { A: "m n", B: "m n" }, left: "(A - B) - (B - A)", right: "2 * (A - B)", say: OPPOSITE },
  { id: "multiples-of-opposites", where: { A: "m n", B: "m n", p: "number", q: "number" }, left: "p * (A - B) - q * (B - A)", right: "(p + q) * (A - B)", say: OPPOSITE },
  { id: "sum-minus-sum-of-opposites", where: { "A[t]": "m n", "B[t]": "m n" },
    left: "sum(t, lo, hi, A[t] - B[t]) - sum(t, lo, hi, B[t] - A[t])", right: "2 * sum(t, lo, hi, A[t] - B[t])", say: OPPOSITE },
  { id: "multiples-of-sums-of-opposites", where: { "A[t]": "m n", "B[t]": "m n", p: "number", q: "number" },
    left: "p * sum(t, lo, hi, A[t] - B[t]) - q * sum(t, lo, hi, B[t] - A[t])", right: "(p + q) * sum(t, lo, hi, A[t] - B[t])", say: OPPOSITE },
];

/** Ends: every law leaves fewer inner products, diagonals or inverses of products. */
export const BILINEAR: readonly Law[] = [
  { id: "inner-with-identity", where: { A: "n n" }, left: "inner(identity(n), A)", right: "trace(A)", say: { en: "the inner product with the identity is the trace", zh: "与单位矩阵的内积即迹" } },
  { id: "inner-with-outer", where: { M: "m n", A: "m n" }, left: "inner(M, A)",
    right: ({ node }) => bilinear(node("M"), node("A")), example: "inner((M * ones(n, 1)) * ones(n, 1)', A)", say: FORM },
  { id: "inner-of-sum-with-outer", where: { M: "m n", N: "m n", A: "m n" }, left: "inner(M + N, A)",
    right: ({ node }) => split("add", node("M"), node("N"), node("A")), example: "inner(N + (M * ones(n, 1)) * ones(n, 1)', A)", say: FORM },
  { id: "inner-of-difference-with-outer", where: { M: "m n", N: "m n", A: "m n" }, left: "inner(M - N, A)",
    right: ({ node }) => split("subtract", node("M"), node("N"), node("A")), example: "inner(N - (M * ones(n, 1)) * ones(n, 1)', A)", say: FORM },
  { id: "inner-with-inverse-transposed", where: { A: "n n", B: "n n" }, left: "inner(inverse(A)', B)", right: "trace(inverse(A) * B)", say: TRACE },
  { id: "diagonal-of-outer-product", where: { a: "n", b: "n" }, left: "diagonal(a * b')", right: "a .* b", say: DIAGONAL },
  { id: "diagonal-of-outer", where: { a: "n", b: "n" }, left: "diagonal(outer(a, b))", right: "a .* b", say: DIAGONAL },
  { id: "diagonal-of-product-with-transpose", where: { A: "m k", B: "m k" }, left: "diagonal(A * B')", right: "(A .* B) * ones(k, 1)", say: { en: "the diagonal of A B^T holds the sums of the rows of the Hadamard product", zh: "A B^T 的对角线是逐元素积各行之和" } },
  { id: "diagonal-of-product-of-transposes", where: { A: "k n", B: "n k" }, left: "diagonal(A' * B')", right: "diagonal(B * A)", say: { en: "transposing keeps the diagonal", zh: "转置不改变对角线" } },
  { id: "transposed-before-inverse-of-product", where: { A: "n n", B: "n n" }, left: "A' * inverse(A * B)'", right: "inverse(B)'", say: CANCEL },
  { id: "transposed-behind-inverse-of-product", where: { A: "n n", B: "n n" }, left: "inverse(A * B)' * B'", right: "inverse(A)'", say: CANCEL },
  { id: "factor-behind-inverse-of-product", where: { A: "n n", B: "n n" }, left: "inverse(A * B) * A", right: "inverse(B)", say: CANCEL },
  { id: "factor-before-inverse-of-product", where: { A: "n n", B: "n n" }, left: "B * inverse(A * B)", right: "inverse(A)", say: CANCEL },
];
