/**
 * The exact check of a derivation. One forward pass in dual numbers, all members of all families perturbed at once in
 * random directions, against the claimed gradients contracted with the same directions: dL = Σ ⟨∂L/∂u, δu⟩.
 */
import type { SymbolNode } from "../expr/node.ts";
import type { System } from "../expr/system.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { blame, compare, type Place } from "./blame.ts";
import type { ClaimedDerivation } from "./claims.ts";
import { withRoots } from "./complex.ts";
import { boundOf, degrees, LARGEST_BOUND } from "./degree.ts";
import { faultsAt, redrawn } from "./draw.ts";
import type { Grid } from "./grid.ts";
import { checkChains, checkSteps } from "./lines.ts";
import type { Certificate, Fault, Outcome } from "./outcome.ts";
import { type Prepared, prepare } from "./prepared.ts";
import { horizonsFor, reorderings, type Sample, type Sampling, samplesOf } from "./sample.ts";
import { drawnOften } from "./signs.ts";
import { checkStructures } from "./structure.ts";
import { Trial } from "./trial.ts";
import { checkTruncation } from "./truncation.ts";
import type { Suppositions } from "./world.ts";

export interface CheckOptions extends Sampling {
  /** Chain-rule lines and single steps: at every sample, at the longest horizon of each assignment, or not at all. */
  readonly lines?: "every" | "longest" | "none";
  /** The parameters whose gradients were asked for; without it those of all that matter must be there. */
  readonly wrt?: readonly string[];
  /** What is assumed beyond the system. */
  readonly suppose?: Suppositions;
  /** Above this bound there is no answer; when infinite, it is not worked out. */
  readonly largestBound?: number;
}

const METHOD = "forward mode over the field of 2^61 - 1 elements";

/** The gradients of one sample, as a whole. */
const checkGradients = <E>(place: Place<E>, trial: Trial<E>): readonly Fault[] => {
  const { arithmetic, prepared } = place;
  const slope = trial.objectiveSlope();
  let agrees: boolean;
  try {
    agrees = arithmetic.equal(slope, trial.claimedSlope());
  } catch (error) {
    if (!(error instanceof NoValue) || error.redraw) throw error;
    agrees = false;
  }
  if (!agrees) {
    const faults = blame(place);
    const [first] = prepared.gradients;
    if (faults.length > 0 || !first) return faults;
    return [
      {
        subject: "sum",
        wrt: first.wrt,
        index: [],
        at: Object.fromEntries(place.sizes),
        seed: place.seed,
        entry: 0,
        expected: arithmetic.show(slope),
        found: "another sum",
        message: "every gradient agrees by itself, but not all together",
      },
    ];
  }
  for (const gradient of prepared.gradients) {
    if (!trial.isPiecewise(gradient)) continue;
    for (const index of trial.forward.members(gradient.wrt)) {
      const fault = compare(
        place,
        { subject: "contributions", wrt: gradient.wrt, index },
        {
          expected: () => trial.adjoint(gradient.wrt, index),
          found: () => trial.contributed(gradient, index),
        },
      );
      if (fault) return blame(place).concat(fault).slice(0, 1);
    }
  }
  return [];
};

/** Closed forms at every member that they speak of; those that assume something are compared under that assumption. */
const checkForms = <E>(place: Place<E>, trialFor: (identity: string | undefined) => Trial<E>): readonly Fault[] =>
  place.prepared.gradients.flatMap(gradient =>
    gradient.forms.flatMap(({ claim, routine }, which) => {
      const trial = trialFor(claim.assumes?.function);
      for (const index of trial.membersIn(gradient.wrt, routine.region)) {
        const fault = compare(
          place,
          { subject: "closed form", wrt: gradient.wrt, index, which },
          {
            expected: () => trial.adjoint(gradient.wrt, index),
            found: () => trial.backward.value(routine, index),
          },
        );
        if (fault) return [fault];
      }
      return [];
    }),
  );

/** Columns on top of each other. */
const onTop = <E>(columns: readonly Grid<E>[]): Grid<E> => {
  const entries = columns.flatMap(column => column.entries);
  return { rows: entries.length, columns: 1, entries };
};

/** Block forms against the gradients of their states, one above the other. */
const checkBlocks = <E>(place: Place<E>, trial: Trial<E>): readonly Fault[] => {
  for (const [which, { states, routine }] of place.prepared.blocks.entries()) {
    const wrt = states[0] as SymbolNode;
    for (const index of trial.membersIn(wrt, routine.region)) {
      const fault = compare(
        place,
        { subject: "closed form", wrt, index, which },
        {
          expected: () => onTop(states.map(state => trial.adjoint(state, index))),
          found: () => trial.backward.value(routine, index),
        },
      );
      if (fault) return [fault];
    }
  }
  return [];
};

const checkSample = <E>(place: Place<E>, lines: boolean): readonly Fault[] => {
  const trial = new Trial(place);
  const faults = checkGradients(place, trial);
  if (faults.length > 0) return faults;
  const assumed = new Map<string, Trial<E>>();
  const trialFor = (identity: string | undefined): Trial<E> => {
    if (identity === undefined) return trial;
    let found = assumed.get(identity);
    if (!found) {
      found = new Trial({
        ...place,
        suppose: { ...place.suppose, identities: new Set([...(place.suppose?.identities ?? []), identity]) },
      });
      assumed.set(identity, found);
    }
    return found;
  };
  const wrongForms = [...checkForms(place, trialFor), ...checkBlocks(place, trial)];
  if (wrongForms.length > 0) return wrongForms;
  const wrongWindows = checkTruncation(place);
  if (wrongWindows.length > 0) return wrongWindows;
  const wrongStructures = checkStructures(place, trial);
  if (wrongStructures.length > 0 || !lines) return wrongStructures;
  const wrongChains = checkChains(place, trial);
  return wrongChains.length > 0 ? wrongChains : checkSteps(place, trialFor);
};

/** What is found at a sample; where an array has no inverse at any draw, at the same sizes in another order. */
const atPossibleSizes = (
  system: System,
  planned: Sample,
  find: (sample: Sample) => readonly Fault[],
): { readonly sample: Sample; readonly faults: readonly Fault[] } => {
  try {
    return { sample: planned, faults: find(planned) };
  } catch (error) {
    if (!isSingular(error)) throw error;
    for (const sample of reorderings(system, planned)) {
      try {
        return { sample, faults: find(sample) };
      } catch (other) {
        if (!isSingular(other)) throw other;
      }
    }
    throw error;
  }
};

const isSingular = (error: unknown): boolean => error instanceof NoValue && error.reason === "division-by-zero";

/** The bound of one sample, from the degrees of both sides at the largest one. */
const boundAt = (prepared: Prepared, { sizes, seed }: Sample): number => {
  const measure = <E>(inner: Arithmetic<E>): number => {
    const { arithmetic, count } = degrees(inner);
    const trial = new Trial({ prepared, arithmetic, sizes });
    trial.objectiveSlope();
    trial.claimedSlope();
    return boundOf(count());
  };
  return redrawn(false, seed, field => (prepared.usesRoots ? measure(withRoots(field, true)) : measure(field)));
};

/**
 * Holds every gradient of a derivation to forward mode over a prime field: pieces and sums of contributions, closed
 * forms, chain-rule lines and single steps. Never throws for what a note says.
 */
export const checkDerivation = (derivation: ClaimedDerivation, options: CheckOptions = {}): Outcome => {
  try {
    const prepared = prepare(derivation);
    return run(prepared, options);
  } catch (error) {
    if (error instanceof NoValue) return { verdict: "cannot-tell", reason: error.message };
    throw error;
  }
};

const run = (prepared: Prepared, options: CheckOptions): Outcome => {
  const { system } = prepared.program;
  const longest = options.longest ?? horizonsFor(prepared.constant);
  const { samples, signs } = drawnOften(prepared.program, samplesOf(system, longest, options));
  const [horizon] = [...system.sizes.values()].filter(({ role }) => role === "horizon");
  const lines = options.lines ?? "longest";
  const largestBound = options.largestBound ?? LARGEST_BOUND;
  if (samples.length === 0) return { verdict: "cannot-tell", reason: "there is no size to try" };
  const tried: Sample[] = [];
  const certificate = (bound: number): Certificate => {
    const sizes = new Map(tried.map(sample => [[...sample.sizes.values()].join(), Object.fromEntries(sample.sizes)]));
    return {
      method: METHOD,
      horizons: horizon ? [...new Set(tried.map(sample => sample.sizes.get(horizon.name) as number))] : [],
      sizes: [...sizes.values()],
      seeds: tried.map(({ seed }) => seed),
      samples: tried.length,
      ...(signs === undefined ? {} : { signs }),
      bound,
    };
  };
  const isAsked = ({ name }: SymbolNode): boolean =>
    system.symbols.get(name)?.role === "defined" || (options.wrt?.includes(name) ?? true);
  const missing = prepared.missing.find(isAsked);
  if (missing) {
    const fault: Fault = {
      subject: "missing",
      wrt: missing,
      index: [],
      at: {},
      seed: 0,
      entry: 0,
      expected: "a gradient",
      found: "none",
      message: `the objective depends on ${missing.name}, but there is no gradient by it`,
    };
    return { verdict: "disagrees", faults: [fault], certificate: certificate(0) };
  }
  for (const [i, planned] of samples.entries()) {
    const own = lines === "every" || (lines === "longest" && i === samples.length - 1);
    const { sample, faults } = atPossibleSizes(system, planned, sample =>
      faultsAt(prepared.usesRoots, sample.seed, (arithmetic, seed) =>
        checkSample(
          { prepared, arithmetic, sizes: sample.sizes, seed, ...(options.suppose ? { suppose: options.suppose } : {}) },
          own,
        ),
      ),
    );
    tried.push(sample);
    if (faults.length > 0) return { verdict: "disagrees", faults, certificate: certificate(0) };
  }
  const found = certificate(
    largestBound < Number.POSITIVE_INFINITY ? boundAt(prepared, tried.at(-1) as Sample) : largestBound,
  );
  if (found.bound > largestBound)
    return { verdict: "cannot-tell", reason: `something wrong could agree with probability ${found.bound}` };
  return { verdict: "agrees", certificate: found };
};
