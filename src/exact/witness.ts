/**
 * Judges single equations about a system: both sides are evaluated with the true values of everything that they name,
 * derivatives by forward mode. What one claim needed is kept for the next.
 */

import type { Domain } from "../expr/domain.ts";
import type { Node } from "../expr/node.ts";
import type { System } from "../expr/system.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import type { ClaimedDerivation } from "./claims.ts";
import { type Comparison, compareAt, type Difference, type Outside, type Sides } from "./comparison.ts";
import { withRoots } from "./complex.ts";
import { primeField } from "./field.ts";
import { equationKey, sampleKey, suppositionKey, worldKey } from "./keys.ts";
import { SIGN_DRAWS, takesRoots, takesSigns } from "./plan.ts";
import { type Prepared, prepare } from "./prepared.ts";
import { type Program, plansOf, programOf, type Routine, routineOf } from "./program.ts";
import { regionOf } from "./region.ts";
import { horizonsFor, largestConstant, reorderings, type Sample, type Sampling, samplesOf } from "./sample.ts";
import { SampleWorld } from "./sampleworld.ts";
import { Sieve } from "./sieve.ts";
import { drawnOften, isByCases, repeated } from "./signs.ts";
import type { Suppositions } from "./world.ts";

/** left = right at the points of a domain. */
export interface StatedEquation {
  readonly left: Node;
  readonly right: Node;
  readonly indices: readonly string[];
  readonly over: Domain;
}

export type Judgement =
  | {
      readonly verdict: "equal";
      readonly samples: number;
      readonly points: number;
      /** Of the horizons. */
      readonly shortest: number;
      readonly longest: number;
      /** Both sides are 0 everywhere. */
      readonly zero: boolean;
    }
  | { readonly verdict: "different"; readonly at: Difference }
  /** A member outside of its index domain is read, or (`power`) a power with a negative exponent. */
  | ({ readonly verdict: "outside"; readonly power?: boolean } & Outside)
  /** There is no point at which it is claimed. */
  | { readonly verdict: "empty" }
  | { readonly verdict: "cannot-tell"; readonly reason: string };

const REDRAWS = 16;
/** An array without an inverse for its sizes has none at any draw. */
const DIVISION_REDRAWS = 2;

/** How many samples are tried; `fresh`: other seeds and other sizes than those of the rest. */
export type Effort = "every" | "few" | "fresh";

const FRESH: Sampling = { seeds: [11], assignments: 5, from: 3 };

/** Long enough for every index to show itself. */
const fewOf = (all: readonly Sample[]): readonly Sample[] => {
  const few = all.filter((_, i) => i >= all.length / 2 && i % 5 === 0);
  return few.length > 0 ? few : all;
};

/** A derivation keeps what its objective depends on: the other equations of the system say what else claims name. */
export const completed = (derived: System, { equations, symbols, sizes }: System): System => {
  const known = new Set(derived.equations);
  return {
    ...derived,
    symbols: new Map([...symbols, ...derived.symbols]),
    sizes,
    equations: [...derived.equations, ...equations.filter(equation => !known.has(equation))],
  };
};

export class Witness {
  readonly program: Program;
  readonly #constant: number;
  /** Gradients of the objective, made ready once for all that is judged by them. */
  readonly derived: Prepared | undefined;
  /** Some forward equation takes a root. */
  readonly #roots: boolean;
  /** Some forward equation depends on a sign or a label. */
  readonly #cases: boolean;
  readonly #samples = new Map<string, readonly Sample[]>();
  /** The left side that was compiled last: edits of an equation are tried against one. */
  #left:
    | { readonly node: Node; readonly over: Domain; readonly indices: string; readonly routine: Routine }
    | undefined;
  /** Worlds that were made, or why there is none at a draw. */
  readonly #worlds = new Map<string, SampleWorld<unknown> | NoValue>();
  /** One reading after another of a claim comes to the same equation. */
  readonly #judgements = new Map<string, Judgement>();
  /** Samples whose sizes had to be taken in another order. */
  readonly #ordered = new Map<string, Sample>();

  /** `derived`: gradients of the objective, which are verified at each sample before they are used. */
  constructor(
    readonly system: System,
    derived?: ClaimedDerivation,
  ) {
    this.derived = derived && prepare(derived);
    this.program = programOf(derived ? completed(derived.system, system) : system, derived?.abbreviations ?? []);
    this.#roots = takesRoots(plansOf(this.program));
    this.#cases = isByCases(this.program);
    this.#constant = largestConstant(
      system.equations.map(({ right }) => right),
      [...system.equations.map(({ over }) => over), ...[...system.symbols.values()].map(({ domain }) => domain)],
    );
  }

  compile(equation: StatedEquation): Sides {
    const { left: node, over } = equation;
    const { functions } = this.program;
    const indices = equation.indices.join();
    if (this.#left?.node !== node || this.#left.over !== over || this.#left.indices !== indices)
      this.#left = { node, over, indices, routine: routineOf(node, regionOf(over, equation.indices), functions) };
    const { routine: left } = this.#left;
    return { left, right: routineOf(equation.right, left.region, functions) };
  }

  samples(equation: StatedEquation, fresh = false): readonly Sample[] {
    const { left, right, over } = equation;
    const constant = Math.max(this.#constant, largestConstant([left, right], [over]));
    if (fresh) return samplesOf(this.system, horizonsFor(constant), FRESH);
    const own = Object.values(this.compile(equation)).map(({ plan }: Routine) => plan);
    const ownSigns = takesSigns(own) && !this.#cases;
    // One draw is as good as many where no sign, label or root makes it one of several cases.
    const seeds = this.#cases || this.#roots || ownSigns || takesRoots(own) ? [1, 2] : [1];
    const key = `${constant} ${seeds.length} ${ownSigns}`;
    let samples = this.#samples.get(key);
    if (!samples) {
      const planned = samplesOf(this.system, horizonsFor(constant), { seeds });
      samples = ownSigns ? repeated(planned, SIGN_DRAWS) : drawnOften(this.program, planned).samples;
      this.#samples.set(key, samples);
    }
    return samples;
  }

  /**
   * Compares both sides at every point of every sample, or at a few of them: enough to refute. With a length, only at
   * horizons of that length.
   */
  judge(
    equation: StatedEquation,
    suppose: Suppositions = {},
    effort: Effort = "every",
    length: number | undefined = undefined,
  ): Judgement {
    const key = `${equationKey(equation)} ${suppositionKey(suppose)} ${effort} ${length}`;
    let judgement = this.#judgements.get(key);
    if (!judgement) {
      judgement = this.#judgementOf(equation, suppose, effort, length);
      this.#judgements.set(key, judgement);
    }
    return judgement;
  }

  #judgementOf(equation: StatedEquation, suppose: Suppositions, effort: Effort, length: number | undefined): Judgement {
    const found = this.#valued(equation, suppose, effort, length);
    if (!(found instanceof NoValue)) return found;
    // Where one sample has no value, another may show a difference.
    const few = effort === "few" ? found : this.#valued(equation, suppose, "few", length);
    if (!(few instanceof NoValue) && few.verdict === "different") return few;
    // A power that is not there, in an equation that is not right for matrices that have it either.
    if (found.reason === "negative-power") {
      const inverted = this.#valued(equation, { ...suppose, inverses: true }, "few", length);
      if (!(inverted instanceof NoValue) && inverted.verdict === "different")
        return { verdict: "outside", message: found.message, at: inverted.at, power: true };
    }
    return { verdict: "cannot-tell", reason: found.message };
  }

  #valued(
    equation: StatedEquation,
    suppose: Suppositions,
    effort: Effort,
    length: number | undefined,
  ): Judgement | NoValue {
    try {
      return this.#judge(equation, suppose, effort, length);
    } catch (error) {
      if (error instanceof NoValue) return error;
      throw error;
    }
  }

  #judge(equation: StatedEquation, suppose: Suppositions, effort: Effort, length: number | undefined): Judgement {
    const compiled = this.compile(equation);
    const all =
      length === undefined
        ? this.samples(equation, effort === "fresh")
        : samplesOf(this.system, length, { shortest: length });
    const samples = effort === "every" || effort === "fresh" ? all : fewOf(all).slice(0, 3);
    const roots = this.#roots || takesRoots([compiled.left.plan, compiled.right.plan]);
    let points = 0;
    let tried = 0;
    let zero = true;
    let outside: (Judgement & { verdict: "outside" }) | undefined;
    let absent: typeof outside;
    const lengths: number[] = [];
    let valueless: NoValue | undefined;
    const horizons = [...this.system.sizes.values()].filter(({ role }) => role === "horizon").map(({ name }) => name);
    for (const sample of samples) {
      const found = this.#atOrNowhere(equation, compiled, sample, roots, suppose);
      if (found instanceof NoValue) {
        valueless = found;
        continue;
      }
      if (found.different) return { verdict: "different", at: found.different };
      points += found.points;
      zero &&= found.zero;
      if (found.points > 0) tried++;
      if (found.outside) outside ??= { verdict: "outside", ...found.outside };
      if (found.absent) absent ??= { verdict: "outside", ...found.absent };
      if (!found.absent) lengths.push(...horizons.map(name => sample.sizes.get(name) ?? 0));
    }
    if (valueless && tried === 0) throw valueless;
    if (outside) return outside;
    if (points === 0) return absent ?? { verdict: "empty" };
    const [shortest, longest] = [Math.min(...lengths, lengths[0] ?? 0), Math.max(...lengths, 0)];
    return { verdict: "equal", samples: tried, points, shortest, longest, zero };
  }

  /** The world of a sample; another draw of it is another world. */
  world(sample: Sample, seed: number, roots: boolean, suppose: Suppositions): SampleWorld<unknown> {
    const key = worldKey(sample, seed, roots, suppose);
    let world = this.#worlds.get(key);
    if (!world) {
      const arithmetic = (roots ? withRoots(primeField(seed)) : primeField(seed)) as Arithmetic<unknown>;
      world = this.#made(arithmetic, sample, suppose);
      this.#worlds.set(key, world);
    }
    if (world instanceof NoValue) throw world;
    return world;
  }

  #made(arithmetic: Arithmetic<unknown>, { sizes }: Sample, suppose: Suppositions): SampleWorld<unknown> | NoValue {
    try {
      return new SampleWorld(this.program, arithmetic, sizes, suppose, this.derived);
    } catch (error) {
      if (error instanceof NoValue) return error;
      throw error;
    }
  }

  /** What was about to be computed in a world is marked as being computed: nobody may find it so. */
  #leave(key: string): void {
    const world = this.#worlds.get(key);
    if (world instanceof SampleWorld && !world.isIdle) this.#worlds.delete(key);
  }

  /** The two sides at a sample; why there are none where the system itself divides by zero: one entry has no variance. */
  #atOrNowhere(
    equation: StatedEquation,
    compiled: Sides,
    sample: Sample,
    roots: boolean,
    suppose: Suppositions,
  ): Comparison | NoValue {
    try {
      return this.#at(world => compareAt(world, equation.indices, compiled, sample.seed), sample, roots, suppose);
    } catch (error) {
      if (!(error instanceof NoValue) || error.reason !== "division-by-zero") throw error;
      if (this.#computes(sample, roots, suppose)) throw error;
      return error;
    }
  }

  #computes(sample: Sample, roots: boolean, suppose: Suppositions): boolean {
    try {
      this.world(sample, sample.seed, roots, suppose).values.member(this.system.objective, []);
      return true;
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      return false;
    } finally {
      this.#leave(worldKey(sample, sample.seed, roots, suppose));
    }
  }

  /**
   * Whether a right side differs from an equation's left side at one sample: for many right sides, most of them wrong.
   * What is not refuted is still to be judged.
   */
  sieve(equation: StatedEquation, suppose: Suppositions = {}): (right: Node) => boolean {
    const { left } = this.compile(equation);
    const roots = this.#roots || takesRoots([left.plan]);
    const [sample] = fewOf(this.samples(equation));
    if (!sample) return () => false;
    const make = (world: SampleWorld<unknown>): { readonly world: typeof world; readonly sieve: Sieve<unknown> } => ({
      world,
      sieve: new Sieve(world.arithmetic, world.values, left, this.program.functions),
    });
    const start = (): ReturnType<typeof make> => this.#at(make, sample, roots, suppose);
    try {
      let now = start();
      return right => {
        const refuted = now.sieve.refutes(right);
        if (refuted !== undefined) return refuted;
        if (now.world.isIdle) return false;
        for (const [key, world] of this.#worlds) if (world === now.world) this.#worlds.delete(key);
        now = start();
        return false;
      };
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      return () => error.reason === "outside";
    }
  }

  /** What one makes of the world of a sample, where that has values. */
  #at<T>(make: (world: SampleWorld<unknown>) => T, sample: Sample, roots: boolean, suppose: Suppositions): T {
    try {
      return this.#drawn(make, this.#ordered.get(sampleKey(sample)) ?? sample, roots, suppose);
    } catch (error) {
      if (!(error instanceof NoValue) || !error.redraw) throw error;
      // (XᵀX)^{-1} wants X to be tall, and a root in each of many rows is seldom there: the same sizes in another order.
      for (const other of reorderings(this.system, sample)) {
        try {
          const found = this.#drawn(make, other, roots, suppose);
          this.#ordered.set(sampleKey(sample), other);
          return found;
        } catch (again) {
          if (!(again instanceof NoValue) || !again.redraw) throw again;
        }
      }
      throw error;
    }
  }

  #drawn<T>(make: (world: SampleWorld<unknown>) => T, sample: Sample, roots: boolean, suppose: Suppositions): T {
    for (let draw = 0; ; draw++) {
      const seed = sample.seed + 1_000_003 * draw;
      try {
        return make(this.world(sample, seed, roots, suppose));
      } catch (error) {
        if (!(error instanceof NoValue)) throw error;
        this.#leave(worldKey(sample, seed, roots, suppose));
        if (!error.redraw || draw >= (error.reason === "no-root" ? REDRAWS : DIVISION_REDRAWS)) throw error;
      }
    }
  }
}
