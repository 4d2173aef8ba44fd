/** Sums that leave something out, Σ_{j ≠ y} and Σ_{j=1, j≠y}^n, as sums over everything with a weight that is 0 there. */
import type { BigSyntax, Factor, Syntax } from "../parse/syntax.ts";
import { isInequality, weightOf } from "./cases.ts";

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

export const withoutExclusions = (big: BigSyntax): BigSyntax => {
  const found = big.spelling === "\\sum" ? parted(big.lower) : undefined;
  if (!found) return big;
  const factors = [...found.excluded.map(weightOf), big.body].map(
    (body): Factor => ({
      operator: null,
      body: body.kind === "sum" ? { kind: "group", open: "(", close: ")", body, span: body.span } : body,
      call: false,
    }),
  );
  return { ...big, lower: found.lower, body: { kind: "product", factors, span: big.body.span } };
};
