/** Equations that explain a notation: about no system, there is nothing in them to check. */
import type { Chain } from "../note/claims/chains.ts";
import { argumentsOfProd } from "../note/claims/derivative.ts";
import { everyPart, textOf } from "../note/tree.ts";
import { isChainRule } from "../ops/call.ts";
import type { DerivativeSyntax, Syntax } from "../parse/syntax.ts";

const isDerivative = (syntax: Syntax): syntax is DerivativeSyntax => syntax.kind === "derivative";

const SIGNS: ReadonlySet<string> = new Set(["", "\\cdot", "\\times"]);

/** Above and below the line, as texts. */
const ends = ({ of, by }: DerivativeSyntax): readonly [string, string] => [
  of ? textOf(of) : "",
  by.map(({ variable }) => textOf(variable)).join(),
];

/** Side by side or with a dot between them, or in prod(…). */
const factorsOf = (syntax: Syntax): readonly Syntax[] => {
  if (syntax.kind === "product" && syntax.factors.every(({ operator }) => SIGNS.has(operator?.spelling ?? "")))
    return syntax.factors.map(({ body }) => body);
  return syntax.kind === "apply" && syntax.op !== undefined && isChainRule(syntax.op)
    ? argumentsOfProd(syntax.argument)
    : [];
};

/** What a chain differentiates, and by what. */
export const differentiatedIn = ({ members }: Chain): readonly Syntax[] =>
  members
    .flatMap(member => everyPart(member))
    .filter(isDerivative)
    .flatMap(({ of, by }) => [...(of ? [of] : []), ...by.map(({ variable }) => variable)]);

/** ∂Z/∂X = prod(∂Z/∂Y, ∂Y/∂X), dz/dx = dz/dy · dy/dx: the chain rule itself, in the letters of no net. */
export const isChainRuleItself = ({ members }: Chain): boolean => {
  const [left, right, more] = members;
  if (!left || !right || more || !isDerivative(left)) return false;
  const factors = factorsOf(right);
  if (factors.length < 2 || !factors.every(isDerivative)) return false;
  const links = factors.map(ends);
  const [first, last] = [links[0] as readonly [string, string], links.at(-1) as readonly [string, string]];
  const joined = links.every(([of], i) => i === 0 || links[i - 1]?.[1] === of);
  const [of, by] = ends(left);
  return joined && of === first[0] && by === last[1];
};
