/** Where a search branches, and what it takes apart. */
import type { Choice, Open } from "./choice.ts";
import type { SizeStore, SizeTerm } from "./sizes.ts";

const NAMES_FIRST = 1000;

/** Groups of choices that share a size which may still be the literal 1 or not. */
export const partsOf = (choices: readonly Choice[], sizes: SizeStore, open: Open): readonly Open[] => {
  const group = new Map<number, number>();
  const find = (at: number): number => {
    let top = at;
    while (group.get(top) !== top) top = group.get(top) as number;
    return top;
  };
  for (const at of open.keys()) group.set(at, at);
  const holder = new Map<SizeTerm, number>();
  for (const at of open.keys()) {
    const guard = choices[at]?.guard;
    if (guard && open.has(guard.choice)) group.set(find(at), find(guard.choice));
    for (const term of choices[at]?.touches ?? []) {
      if (sizes.isUnit(term) !== undefined) continue;
      const root = sizes.representative(term);
      const other = holder.get(root);
      if (other === undefined) holder.set(root, at);
      else group.set(find(at), find(other));
    }
  }
  const found = new Map<number, Open>();
  for (const [at, alternatives] of open) {
    const root = find(at);
    const part = found.get(root) ?? new Map<number, readonly number[]>();
    part.set(at, alternatives);
    found.set(root, part);
  }
  return [...found.values()];
};

/**
 * The choice to branch on: about a name rather than an operation, then the one whose sizes most others speak of, for
 * what remains then falls apart; among those the one about whose cheapest alternative there is least doubt.
 */
export const strongestOf = (
  choices: readonly Choice[],
  sizes: SizeStore,
  open: Open,
  arises: (at: number) => boolean,
): number | undefined => {
  const speaking = new Map<SizeTerm, number>();
  const openIn = (at: number): ReadonlySet<SizeTerm> =>
    new Set(
      (choices[at] as Choice).touches
        .filter(term => sizes.isUnit(term) === undefined)
        .map(term => sizes.representative(term)),
    );
  for (const at of open.keys()) for (const term of openIn(at)) speaking.set(term, (speaking.get(term) ?? 0) + 1);
  let found: number | undefined;
  let strongest = -1;
  for (const [at, alternatives] of open) {
    if (!arises(at)) continue;
    const [low = 0, second = 0] = alternatives
      .map(alternative => (choices[at] as Choice).alternatives[alternative]?.cost ?? 0)
      .sort((a, b) => a - b);
    const shared = Math.max(0, ...[...openIn(at)].map(term => speaking.get(term) as number));
    const weight = (choices[at]?.primary ? NAMES_FIRST : 0) + shared + (second - low) / (1 + second - low);
    if (weight > strongest) [strongest, found] = [weight, at];
  }
  return found;
};
