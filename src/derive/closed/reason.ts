/** Why a recurrence has no closed form of the kinds that are looked for. */
import type { Sentence } from "../../rewrite/law.ts";

export type Obstacle =
  | "two-indices"
  | "lag"
  | "coupled"
  | "windowed"
  | "several-equations"
  | "not-linear"
  | "abstract-operator"
  | "entrywise-on-matrix"
  | "transposed-state"
  | "sum-of-two-sided"
  | "range";

export interface NoClosedForm {
  readonly obstacle: Obstacle;
  readonly say: Sentence;
}

const SENTENCES: Readonly<Record<Obstacle, Sentence>> = {
  "two-indices": {
    en: "the recurrence runs along two symbolic indices, and such recurrences have no closed form of this kind",
    zh: "递推同时沿两个符号指标进行，没有这种形式的闭式解",
  },
  lag: {
    en: "the recurrence reaches further than one step, and only recurrences of one step are solved",
    zh: "递推跨越不止一步，这里只求解一步递推",
  },
  coupled: {
    en: "several states depend on each other across the index in a way that no matrix in blocks multiplies from one side",
    zh: "多个状态沿指标相互依赖，且不能写成从一侧相乘的分块矩阵",
  },
  windowed: {
    en: "a member reads a whole range of other members, and such recurrences have no closed form of this kind",
    zh: "一个成员依赖一段范围内的其他成员，没有这种形式的闭式解",
  },
  "several-equations": {
    en: "different equations hold on different ranges, so that there is no one matrix to take powers or products of",
    zh: "不同范围上的方程不同，没有统一的矩阵可求幂或连乘",
  },
  "not-linear": {
    en: "the neighbouring gradient does not occur linearly as a product",
    zh: "相邻的梯度不是以线性乘积的形式出现",
  },
  "abstract-operator": {
    en: "the step is a function known only by name, whose derivative is not written as a matrix",
    zh: "这一步是仅知其名的函数，其导数没有写成矩阵",
  },
  "entrywise-on-matrix": {
    en: "a matrix-valued gradient is multiplied entry by entry, which is no product with matrices from the left and the right",
    zh: "矩阵值的梯度被逐元素相乘，这不是左右矩阵乘法",
  },
  "transposed-state": {
    en: "the neighbouring matrix-valued gradient occurs transposed",
    zh: "相邻的矩阵值梯度以转置形式出现",
  },
  "sum-of-two-sided": {
    en: "the neighbouring gradient occurs in several terms with factors on both sides",
    zh: "相邻的梯度出现在多项中，且两侧都有因子",
  },
  range: {
    en: "the ranges of the recurrence and of its sources do not fit together for all sizes",
    zh: "递推与其源项的范围并非对所有尺寸都吻合",
  },
};

export const noClosedForm = (obstacle: Obstacle): NoClosedForm => ({ obstacle, say: SENTENCES[obstacle] });
