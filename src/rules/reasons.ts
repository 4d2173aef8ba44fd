/** Rules that are no laws of terms: what the deriver does between them. */
import type { Law } from "../rewrite/law.ts";

export const REASONS: readonly Pick<Law, "id" | "say" | "source">[] = [
  { id: "simplify",                  say: { en: "constants and factors are collected", zh: "整理常数与因子" } },
  { id: "gradient-put-in",           say: { en: "the gradient found above is put in", zh: "代入上面求得的梯度" } },
  { id: "multiplied-out",            say: { en: "the products are multiplied out, and what cancels is left out", zh: "展开乘积并约去相消的项" } },
  { id: "deviations-vanish",         say: { en: "the deviations from a mean sum to zero", zh: "对均值的偏差之和为零" } },
  { id: "terms-multiplied-out",      say: { en: "the products are multiplied out", zh: "展开乘积" } },
  { id: "quotient-by-name",          say: { en: "the forward equations have a name for the quotient", zh: "用正向方程中的记号表示该商" } },
  { id: "known-adjoint",             say: { en: "this gradient is known already", zh: "该梯度已知" } },
  { id: "chain",                     say: { en: "that is the chain rule, one term for every path", zh: "链式法则，每条路径一项" } },
  { id: "forward-put-in",            say: { en: "the sensitivities of what is computed from the states are put in", zh: "代入由状态算出的量的灵敏度" } },
  { id: "sifted",                    say: { en: "the indicator leaves one term of the sum", zh: "示性函数使和式只剩一项" } },
  { id: "closed-form-eliminate",     say: { en: "the gradients of intermediate variables are put in", zh: "代入中间变量的梯度" } },
  { id: "closed-form-operator",      say: { en: "what acts on the neighbour is written as a matrix", zh: "把对相邻项的作用写成矩阵" } },
  { id: "closed-form-hypothesis",    say: { en: "the formula is supposed for the neighbouring index", zh: "对相邻指标应用归纳假设" } },
  { id: "closed-form-into-sum",      say: { en: "the matrix goes to every term of the sum", zh: "矩阵乘入和式的每一项" } },
  { id: "closed-form-grow",          say: { en: "the product takes one more factor", zh: "乘积多一个因子" } },
  { id: "closed-form-first-term",    say: { en: "the term of the index itself joins the sum, its product being empty", zh: "该指标自身的一项并入和式，其乘积为空积" } },
  { id: "closed-form-reindex",       say: { en: "the sum runs the other way", zh: "反向求和" } },
  { id: "closed-form-substitute",    say: { en: "the closed form is put in", zh: "代入闭式解" } },
  { id: "identity-function",         say: { en: "the derivative of the identity is one", zh: "恒等函数的导数为一" } },
];
