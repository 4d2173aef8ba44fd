/** Letters that claims use as values, and that are no functions for that: those they differentiate by, those they multiply. */
import type { Syntax } from "../parse/syntax.ts";
import { applicationsIn, baseOfName } from "./occurrences.ts";
import { isName, takeApart } from "./scripts.ts";
import type { Claim } from "./statements.ts";
import { everyPart } from "./tree.ts";

/** A name without primes: y_i, but not f'. */
const isValue = (syntax: Syntax): boolean => {
  const { core, elements } = takeApart(syntax);
  return isName(core) && elements.every(({ kind }) => kind !== "prime");
};

/** y of y_i x_i: a name beside other factors, with no brackets behind it. */
const multipliedIn = (part: Syntax): readonly string[] =>
  part.kind === "product"
    ? part.factors.flatMap(({ body, call }, i) => {
        const isApplied = call || part.factors[i + 1]?.call === true;
        const isBeside = part.factors.length > (part.factors.some(factor => factor.call) ? 2 : 1);
        return isBeside && !isApplied && isValue(body) ? (baseOfName(body) ?? []) : [];
      })
    : [];

/** `bodies`: the right sides of the forward equations. What those apply to a name alone, f(x), is a function however it is written. */
export const variablesOf = (claims: readonly Claim[], bodies: readonly Syntax[] = []): ReadonlySet<string> => {
  const formulas = claims.flatMap(({ statement }) => statement?.body ?? []);
  const parts = formulas.flatMap(formula => everyPart(formula));
  const applied = new Set(
    [...bodies, ...formulas]
      .flatMap(applicationsIn)
      .flatMap(({ name, args }) => (args.every(arg => isName(takeApart(arg).core)) ? (baseOfName(name) ?? []) : [])),
  );
  return new Set([
    ...parts.flatMap(part =>
      part.kind === "derivative" ? part.by.flatMap(({ variable }) => baseOfName(variable) ?? []) : [],
    ),
    ...parts.flatMap(multipliedIn).filter(base => !applied.has(base)),
  ]);
};
