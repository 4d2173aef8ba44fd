/** The pieces of an adjoint: disjoint parts of its index domain, each with one formula. */
import { type Domain, domain, equalityOf, intersect, substituteDomain } from "../expr/domain.ts";
import { type AtNode, at, type SymbolNode, substituteIndices } from "../expr/node.ts";
import { coefficientOf, integer, named, type Polynomial, soleName, valueAt } from "../expr/polynomial.ts";
import { type Equation, indexOf, type SymbolEntry, type System } from "../expr/system.ts";
import type { Rewriting } from "../rewrite/trace.ts";
import { simplify } from "../rules/simplify.ts";
import { finishContribution } from "./contributions.ts";
import type { Contribution, Gradient, Piece } from "./gradient.ts";
import type { Known } from "./known.ts";
import { fixedIndices, isEmpty, onlyFixed, splitRegions, type ValidFrom } from "./regions.ts";
import { sumOf, zeroOf } from "./terms.ts";

/**
 * Where a region lies, for ordering pieces: its first point when all horizons are long, as far as each index has a lower
 * bound in sizes and in the indices that were placed before it.
 */
const placeOf = (over: Domain, indices: readonly string[], system: System): readonly number[] => {
  const at = new Map<string, number>(
    [...system.sizes.values()].map(size => [size.name, size.role === "horizon" ? 1000 : 10]),
  );
  const lowest = (index: string): number | undefined => {
    const bounds = over.where.filter(
      c =>
        (coefficientOf(c, index) ?? 0) > 0 &&
        c.monomials.every(m => m.names.every(name => name === index || at.has(name))),
    );
    const values = bounds.map(c =>
      Math.ceil(-valueAt(c, new Map([...at, [index, 0]])) / (coefficientOf(c, index) ?? 1)),
    );
    return values.length > 0 ? Math.max(...values) : undefined;
  };
  for (let waiting = [...indices]; waiting.length > 0; ) {
    const index = waiting.find(name => lowest(name) !== undefined) ?? (waiting[0] as string);
    at.set(index, lowest(index) ?? 0);
    waiting = waiting.filter(name => name !== index);
  }
  return indices.map(index => at.get(index) as number);
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

/** The members that an equation defines, in the index names of the family: t = 1 … T, or t = 0 for h[0] = …. */
export const membersOf = ({ left, indices: own, over }: Equation, indices: readonly string[]): Domain => {
  const renaming = new Map<string, Polynomial>();
  const constant: Polynomial[] = [];
  for (const [i, entry] of indexOf(left).entries()) {
    const name = named(indices[i] as string);
    const letter = soleName(entry);
    if (letter !== undefined && own.includes(letter)) renaming.set(letter, name);
    else constant.push(...equalityOf(name, entry));
  }
  return intersect(substituteDomain(over, renaming), domain(constant));
};

/**
 * The disjoint pieces of an adjoint, in the order in which they are evaluated, initial members last. `sizes` gives
 * horizons fixed values; `from` is told from which horizons on the pieces are disjoint; without it they are for all.
 */
export const piecesOf = (
  { system, entry, equations, contributions, recursion, known }: Parts,
  sizes: ReadonlyMap<string, Polynomial>,
  from: ValidFrom | undefined,
): readonly Piece[] => {
  const { indices, node } = entry;
  const wrt = indices.length > 0 ? at(node, indices.map(named)) : node;
  const ranges = equations.map(equation => membersOf(equation, indices));
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
      ranges.every(d => isEmpty(intersect(d, over), indices, system.sizes, from && new Map(from)));
    const added: Rewriting =
      own.length > 0
        ? simplify(sumOf(own.map(c => c.value)), known.suppositions)
        : { node: zeroOf(node.shape), steps: [] };
    const part = isInitial ? "initial" : regions.length === 1 ? "all" : fixed.size > 0 ? "boundary" : "interior";
    return {
      wrt: substituteIndices(wrt, fixed) as SymbolNode | AtNode,
      over: onlyFixed(over, indices, fixed, system.sizes, from),
      part,
      contributions: own,
      value: added.node,
      get steps() {
        return added.steps;
      },
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

/** The pieces for each horizon that is too short for the general ones, where boundary pieces meet. */
export const shortHorizons = (parts: Parts, from: ValidFrom): Gradient["short"] =>
  [...from].flatMap(([horizon, least]) =>
    Array.from({ length: least - 1 }, (_, i) => ({
      at: new Map([[horizon, i + 1]]),
      pieces: piecesOf(parts, new Map([[horizon, integer(i + 1)]]), undefined),
    })),
  );
