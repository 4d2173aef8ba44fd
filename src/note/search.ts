/**
 * The cheapest consistent choice among alternatives that share unknown sizes: propagation, then branch and bound with
 * a budget of trials. Nothing here knows what the alternatives mean.
 */
import type { SizeStore } from "./sizes.ts";

export interface Alternative {
  readonly cost: number;
  /** Imposes the alternative on the sizes; false if it contradicts them. */
  readonly impose: (sizes: SizeStore) => boolean;
  /** False when what is known by now excludes the alternative although nothing contradicts it: asked again as more is known. */
  readonly holds?: (sizes: SizeStore) => boolean;
}

export interface Choice {
  readonly alternatives: readonly Alternative[];
  /** The choice arises only if that other choice (by index) is made for that alternative. */
  readonly guard?: { readonly choice: number; readonly alternative: number };
}

export interface Solution {
  /** The alternative taken for each choice; undefined where its guard does not hold. */
  readonly taken: readonly (number | undefined)[];
  readonly cost: number;
}

export interface SearchResult {
  /** The cheapest solutions, all of one cost; more than one is a tie. Empty: contradictory. */
  readonly best: readonly Solution[];
  /** The choice at which propagation alone met a contradiction, before anything was guessed. */
  readonly contradiction?: number;
  /** The budget ran out: `best` is what was found until then. */
  readonly exhausted: boolean;
}

interface State {
  readonly taken: (number | undefined)[];
  /** Alternatives still possible for choices not yet taken. */
  readonly open: Map<number, readonly number[]>;
  cost: number;
}

const TIES = 8;

export const search = (choices: readonly Choice[], sizes: SizeStore, trials: number): SearchResult => {
  let left = trials;
  let best: Solution[] = [];
  let bound = Number.POSITIVE_INFINITY;
  let contradiction: number | undefined;

  const active = (state: State, at: number): boolean | undefined => {
    const guard = choices[at]?.guard;
    if (!guard) return true;
    const taken = state.taken[guard.choice];
    if (taken === undefined) return state.open.has(guard.choice) ? undefined : false;
    return taken === guard.alternative;
  };

  const feasible = (at: number, alternative: number): boolean => {
    left--;
    const mark = sizes.mark();
    const { impose, holds } = choices[at]?.alternatives[alternative] as Alternative;
    const fits = impose(sizes) && (holds?.(sizes) ?? true);
    sizes.undo(mark);
    return fits;
  };

  /** Takes whatever has one alternative left; false on a contradiction. */
  const propagate = (state: State, first: boolean): boolean => {
    for (let changed = true; changed; ) {
      changed = false;
      for (const [at, alternatives] of [...state.open]) {
        const applies = active(state, at);
        if (applies === undefined) continue;
        if (!applies) {
          state.open.delete(at);
          changed = true;
          continue;
        }
        const kept = alternatives.filter(alternative => feasible(at, alternative));
        const [only] = kept;
        if (only === undefined) {
          if (first) contradiction = at;
          return false;
        }
        if (kept.length > 1) {
          if (kept.length < alternatives.length) state.open.set(at, kept);
          continue;
        }
        const chosen = choices[at]?.alternatives[only] as Alternative;
        chosen.impose(sizes);
        state.open.delete(at);
        state.taken[at] = only;
        state.cost += chosen.cost;
        changed = true;
      }
    }
    return state.taken.every((taken, at) => {
      const holds = taken === undefined ? undefined : choices[at]?.alternatives[taken]?.holds;
      if (!holds || holds(sizes)) return true;
      if (first) contradiction = at;
      return false;
    });
  };

  const costOf = (at: number, alternative: number): number => (choices[at]?.alternatives[alternative] as Alternative).cost;

  /** No completion can cost less. */
  const lowerBound = (state: State): number => {
    let sum = state.cost;
    for (const [at, alternatives] of state.open) {
      if (choices[at]?.guard) continue;
      sum += Math.min(...alternatives.map(alternative => costOf(at, alternative)));
    }
    return sum;
  };

  /** The open choice about whose cheapest alternative there is least doubt; earlier ones first. */
  const next = (state: State): number | undefined => {
    let found: number | undefined;
    let strongest = -1;
    for (const [at, alternatives] of state.open) {
      if (active(state, at) !== true) continue;
      const [low = 0, second = 0] = alternatives.map(alternative => costOf(at, alternative)).sort((a, b) => a - b);
      if (second - low > strongest) [strongest, found] = [second - low, at];
    }
    return found;
  };

  const record = (state: State): void => {
    const solution = { taken: [...state.taken], cost: state.cost };
    if (state.cost < bound) {
      best = [solution];
      bound = state.cost;
    } else if (best.length < TIES) best.push(solution);
  };

  // Depth-first with an explicit stack: each frame is a choice with the alternatives still to be tried.
  const frames: { state: State; at: number; untried: number[]; mark: number }[] = [];
  const enter = (state: State): void => {
    const at = next(state);
    if (at === undefined) record(state);
    else {
      const untried = [...(state.open.get(at) ?? [])].sort((a, b) => costOf(at, b) - costOf(at, a) || b - a);
      frames.push({ state, at, untried, mark: sizes.mark() });
    }
  };
  const start: State = {
    taken: choices.map(() => undefined),
    open: new Map(choices.map((choice, at) => [at, choice.alternatives.map((_, i) => i)] as const)),
    cost: 0,
  };
  const outermost = sizes.mark();
  if (propagate(start, true)) enter(start);
  while (frames.length > 0 && left > 0) {
    const top = frames.at(-1) as (typeof frames)[number];
    sizes.undo(top.mark);
    const alternative = top.untried.pop();
    if (alternative === undefined) {
      frames.pop();
      continue;
    }
    const state: State = { taken: [...top.state.taken], open: new Map(top.state.open), cost: top.state.cost };
    state.open.set(top.at, [alternative]);
    if (propagate(state, false) && lowerBound(state) <= bound) enter(state);
  }
  sizes.undo(outermost);
  return { best, exhausted: left <= 0, ...(contradiction === undefined ? {} : { contradiction }) };
};
