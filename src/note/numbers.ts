/** Names that stand for numbers by the equations that they stand in, whatever else their letters would stand for. */
import { soleName } from "../expr/polynomial.ts";
import type { PreparedEquation } from "./leftside.ts";
import type { Family, Named, Names } from "./names.ts";
import { normalisedIn } from "./normalised.ts";
import type { Standing } from "./priors.ts";
import { limitsOf } from "./ranges.ts";
import { everyPart } from "./tree.ts";

/** The letters of the places below a name, where a letter stands in each. */
const lettersBelow = ({ family, index }: Named): readonly string[] =>
  family.places.flatMap((place, i) => (place === "sub" ? (index[i] ? (soleName(index[i]) ?? []) : []) : []));

const countBelow = ({ places }: Family): number => places.filter(place => place === "sub").length;

/**
 * z_i, x_j and b_i of z_i = Σ_j w_{ij} x_j + b_i: w has two indices below, one of which the sum binds for x too, while the
 * other is that of what is defined. Members of such products are entries of arrays rather than arrays.
 */
const contractedIn = (equations: readonly PreparedEquation[], names: Pick<Names, "resolve">): ReadonlySet<Family> => {
  const found = new Set<Family>();
  for (const { left, right } of equations) {
    const own = names.resolve(left);
    const [letter, more] = own ? lettersBelow(own) : [];
    if (!own || letter === undefined || more !== undefined || countBelow(own.family) !== 1) continue;
    const parts = everyPart(right);
    const read = parts
      .flatMap(part => names.resolve(part) ?? [])
      .filter(({ tail, part }) => tail.length === 0 && !part);
    for (const part of parts) {
      const bound = part.kind === "big" && part.spelling === "\\sum" ? limitsOf(part)?.index : undefined;
      if (part.kind !== "big" || bound === undefined || part.body.kind !== "product") continue;
      const factors = part.body.factors.flatMap(({ body }) => names.resolve(body) ?? []);
      const isWeight = (named: Named): boolean => {
        const letters = lettersBelow(named);
        return (
          letters.length === 2 &&
          countBelow(named.family) === 2 &&
          [letter, bound].every(each => letters.includes(each))
        );
      };
      const isVariable = (named: Named): boolean => countBelow(named.family) === 1 && lettersBelow(named)[0] === bound;
      const variables = factors.filter(isVariable);
      if (!factors.some(isWeight) || variables.length === 0) continue;
      const added = read.filter(named => countBelow(named.family) === 1 && lettersBelow(named)[0] === letter);
      for (const { family } of [own, ...variables, ...added]) found.add(family);
    }
  }
  return found;
};

/** What the equations show of the standing of families. */
export const numbersIn = (
  equations: readonly PreparedEquation[],
  names: Pick<Names, "resolve">,
): ReadonlyMap<Family, Standing> =>
  new Map([
    ...[...contractedIn(equations, names)].map(family => [family, "entry"] as const),
    ...[...normalisedIn(equations, names)].map(family => [family, "number"] as const),
  ]);
