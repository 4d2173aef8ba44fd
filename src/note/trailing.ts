/**
 * What stands behind a product over an index and speaks of where the product begins or ends, not of the index itself:
 * ∏_{j=k+1}^T w_j · h_k. It is a factor beside the product, though the sign reaches to the end of the term.
 */
import type { BigSyntax, Factor, Syntax } from "../parse/syntax.ts";
import { soleLetter } from "./names.ts";
import { everyPart } from "./tree.ts";

const lettersOf = (syntax: Syntax | null): ReadonlySet<string> =>
  new Set(syntax ? everyPart(syntax).flatMap(part => soleLetter(part) ?? []) : []);

/** The letters below names: the k of h_{k-1}. */
const lettersBelow = (syntax: Syntax): readonly string[] =>
  everyPart(syntax).flatMap(part =>
    part.kind === "scripted"
      ? part.scripts.flatMap(script => (script.position === "sub" ? [...lettersOf(script.body)] : []))
      : [],
  );

const asProduct = (factors: readonly Factor[]): Syntax => {
  const [first, ...others] = factors as readonly [Factor, ...Factor[]];
  if (others.length === 0) return first.body;
  const span = { start: first.body.span.start, end: (factors.at(-1) as Factor).body.span.end };
  return { kind: "product", factors: [{ ...first, operator: null }, ...others], span };
};

/** The product by itself, times what only seems to stand in it; the same where nothing does. */
export const withoutTrailing = (big: BigSyntax): Syntax => {
  const { lower, upper, body } = big;
  if (big.spelling !== "\\prod" || body.kind !== "product" || lower?.kind !== "relations") return big;
  const index = lower.members[0] && soleLetter(lower.members[0]);
  if (index === undefined) return big;
  const ends = new Set([...lower.members.slice(1).flatMap(each => [...lettersOf(each)]), ...lettersOf(upper)]);
  const holds = body.factors.map(factor => lettersOf(factor.body).has(index));
  const from = body.factors.findIndex(
    (factor, i) =>
      i > holds.lastIndexOf(true) && !factor.call && lettersBelow(factor.body).some(each => ends.has(each)),
  );
  if (from < 1) return big;
  const inner = asProduct(body.factors.slice(0, from));
  const product: BigSyntax = { ...big, body: inner, span: { start: big.span.start, end: inner.span.end } };
  return asProduct([{ operator: null, body: product, call: false }, ...body.factors.slice(from)]);
};
