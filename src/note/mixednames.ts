/** Letters that stand bare and with an index. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Family } from "./names.ts";
import type { Extent } from "./sizes.ts";
import type { Typing } from "./typing.ts";

/** A letter that stands bare and with an index: an entry of the array, or a family without its index. Neither is guessed. */
export const mixedNames = ({ equations, extents, sizes, prepared }: Typing): readonly Diagnostic[] => {
  const defined = new Set(equations.map(equation => equation.family));
  const declared = new Set(prepared.declared.map(shape => shape.family));
  const nameOf = (family: Family): string => family.key.slice(0, family.key.indexOf("|"));
  const found: Diagnostic[] = [];
  const seen = new Set<Family>();
  for (const { reads } of equations) {
    for (const { family, span } of reads) {
      if (defined.has(family) || seen.has(family)) continue;
      seen.add(family);
      const other = [...extents.keys()].find(
        each =>
          each !== family &&
          nameOf(each) === nameOf(family) &&
          each.rank !== family.rank &&
          (defined.has(each) || (declared.has(each) && !declared.has(family))),
      );
      if (!other || (family.rank > other.rank && sizes.isScalar(extents.get(other) as Extent) === true)) continue;
      const entry = family.rank > other.rank;
      found.push({
        code: "N003",
        severity: "error",
        message: entry
          ? `is this an entry of ${other.latex}? Its index runs over something else than the places of the array`
          : `${family.latex} stands without the index that it has elsewhere`,
        spans: [
          { span, label: entry ? "an entry" : "which member?" },
          { span: other.span, label: declared.has(other) ? "is declared here" : "stands here" },
        ],
        help: entry
          ? "Write the equation for whole arrays, or use another letter."
          : "Write the index, such as T for the last member.",
      });
    }
  }
  return found;
};
