/** The laws for gradients by symmetric and diagonal matrices: transposes go inside, so that equal terms meet. */
import type { Law, Phase, Sentence } from "../rewrite/law.ts";
import { TRANSPOSES_INSIDE } from "./canonical.ts";
import { SIMPLIFY } from "./simplify.ts";

const ONLY: Sentence = { en: "the identity has no entries beside its diagonal", zh: "单位矩阵在对角线以外没有非零元" };

/** Ends: every law leaves fewer terms, or fewer products with the identity. */
const STRUCTURES: readonly Law[] = [
  { id: "identity-entry-by-entry", where: {},                     left: "identity(n) .* identity(n)",  right: "identity(n)",                  say: ONLY },
  { id: "half-of-equal-terms",       where: { A: "m n" },             left: "1/2 * (A + A)",               right: "A",                            say: { en: "it is symmetric already", zh: "它本来就是对称的" } },
  { id: "transposed-difference",     where: { A: "n n", B: "n n" },   left: "(A - B)'",                    right: "A' - B'",                      say: { en: "the transpose is taken of each part", zh: "逐项转置" } },
  { id: "transposed-multiple",       where: { c: "1", A: "m n" },     left: "(c * A)'",                    right: "c * A'",                       say: { en: "the transpose is taken of each part", zh: "逐项转置" } },
  { id: "transposed-beside-identity", where: { A: "n n" },        left: "A' .* identity(n)",           right: "A .* identity(n)",             say: { en: "transposing keeps the diagonal", zh: "转置不改变对角线" } },
];

/** Readable forms of (G + Gᵀ)/2, G + Gᵀ − G ⊙ I and G ⊙ I. */
export const STRUCTURED: Phase = {
  name: "structured",
  laws: [...STRUCTURES, ...TRANSPOSES_INSIDE, ...SIMPLIFY.laws],
  ends: `transposes move to the leaves, and ${SIMPLIFY.ends}`,
};
