/** Sums that leave something out, Σ_{j ≠ y} and Σ_{j=1, j≠y}^n, as sums over everything with a weight that is 0 there. */
import type { BigSyntax, Factor, Syntax } from "../parse/syntax.ts";
import { isInequality, weightOf } from "./cases.ts";
import { integerOf } from "./integers.ts";
import type { Range } from "./ranges.ts";
import { textOf } from "./tree.ts";

type Relations = Syntax & { readonly kind: "relations" };

/** j ≠ y: a letter, and what it is not. */
const isExclusion = (syntax: Syntax): syntax is Relations =>
  syntax.kind === "relations" &&
  syntax.members.length === 2 &&
  syntax.members[0]?.kind === "symbol" &&
  isInequality(syntax);

/** What stands below the sign without exclusions, and these; undefined where there are none. */
const parted = (
  lower: Syntax | null,
): { readonly lower: Syntax; readonly excluded: readonly Relations[] } | undefined => {
  if (lower && isExclusion(lower)) return { lower: lower.members[0] as Syntax, excluded: [lower] };
  if (lower?.kind !== "list") return undefined;
  const excluded = lower.items.filter(isExclusion);
  const [first, ...others] = lower.items.filter(item => !isExclusion(item));
  if (excluded.length === 0 || !first) return undefined;
  return { lower: others.length > 0 ? { ...lower, items: [first, ...others] } : first, excluded };
};

/** What a condition of a claim says of an index: i = j, j ≠ y, t = T − 1. */
export const comparisonIn = (condition: Syntax): readonly Range[] => {
  const inner = condition.kind === "group" && condition.body ? condition.body : condition;
  if (inner.kind !== "relations" || inner.members.length !== 2) return [];
  const [index, other] = inner.members as readonly [Syntax, Syntax];
  if (index.kind !== "symbol") return [];
  const said = { index: textOf(index), span: inner.span };
  const isEquality = inner.operators[0]?.spelling === "=";
  if (isInequality(inner) || (isEquality && other.kind === "symbol")) return [{ ...said, where: inner }];
  const value = isEquality ? integerOf(other) : undefined;
  return value ? [{ ...said, low: value, high: value }] : [];
};

/** Conditions with t = T, where T is a size, as the place that it is: no weight is needed there. */
export const placedBySizes = (conditions: readonly Range[], sizes: ReadonlyMap<string, unknown>): readonly Range[] =>
  conditions.map(condition => {
    const [, other] = condition.where?.members ?? [];
    const value = other && condition.where?.operators[0]?.spelling === "=" ? integerOf(other) : undefined;
    if (!value || !sizes.has(value.key)) return condition;
    const { index, span } = condition;
    return { index, span, low: value, high: value };
  });

/** What a claim says of some indices, as what it says of all with a weight that is 0 where it says nothing. */
export const withWeights = (members: readonly Syntax[], conditions: readonly Range[]): readonly Syntax[] => {
  const weights = conditions.flatMap(({ where }) => (where ? [weightOf(where)] : []));
  return weights.length === 0 ? members : members.map(member => weighed(member, weights));
};

const weighed = (body: Syntax, weights: readonly Syntax[]): Syntax => {
  const factors = [...weights, body].map(
    (factor): Factor => ({
      operator: null,
      body: factor.kind === "sum" ? { kind: "group", open: "(", close: ")", body: factor, span: factor.span } : factor,
      call: false,
    }),
  );
  return { kind: "product", factors, span: body.span };
};

export const withoutExclusions = (big: BigSyntax): BigSyntax => {
  const found = big.spelling === "\\sum" ? parted(big.lower) : undefined;
  if (!found) return big;
  return { ...big, lower: found.lower, body: weighed(big.body, found.excluded.map(weightOf)) };
};
