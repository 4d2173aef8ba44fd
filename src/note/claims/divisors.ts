/** The d of 1/d, which counts entries: d r then is a product, while dr is a gradient in other notes. */
import type { Syntax } from "../../parse/syntax.ts";
import { integerName } from "../integers.ts";
import type { Forward } from "../read.ts";
import { everyPart } from "../tree.ts";

const factorsOf = (syntax: Syntax): readonly Syntax[] =>
  syntax.kind === "product" ? syntax.factors.map(({ body }) => body) : [syntax];

/** Sizes that the forward equations divide by, those aside with which a member of a claim begins: dW = …. */
export const divisorsIn = (
  { typing: { prepared, equations } }: Forward,
  claims: readonly Syntax[],
): ReadonlySet<string> => {
  const nameOf = (syntax: Syntax | undefined): string | undefined => syntax && integerName(syntax);
  const divided = equations
    .flatMap(({ right }) => everyPart(right))
    .flatMap(part => (part.kind === "fraction" ? factorsOf(part.bottom) : []))
    .flatMap(part => nameOf(part) ?? []);
  const first = new Set(claims.map(claim => (claim.kind === "product" ? nameOf(claim.factors[0]?.body) : undefined)));
  return new Set(divided.filter(name => prepared.sizes.has(name) && !first.has(name)));
};
