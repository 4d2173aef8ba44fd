/** Doubles with small whole numbers for everything that is given, and squares for functions that are left open: what a reader can redo. */
import type { Arithmetic } from "./arithmetic.ts";
import { lanes, mix, mixText, settle } from "./hash.ts";
import { realNumbers } from "./real.ts";

/** 1, −1 or 2. */
const smallInteger = (seed: number, key: string, entry: number): number => {
  const state = lanes(seed);
  mixText(state, key);
  mix(state, entry);
  settle(state);
  return [1, -1, 2, 1][(state.a >>> 0) % 4] as number;
};

/** u² and its derivatives. */
const square = (at: number, order: number): number =>
  order === 0 ? at * at : order === 1 ? 2 * at : order === 2 ? 2 : 0;

/** What the functions that a note leaves open are taken to be, to be told beside a counterexample. */
export const SMALL_FUNCTIONS = {
  elementwise: "u \\mapsto u^2",
  /** Of several arguments; its k-th entry, where it has several. */
  general: "\\frac{1}{2} \\sum (\\text{entries of the arguments})^2",
} as const;

export const smallNumbers = (seed: number): Arithmetic<number> => ({
  ...realNumbers(seed),
  function: (_, order, at) => square(at, order),
  general: (_, entry, by, args) => {
    const [first, second, ...more] = by;
    const scale = entry + 1;
    if (first === undefined) return (scale * args.reduce((sum, x) => sum + x * x, 0)) / 2;
    if (second === undefined) return scale * (args[first] as number);
    return more.length === 0 && first === second ? scale : 0;
  },
  random: (key, entry) => smallInteger(seed, key, entry),
});
