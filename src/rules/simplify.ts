/** The laws that bring a pullback into the form in which a person would write it. */
import type { Node } from "../expr/node.ts";
import type { Phase, Suppositions } from "../rewrite/law.ts";
import { NOTHING_SUPPOSED } from "../rewrite/memory.ts";
import { type Rewriting, rewrite } from "../rewrite/trace.ts";
import { BLOCKS } from "./blocks.ts";
import { DISTRIBUTIONS } from "./distributions.ts";
import { ENTRIES } from "./entries.ts";
import { BILINEAR, COMMON_FACTORS } from "./gathering.ts";
import { LOGISTIC_FUNCTION } from "./logistic.ts";
import { INVERSES, QUOTIENTS, SIGNS_OF, TRACES } from "./matrices.ts";
import { NUMBERS } from "./numbers.ts";
import { DIAGONALS, TERMS, TRANSPOSES } from "./products.ts";
import { FRACTIONS, POWERS_OF, SCALARS_ONLY } from "./scalars.ts";
import { SCALING, SIGNS } from "./scaling.ts";
import { WRITTEN_OUT } from "./transposing.ts";
import { UNITS } from "./units.ts";

export const SIMPLIFY: Phase = {
  name: "simplify",
  laws: [...UNITS, ...NUMBERS, ...SCALARS_ONLY, ...TRANSPOSES, ...FRACTIONS, ...POWERS_OF, ...SCALING, ...DIAGONALS, ...TRACES, ...INVERSES, ...QUOTIENTS, ...LOGISTIC_FUNCTION, ...BLOCKS, ...ENTRIES, ...DISTRIBUTIONS, ...TERMS, ...COMMON_FACTORS, ...BILINEAR, ...WRITTEN_OUT, ...SIGNS, ...SIGNS_OF],
  ends: "the term gets smaller, or a scalar factor or a sign moves above one more operation",
};

/** The same without touching products of matrices: diagonal matrices and powers stay as they stand. */
export const GATHER: Phase = {
  name: "gather",
  laws: SIMPLIFY.laws.filter(law => !DIAGONALS.includes(law) && !POWERS_OF.includes(law)),
  ends: SIMPLIFY.ends,
};

/** A term and the steps that led to it. */
export type Simplified = Rewriting;

/** What nobody writes down in the first place: factors one, exponents one, transposes of transposes. */
const TIDY: Phase = { ...SIMPLIFY, name: "tidy", laws: SIMPLIFY.laws.filter(law => law.trivial) };

/** The term without what nobody would write down. */
export const tidy = (node: Node): Node => rewrite(node, TIDY).node;

/** The term as people write it, and the laws that lead to it. The steps are empty when it is written so already. */
export const simplify = (node: Node, suppositions: Suppositions = NOTHING_SUPPOSED): Simplified => rewrite(node, SIMPLIFY, suppositions);
