/** How likely it is at most that two sides agree at random values without being equal. */

import { type Arithmetic, NoValue } from "./arithmetic.ts";
import type { Sides } from "./comparison.ts";
import { withRoots } from "./complex.ts";
import { boundOf, type Counted, degrees } from "./degree.ts";
import { redrawn } from "./draw.ts";
import { sampleKey } from "./keys.ts";
import { takesRoots } from "./plan.ts";
import { plansOf } from "./program.ts";
import { pointsOf } from "./region.ts";
import type { Sample } from "./sample.ts";
import { SampleWorld } from "./sampleworld.ts";
import type { StatedEquation, Witness } from "./witness.ts";

/** A sample in which degrees are counted. */
interface Counting {
  readonly world: SampleWorld<unknown>;
  readonly count: Counted<unknown>["count"];
}

/**
 * The bounds of the equations that one witness judges. The derivation is verified once in a sample; what one equation
 * adds to the count counts for those after it as well, so that a bound is one of all of them together.
 */
export class Bounds {
  readonly #witness: Witness;
  /** Some forward equation takes a root. */
  readonly #roots: boolean;
  /** By sample and draw: where degrees are counted, or why there is no value. */
  readonly #samples = new Map<string, Counting | NoValue>();

  constructor(witness: Witness) {
    this.#witness = witness;
    this.#roots = takesRoots(plansOf(witness.program));
  }

  /** The bound of one sample, from the degrees of both sides at the largest one at which they have a value. */
  of(equation: StatedEquation): number {
    const sides = this.#witness.compile(equation);
    for (const { sizes, seed } of [...this.#witness.samples(equation)].reverse()) {
      try {
        return redrawn(false, seed, (field, drawn) => this.#measured(sides, { sizes, seed: drawn }, field));
      } catch (error) {
        if (!(error instanceof NoValue)) throw error;
      }
    }
    return 1;
  }

  #measured<E>({ left, right }: Sides, sample: Sample, field: Arithmetic<E>): number {
    const roots = this.#roots || takesRoots([left.plan, right.plan]);
    const { world, count } = this.#at(sample, roots, (roots ? withRoots(field, true) : field) as Arithmetic<unknown>);
    for (const point of pointsOf(world.values.polytope(left.region))) {
      world.values.value(left, point);
      world.values.value(right, point);
    }
    return boundOf(count());
  }

  /** One in which a computation was given up half way is made anew. */
  #at(sample: Sample, roots: boolean, inner: Arithmetic<unknown>): Counting {
    const key = `${sampleKey(sample)} ${roots}`;
    let known = this.#samples.get(key);
    if (!known || (!(known instanceof NoValue) && !known.world.isIdle)) {
      known = this.#made(sample, inner);
      this.#samples.set(key, known);
    }
    if (known instanceof NoValue) throw known;
    return known;
  }

  #made({ sizes }: Sample, inner: Arithmetic<unknown>): Counting | NoValue {
    const { program, derived } = this.#witness;
    const { arithmetic, count } = degrees(inner);
    try {
      return { world: new SampleWorld(program, arithmetic as Arithmetic<unknown>, sizes, {}, derived), count };
    } catch (error) {
      if (error instanceof NoValue) return error;
      throw error;
    }
  }
}
