/** The laws by which a gradient is written in numerator layout: the transpose of all of it goes to the leaves. */
import type { Law, Phase, Sentence } from "../rewrite/law.ts";
import { OUTER_AS_PRODUCT, TRANSPOSES_INSIDE } from "./canonical.ts";
import { TRANSPOSES } from "./products.ts";
import { SCALING } from "./scaling.ts";

const ROW: Sentence = { en: "an inner product is a row times a column", zh: "内积即行乘以列" };

const REVERSED: Sentence = { en: "the transpose of a product reverses it", zh: "乘积的转置次序相反" };

/** Ends: every law leaves fewer inner products of columns, or takes a transpose inside a product. */
const ROWS: readonly Law[] = [
  { id: "inner-as-row-times-column", where: { x: "n", y: "n" },   left: "inner(x, y)",  right: "x' * y",  say: ROW },
  { id: "transpose-of-ordered-product", where: { "A[t]": "n n" }, left: "product(t, lo, hi, A[t])'", right: "reversedproduct(t, lo, hi, A[t]')", say: REVERSED },
  { id: "transpose-of-reversed-product", where: { "A[t]": "n n" }, left: "reversedproduct(t, lo, hi, A[t])'", right: "product(t, lo, hi, A[t]')", say: REVERSED },
];

/** Products reversed, rows in the place of columns. */
export const NUMERATOR: Phase = {
  name: "numerator layout",
  laws: [
    ...OUTER_AS_PRODUCT,
    ...ROWS,
    ...TRANSPOSES_INSIDE,
    ...TRANSPOSES,
    ...SCALING.filter(({ id }) => id === "scaled-transposed"),
  ],
  ends: "outer and inner products become products, and transposes move to the leaves",
};
