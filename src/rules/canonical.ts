/** One form for all terms that are equal by the laws of sums, products and transposes: for comparing, not for reading. */
import { DiagnosticError } from "../base/diagnostic.ts";
import { boundsOf } from "../expr/domain.ts";
import { type Node, over } from "../expr/node.ts";
import { named, type Polynomial, plus, substitute } from "../expr/polynomial.ts";
import { call } from "../ops/call.ts";
import type { Law, Match, Phase, Sentence, Suppositions } from "../rewrite/law.ts";
import { Memory, NOTHING_SUPPOSED } from "../rewrite/memory.ts";
import { sortOperands } from "../rewrite/order.ts";
import { runPhase } from "../rewrite/rewrite.ts";
import { joinOperands, operandsOf } from "../rewrite/spine.ts";
import { BLOCKS, TRANSPOSED_BLOCKS } from "./blocks.ts";
import { ENTRIES } from "./entries.ts";
import { INVERSES, MATRIX_NORMAL, QUOTIENTS, SIGNS_OF, TRACES } from "./matrices.ts";
import { NUMBERS } from "./numbers.ts";
import { DIAGONALS, TERMS, TRANSPOSES } from "./products.ts";
import { POWERS_OF, SCALARS_ONLY } from "./scalars.ts";
import { SCALING } from "./scaling.ts";
import { UNITS } from "./units.ts";

const SIGNS: Sentence = { en: "a sign is a factor minus one", zh: "负号即因子负一" };
const INVERSE: Sentence = { en: "dividing is multiplying by a power", zh: "除以即乘以负一次幂" };
const PUSHED: Sentence = { en: "the transpose is taken of each part", zh: "逐项转置" };
const REVERSED: Sentence = { en: "the transpose of a product reverses it", zh: "乘积的转置次序相反" };
const DISTRIBUTED: Sentence = { en: "products distribute over sums", zh: "乘法对加法满足分配律" };
const MOVED: Sentence = { en: "a factor that does not depend on the index may stand before the sum", zh: "与求和指标无关的因子可以提到求和号外" };

/** Every term of a sum put into the same surroundings; declines for what is no sum. */
const eachTerm = (sum: Node, into: (term: Node) => Node): Node | undefined => {
  if (sum.kind !== "call" || sum.op !== "add") return undefined;
  return joinOperands("add", operandsOf(sum).map(into));
};

/** The sum with its only lower bound moved to 0. */
const fromZero = (match: Match): Node | undefined => {
  const { index, domain } = match.domain();
  const { lower } = boundsOf(domain, index);
  const [low] = lower;
  if (!low || lower.length > 1 || low.key === "0") return undefined;
  const shifted: Polynomial = plus(index, low);
  const where = domain.where.map(condition => substitute(condition, new Map([[index, shifted]])));
  return over("sum", index, { where }, match.member("A", shifted));
};

const splitSum = (match: Match): Node | undefined => {
  const { index, domain } = match.domain();
  return eachTerm(match.member("A", named(index)), term => over("sum", index, domain, term));
};

/** What brings terms of one meaning together. Ends: sums rise, products sink, transposes reach the leaves. */
const NORMAL: readonly Law[] = [
  { id: "difference-as-sum",          where: { A: "m n", B: "m n" },         left: "A - B",          right: "A + (-1) * B",     say: SIGNS },
  { id: "negative-as-multiple",       where: { A: "m n" },                   left: "-A",             right: "(-1) * A",         say: SIGNS },
  { id: "division-as-power",          where: { A: "m n", c: "1" },           left: "A / c",          right: "c .^ (-1) * A",    say: INVERSE },
  { id: "quotient-as-power",          where: { A: "m n", B: "m n" },         left: "A ./ B",         right: "A .* B .^ (-1)",   say: INVERSE },
  { id: "power-of-product",           where: { a: "1", b: "1" },             left: "(a * b) .^ k",   right: "a .^ k * b .^ k",  say: { en: "a power of a product is the product of powers", zh: "积的乘方等于乘方的积" } },
  { id: "power-of-hadamard",          where: { A: "m n", B: "m n" },         left: "(A .* B) .^ k",  right: "A .^ k .* B .^ k", say: { en: "a power of a product is the product of powers", zh: "积的乘方等于乘方的积" } },
  { id: "power-of-scaled",            where: { c: "1", A: "m n" },           left: "(c * A) .^ k",   right: "c .^ k * A .^ k",  say: { en: "a power of a product is the product of powers", zh: "积的乘方等于乘方的积" } },
  { id: "entry-squared",              where: { A: "m n" },                   left: "A .* A",         right: "A .^ 2",           say: { en: "exponents of equal bases add up", zh: "同底数幂相乘，指数相加" } },
  { id: "matrix-squared",             where: { A: "n n" },                   left: "A * A",          right: "A^2",              say: { en: "exponents of equal bases add up", zh: "同底数幂相乘，指数相加" } },
  { id: "transpose-of-product",       where: { A: "m k", B: "k n" },         left: "(A * B)'",       right: "B' * A'",          say: REVERSED },
  { id: "transpose-of-sum",           where: { A: "m n", B: "m n" },         left: "(A + B)'",
    right: ({ node }) => eachTerm(call("add", [node("A"), node("B")]), term => call("transpose", [term])), example: "(A + B)'", say: PUSHED },
  { id: "transpose-of-hadamard",      where: { A: "m n", B: "m n" },         left: "(A .* B)'",      right: "A' .* B'",         say: PUSHED },
  { id: "transpose-of-power",         where: { A: "n n" },                   left: "(A^k)'",         right: "(A')^k",           say: PUSHED },
  { id: "transpose-of-entry-power",   where: { A: "m n" },                   left: "(A .^ k)'",      right: "(A') .^ k",        say: PUSHED },
  { id: "transpose-of-indexed-sum",   where: { "A[t]": "m n" },              left: "sum(t, lo, hi, A[t])'", right: "sum(t, lo, hi, A[t]')", say: PUSHED },
  { id: "outer-as-product",           where: { a: "m", b: "n" },             left: "outer(a, b)",    right: "a * b'",           say: { en: "the outer product is a column times a row", zh: "外积即列乘以行" } },
  { id: "row-times-column",           where: { x: "n", y: "n" },             left: "x' * y",         right: "inner(x, y)",      say: { en: "a row times a column is an inner product", zh: "行乘以列即内积" } },
  { id: "squared-norm-as-inner",      where: { A: "m n" },                   left: "squarednorm(A)", right: "inner(A, A)",      say: { en: "that is what the squared norm is", zh: "这是平方范数的定义" } },
  { id: "constant-matrix-before-sum", where: { A: "m k", "B[t]": "k n" },    left: "sum(t, lo, hi, A * B[t])", right: "A * sum(t, lo, hi, B[t])", say: MOVED },
  { id: "constant-matrix-after-sum",  where: { "A[t]": "m k", B: "k n" },    left: "sum(t, lo, hi, A[t] * B)", right: "sum(t, lo, hi, A[t]) * B", say: MOVED },
  { id: "sum-from-zero",              where: { "A[t]": "m n" },              left: "sum(t, lo, hi, A[t])", right: fromZero, example: "sum(t, lo, hi, A[t])", say: { en: "the index of the sum is shifted", zh: "平移求和指标" } },
];

/** Transposes of sums and products, taken inside. */
export const TRANSPOSES_INSIDE: readonly Law[] = NORMAL.filter(({ id }) =>
  /^transpose-of-(?:product|sum|hadamard|power|entry-power|indexed-sum)$/u.test(id),
);

/** The outer product as a product of matrices. */
export const OUTER_AS_PRODUCT: readonly Law[] = NORMAL.filter(({ id }) => id === "outer-as-product");

/** Products of sums become sums of products: may grow, so it is tried within a budget. */
const DISTRIBUTION: readonly Law[] = [
  { id: "scaled-sum",                 where: { c: "1", A: "m n", B: "m n" }, left: "c * (A + B)",
    right: ({ node }) => eachTerm(call("add", [node("A"), node("B")]), term => call("scale", [node("c"), term])), example: "c * (A + B)", say: DISTRIBUTED },
  { id: "product-with-sum",           where: { A: "m k", B: "k n", C: "k n" }, left: "A * (B + C)",
    right: ({ node }) => eachTerm(call("add", [node("B"), node("C")]), term => call("matmul", [node("A"), term])), example: "A * (B + C)", say: DISTRIBUTED },
  { id: "sum-times",                  where: { A: "m k", B: "m k", C: "k n" }, left: "(A + B) * C",
    right: ({ node }) => eachTerm(call("add", [node("A"), node("B")]), term => call("matmul", [term, node("C")])), example: "(A + B) * C", say: DISTRIBUTED },
  { id: "hadamard-with-sum",          where: { A: "m n", B: "m n", C: "m n" }, left: "A .* (B + C)",
    right: ({ node }) => eachTerm(call("add", [node("B"), node("C")]), term => call("hadamard", [node("A"), term])), example: "A .* (B + C)", say: DISTRIBUTED },
  { id: "inner-with-sum",             where: { A: "m n", B: "m n", C: "m n" }, left: "inner(A, B + C)",
    right: ({ node }) => eachTerm(call("add", [node("B"), node("C")]), term => call("inner", [node("A"), term])), example: "inner(A, B + C)", say: DISTRIBUTED },
  { id: "sum-of-sums",                where: { "A[t]": "m n" },              left: "sum(t, lo, hi, A[t])", right: splitSum, example: "sum(t, lo, hi, A[t] + A[t + 1])", say: DISTRIBUTED },
];

/** Laws of the readable form that this form undoes. */
const READABLE = new Set(["fractional-factor", "fractional-divisor", "fractional-dividend", "fraction-in-lowest-terms", "fractions-in-lowest-terms", "row-times-diag"]);

const SHARED: readonly Law[] = [...UNITS, ...NUMBERS.filter(law => !READABLE.has(law.id)), ...SCALARS_ONLY, ...TRANSPOSES, ...POWERS_OF, ...SCALING, ...DIAGONALS.filter(law => !READABLE.has(law.id)), ...TRACES, ...INVERSES, ...QUOTIENTS, ...BLOCKS, ...ENTRIES, ...TRANSPOSED_BLOCKS, ...SIGNS_OF, ...TERMS];

export const CANONICAL: Phase = {
  name: "canonical form",
  laws: [...SHARED, ...NORMAL, ...MATRIX_NORMAL, ...DISTRIBUTION],
  ends: "transposes move to the leaves, factors in front, sums to the root",
};

/** Without distribution, for terms that would grow too much. */
const COMPACT: Phase = { ...CANONICAL, name: "compact canonical form", laws: [...SHARED, ...NORMAL, ...MATRIX_NORMAL] };

/** Rounds of rewriting and sorting; more are not needed in practice, and fewer only make the form less canonical. */
const ROUNDS = 4;

const settle = (root: Node, phase: Phase, suppositions: Suppositions): Node => {
  let node = sortOperands(root);
  for (let round = 0; round < ROUNDS; round++) {
    const next = sortOperands(runPhase(node, phase, suppositions).node);
    if (next === node) break;
    node = next;
  }
  return node;
};

/**
 * A form that depends only on what the term is modulo the laws of the tables: terms with the same one are equal. Terms
 * with different ones may be equal all the same.
 */
export const canonical = (root: Node, suppositions: Suppositions = NOTHING_SUPPOSED): Node =>
  forms.of(root, suppositions, () => canonicalForm(root, suppositions));

const forms = new Memory<Node>();

const canonicalForm = (root: Node, suppositions: Suppositions): Node => {
  try {
    return settle(root, CANONICAL, suppositions);
  } catch (error) {
    if (!(error instanceof DiagnosticError) || error.diagnostic.code !== "B001") throw error;
    return settle(root, COMPACT, suppositions);
  }
};
