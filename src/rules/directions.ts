/** Matrices of rank one as directions: what a change of a single entry does. */
import type { Law, Phase, Sentence } from "../rewrite/law.ts";
import { SIMPLIFY } from "./simplify.ts";

const PICKED: Sentence = { en: "a column times a row, times a column, is the column with the inner product as factor", zh: "列乘行再乘列，等于以内积为系数的该列" };

/** Ends: every law leaves fewer products with a matrix of rank one. */
const DIRECTIONS: readonly Law[] = [
  { id: "outer-times-column",   where: { a: "m", b: "k", x: "k" },     left: "outer(a, b) * x",       right: "inner(b, x) * a",      say: PICKED },
  { id: "row-times-outer",      where: { a: "m", b: "k", x: "m" },     left: "x' * outer(a, b)",      right: "inner(x, a) * b'",     say: PICKED },
  { id: "inner-with-outer",     where: { a: "m", b: "k", A: "m k" },   left: "inner(A, outer(a, b))", right: "inner(a, A * b)",      say: PICKED },
];

/** The readable form of tangents in single directions. */
export const DIRECTED: Phase = {
  name: "directed",
  laws: [...DIRECTIONS, ...SIMPLIFY.laws],
  ends: SIMPLIFY.ends,
};
