/** Whether two terms are equal, over the prime field at random points: the touchstone of laws and lemmas. */
import { InternalError } from "../base/diagnostic.ts";
import type { Node, SymbolNode } from "../expr/node.ts";
import { namesIn, valueAt } from "../expr/polynomial.ts";
import type { Distribution } from "../expr/system.ts";
import { postorder } from "../expr/walk.ts";
import { compileTemplates } from "../term/template.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { planOf } from "./compile.ts";
import { withRoots } from "./complex.ts";
import { primeField } from "./field.ts";
import { distributionGrid, equalGrids, fillGrid, type Grid } from "./grid.ts";
import { lanes, mixText, settle } from "./hash.ts";
import { Machine, type World } from "./machine.ts";
import { environmentOf, type Functions, type Plan, SIGN_DRAWS, takesRoots, takesSigns } from "./plan.ts";

/** What a symbol is drawn as. */
export type Supposed = "symmetric" | "diagonal" | Distribution;

export interface EqualOptions {
  /** The range of every free integer that is no size (exponents, bounds); 0 to 5 where nothing is said. */
  readonly integers?: Readonly<Record<string, readonly [low: number, high: number]>>;
  readonly suppose?: Readonly<Record<string, Supposed>>;
  /** Formulas of functions. */
  readonly functions?: Functions;
  readonly draws?: number;
  readonly seed?: number;
}

interface Difference {
  readonly equal: false;
  /** The sizes and integers of the draw that tells them apart, and the two values of one entry. */
  readonly at: Readonly<Record<string, number>>;
  readonly entry: number;
  readonly values: readonly [left: string, right: string];
}

export type Equality =
  | { readonly equal: true; readonly draws: number }
  | Difference
  /** Neither: a draw without a value sixteen times in a row. */
  | { readonly equal: undefined; readonly reason: string };

const REDRAWS = 16;

const firstPrimes = (count: number): number[] => {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every(prime => n % prime !== 0)) found.push(n);
  return found;
};

/** A small number for a key: sizes and integers of a draw. */
const small = (seed: number, key: string, count: number): number => {
  const state = lanes(seed);
  mixText(state, key);
  settle(state);
  return (state.a >>> 0) % count;
};

/** Distinct primes for the names of sizes, other ones in other draws. */
const drawSizes = (names: readonly string[], seed: number): Map<string, number> => {
  const left = firstPrimes(Math.max(names.length + 1, 4));
  return new Map(names.map(name => [name, left.splice(small(seed, name, left.length), 1)[0] as number]));
};

/** A world in which every symbol and every partial derivative is a random array of its shape. */
const randomWorld = <E>(
  arithmetic: Arithmetic<E>,
  sizes: ReadonlyMap<string, number>,
  suppose: Readonly<Record<string, Supposed>>,
): World<E> => {
  const extent = (of: SymbolNode, axis: number): number => {
    const size = of.shape[axis];
    return size ? valueAt(size, sizes) : 1;
  };
  const random = (of: SymbolNode, key: string): Grid<E> => {
    const columns = extent(of, 1);
    const supposed = suppose[of.name];
    const grid = fillGrid(extent(of, 0), columns, position => {
      const entry = arithmetic.random(key, position);
      const mirrored = (position % columns) * columns + Math.floor(position / columns);
      if (supposed === "symmetric") return arithmetic.add(entry, arithmetic.random(key, mirrored));
      return supposed === "diagonal" && position !== mirrored ? arithmetic.zero : entry;
    });
    return supposed === undefined || supposed === "symmetric" || supposed === "diagonal"
      ? grid
      : distributionGrid(arithmetic, grid, supposed);
  };
  return {
    read: (of, index) => random(of, `${of.name} ${index.join()}`),
    partial: (of, ofIndex, wrt, wrtIndex, reading) => {
      if (of.shape.length > 0) throw new NoValue("undefined", "a partial derivative of an array stands alone");
      return random(wrt, `${reading} ${of.name} ${ofIndex.join()} ${wrt.name} ${wrtIndex.join()}`);
    },
    chain: () => {
      throw new NoValue("undefined", "prod has no value outside of a system");
    },
    size: name => sizes.get(name),
    identities: new Set(),
  };
};

const shapeNames = (roots: readonly Node[]): readonly string[] => {
  const names = roots.flatMap(root =>
    postorder(root).flatMap(node => (node.kind === "symbol" ? node.shape.flatMap(namesIn) : [])),
  );
  return [...new Set(names)].sort();
};

const compareOnce = <E>(
  arithmetic: Arithmetic<E>,
  plans: readonly [Plan, Plan],
  values: ReadonlyMap<string, number>,
  suppose: Readonly<Record<string, Supposed>>,
): Difference | undefined => {
  const machine = new Machine(arithmetic, randomWorld(arithmetic, values, suppose));
  const [left, right] = plans.map(plan =>
    machine.run(
      plan,
      environmentOf(plan, name => values.get(name)),
    ),
  ) as [Grid<E>, Grid<E>];
  if (equalGrids(arithmetic, left, right)) return undefined;
  const entry = Math.max(
    0,
    left.entries.findIndex((x, i) => right.entries[i] === undefined || !arithmetic.equal(x, right.entries[i])),
  );
  const show = (grid: Grid<E>): string =>
    grid.entries[entry] === undefined ? "nothing" : arithmetic.show(grid.entries[entry]);
  return { equal: false, at: Object.fromEntries(values), entry, values: [show(left), show(right)] };
};

/** max(0, u) is u at every second draw of a number u. */

/**
 * Whether two terms have equal values for all values of their symbols. Sizes are distinct primes, so that a swapped
 * dimension cannot hide; a wrong "equal" has probability below 1e-12 for terms of textbook size.
 */
export const equalTerms = (left: Node, right: Node, options: EqualOptions = {}): Equality => {
  const { functions = new Map(), suppose = {}, seed: first = 1 } = options;
  const plans = [planOf(left, functions), planOf(right, functions)] as const;
  const { draws = takesSigns(plans) ? SIGN_DRAWS : 6 } = options;
  const dimensions = shapeNames([left, right]);
  const integers = [...new Set(plans.flatMap(plan => plan.names.map(({ name }) => name)))]
    .filter(name => !dimensions.includes(name))
    .sort();
  const roots = takesRoots(plans);
  let [agreed, redrawn] = [0, 0];
  for (let attempt = 0; agreed < draws; attempt++) {
    const seed = first * 1_000_003 + attempt;
    const values = drawSizes(dimensions, seed);
    for (const name of integers) {
      const [low, high] = options.integers?.[name] ?? [0, 5];
      values.set(name, low + small(seed, `integer ${name}`, high - low + 1));
    }
    try {
      const difference = roots
        ? compareOnce(withRoots(primeField(seed)), plans, values, suppose)
        : compareOnce(primeField(seed), plans, values, suppose);
      if (difference) return difference;
      agreed++;
      redrawn = 0;
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      if (!error.redraw || ++redrawn > REDRAWS) return { equal: undefined, reason: error.message };
    }
  }
  return { equal: true, draws };
};

/** The same for terms as text, over metavariables whose shapes `where` gives: the form of laws. Throws where there is no answer. */
export const exactlyEqual = (
  left: string,
  right: string,
  where: Readonly<Record<string, string>>,
  options: EqualOptions = {},
): boolean => {
  const [a, b] = compileTemplates([left, right], where);
  const found = equalTerms((a as { term: Node }).term, (b as { term: Node }).term, options);
  if (found.equal === undefined) throw new InternalError(found.reason);
  return found.equal;
};
