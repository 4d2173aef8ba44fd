/**
 * The exact check of forward mode's equations. The forward equations are run in dual numbers once for every entry of the
 * variable, over the prime field; then each claimed equation, step and closed form is evaluated with the true sensitivities
 * in the place of those that it reads. The check knows nothing of how the equations were found.
 */

import { InternalError } from "../base/diagnostic.ts";
import type { Domain } from "../expr/domain.ts";
import type { AtNode, Node, SymbolNode } from "../expr/node.ts";
import type { Equation, System } from "../expr/system.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import type { ClaimedForm, ClaimedStep } from "./claims.ts";
import { boundOf, degrees, LARGEST_BOUND } from "./degree.ts";
import { redrawn } from "./draw.ts";
import { type Dual, dual } from "./dual.ts";
import { equalGrids, fillGrid, type Grid, mapGrid } from "./grid.ts";
import type { Outcome } from "./outcome.ts";
import { takesRoots } from "./plan.ts";
import { type Program, plansOf, programOf, type Routine, routineOf } from "./program.ts";
import { isInside, pointsOf, regionOf } from "./region.ts";
import { horizonsFor, largestConstant, type Sample, type Sampling, samplesOf } from "./sample.ts";
import { drawnOften } from "./signs.ts";
import { type ClaimedTransition, type PreparedTransition, prepareTransition, transitionFault } from "./transition.ts";
import { type Index, memberName, SystemWorld, towardsEntry } from "./world.ts";

export interface ClaimedSensitivityEquation {
  readonly left: SymbolNode | AtNode;
  readonly indices: readonly string[];
  readonly over: Domain;
  readonly steps: readonly ClaimedStep[];
  readonly right: Node;
}

export interface ClaimedSensitivity {
  readonly of: SymbolNode;
  readonly symbol: SymbolNode;
  readonly indices: readonly string[];
  readonly equations: readonly ClaimedSensitivityEquation[];
  readonly closedForms: readonly ClaimedForm[];
  readonly putIn?: { readonly right: Node; readonly steps: readonly ClaimedStep[] };
}

export interface ClaimedForward {
  readonly transitions: readonly ClaimedTransition[];
  /** With the symbols of the sensitivities and of abbreviations. */
  readonly system: System;
  readonly abbreviations: readonly Equation[];
  readonly parts: readonly {
    readonly variable: {
      readonly wrt: SymbolNode;
      readonly form: "scalar" | "entries" | "jacobian";
      readonly members: readonly string[];
      readonly entries: readonly string[];
    };
    readonly sensitivities: readonly ClaimedSensitivity[];
  }[];
}

export type SensitivityCheckOptions = Sampling;

/** A term that must have the true sensitivity's value, or the value of another term, at the members of a region. */
interface Task {
  readonly symbol: SymbolNode;
  readonly what: string;
  readonly routine: Routine;
  /** Undefined: the true sensitivity. */
  readonly other: Routine | undefined;
  readonly identity: string | undefined;
}

interface PreparedPart {
  readonly claim: ClaimedForward["parts"][number];
  readonly tasks: readonly Task[];
}

interface Prepared {
  readonly transitions: readonly PreparedTransition[];
  readonly program: Program;
  readonly parts: readonly PreparedPart[];
  readonly constant: number;
  readonly usesRoots: boolean;
}

const tasksOf = (
  { symbol, indices, equations, closedForms, putIn }: ClaimedSensitivity,
  program: Program,
): readonly Task[] => {
  const compile = (term: Node, over: Domain): Routine => routineOf(term, regionOf(over, indices), program.functions);
  const steps = (list: readonly ClaimedStep[], over: Domain, identity?: string): readonly Task[] =>
    list.map(({ rule, before, after }) => ({
      symbol,
      what: `the step "${rule}" towards`,
      routine: compile(after, over),
      other: compile(before, over),
      identity,
    }));
  // An equation speaks of its own letters; they are those of the family.
  return [
    ...equations.flatMap(({ right, over, steps: own }) => [
      { symbol, what: "the equation of", routine: compile(right, over), other: undefined, identity: undefined },
      ...steps(own, over),
    ]),
    ...(putIn
      ? [
          {
            symbol,
            what: "the equation with the states put in of",
            routine: compile(putIn.right, (equations[0] as ClaimedSensitivityEquation).over),
            other: undefined,
            identity: undefined,
          },
        ]
      : []),
    ...closedForms.flatMap(form => [
      {
        symbol,
        what: "the closed form of",
        routine: compile(form.value, form.over),
        other: undefined,
        identity: form.assumes?.function,
      },
      ...steps(form.induction, form.inductionOver ?? form.over, form.assumes?.function),
    ]),
  ];
};

const prepare = ({ system, abbreviations, parts, transitions }: ClaimedForward): Prepared => {
  const program = programOf(system, abbreviations);
  const prepared = parts.map((claim): PreparedPart => {
    for (const { equations, indices } of claim.sensitivities)
      for (const equation of equations)
        if (equation.indices.join() !== indices.join())
          throw new InternalError("an equation of a sensitivity has other letters than its family");
    return { claim, tasks: claim.sensitivities.flatMap(sensitivity => tasksOf(sensitivity, program)) };
  });
  const equations = parts.flatMap(({ sensitivities }) => sensitivities.flatMap(one => one.equations));
  const plans = [...plansOf(program), ...prepared.flatMap(({ tasks }) => tasks.map(({ routine }) => routine.plan))];
  return {
    program,
    transitions: transitions.map(claim => prepareTransition(claim, program)),
    parts: prepared,
    constant: largestConstant(
      [...system.equations, ...equations].map(({ right }) => right),
      [...system.equations, ...equations].map(({ over }) => over),
    ),
    usesRoots: takesRoots(plans),
  };
};

/** The true sensitivities of one sample: a forward pass in dual numbers for each entry of the variable that is asked for. */
class Truth<E> {
  readonly #passes = new Map<string, SystemWorld<Dual<E>>>();

  constructor(
    readonly prepared: Prepared,
    readonly arithmetic: Arithmetic<E>,
    readonly sizes: ReadonlyMap<string, number>,
    readonly wrt: SymbolNode,
    readonly identities: ReadonlySet<string>,
  ) {}

  /** The forward pass in which one entry of a member of the variable varies. */
  #pass(entry: number, at: Index): SystemWorld<Dual<E>> {
    const key = `${entry} ${at.join()}`;
    let world = this.#passes.get(key);
    if (!world) {
      world = new SystemWorld<Dual<E>>({
        program: this.prepared.program,
        arithmetic: dual(this.arithmetic),
        sizes: this.sizes,
        suppose: { identities: this.identities },
        perturb: towardsEntry(this.arithmetic, this.wrt, at, entry),
      });
      this.#passes.set(key, world);
    }
    return world;
  }

  slope(of: SymbolNode, index: Index, entry: number, at: Index): Grid<E> {
    return mapGrid(this.#pass(entry, at).member(of, index), ({ slope }) => slope ?? this.arithmetic.zero);
  }
}

/** The worlds in which the equations by one variable are evaluated: true values and true sensitivities. */
const worldFor = <E>(
  { program }: Prepared,
  { claim }: PreparedPart,
  truth: Truth<E>,
): { readonly world: SystemWorld<E>; readonly sensitivity: (of: SymbolNode, index: Index) => Grid<E> | undefined } => {
  const { wrt, form, members, entries } = claim.variable;
  const { arithmetic } = truth;
  const families = new Map(claim.sensitivities.map(({ symbol, of }) => [symbol, of]));
  const sensitivity = (symbol: SymbolNode, index: Index): Grid<E> | undefined => {
    const of = families.get(symbol);
    if (!of) return undefined;
    const first = index.length - members.length - entries.length;
    const [own, place] = [index.slice(0, first), index.slice(first, first + members.length)];
    const { rows, columns } = world.member(wrt, place);
    if (form === "jacobian") {
      // Column after column, as vec has them.
      const slopes = fillGrid(rows * columns, 1, entry =>
        truth.slope(of, own, (entry % rows) * columns + Math.floor(entry / rows), place),
      ).entries;
      const count = slopes[0]?.entries.length ?? 0;
      return fillGrid(count, slopes.length, position => {
        const [row, column] = [Math.floor(position / slopes.length), position % slopes.length];
        return (slopes[column] as Grid<E>).entries[row] as E;
      });
    }
    // A scalar has one entry, a vector one column.
    const [i = 1, j = 1] = index.slice(first + members.length);
    return truth.slope(of, own, (i - 1) * columns + (j - 1), place);
  };
  const world: SystemWorld<E> = new SystemWorld<E>({
    program,
    arithmetic,
    sizes: truth.sizes,
    suppose: { identities: truth.identities },
    known: sensitivity,
  });
  return { world, sensitivity };
};

/** At most this many entries of the variable are looked at in one sample; other ones in other samples. */
const MOST_ENTRIES = 4;

/** The members whose entry indices, the last `count` ones, are among a few that the seed chooses. */
const spreadOver = (all: readonly Index[], count: number, seed: number): readonly Index[] => {
  const keyOf = (index: Index): string => index.slice(index.length - count).join();
  const keys = [...new Set(all.map(keyOf))];
  if (keys.length <= MOST_ENTRIES) return all;
  // A stride that shares no divisor with the number of entries meets different rows and columns.
  let stride = Math.floor(keys.length / MOST_ENTRIES) + 1;
  while (sharesDivisor(stride, keys.length)) stride++;
  const chosen = new Set(Array.from({ length: MOST_ENTRIES }, (_, i) => keys[(seed + i * stride) % keys.length]));
  return all.filter(index => chosen.has(keyOf(index)));
};

const sharesDivisor = (a: number, b: number): boolean => {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x !== 1;
};

/** The first thing that is wrong at a sample, as a sentence; single steps are looked at where `lines` says so. */
const faultAt = <E>(
  prepared: Prepared,
  arithmetic: Arithmetic<E>,
  { sizes, seed }: Sample,
  lines: boolean,
): string | undefined => {
  for (const part of prepared.parts) {
    const worlds = new Map<string, ReturnType<typeof worldFor<E>>>();
    const under = (identity: string | undefined): ReturnType<typeof worldFor<E>> => {
      let found = worlds.get(identity ?? "");
      if (!found) {
        const identities = new Set(identity === undefined ? [] : [identity]);
        found = worldFor(prepared, part, new Truth(prepared, arithmetic, sizes, part.claim.variable.wrt, identities));
        worlds.set(identity ?? "", found);
      }
      return found;
    };
    for (const { symbol, what, routine, other, identity } of part.tasks) {
      if (other && !lines) continue;
      const { world, sensitivity } = under(identity);
      const polytope = world.polytope(routine.region);
      const points = pointsOf(polytope);
      for (const index of spreadOver(
        points,
        part.claim.variable.members.length + part.claim.variable.entries.length,
        seed,
      )) {
        let agrees: boolean;
        try {
          const expected = other ? world.value(other, index) : (sensitivity(symbol, index) as Grid<E>);
          agrees = equalGrids(arithmetic, expected, world.value(routine, index));
        } catch (error) {
          if (!(error instanceof NoValue) || error.redraw) throw error;
          return `${what} ${memberName(symbol, index)}: ${error.message}`;
        }
        if (!agrees)
          return `${what} ${memberName(symbol, index)} is wrong at ${[...sizes].map(([name, value]) => `${name} = ${value}`).join(", ")}`;
      }
    }
  }
  return undefined;
};

/** Members of sensitivities that no equation, or more than one, gives at a sample. */
const coverFault = <E>(prepared: Prepared, arithmetic: Arithmetic<E>, { sizes }: Sample): string | undefined => {
  const world = new SystemWorld<E>({ program: prepared.program, arithmetic, sizes });
  for (const { claim } of prepared.parts) {
    for (const { symbol, equations, indices } of claim.sensitivities) {
      const regions = equations.map(({ over }) => world.polytope(regionOf(over, indices)));
      const wrong = world.members(symbol).find(index => regions.filter(region => isInside(region, index)).length !== 1);
      if (wrong) return `not exactly one equation gives ${memberName(symbol, wrong)}`;
    }
  }
  return undefined;
};

/**
 * Holds every equation of forward mode, every step, closed form and proof to dual numbers over a prime field. `disagrees`
 * comes with one sentence; never throws for what a note says.
 */
export const checkForward = (
  claim: ClaimedForward,
  options: SensitivityCheckOptions = {},
): Exclude<Outcome, { verdict: "disagrees" }> | { readonly verdict: "disagrees"; readonly message: string } => {
  try {
    const prepared = prepare(claim);
    const { system } = prepared.program;
    const longest = options.longest ?? horizonsFor(prepared.constant);
    const { samples, signs } = drawnOften(prepared.program, samplesOf(system, longest, { seeds: [1], ...options }));
    const last = samples.at(-1);
    if (!last) return { verdict: "cannot-tell", reason: "there is no size to try" };
    for (const sample of samples) {
      const message = redrawn(
        prepared.usesRoots,
        sample.seed,
        arithmetic =>
          coverFault(prepared, arithmetic, sample) ??
          transitionFault(prepared, arithmetic, sample) ??
          faultAt(prepared, arithmetic, sample, sample === last),
      );
      if (message !== undefined) return { verdict: "disagrees", message };
    }
    const bound = redrawn(prepared.usesRoots, last.seed, inner => {
      const { arithmetic, count } = degrees(inner);
      faultAt(prepared, arithmetic, last, false);
      return boundOf(count());
    });
    if (bound > LARGEST_BOUND)
      return { verdict: "cannot-tell", reason: `something wrong could agree with probability ${bound}` };
    const horizon = [...system.sizes.values()].find(({ role }) => role === "horizon");
    return {
      verdict: "agrees",
      certificate: {
        method: "forward mode over the field of 2^61 - 1 elements",
        horizons: horizon ? [...new Set(samples.map(({ sizes }) => sizes.get(horizon.name) as number))] : [],
        sizes: samples.map(({ sizes }) => Object.fromEntries(sizes)),
        seeds: samples.map(({ seed }) => seed),
        samples: samples.length,
        ...(signs === undefined ? {} : { signs }),
        bound,
      },
    };
  } catch (error) {
    if (error instanceof NoValue) return { verdict: "cannot-tell", reason: error.message };
    throw error;
  }
};
