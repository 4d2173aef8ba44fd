/** How likely it is at most that two sides agree at random values without being equal. */
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import type { ClaimedDerivation } from "./claims.ts";
import { withRoots } from "./complex.ts";
import { boundOf, degrees } from "./degree.ts";
import { redrawn } from "./draw.ts";
import { prepare } from "./prepared.ts";
import type { Routine } from "./program.ts";
import { pointsOf } from "./region.ts";
import { SampleWorld } from "./sampleworld.ts";
import type { StatedEquation, Witness } from "./witness.ts";

const takesRoots = ({ plan }: Routine): boolean => plan.scalars.has("sqrt");

/** The bound of one sample, from the degrees of both sides at the largest one at which they have a value. */
export const boundFor = (witness: Witness, equation: StatedEquation, derived?: ClaimedDerivation): number => {
  const { left, right } = witness.compile(equation);
  const { program } = witness;
  const routines = [left, right, ...[...program.families.values()].flatMap(family => family.routines)];
  const roots = routines.some(takesRoots);
  const prepared = derived && prepare(derived);
  for (const { sizes, seed } of [...witness.samples(equation)].reverse()) {
    const measure = <E>(inner: Arithmetic<E>): number => {
      const { arithmetic, count } = degrees(inner);
      const { values } = new SampleWorld(program, arithmetic, sizes, {}, prepared);
      for (const point of pointsOf(values.polytope(left.region))) {
        values.value(left, point);
        values.value(right, point);
      }
      return boundOf(count());
    };
    try {
      return redrawn(false, seed, field => (roots ? measure(withRoots(field, true)) : measure(field)));
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
    }
  }
  return 1;
};
