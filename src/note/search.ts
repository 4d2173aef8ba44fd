/**
 * The cheapest consistent choice among alternatives that share unknown sizes: propagation, then branch and bound with
 * a budget of trials. What falls into parts that share no open size is searched part by part, and what was found for a
 * part is remembered with all that it depended on. Nothing here knows what the alternatives mean.
 */
import { partsOf, strongestOf } from "./branching.ts";
import type { Alternative, Choice, Open } from "./choice.ts";
import type { SizeStore } from "./sizes.ts";

export interface Solution {
  /** The alternative taken for each choice; undefined where its guard does not hold. */
  readonly taken: readonly (number | undefined)[];
  readonly cost: number;
  /** Choices that the others left open: their cost alone decided. */
  readonly guessed: ReadonlySet<number>;
}

export interface SearchResult {
  /** The cheapest solution; undefined: contradictory, or none was found within the budget. */
  readonly best?: Solution;
  /** Other solutions of the same cost. */
  readonly ties: readonly Solution[];
  /** The choice at which propagation alone met a contradiction, before anything was guessed. */
  readonly contradiction?: number;
  /** The budget ran out: the best is what was found until then. */
  readonly exhausted: boolean;
}

/** A part of a solution: what was taken for some of the choices. */
interface Partial {
  readonly taken: ReadonlyMap<number, number>;
  readonly cost: number;
  readonly guessed: readonly number[];
  readonly ties: readonly ReadonlyMap<number, number>[];
}

const MOST_TIES = 4;
const SMALL = 100;
const EVERY = 16;
const EVERYTHING = Number.POSITIVE_INFINITY;

/** `wanted`: the cheapest solution, or whichever is found first where it is only asked whether there is one. */
export const search = (
  choices: readonly Choice[],
  sizes: SizeStore,
  trials: number,
  wanted: "cheapest" | "any" = "cheapest",
): SearchResult => {
  let left = trials;
  let contradiction: number | undefined;
  let depth = 0;
  /** What is taken on the current path. */
  const taken: (number | undefined)[] = choices.map(() => undefined);

  const alternativeAt = (at: number, alternative: number): Alternative =>
    choices[at]?.alternatives[alternative] as Alternative;

  /** Whether a choice arises; undefined while its guard is open. */
  const arises = (at: number, open: ReadonlyMap<number, readonly number[]>): boolean | undefined => {
    const guard = choices[at]?.guard;
    if (!guard) return true;
    const made = taken[guard.choice];
    if (made === undefined) return open.has(guard.choice) ? undefined : false;
    return made === guard.alternative;
  };

  /** Whether an alternative can be imposed, which then it is. */
  const tried = (at: number, alternative: number): boolean => {
    left--;
    const { impose, holds } = alternativeAt(at, alternative);
    return impose(sizes) && (holds?.(sizes) ?? true);
  };

  const feasible = (at: number, alternative: number): boolean => {
    const mark = sizes.mark();
    const fits = tried(at, alternative);
    sizes.undo(mark);
    sizes.log.length = 0;
    return fits;
  };

  /** Choices that speak of a variable, and choices that arise only with another. */
  const watchers = new Map<number, number[]>();
  const dependents = new Map<number, number[]>();
  const add = (map: Map<number, number[]>, key: number, at: number): void => {
    const list = map.get(key);
    if (list) list.push(at);
    else map.set(key, [at]);
  };
  for (const [at, { touches, guard }] of choices.entries()) {
    for (const term of touches) if (typeof term === "number") add(watchers, term, at);
    if (guard) add(dependents, guard.choice, at);
  }

  /**
   * Takes whatever has one alternative left, starting from the given choices; false on a contradiction. What was taken
   * is added to `into`.
   */
  const propagate = (open: Open, start: Iterable<number>, into: Map<number, number>, first: boolean): boolean => {
    const waiting = new Set<number>(start);
    const wake = (at: number): void => {
      for (const other of dependents.get(at) ?? []) waiting.add(other);
      for (const variable of sizes.log) for (const other of watchers.get(variable) ?? []) waiting.add(other);
      sizes.log.length = 0;
    };
    for (const at of waiting) {
      waiting.delete(at);
      const alternatives = open.get(at);
      if (!alternatives) {
        const made = taken[at];
        const holds = made === undefined ? undefined : alternativeAt(at, made).holds;
        if (holds?.(sizes) !== false) continue;
        if (first) contradiction = at;
        return false;
      }
      const applies = arises(at, open);
      if (applies === undefined) continue;
      if (!applies) {
        open.delete(at);
        wake(at);
        continue;
      }
      const isSole = alternatives.length === 1;
      sizes.log.length = 0;
      // What is alone needs not be taken back first.
      const kept = alternatives.filter(alternative => (isSole ? tried : feasible)(at, alternative));
      const [only] = kept;
      if (only === undefined) {
        sizes.log.length = 0;
        if (first) contradiction = at;
        return false;
      }
      if (kept.length > 1) {
        if (kept.length < alternatives.length) open.set(at, kept);
        continue;
      }
      if (!isSole) alternativeAt(at, only).impose(sizes);
      open.delete(at);
      taken[at] = only;
      into.set(at, only);
      wake(at);
    }
    return true;
  };

  const costOf = (at: number, alternative: number): number => alternativeAt(at, alternative).cost;
  const leastCost = (open: Open): number => {
    let sum = 0;
    for (const [at, alternatives] of open)
      if (!choices[at]?.guard) sum += Math.min(...alternatives.map(each => costOf(at, each)));
    return sum;
  };

  const forget = (path: ReadonlyMap<number, number>): void => {
    for (const at of path.keys()) taken[at] = undefined;
  };

  /** What is known of a part in one state of its sizes: its cheapest completion, or that none costs so little. */
  const memory = new Map<string, Partial | number>();

  /** Choices that are asked again after they were made. */
  const asking = choices.flatMap(({ alternatives }, at) => (alternatives.some(({ holds }) => holds) ? [at] : []));

  /** All that the completions of a part depend on: equal for parts that differ in nothing but the way to them. */
  const stateOf = (part: Open): string => {
    const terms = [...part.keys()].flatMap(at => choices[at]?.touches ?? []);
    const open = new Set(terms.map(term => sizes.representative(term)).filter(top => typeof top === "number"));
    const asked = asking.filter(at => {
      const made = taken[at];
      const holds = made === undefined ? undefined : alternativeAt(at, made).holds;
      return (
        holds?.(sizes) === undefined &&
        holds !== undefined &&
        choices[at]?.touches.some(term => open.has(sizes.representative(term) as number))
      );
    });
    const said = [...part].map(([at, alternatives]) => `${at}:${alternatives.join()}${arises(at, part) ? "" : "?"}`);
    const made = asked.map(at => `${at}=${taken[at]}`);
    const watched = asked.flatMap(at => choices[at]?.touches ?? []);
    return `${said.join(" ")} ${made.join(" ")} ${sizes.describe([...terms, ...watched])}`;
  };

  /** The cheapest completion of a part that hangs together. Leaves sizes and `taken` as they were. */
  const branch = (part: Open, limit: number): Partial | undefined => {
    if (part.size < 2 || part.size > SMALL) return branchAnew(part, limit);
    const state = stateOf(part);
    const known = memory.get(state);
    if (typeof known === "object") return known.cost <= limit ? known : undefined;
    if (known !== undefined && limit <= known) return undefined;
    const found = branchAnew(part, limit);
    // What was cut short is not known to be the cheapest.
    if (left > 0) memory.set(state, found ?? limit);
    return found;
  };

  /** Branches on one choice of a part. */
  const branchAnew = (part: Open, limit: number): Partial | undefined => {
    const at = strongestOf(choices, sizes, part, each => arises(each, part) === true);
    if (at === undefined) return { taken: new Map(), cost: 0, guessed: [], ties: [] };
    let best: Partial | undefined;
    const order = [...(part.get(at) ?? [])].sort((a, b) => costOf(at, a) - costOf(at, b) || a - b);
    const least = leastCost(part) - (choices[at]?.guard ? 0 : costOf(at, order[0] as number));
    for (const alternative of order) {
      if (left <= 0 && best) break;
      const allowed = Math.min(limit, best?.cost ?? EVERYTHING);
      if (least + costOf(at, alternative) > allowed) break;
      const open: Open = new Map(part);
      open.set(at, [alternative]);
      const mark = sizes.mark();
      const found = solve(open, [at], allowed, false);
      sizes.undo(mark);
      if (!found) continue;
      const guessed = [at, ...found.guessed];
      if (wanted === "any") return { ...found, guessed };
      if (!best || found.cost < best.cost) best = { ...found, guessed };
      else if (found.cost === best.cost && best.ties.length < MOST_TIES)
        best = { ...best, ties: [...best.ties, found.taken] };
    }
    return best;
  };

  /** The cheapest completion of the open choices within a limit. Leaves `taken` as it was; sizes are the caller's to undo. */
  const solve = (open: Open, start: Iterable<number>, limit: number, first: boolean): Partial | undefined => {
    const path = new Map<number, number>();
    const give = (result: Partial | undefined): Partial | undefined => {
      forget(path);
      return result;
    };
    if (left <= 0 && !first) return undefined;
    if (!propagate(open, start, path, first)) return give(undefined);
    let cost = 0;
    for (const [at, alternative] of path) cost += costOf(at, alternative);
    if (cost + leastCost(open) > limit) return give(undefined);
    // Taking a large problem apart at each step would cost more than it saves.
    const pieces = open.size <= SMALL || depth % EVERY === 0 ? partsOf(choices, sizes, open) : [open];
    depth++;
    const rest = pieces.length === 1 ? branch(pieces[0] as Open, limit - cost) : together(pieces, open, limit - cost);
    depth--;
    if (!rest) return give(undefined);
    return give({
      ...rest,
      taken: new Map([...path, ...rest.taken]),
      cost: cost + rest.cost,
      ties: rest.ties.map(tie => new Map([...path, ...tie])),
    });
  };

  /**
   * The cheapest completion of pieces that share no size of which it is open whether it is 1. They may share others, and
   * then what one settles can cost another more than it would alone: then they are searched as one.
   */
  const together = (pieces: readonly Open[], open: Open, limit: number): Partial | undefined => {
    const alone: Partial[] = [];
    let least = pieces.reduce((sum, piece) => sum + leastCost(piece), 0);
    for (const piece of pieces) {
      const own = leastCost(piece);
      const found = branchAfter(piece, limit - (least - own));
      if (!found) return undefined;
      alone.push(found);
      least += found.cost - own;
    }
    const after = oneAfterAnother(pieces, alone, limit);
    if (after && (after.cost === least || wanted === "any")) return after;
    const found = branch(open, Math.min(limit, after?.cost ?? EVERYTHING));
    return found && (!after || found.cost < after.cost) ? found : after;
  };

  /** Takes for each piece what is best alone, or else what is best after the pieces before it. */
  const oneAfterAnother = (pieces: readonly Open[], alone: readonly Partial[], limit: number): Partial | undefined => {
    const outer = sizes.mark();
    const all = new Map<number, number>();
    const guessed: number[] = [];
    const ties: ReadonlyMap<number, number>[] = [];
    let least = alone.reduce((sum, { cost }) => sum + cost, 0);
    let complete = true;
    for (const [i, piece] of pieces.entries()) {
      const first = alone[i] as Partial;
      const mark = sizes.mark();
      let found: Partial | undefined = first;
      if (!take(first.taken)) {
        sizes.undo(mark);
        forget(first.taken);
        found = branchAfter(piece, limit - (least - first.cost));
        complete = found !== undefined && take(found.taken);
        if (!found || !complete) break;
      }
      for (const [at, alternative] of found.taken) all.set(at, alternative);
      least += found.cost - first.cost;
      guessed.push(...found.guessed);
      for (const tie of found.ties) if (ties.length < MOST_TIES) ties.push(tie);
    }
    sizes.undo(outer);
    for (const piece of pieces) for (const at of piece.keys()) taken[at] = undefined;
    if (!complete || least > limit) return undefined;
    return { taken: all, cost: least, guessed, ties: ties.map(tie => new Map([...all, ...tie])) };
  };

  /** Imposes what was taken; false where it does not hold together with what was taken before. */
  const take = (path: ReadonlyMap<number, number>): boolean => {
    for (const [at, alternative] of path) {
      taken[at] = alternative;
      if (!alternativeAt(at, alternative).impose(sizes)) return false;
    }
    return asking.every(at => {
      const made = taken[at];
      return made === undefined || alternativeAt(at, made).holds?.(sizes) !== false;
    });
  };

  const branchAfter = (piece: Open, limit: number): Partial | undefined => {
    const path = new Map<number, number>();
    const open: Open = new Map(piece);
    const mark = sizes.mark();
    const consistent = propagate(open, [...piece.keys()], path, false);
    let cost = 0;
    for (const [at, alternative] of path) cost += costOf(at, alternative);
    const found = consistent ? branch(open, limit - cost) : undefined;
    sizes.undo(mark);
    forget(path);
    if (!found) return undefined;
    return {
      taken: new Map([...path, ...found.taken]),
      cost: cost + found.cost,
      guessed: found.guessed,
      ties: found.ties.map(tie => new Map([...path, ...tie])),
    };
  };

  const outermost = sizes.mark();
  const found = solve(
    new Map(choices.map((choice, at) => [at, choice.alternatives.map((_, i) => i)] as const)),
    choices.keys(),
    EVERYTHING,
    true,
  );
  sizes.undo(outermost);
  /** Ties of single pieces need not go together. */
  const fits = (path: ReadonlyMap<number, number>): boolean => {
    const mark = sizes.mark();
    const fit = take(path);
    sizes.undo(mark);
    forget(path);
    return fit;
  };
  const solution = (path: ReadonlyMap<number, number>, from: Partial): Solution => ({
    taken: choices.map((_, at) => path.get(at)),
    cost: from.cost,
    guessed: new Set(from.guessed),
  });
  return {
    ...(found ? { best: solution(found.taken, found) } : {}),
    ties: found ? found.ties.filter(fits).map(tie => solution(tie, found)) : [],
    exhausted: left <= 0,
    ...(contradiction === undefined ? {} : { contradiction }),
  };
};
