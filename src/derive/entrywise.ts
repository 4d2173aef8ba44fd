/** Gradients entry by entry, for notes that differentiate by the entries of an array: ∂L/∂o_i. Each is checked exactly. */
import { equalTerms } from "../exact/equal.ts";
import { type Node, partial } from "../expr/node.ts";
import { named } from "../expr/polynomial.ts";
import { familyOf, type System } from "../expr/system.ts";
import { withoutFonts } from "../latex/names.ts";
import { entryAt, entryOf } from "../rules/entrywise.ts";
import type { Gradient } from "./gradient.ts";

export interface EntryForm {
  /** One entry of the gradient by the whole array. */
  readonly left: Node;
  readonly right: Node;
}

/** The gradient by one entry of an array, where the note differentiates by such and there is one formula for all members. */
export const entryFormOf = (
  { symbols, habits, sizes, objective }: System,
  { wrt, pieces }: Gradient,
): EntryForm | undefined => {
  const entry = symbols.get(familyOf(wrt).name);
  const letters = entry && habits?.entries.get(withoutFonts(entry.latex));
  const [piece, ...more] = pieces;
  if (!letters || !piece || more.length > 0) return undefined;
  const places = letters.map(named);
  const right = entryOf(piece.value, places);
  if (!right || letters.some(letter => piece.value.free.includes(letter) || sizes.has(letter))) return undefined;
  const integers = Object.fromEntries(letters.map(letter => [letter, [1, 2] as const]));
  const { equal } = equalTerms(entryAt(piece.value, places), right, { integers });
  return equal ? { left: entryAt(partial(objective, wrt), places), right } : undefined;
};
