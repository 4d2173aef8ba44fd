/**
 * Refutes equations about a system at one small sample, by forward mode, or by gradients that were derived before: nothing is
 * derived for it.
 */

import type { Node } from "../expr/node.ts";
import type { System } from "../expr/system.ts";
import { postorder } from "../expr/walk.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { compareAt } from "./comparison.ts";
import { withRoots } from "./complex.ts";
import { primeField } from "./field.ts";
import { sampleKey, suppositionKey } from "./keys.ts";
import { takesRoots } from "./plan.ts";
import type { Prepared } from "./prepared.ts";
import { type Program, plansOf, programOf, routineOf } from "./program.ts";
import { polynomialAt, regionOf } from "./region.ts";
import { horizonsFor, largestConstant, type Sample, samplesOf } from "./sample.ts";
import { SampleWorld } from "./sampleworld.ts";
import type { StatedEquation } from "./witness.ts";
import type { Suppositions } from "./world.ts";

/** Of every dimension that may be so small: other than the whole numbers that formulas are full of. */
const DIMENSION = 3;
/** A derivative by something with more entries takes too many passes to be worth while. */
const MOST_ENTRIES = 64;

/** How many entries the largest of the variables has by which a term differentiates; what is derived of `given` takes none. */
const variedEntries = (term: Node, { sizes }: Sample, given: Node | undefined): number =>
  Math.max(
    0,
    ...postorder(term).flatMap(node =>
      node.kind === "partial" && (node.of !== given || node.reading === "immediate")
        ? [node.wrt.shape.reduce((product, size) => product * polynomialAt(size, name => sizes.get(name)), 1)]
        : [],
    ),
  );

export class Refuter {
  readonly #program: Program;
  readonly #constant: number;
  readonly #roots: boolean;
  /** By sample and what is supposed. */
  readonly #worlds = new Map<string, SampleWorld<unknown>>();
  readonly #derived: Prepared | undefined;

  /** `known`: the system compiled, with gradients of its objective, where somebody has them. */
  constructor(
    readonly system: System,
    known?: { readonly program: Program; readonly derived: Prepared | undefined },
  ) {
    this.#program = known?.program ?? programOf(system);
    this.#derived = known?.derived;
    this.#roots = takesRoots(plansOf(this.#program));
    this.#constant = largestConstant(
      system.equations.map(({ right }) => right),
      system.equations.map(({ over }) => over),
    );
  }

  /** Whether the two sides differ there. What is not refuted is still to be judged. */
  refutes(equation: StatedEquation, suppose: Suppositions = {}): boolean {
    const sample = this.#sample(equation);
    if (!sample) return false;
    const key = `${sampleKey(sample)} ${suppositionKey(suppose)}`;
    try {
      const given = this.#derived && this.system.objective;
      if ([equation.left, equation.right].some(term => variedEntries(term, sample, given) > MOST_ENTRIES)) return false;
      const { functions } = this.#program;
      const left = routineOf(equation.left, regionOf(equation.over, equation.indices), functions);
      const right = routineOf(equation.right, left.region, functions);
      const roots = this.#roots || takesRoots([left.plan, right.plan]);
      const world = this.#world(`${key} ${roots}`, sample, roots, suppose);
      const { different } = compareAt(world, equation.indices, { left, right }, sample.seed);
      return different !== undefined;
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      return false;
    }
  }

  #sample({ left, right, over }: StatedEquation): Sample | undefined {
    const constant = Math.max(this.#constant, largestConstant([left, right], [over]));
    const sizes = [...this.system.sizes.values()];
    const least = (role: "horizon" | "dimension", wanted: number): number =>
      sizes.reduce((most, size) => (size.role === role ? Math.max(most, size.least) : most), wanted);
    // Long enough for every index to show itself.
    const length = least("horizon", Math.ceil(horizonsFor(constant) / 2));
    const dimension = least("dimension", DIMENSION);
    return samplesOf(this.system, length, { shortest: length, assignments: 1, dimension, seeds: [1] })[0];
  }

  /** One in which a computation was given up half way is made anew. */
  #world(key: string, { sizes, seed }: Sample, roots: boolean, suppose: Suppositions): SampleWorld<unknown> {
    let world = this.#worlds.get(key);
    if (!world?.isIdle) {
      const arithmetic = (roots ? withRoots(primeField(seed)) : primeField(seed)) as Arithmetic<unknown>;
      world = new SampleWorld(this.#program, arithmetic, sizes, suppose, this.#derived);
      this.#worlds.set(key, world);
    }
    return world;
  }
}
