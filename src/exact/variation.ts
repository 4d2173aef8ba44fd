/**
 * The exact check of what is differentiated more than by one gradient: Jacobians, Hessians, products of a Hessian with a
 * direction, and whole systems of tangents. Forward mode alone, dual numbers inside dual numbers for second derivatives,
 * against the claimed terms; nothing of how they were derived is known here.
 */

import { type Domain, intersect } from "../expr/domain.ts";
import type { AtNode, Node, SymbolNode } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import { familyOf, indexOf, type System } from "../expr/system.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { withRoots } from "./complex.ts";
import { boundOf, degrees, LARGEST_BOUND } from "./degree.ts";
import { faultsAt, redrawn } from "./draw.ts";
import { type Dual, dual } from "./dual.ts";
import { type Grid, innerProduct } from "./grid.ts";
import type { Certificate } from "./outcome.ts";
import { takesRoots } from "./plan.ts";
import { type Program, plansOf, programOf, routineOf } from "./program.ts";
import { pointsOf, polynomialAt, polytopeAt, regionOf, type Sizes } from "./region.ts";
import { horizonsFor, largestConstant, type Sample, type Sampling, samplesOf } from "./sample.ts";
import { drawnOften } from "./signs.ts";
import { type Index, memberName, randomMember, SystemWorld } from "./world.ts";

/** A sum of products of entries, as src/tensor has it: a map from the entries of one array to those of another. */
export interface ClaimedProducts {
  readonly extents: ReadonlyMap<string, Polynomial>;
  readonly products: readonly {
    readonly factors: readonly { readonly of: Node; readonly axes: readonly string[] }[];
    readonly rows: readonly string[];
    readonly columns: readonly string[];
    readonly sums: readonly { readonly index: string; readonly domain: Domain }[];
  }[];
}

export type ClaimedValue =
  /** Rows are the entries of what is differentiated, columns those of the variable; matrices column by column. */
  | { readonly kind: "matrix"; readonly term: Node }
  /** The derivative by a scalar. */
  | { readonly kind: "derivative"; readonly term: Node }
  /** The map, applied to the array that the symbol `direction` stands for. */
  | { readonly kind: "applied"; readonly term: Node; readonly direction: SymbolNode }
  | { readonly kind: "entries"; readonly map: ClaimedProducts };

/** The derivative of one member by another, at the points of `over`. */
export interface ClaimedMap {
  readonly of: SymbolNode | AtNode;
  readonly wrt: SymbolNode | AtNode;
  /** For a second derivative of the scalar `of`: the variable that its gradient is taken by, the rows of a matrix. */
  readonly gradientBy?: SymbolNode;
  readonly indices: readonly string[];
  readonly over: Domain;
  readonly value: ClaimedValue;
}

/** The tangents of a system, by the symbol that each belongs to. */
export interface ClaimedTangents {
  /** Given directions, by the symbols that vary. */
  readonly directions: ReadonlyMap<SymbolNode, SymbolNode>;
  /** Tangents of forward families. */
  readonly forward: ReadonlyMap<SymbolNode, SymbolNode>;
  /** Tangents of ∂L/∂u; undefined where it is said not to vary. */
  readonly backward: ReadonlyMap<SymbolNode, SymbolNode | undefined>;
}

export interface ClaimedVariation {
  /** The forward equations. */
  readonly forward: System;
  /** The system whose symbols the claims read: with abbreviations, adjoints and tangents. */
  readonly system: System;
  readonly maps?: readonly ClaimedMap[];
  readonly tangents?: ClaimedTangents;
}

export type VariationOutcome =
  | { readonly verdict: "agrees"; readonly certificate: Certificate }
  | { readonly verdict: "disagrees"; readonly message: string }
  | { readonly verdict: "cannot-tell"; readonly reason: string };

const METHOD = "forward mode over the field of 2^61 - 1 elements, nested for second derivatives";

interface Place<E> {
  readonly claim: ClaimedVariation;
  readonly forward: Program;
  readonly program: Program;
  readonly arithmetic: Arithmetic<E>;
  readonly sizes: ReadonlyMap<string, number>;
}

type Step<E> = (of: SymbolNode, index: Index) => Grid<E> | undefined;

/** The forward pass with two independent infinitesimals: `outer` and `inner` say by what each member is moved. */
const nested = <E>(
  { arithmetic, forward, sizes }: Place<E>,
  outer: Step<E>,
  inner: Step<E>,
): SystemWorld<Dual<Dual<E>>> => {
  const { zero, add } = arithmetic;
  const sum = (a: E | undefined, b: E | undefined): E | undefined =>
    a === undefined ? b : b === undefined ? a : add(a, b);
  const move = (
    value: Grid<Dual<Dual<E>>>,
    by: Grid<E> | undefined,
    one: (entry: Dual<Dual<E>>, slope: E) => Dual<Dual<E>>,
  ): Grid<Dual<Dual<E>>> =>
    by ? { ...value, entries: value.entries.map((entry, i) => one(entry, by.entries[i] as E)) } : value;
  return new SystemWorld({
    program: forward,
    arithmetic: dual(dual(arithmetic)),
    sizes,
    perturb: (of, index, value) => {
      const moved = move(value, inner(of, index), (entry, slope) => ({
        ...entry,
        value: { value: entry.value.value, slope: sum(entry.value.slope, slope) },
      }));
      return move(moved, outer(of, index), (entry, slope) => ({
        value: entry.value,
        slope: { value: add(entry.slope?.value ?? zero, slope), slope: entry.slope?.slope },
      }));
    },
  });
};

const sizesIn =
  ({ sizes }: Pick<Place<unknown>, "sizes">): Sizes =>
  name =>
    sizes.get(name);

const sameIndex = (a: Index, b: Index): boolean => a.every((entry, i) => entry === b[i]);

/** Entries column by column. */
const vec = <E>({ rows, columns, entries }: Grid<E>): readonly E[] =>
  Array.from({ length: rows * columns }, (_, i) => entries[(i % rows) * columns + Math.floor(i / rows)] as E);

const dot = <E>({ add, multiply, zero }: Arithmetic<E>, a: readonly E[], b: readonly E[]): E =>
  a.reduce((sum, x, i) => add(sum, multiply(x, b[i] as E)), zero);

/** aᵀ T v, entry by entry over every axis. */
const contracted = <E>(
  place: Place<E>,
  world: SystemWorld<E>,
  { value, indices }: ClaimedMap & { readonly value: ClaimedValue & { readonly kind: "entries" } },
  index: Index,
  a: Grid<E>,
  v: Grid<E>,
): E => {
  const { arithmetic, program } = place;
  const { add, multiply, zero } = arithmetic;
  const entryAt = (grid: Grid<E>, position: readonly number[]): E => {
    const [i, j] = position as [number | undefined, number | undefined];
    if (j !== undefined) return grid.entries[(i as number) * grid.columns + j] as E;
    return grid.entries[i ?? 0] as E;
  };
  let total = zero;
  for (const { factors, rows, columns, sums } of value.map.products) {
    const names = [...indices, ...sums.map(sum => sum.index)];
    const size = (name: string): number | undefined =>
      indices.includes(name) ? index[indices.indexOf(name)] : place.sizes.get(name);
    const points = pointsOf(
      polytopeAt(
        regionOf(
          intersect(...sums.map(sum => sum.domain)),
          sums.map(sum => sum.index),
        ),
        size,
      ),
    );
    const everywhere = regionOf({ where: [] }, names);
    const routines = factors.map(({ of }) => routineOf(of, everywhere, program.functions));
    const axes = [...new Set([...rows, ...columns, ...factors.flatMap(factor => factor.axes)])];
    const extents = axes.map(axis => polynomialAt(value.map.extents.get(axis) as Polynomial, sizesIn(place)));
    const at = (own: readonly string[], position: readonly number[]): number[] =>
      own.map(axis => position[axes.indexOf(axis)] as number);
    for (const point of points) {
      const grids = routines.map(routine => world.value(routine, [...index, ...point]));
      const count = extents.reduce((product, extent) => product * extent, 1);
      for (let n = 0; n < count; n++) {
        let rest = n;
        const position = extents.map(extent => {
          const own = rest % extent;
          rest = Math.floor(rest / extent);
          return own;
        });
        let product = multiply(entryAt(a, at(rows, position)), entryAt(v, at(columns, position)));
        for (const [i, factor] of factors.entries())
          product = multiply(product, entryAt(grids[i] as Grid<E>, at(factor.axes, position)));
        total = add(total, product);
      }
    }
  }
  return total;
};

/** What the claim makes of the directions, as a number: aᵀ T v. */
const claimedAt = <E>(
  place: Place<E>,
  world: SystemWorld<E>,
  claim: ClaimedMap,
  index: Index,
  a: Grid<E>,
  v: Grid<E>,
): E => {
  const { arithmetic, program } = place;
  const { value, indices } = claim;
  if (value.kind === "entries") return contracted(place, world, { ...claim, value }, index, a, v);
  const grid = world.value(routineOf(value.term, regionOf({ where: [] }, indices), program.functions), index);
  if (value.kind === "applied") return innerProduct(arithmetic, a, grid);
  if (value.kind === "derivative") return arithmetic.multiply(innerProduct(arithmetic, a, grid), v.entries[0] as E);
  const [left, right] = [vec(a), vec(v)];
  if (grid.rows !== left.length || grid.columns !== right.length)
    throw new NoValue(
      "undefined",
      `a matrix of ${grid.rows} × ${grid.columns} entries stands for ${left.length} × ${right.length}`,
    );
  const image = left.map((_, i) =>
    dot(arithmetic, grid.entries.slice(i * grid.columns, (i + 1) * grid.columns), right),
  );
  return dot(arithmetic, left, image);
};

const indexAt = (node: SymbolNode | AtNode, indices: readonly string[], index: Index, size: Sizes): Index =>
  indexOf(node).map(entry =>
    polynomialAt(entry, name => (indices.includes(name) ? index[indices.indexOf(name)] : size(name))),
  );

const checkMap = <E>(place: Place<E>, claim: ClaimedMap): readonly string[] => {
  const { arithmetic } = place;
  const size = sizesIn(place);
  const [of, wrt] = [familyOf(claim.of), familyOf(claim.wrt)];
  for (const index of pointsOf(polytopeAt(regionOf(claim.over, claim.indices), size))) {
    const [ofIndex, wrtIndex] = [claim.of, claim.wrt].map(node => indexAt(node, claim.indices, index, size)) as [
      Index,
      Index,
    ];
    const v = randomMember(arithmetic, "direction", wrt, wrtIndex, size);
    const { gradientBy } = claim;
    const a = randomMember(arithmetic, "cotangent", gradientBy ?? of, gradientBy ? [] : ofIndex, size);
    const world = nested(
      place,
      symbol => (symbol === gradientBy ? a : undefined),
      (symbol, at) => (symbol === wrt && sameIndex(at, wrtIndex) ? v : undefined),
    );
    const result = world.member(of, ofIndex);
    const expected = gradientBy
      ? ((result.entries[0] as Dual<Dual<E>>).slope?.slope ?? arithmetic.zero)
      : dot(
          arithmetic,
          a.entries,
          result.entries.map(({ value }) => value.slope ?? arithmetic.zero),
        );
    const direction = claim.value.kind === "applied" ? claim.value.direction : undefined;
    const values = new SystemWorld<E>({
      program: place.program,
      arithmetic,
      sizes: place.sizes,
      known: symbol => (symbol === direction ? v : undefined),
    });
    const found = claimedAt(place, values, claim, index, a, v);
    if (!arithmetic.equal(expected, found))
      return [
        `the derivative of ${memberName(of, ofIndex)} by ${memberName(wrt, wrtIndex)} is wrong at ${JSON.stringify([...place.sizes])}`,
      ];
  }
  return [];
};

const checkTangents = <E>(place: Place<E>, { directions, forward, backward }: ClaimedTangents): readonly string[] => {
  const { arithmetic, claim } = place;
  const size = sizesIn(place);
  const directionOf: Step<E> = (of, index) => {
    const direction = directions.get(of);
    return direction && randomMember(arithmetic, "member", direction, index, size);
  };
  const values = new SystemWorld<E>({
    program: place.program,
    arithmetic,
    sizes: place.sizes,
    // Initial members of what varies do not vary themselves.
    suppose: { zero: new Set([...forward.values()].map(({ name }) => name)) },
  });
  const everything = new Map<SymbolNode, Map<string, Grid<E>>>();
  const cotangent: Step<E> = (of, index) => {
    if (!backward.has(of)) return undefined;
    const own = everything.get(of) ?? new Map<string, Grid<E>>();
    everything.set(of, own);
    const made = own.get(index.join()) ?? randomMember(arithmetic, "cotangent", of, index, size);
    own.set(index.join(), made);
    return made;
  };
  const world = nested(place, cotangent, directionOf);
  for (const [of, tangent] of forward) {
    for (const index of world.members(of)) {
      const expected = world.member(of, index).entries.map(({ value }) => value.slope ?? arithmetic.zero);
      const found = values.member(tangent, index).entries;
      if (expected.some((entry, i) => !arithmetic.equal(entry, found[i] as E)))
        return [`the tangent of ${memberName(of, index)} is wrong at ${JSON.stringify([...place.sizes])}`];
    }
  }
  const slopeOf = (run: SystemWorld<Dual<Dual<E>>>): E =>
    (run.member(claim.forward.objective, []).entries[0] as Dual<Dual<E>>).slope?.slope ?? arithmetic.zero;
  const claimedSlope = (of: SymbolNode): E => {
    const tangent = backward.get(of);
    if (!tangent) return arithmetic.zero;
    return world
      .members(of)
      .reduce(
        (sum, index) =>
          arithmetic.add(sum, innerProduct(arithmetic, cotangent(of, index) as Grid<E>, values.member(tangent, index))),
        arithmetic.zero,
      );
  };
  const total = [...backward.keys()].map(claimedSlope).reduce(arithmetic.add, arithmetic.zero);
  if (arithmetic.equal(slopeOf(world), total)) return [];
  // The sum is wrong: so is one of those that it consists of.
  const wrong = [...backward.keys()].find(
    of =>
      !arithmetic.equal(
        slopeOf(nested(place, (symbol, index) => (symbol === of ? cotangent(of, index) : undefined), directionOf)),
        claimedSlope(of),
      ),
  ) as SymbolNode;
  return [`the tangent of the adjoint of ${wrong.name} is wrong at ${JSON.stringify([...place.sizes])}`];
};

const faultsOf = <E>(place: Place<E>): readonly string[] => {
  const { maps = [], tangents } = place.claim;
  for (const map of maps) {
    const faults = checkMap(place, map);
    if (faults.length > 0) return faults;
  }
  return tangents ? checkTangents(place, tangents) : [];
};

const usesRoots = (programs: readonly Program[], claim: ClaimedVariation): boolean => {
  const { functions } = claim.system;
  const everywhere = regionOf({ where: [] }, []);
  const terms = (claim.maps ?? []).flatMap(({ value }) =>
    value.kind === "entries" ? value.map.products.flatMap(({ factors }) => factors.map(({ of }) => of)) : [value.term],
  );
  const own = terms.map(term => routineOf(term, everywhere, functions).plan);
  return takesRoots([...programs.flatMap(plansOf), ...own]);
};

/**
 * Holds Jacobians, Hessians and tangents to forward mode over a prime field, at every short horizon and at sizes that are
 * all different. Never throws for what a note says.
 */
export const checkVariation = (claim: ClaimedVariation, options: Sampling = {}): VariationOutcome => {
  try {
    const forward = programOf(claim.forward);
    const program = programOf(claim.system);
    const roots = usesRoots([forward, program], claim);
    const { equations } = claim.system;
    const constant = largestConstant(
      equations.map(({ right }) => right),
      [...equations.map(({ over }) => over), ...(claim.maps ?? []).map(({ over }) => over)],
    );
    const planned = samplesOf(claim.system, options.longest ?? horizonsFor(constant), options);
    const { samples, signs } = drawnOften(program, planned);
    const last = samples.at(-1);
    if (!last) return { verdict: "cannot-tell", reason: "there is no size to try" };
    const run = <E>({ sizes }: Sample, arithmetic: Arithmetic<E>): readonly string[] =>
      faultsOf({ claim, forward, program, arithmetic, sizes });
    for (const sample of samples) {
      const faults = faultsAt(roots, sample.seed, arithmetic => run(sample, arithmetic));
      if (faults[0] !== undefined) return { verdict: "disagrees", message: faults[0] };
    }
    const measure = <E>(inner: Arithmetic<E>): number => {
      const { arithmetic, count } = degrees(inner);
      run(last, arithmetic);
      return boundOf(count());
    };
    const bound = redrawn(false, last.seed, field => (roots ? measure(withRoots(field, true)) : measure(field)));
    if (bound > LARGEST_BOUND)
      return { verdict: "cannot-tell", reason: `something wrong could agree with probability ${bound}` };
    const [horizon] = [...claim.system.sizes.values()].filter(({ role }) => role === "horizon");
    const sizes = new Map(samples.map(sample => [[...sample.sizes.values()].join(), Object.fromEntries(sample.sizes)]));
    return {
      verdict: "agrees",
      certificate: {
        method: METHOD,
        horizons: horizon ? [...new Set(samples.map(sample => sample.sizes.get(horizon.name) as number))] : [],
        sizes: [...sizes.values()],
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
