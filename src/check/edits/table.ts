/** The slips that people make, each as what has to be done to a part of an equation to mend it. */

export interface TermEdit {
  /** A the part, B a second argument beside it, c a scalar, D a local derivative of its shape. */
  readonly where: Readonly<Record<string, string>>;
  readonly to: string;
  /** What is done, with #A, #B, #c, #D in the place of the parts. */
  readonly say: { readonly en: string; readonly zh: string };
  readonly cost: number;
}

const MATRIX = { A: "m n" };
const SCALED = { A: "m n", c: "1" };
const PAIR = { A: "m n", B: "m n" };

/** Of one part. */
export const PART_EDITS: readonly TermEdit[] = [
  { where: MATRIX, to: "A'", cost: 1, say: { en: "transpose #A", zh: "将 #A 转置" } },
  { where: MATRIX, to: "-A", cost: 1, say: { en: "change the sign of #A", zh: "改变 #A 的符号" } },
  { where: MATRIX, to: "2 * A", cost: 1.5, say: { en: "insert the factor 2", zh: "补上因子 2" } },
  { where: MATRIX, to: "(1/2) * A", cost: 1.5, say: { en: "insert the factor 1/2", zh: "补上因子 1/2" } },
  {
    where: { A: "m n", D: "m n" },
    to: "A .* D",
    cost: 2,
    say: { en: "insert ⊙ #D", zh: "补上 ⊙ #D" },
  },
  { where: SCALED, to: "c * A", cost: 2, say: { en: "insert the factor #c", zh: "补上因子 #c" } },
  { where: SCALED, to: "A / c", cost: 2, say: { en: "divide by #c", zh: "除以 #c" } },
  {
    where: MATRIX,
    to: "A .^ 2",
    cost: 2.5,
    say: { en: "square the entries of #A", zh: "对 #A 逐元素平方" },
  },
];

/** Of two arguments of one operation. */
export const PAIR_EDITS: readonly TermEdit[] = [
  { where: PAIR, to: "A + B", cost: 1, say: { en: "add #B", zh: "应加上 #B" } },
  { where: PAIR, to: "A - B", cost: 1, say: { en: "subtract #B", zh: "应减去 #B" } },
  { where: PAIR, to: "B - A", cost: 1, say: { en: "exchange #A and #B", zh: "交换 #A 与 #B" } },
  { where: PAIR, to: "A .* B", cost: 1, say: { en: "multiply entry by entry", zh: "应逐元素相乘" } },
  {
    where: PAIR,
    to: "A ./ B",
    cost: 1,
    say: { en: "divide entry by entry", zh: "应逐元素相除" },
  },
  {
    where: PAIR,
    to: "B ./ A",
    cost: 1,
    say: { en: "exchange #A and #B", zh: "交换 #A 与 #B" },
  },
  {
    where: { A: "1", B: "1" },
    to: "B / A",
    cost: 1,
    say: { en: "exchange #A and #B", zh: "交换 #A 与 #B" },
  },
  {
    where: { A: "m k", B: "k n" },
    to: "A * B",
    cost: 1,
    say: { en: "multiply as matrices", zh: "应作矩阵乘法" },
  },
  {
    where: { A: "k n", B: "m k" },
    to: "B * A",
    cost: 1,
    say: { en: "exchange #A and #B", zh: "交换 #A 与 #B" },
  },
  {
    where: { A: "k m", B: "k n" },
    to: "A' * B",
    cost: 1,
    say: { en: "transpose #A", zh: "将 #A 转置" },
  },
  {
    where: { A: "m k", B: "n k" },
    to: "A * B'",
    cost: 1,
    say: { en: "transpose #B", zh: "将 #B 转置" },
  },
  {
    where: { A: "k n", B: "k m" },
    to: "B' * A",
    cost: 1.5,
    say: { en: "put #B transposed in front", zh: "将 #B 转置后置于前" },
  },
  {
    where: { A: "n k", B: "m k" },
    to: "B * A'",
    cost: 1.5,
    say: { en: "put #A transposed behind", zh: "将 #A 转置后置于后" },
  },
  {
    where: { A: "n k", B: "k m" },
    to: "B' * A'",
    cost: 1.5,
    say: { en: "transpose the product", zh: "将乘积转置" },
  },
];

/** Of a part and a name F that may be missing beside it. */
export const FACTOR_EDITS: readonly TermEdit[] = [
  {
    where: { A: "m n", F: "m n" },
    to: "A .* F",
    cost: 3,
    say: { en: "insert ⊙ #F", zh: "补上 ⊙ #F" },
  },
  {
    where: { A: "m n", F: "m n" },
    to: "A ./ F",
    cost: 3,
    say: { en: "divide by #F entry by entry", zh: "逐元素除以 #F" },
  },
  {
    where: { A: "m n", F: "m m" },
    to: "F * A",
    cost: 3,
    say: { en: "insert the factor #F in front", zh: "在前面补上因子 #F" },
  },
  {
    where: { A: "m n", F: "n n" },
    to: "A * F",
    cost: 3,
    say: { en: "insert the factor #F behind", zh: "在后面补上因子 #F" },
  },
  { where: { A: "m n", F: "m n" }, to: "A + F", cost: 3, say: { en: "add #F", zh: "补上项 #F" } },
  {
    where: { A: "m n", F: "m n" },
    to: "A - F",
    cost: 3,
    say: { en: "subtract #F", zh: "减去 #F" },
  },
];

/** Of other kinds: what is said of them. */
export const SAY = {
  remove: { en: "remove #B", zh: "去掉 #B" },
  member: { en: "read #B in place of #A", zh: "将 #A 改为 #B" },
  bound: { en: "let the index run over another range", zh: "修改求和范围" },
  exponent: { en: "take the exponent #B", zh: "指数改为 #B" },
  order: { en: "#B in place of #A", zh: "将 #A 改为 #B" },
  fold: { en: "multiply in the other order", zh: "改变连乘次序" },
  insert: { en: "insert #B", zh: "补上 #B" },
  path: { en: "add the path #B", zh: "补上路径 #B" },
} as const;
