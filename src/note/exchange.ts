/** Edits of syntax trees. */
import type { Syntax } from "../parse/syntax.ts";

/** The tree with one part exchanged (by identity). Trees are as deep as the parser allows, a few hundred levels. */
export const exchange = (root: Syntax, old: Syntax, by: Syntax): Syntax => {
  const walk = (value: unknown): unknown => {
    if (value === old) return by;
    if (Array.isArray(value)) {
      const mapped = value.map(walk);
      return mapped.some((each, i) => each !== value[i]) ? mapped : value;
    }
    if (value === null || typeof value !== "object") return value;
    let changed = false;
    const entries = Object.entries(value).map(([key, each]) => {
      const mapped: unknown = walk(each);
      changed ||= mapped !== each;
      return [key, mapped] as const;
    });
    return changed ? Object.fromEntries(entries) : value;
  };
  return walk(root) as Syntax;
};
