/** Entries that sum to one: labels that choose a class, probabilities. */
import type { Law, Sentence } from "../rewrite/law.ts";

const SAY: Sentence = { en: "the labels sum to one, as the note says", zh: "按笔记所说，标签的各元素之和为一" };
const CHOSEN: Sentence = { en: "the label chooses one entry", zh: "标签选出一个元素" };
const CANCEL: Sentence = { en: "a common factor cancels", zh: "约去公因子" };
const ONES: Sentence = { en: "a factor one changes nothing", zh: "因子一不改变结果" };

/** Ends: every law leaves fewer operations. */
export const DISTRIBUTIONS: readonly Law[] = [
  { id: "total-of-distribution", where: { y: "n" }, left: "total(y)", right: "1", if: [{ distribution: "y", of: "vector" }], say: SAY },
  { id: "total-of-row-distributions", where: { A: "m n" }, left: "total(A)", right: "m", if: [{ distribution: "A", of: "rows" }], say: SAY },
  { id: "total-of-column-distributions", where: { A: "m n" }, left: "total(A)", right: "n", if: [{ distribution: "A", of: "columns" }], say: SAY },
  { id: "row-distributions-times-ones", where: { A: "m n" }, left: "A * ones(n, 1)", right: "ones(m, 1)", if: [{ distribution: "A", of: "rows" }], say: SAY },
  { id: "ones-times-column-distributions", where: { A: "m n" }, left: "ones(1, m) * A", right: "ones(1, n)", if: [{ distribution: "A", of: "columns" }], say: SAY },
  { id: "hadamard-with-label", where: { p: "n", y: "n" }, left: "p .* y", right: "select(p, y) * y", if: [{ distribution: "y", of: "label" }], say: CHOSEN },
  { id: "inner-over-selection", where: { p: "n", y: "n" }, left: "inner(p, y) / select(p, y)", right: "1", say: CANCEL },
  { id: "product-over-selection", where: { p: "n", y: "n" }, left: "(y' * p) / select(p, y)", right: "1", say: CANCEL },
  { id: "times-column-and-row-of-ones", where: { A: "m n" }, left: "A .* (ones(m, 1) * ones(1, n))", right: "A", say: ONES, trivial: true },
];
