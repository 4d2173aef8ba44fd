/** The pieces of an adjoint: disjoint parts of its index domain, each with one formula. */
import { type Domain, domain, domainNames, equalityOf, intersect, rangeAt, substituteDomain } from "../expr/domain.ts";
import { type AtNode, at, type SymbolNode, substituteIndices } from "../expr/node.ts";
import { integer, named, type Polynomial } from "../expr/polynomial.ts";
import type { Equation, SymbolEntry, System } from "../expr/system.ts";
import { simplify } from "../rules/simplify.ts";
import { finishContribution, type Known } from "./contributions.ts";
import type { Contribution, Gradient, Piece } from "./gradient.ts";
import { fixedIndices, isEmpty, splitRegions, type ValidFrom } from "./regions.ts";
import { sumOf, zeroOf } from "./terms.ts";

/** A region without the bounds of indices that it fixes anyway: t = T says more than t ≥ 2. */
const onlyFixed = (over: Domain, indices: readonly string[], fixed: ReadonlyMap<string, Polynomial>): Domain => {
  const others = indices.filter(index => !fixed.has(index));
  const kept = over.where.filter(
    c =>
      !domainNames({ where: [c] }).some(name => fixed.has(name)) ||
      domainNames({ where: [c] }).some(name => others.includes(name)),
  );
  return domain([...kept, ...[...fixed].flatMap(([index, value]) => equalityOf(named(index), value))]);
};

/** Where a region lies, for ordering pieces: its first point when all horizons are long. */
const placeOf = (over: Domain, indices: readonly string[], system: System): readonly number[] => {
  const at = new Map<string, number>(
    [...system.sizes.values()].map(size => [size.name, size.role === "horizon" ? 1000 : 10]),
  );
  return indices.map(index => {
    const [lo] = rangeAt(
      {
        where: over.where.filter(
          c => !indices.some(other => other !== index && c.monomials.some(m => m.names.includes(other))),
        ),
      },
      index,
      at,
    );
    return lo;
  });
};

/** What an adjoint's pieces are made from. */
export interface Parts {
  readonly system: System;
  readonly entry: SymbolEntry;
  /** The equations that define the family. */
  readonly equations: readonly Equation[];
  /** Not yet worked out. */
  readonly contributions: readonly Contribution[];
  readonly recursion: Gradient["recursion"];
  readonly known: Known;
}

/**
 * The disjoint pieces of an adjoint, in the order in which they are evaluated, initial members last. `sizes` gives
 * horizons fixed values; `from` is told from which horizons on the pieces are disjoint.
 */
export const piecesOf = (
  { system, entry, equations, contributions, recursion, known }: Parts,
  sizes: ReadonlyMap<string, Polynomial>,
  from: ValidFrom,
): readonly Piece[] => {
  const { indices, node } = entry;
  const wrt = indices.length > 0 ? at(node, indices.map(named)) : node;
  const ranges = equations.map(equation =>
    substituteDomain(equation.over, new Map(equation.indices.map((index, i) => [index, named(indices[i] as string)]))),
  );
  // Initial members stand apart even where the same formula holds for them.
  const parts = [
    ...contributions.map(c => ({ over: substituteDomain(c.over, sizes), item: c })),
    ...ranges.map(over => ({ over: substituteDomain(over, sizes), item: undefined })),
  ];
  const whole = substituteDomain(entry.domain, sizes);
  const regions = splitRegions<Contribution | undefined>(whole, indices, parts, system.sizes, from);
  const directions = new Map(recursion.map(({ index, direction }) => [index, direction]));
  const pieces = regions.map(({ over, items }): Piece => {
    const fixed = fixedIndices(over, indices);
    const values = new Map([...sizes, ...fixed]);
    const own = items.flatMap(item => (item ? [finishContribution(item, values, known)] : []));
    const isInitial =
      entry.role === "defined" &&
      ranges.length > 0 &&
      ranges.every(d => isEmpty(intersect(d, over), indices, system.sizes, new Map()));
    const { node: value, steps } =
      own.length > 0
        ? simplify(sumOf(own.map(c => c.value)), known.suppositions)
        : { node: zeroOf(node.shape), steps: [] };
    const part = isInitial ? "initial" : regions.length === 1 ? "all" : fixed.size > 0 ? "boundary" : "interior";
    return {
      wrt: substituteIndices(wrt, fixed) as SymbolNode | AtNode,
      over: onlyFixed(over, indices, fixed),
      part,
      contributions: own,
      value,
      steps,
    };
  });
  const places = new Map(pieces.map(piece => [piece, placeOf(piece.over, indices, system)]));
  return [...pieces].sort((a, b) => {
    if ((a.part === "initial") !== (b.part === "initial")) return a.part === "initial" ? 1 : -1;
    const [left, right] = [places.get(a) as readonly number[], places.get(b) as readonly number[]];
    for (const [i, index] of indices.entries()) {
      const difference = (left[i] as number) - (right[i] as number);
      if (difference !== 0) return directions.get(index) === "down" ? -difference : difference;
    }
    return 0;
  });
};

/** Horizons shorter than those that `from` asks for are worked out one by one up to this length. */
const LONGEST_SHORT = 4;

/** The pieces for each horizon that is too short for the general ones, where boundary pieces meet. */
export const shortHorizons = (parts: Parts, from: ValidFrom): Gradient["short"] => {
  const [only, ...more] = [...from].filter(([, least]) => least > 1);
  if (!only || more.length > 0 || only[1] > LONGEST_SHORT) return [];
  const [horizon, least] = only;
  return Array.from({ length: least - 1 }, (_, i) => ({
    at: new Map([[horizon, i + 1]]),
    pieces: piecesOf(parts, new Map([[horizon, integer(i + 1)]]), new Map()),
  }));
};
