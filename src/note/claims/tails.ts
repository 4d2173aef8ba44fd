/** Operations on names that only claims give: δ^T and δ^{[2]T} as (δ)^T and (δ^{[2]})^T, so that the name stands by itself. */
import { covers, type Span } from "../../base/source.ts";
import type { SymbolNode } from "../../expr/node.ts";
import type { Script, Syntax } from "../../parse/syntax.ts";
import type { Family, Named } from "../names.ts";
import { replaceParts } from "../tree.ts";
import type { Aliases } from "./aliases.ts";
import { entryOfAlias } from "./splits.ts";

type BodyScript = Exclude<Script, { readonly position: "prime" }>;

/** A superscript in two: what belongs to the name, and what is done to it. */
const divided = (
  script: BodyScript,
  isTail: (span: Span) => boolean,
): readonly [Script | undefined, Script | undefined] => {
  const { body } = script;
  if (isTail(body.span)) return [undefined, script];
  if (body.kind !== "product") return [script, undefined];
  const half = (keep: boolean): Script | undefined => {
    const factors = body.factors.filter(factor => isTail(factor.body.span) === keep);
    const [only, more] = factors;
    if (!only) return undefined;
    return { ...script, body: more ? { ...body, factors } : only.body };
  };
  return [half(false), half(true)];
};

/** The formula in which names that `isGiven` knows stand apart from what is done to them. */
const withTailsApart = (
  root: Syntax,
  resolve: (name: Syntax) => Named | undefined,
  isGiven: (name: Named) => boolean,
): Syntax =>
  replaceParts(root, part => {
    if (part.kind !== "scripted" || part.base.kind !== "symbol") return undefined;
    const found = resolve(part);
    if (!found || found.tail.length === 0 || !isGiven(found)) return undefined;
    const isTail = (span: Span): boolean => found.tail.some(element => covers(element.span, span));
    const [own, tail]: [Script[], Script[]] = [[], []];
    for (const script of part.scripts) {
      const [kept, done] = script.position === "prime" ? ([script, undefined] as const) : divided(script, isTail);
      if (kept) own.push(kept);
      if (done) tail.push(done);
    }
    if (tail.length === 0) return undefined;
    const { span } = part;
    const name: Syntax = own.length > 0 ? { ...part, scripts: own } : part.base;
    return { ...part, base: { kind: "group", open: "(", close: ")", body: name, span }, scripts: tail };
  });

/** The names of the claims. */
interface ClaimedNames {
  readonly resolve: (name: Syntax) => Named | undefined;
  readonly symbolOf: (family: Family) => SymbolNode | undefined;
  readonly kroneckerOf: (name: Syntax) => Syntax | undefined;
}

/** The formula in which names that claims give stand apart from what is done to them, and δ_{ij} is an indicator where it is none of them. */
export const withNamesApart = (root: Syntax, names: ClaimedNames, aliases: Aliases): Syntax => {
  const resolve = (name: Syntax): Named | undefined => names.resolve(name);
  const apart = withTailsApart(
    root,
    resolve,
    ({ family }) => names.symbolOf(family) === undefined && aliases.find(family) !== undefined,
  );
  return replaceParts(apart, part => (entryOfAlias(part, aliases, resolve) ? undefined : names.kroneckerOf(part)));
};
