/** Who judges in a system that was made from another by a change: most equations are as wrong there as they were before. */
import { Refuter } from "../exact/refuter.ts";
import type { StatedEquation, Witness } from "../exact/witness.ts";
import type { Suppositions } from "../exact/world.ts";
import type { System } from "../expr/system.ts";

export interface Judges {
  /** Whether an equation is seen to be wrong at one small sample, before anything more is derived. */
  readonly refutes: (equation: StatedEquation, suppose?: Suppositions) => boolean;
  /** Who judges at every sample. */
  readonly witness: () => Witness;
}

/**
 * Each is made when it is first asked: a refuter of the system, and a witness that may need what is derived of it. A witness
 * that is `known` before gives the refuter what it has derived.
 */
export const judgesOf = (system: () => System, made: () => Witness, known?: Witness): Judges => {
  let refuter: Refuter | undefined;
  let witness: Witness | undefined;
  return {
    refutes: (equation, suppose) => {
      refuter ??= new Refuter(system(), known);
      return refuter.refutes(equation, suppose);
    },
    witness: () => {
      witness ??= made();
      return witness;
    },
  };
};
