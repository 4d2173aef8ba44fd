/** Draws of random points: others where one has no value, and made-up roots where none has them all. */
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { withRoots } from "./complex.ts";
import { primeField } from "./field.ts";

const REDRAWS = 16;

/** Runs something in the arithmetic that a derivation needs, with other draws where one has no value. */
export const redrawn = <R>(roots: boolean, seed: number, run: <E>(arithmetic: Arithmetic<E>, seed: number) => R): R => {
  for (let draw = 0; ; draw++) {
    const own = seed + 1_000_003 * draw;
    try {
      return roots ? run(withRoots(primeField(own)), own) : run(primeField(own), own);
    } catch (error) {
      if (!(error instanceof NoValue) || !error.redraw || draw >= REDRAWS) throw error;
    }
  }
};

/** The faults at a sample. Where no draw has all its signs and roots, made-up ones can still prove agreement. */
export const faultsAt = <F>(
  roots: boolean,
  seed: number,
  run: <E>(arithmetic: Arithmetic<E>, seed: number) => readonly F[],
): readonly F[] => {
  try {
    return redrawn(roots, seed, run);
  } catch (error) {
    if (!(error instanceof NoValue) || error.reason !== "no-root" || !roots) throw error;
    const faults = run(withRoots(primeField(seed), true), seed);
    if (faults.length > 0) throw error;
    return faults;
  }
};
