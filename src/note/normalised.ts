/**
 * What is divided by its sum over all members, p_i = e^{z_i} / Σ_k e^{z_k}: numbers, whatever else their letters would stand for.
 */
import type { FractionSyntax, Syntax } from "../parse/syntax.ts";
import type { PreparedEquation } from "./leftside.ts";
import type { Family, Names } from "./names.ts";
import { baseOfName } from "./occurrences.ts";
import { takeApart } from "./scripts.ts";
import { everyPart } from "./tree.ts";

const isSum = (syntax: Syntax): syntax is Syntax & { kind: "big" } =>
  syntax.kind === "big" && syntax.spelling === "\\sum";

/** z_i, of e^{z_i} and \exp(z_i), or of z_i itself. */
const raised = (syntax: Syntax): Syntax => {
  if (syntax.kind === "group" && syntax.body) return raised(syntax.body);
  if (syntax.kind === "apply") return raised(syntax.argument);
  if (syntax.kind === "fraction") return raised(syntax.top);
  const { core, elements } = takeApart(syntax);
  const [only, more] = elements;
  const isPower =
    core.kind === "symbol" && core.name === "e" && only?.kind === "item" && only.position === "sup" && !more;
  return isPower ? raised(only.body) : syntax;
};

/** f_{y_i} is an entry of f, that of a label, and then so is f_k. */
const isChosenFrom = (equations: readonly PreparedEquation[]): ReadonlySet<string> =>
  new Set(
    equations.flatMap(({ right }) =>
      everyPart(right).flatMap(part =>
        part.kind === "scripted" &&
        part.scripts.some(script => script.position === "sub" && script.body.kind === "scripted")
          ? (baseOfName(part) ?? [])
          : [],
      ),
    ),
  );

/** The families of numbers that such quotients show. */
export const normalisedIn = (
  equations: readonly PreparedEquation[],
  names: Pick<Names, "resolve">,
): ReadonlySet<Family> => {
  const found = new Set<Family>();
  const chosen = isChosenFrom(equations);
  const familyOf = (syntax: Syntax): Family | undefined => {
    const named = names.resolve(syntax);
    return named && named.tail.length === 0 && !named.part ? named.family : undefined;
  };
  for (const { family, right } of equations) {
    const quotients = everyPart(right).filter((part): part is FractionSyntax => part.kind === "fraction");
    for (const { top, bottom } of quotients) {
      if (!isSum(bottom)) continue;
      const [own, summed] = [top, bottom.body].map(each => familyOf(raised(each)));
      if (!own || own !== summed || own.rank === 0) continue;
      if (chosen.has(own.base) || chosen.has(family.base)) continue;
      found.add(own);
      if (quotients.length === 1 && right.kind === "fraction") found.add(family);
    }
  }
  return found;
};
