/** Index domains as conditions: 1 ≤ t < T, t = T. */
import { boundsOf, type Domain } from "../expr/domain.ts";
import { constantPart, type Polynomial, plus, same } from "../expr/polynomial.ts";
import { boundsInOrder } from "./integers.ts";
import { indexLatex, type LatexContext } from "./names.ts";

/** condition ≥ 0, the negative terms on the other side: T - 3 ≥ 0 is T ≥ 3. */
const conditionLatex = (context: LatexContext, condition: Polynomial): string => {
  const side = (sign: 1 | -1): string => {
    const monomials = condition.monomials
      .filter(m => Math.sign(m.coefficient) === sign)
      .map(m => ({ ...m, coefficient: Math.abs(m.coefficient) }));
    return indexLatex(context, { key: "", monomials });
  };
  return `${side(1)} \\ge ${side(-1)}`;
};

/** The conditions on the given indices, then those without any of them. Empty for no condition. */
export const conditionsLatex = (
  context: LatexContext,
  domain: Domain,
  indices: readonly string[],
): readonly string[] => {
  const show = (value: Polynomial): string => indexLatex(context, value);
  const several = (name: string, bounds: readonly Polynomial[]): string =>
    bounds.length === 1 ? show(bounds[0] as Polynomial) : `${name}(${boundsInOrder(bounds).map(show).join(", ")})`;
  const conditions: string[] = [];
  let rest = domain;
  for (const index of [...indices].reverse()) {
    const { lower, upper, rest: others } = boundsOf(rest, index);
    rest = others;
    const letter = show({ key: index, monomials: [{ coefficient: 1, names: [index] }] });
    const [lo, hi] = [lower[0], upper[0]];
    if (lo && hi && lower.length === 1 && upper.length === 1 && same(lo, hi))
      conditions.unshift(`${letter} = ${show(lo)}`);
    else if (lo || hi) {
      const strict = hi && upper.length === 1 && hi.monomials.length > 1 && constantPart(hi) === -1;
      const below = lo ? `${several("\\max", lower)} \\le ` : "";
      const above = !hi ? "" : strict ? ` < ${show(plus(hi, 1))}` : ` \\le ${several("\\min", upper)}`;
      conditions.unshift(`${below}${letter}${above}`);
    }
  }
  return [...conditions, ...rest.where.map(condition => conditionLatex(context, condition))];
};

/** The values that an index takes: t = 1, …, T. */
export const rangesLatex = (context: LatexContext, domain: Domain, indices: readonly string[]): string =>
  conditionsLatex(context, domain, indices)
    .map(condition => {
      const simple = /^(\S+) \\le (\S+) \\le (\S+)$/u.exec(condition);
      return simple ? `${simple[2]} = ${simple[1]}, \\ldots, ${simple[3]}` : condition;
    })
    .join(",\\; ");
