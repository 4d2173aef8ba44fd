/** Which names the claims of a note differentiate. */
import type { Family, Names } from "./names.ts";
import type { Claim } from "./statements.ts";
import { everyPart } from "./tree.ts";

/** How often the claims differentiate each name: ∂J/∂w, ∇_w J. */
export const differentiatedIn = (claims: readonly Claim[], names: Names): ReadonlyMap<Family, number> => {
  const counts = new Map<Family, number>();
  for (const { statement } of claims)
    for (const part of statement ? everyPart(statement.body) : []) {
      const family = part.kind === "derivative" && part.of ? names.resolve(part.of)?.family : undefined;
      if (family) counts.set(family, (counts.get(family) ?? 0) + 1);
    }
  return counts;
};

/** Those of some names that are differentiated most; none where none is. */
export const mostDifferentiated = (
  families: readonly Family[],
  counts: ReadonlyMap<Family, number>,
): readonly Family[] => {
  const most = Math.max(1, ...families.map(family => counts.get(family) ?? 0));
  return families.filter(family => counts.get(family) === most);
};
