/** A system at one sample of sizes and numbers, with the derivatives that claims ask for. */
import { InternalError } from "../base/diagnostic.ts";
import type { SymbolNode } from "../expr/node.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { type Directions, directions, type Tangent } from "./dual.ts";
import { fillGrid, type Grid } from "./grid.ts";
import type { Prepared } from "./prepared.ts";
import type { Program } from "./program.ts";
import { Trial, type TrialSetting } from "./trial.ts";
import { arrangeDerivative, type Index, memberName, type Suppositions, SystemWorld, towardsEntries } from "./world.ts";

/** A system at one sample, with every derivative that was asked for. */
export class SampleWorld<E> {
  readonly values: SystemWorld<E>;
  readonly #varied = new Map<string, SystemWorld<Tangent<E, Directions<E>>>>();
  readonly #totals = new Map<string, Grid<E>>();
  readonly #trial: Trial<E> | undefined;

  constructor(
    readonly program: Program,
    readonly arithmetic: Arithmetic<E>,
    readonly sizes: ReadonlyMap<string, number>,
    readonly suppose: Suppositions = {},
    derived?: Prepared,
    given?: (of: SymbolNode, index: Index) => Grid<E> | undefined,
  ) {
    this.#trial = derived && verified({ prepared: derived, arithmetic, sizes, suppose });
    this.values = new SystemWorld<E>({
      program,
      arithmetic,
      sizes,
      suppose,
      known: (of, index) => given?.(of, index) ?? this.#trial?.value(of, index),
      total: (of, ofIndex, wrt, wrtIndex) => this.total(of, ofIndex, wrt, wrtIndex),
    });
  }

  /** No computation was given up half way: the world is as good as before. */
  get isIdle(): boolean {
    return this.values.isIdle && (this.#trial?.isIdle ?? true) && [...this.#varied.values()].every(each => each.isIdle);
  }

  /** The forward pass with each entry of one member varied by itself. */
  #forward(wrt: SymbolNode, wrtIndex: Index): SystemWorld<Tangent<E, Directions<E>>> {
    const key = memberName(wrt, wrtIndex);
    let world = this.#varied.get(key);
    if (!world) {
      const { arithmetic } = this;
      world = new SystemWorld<Tangent<E, Directions<E>>>({
        program: this.program,
        arithmetic: directions(arithmetic),
        sizes: this.sizes,
        suppose: this.suppose,
        perturb: towardsEntries(arithmetic, wrt, wrtIndex),
      });
      this.#varied.set(key, world);
    }
    return world;
  }

  /** ∂of/∂wrt: the gradient of a scalar in the variable's shape, otherwise the entries of `of` as rows. */
  total(of: SymbolNode, ofIndex: Index, wrt: SymbolNode, wrtIndex: Index): Grid<E> {
    const key = `${memberName(of, ofIndex)} ${memberName(wrt, wrtIndex)}`;
    const known = this.#totals.get(key);
    if (known) return known;
    this.values.member(wrt, wrtIndex);
    const quick = of === this.program.system.objective ? this.#trial?.known(wrt, wrtIndex) : undefined;
    if (quick) {
      this.#totals.set(key, quick);
      return quick;
    }
    const { zero } = this.arithmetic;
    const variable = this.values.member(wrt, wrtIndex);
    const value = this.#forward(wrt, wrtIndex).member(of, ofIndex);
    const gradients = value.entries.map(({ slope }) =>
      fillGrid(variable.rows, variable.columns, entry => slope?.[entry] ?? zero),
    );
    const made = arrangeDerivative(of, wrt, value, gradients);
    this.#totals.set(key, made);
    return made;
  }
}

/**
 * Derived gradients, once one forward pass with everything varied at random agrees with all of them together: many times
 * cheaper than a pass for each entry, and as true. Undefined where there is no value to compare.
 */
const verified = <E>(setting: TrialSetting<E>): Trial<E> | undefined => {
  const trial = new Trial(setting);
  const slope = trial.objectiveSlope();
  let claimed: E;
  try {
    claimed = trial.claimedSlope();
  } catch (error) {
    if (!(error instanceof NoValue) || error.redraw) throw error;
    return undefined;
  }
  if (!setting.arithmetic.equal(slope, claimed))
    throw new InternalError("derived gradients disagree with forward differentiation");
  return trial;
};
