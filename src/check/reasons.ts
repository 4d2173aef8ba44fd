/** Why a verdict is what it is, in the languages of reports. */
export type Language = "en" | "zh";

/** A reason with what it speaks of, in the order of the places #1, #2 … */
export interface Reason {
  readonly id: keyof typeof REASONS;
  readonly of?: readonly string[];
}

export const REASONS = {
  equal: { en: "both sides are equal", zh: "两边相等" },
  unfinished: { en: "right so far, but it stops at prod", zh: "到此正确，但停在 prod，尚未求完" },
  outside: { en: "#1 does not exist: it lies outside of the index domain", zh: "#1 不存在：超出下标范围" },
  under: { en: "it holds only for #1", zh: "仅当 #1 时成立" },
  differ: { en: "the two sides differ", zh: "两边不相等" },
  empty: { en: "there is no index for which it says anything", zh: "没有任何下标满足所述范围" },
  undecided: { en: "#1", zh: "无法判定：#1" },
  "no-numbers": { en: "no real numbers were found at which the two sides differ", zh: "未找到使两边不等的实数" },
  "no-left": { en: "nothing stands on the left side", zh: "左边为空" },
  defines: { en: "defines the left side", zh: "给出左边的定义" },
  names: { en: "names #1", zh: "为 #1 命名" },
  notation: { en: "explains a notation", zh: "说明记号" },
  unknown: { en: "#1 is defined nowhere", zh: "#1 没有定义" },
  shapes: { en: "the two sides have different shapes: #1 and #2", zh: "两边形状不同：#1 与 #2" },
  misfit: { en: "the shapes in it do not fit together", zh: "式中各部分的形状不相容" },
  unreadable: { en: "#1", zh: "无法读懂：#1" },
  "no-system": { en: "the forward equations are not a system", zh: "前向方程没有构成一个系统" },
  layout: {
    en: "right in the other layout: the transpose of the derivative as this report writes it",
    zh: "在另一种布局下正确：是本报告所写导数的转置",
  },
  shape: { en: "its shape is #1", zh: "其形状为 #1" },
  "other-shape": { en: "its shape is #1, not what the mark says", zh: "其形状为 #1，与所标不符" },
  limit: {
    en: "#1 is an index, a whole number#2: it tends to nothing, and there is no limit.",
    zh: "#1 是整数下标#2：它不趋于任何值，此极限不存在。",
  },
  "limit-powers": {
    en: "#1 is an index, a whole number#2: it tends to nothing, and there is no limit. The largest exponent is #3: a power of that order grows with it if the spectral radius of the matrix is above 1, and vanishes if it is below 1.",
    zh: "#1 是整数下标#2：它不趋于任何值，此极限不存在。最大的指数是 #3：矩阵谱半径大于 1 时该幂随之增长，小于 1 时趋于零。",
  },
  range: { en: " from #1 to #2", zh: "（从 #1 到 #2）" },
  "glyph-forward": { en: "the forward equations are a system then", zh: "如此前向方程才构成一个系统" },
  "glyph-claim": {
    en: "nothing else that looks like it makes the shapes fit and the equation true",
    zh: "如此形状相容且等式成立",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export const sayReason = ({ id, of = [] }: Reason, language: Language): string =>
  REASONS[id][language].replace(/#(\d)/gu, (_, place: string) => of[Number(place) - 1] ?? "");
