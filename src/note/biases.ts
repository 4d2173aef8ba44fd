/** Along which axis a bias is meant: beside W X the samples are columns, beside X W they are rows. */
import type { Axis } from "../ops/along.ts";
import type { Syntax } from "../parse/syntax.ts";
import { baseOf, takeApart } from "./scripts.ts";

/** Letters of trained matrices. */
const WEIGHTS = /^(?:W|U|V|R|Theta)$/u;

/** The sign of the product of matrices in code. */
const MATRIX_PRODUCT = "@";

const isWeights = (syntax: Syntax | undefined): boolean => {
  if (!syntax) return false;
  const { core, accents } = takeApart(syntax);
  return WEIGHTS.test(baseOf(core, accents) ?? "");
};

/** What the products of a sum say: "columns" where weights stand first in them, "rows" where they stand last. */
export const biasAxis = (terms: readonly Syntax[]): Axis | undefined => {
  const found = new Set<Axis>();
  for (const term of terms) {
    if (
      term.kind !== "product" ||
      term.factors.some(({ operator }) => operator && operator.spelling !== MATRIX_PRODUCT)
    )
      continue;
    const [first, last] = [isWeights(term.factors[0]?.body), isWeights(term.factors.at(-1)?.body)];
    if (first !== last) found.add(first ? "columns" : "rows");
  }
  const [axis, another] = found;
  return another ? undefined : axis;
};
