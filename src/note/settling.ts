/** Choices narrowed without a search: to what costs least, and to what is left alone. */
import type { Choice } from "./choice.ts";
import type { Solution } from "./search.ts";
import type { SizeStore } from "./sizes.ts";

/** The alternative that costs least of those that fit. */
export const cheapest = ({ alternatives }: Choice, sizes: SizeStore): readonly Choice["alternatives"][number][] => {
  const possible = alternatives.filter(({ impose }) => {
    const mark = sizes.mark();
    const fits = impose(sizes);
    sizes.undo(mark);
    return fits;
  });
  return possible.toSorted((a, b) => a.cost - b.cost).slice(0, 1);
};

/** Takes every choice that has one alternative left, as often as that decides another. */
export const settle = (choices: readonly Choice[], sizes: SizeStore): void => {
  const open = new Set(choices.flatMap((choice, at) => (choice.guard ? [] : [at])));
  for (let changed = true; changed; ) {
    changed = false;
    for (const at of [...open]) {
      const possible = (choices[at] as Choice).alternatives.filter(({ impose, holds }) => {
        const mark = sizes.mark();
        const fits = impose(sizes) && (holds?.(sizes) ?? true);
        sizes.undo(mark);
        return fits;
      });
      if (possible.length !== 1) continue;
      possible[0]?.impose(sizes);
      open.delete(at);
      changed = true;
    }
  }
};

/** Imposes a solution for good. */
export const realise = (choices: readonly Choice[], { taken }: Solution, sizes: SizeStore): void => {
  for (const [at, alternative] of taken.entries()) {
    if (alternative !== undefined) choices[at]?.alternatives[alternative]?.impose(sizes);
  }
};
