/** Where shapes come from, by what the note says rather than by the order in which its readings were tried. */
import { type Equation, familyOf, type SymbolEntry } from "../expr/system.ts";
import { readsIn } from "../expr/walk.ts";

/**
 * Symbols with the origin of their shape. What was guessed on the way, but is computed from arrays whose shapes are all certain, is
 * inferred: nothing but those decides it.
 */
export const withOrigins = (
  symbols: ReadonlyMap<string, SymbolEntry>,
  equations: readonly Equation[],
): ReadonlyMap<string, SymbolEntry> => {
  const settled = new Map(symbols);
  const isCertain = ({ left, right }: Equation): boolean => {
    const own = familyOf(left);
    const arrays = readsIn(right)
      .map(familyOf)
      .filter(read => read !== own && read.shape.length > 0);
    return arrays.length > 0 && arrays.every(read => settled.get(read.name)?.shapeFrom !== "assumed");
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, entry] of settled) {
      const defining = equations.filter(({ left }) => familyOf(left) === entry.node);
      if (entry.shapeFrom !== "assumed" || defining.length === 0 || !defining.every(isCertain)) continue;
      settled.set(name, { ...entry, shapeFrom: "inferred" });
      changed = true;
    }
  }
  return settled;
};
