/** At which sizes and horizons a claim is tried: every short horizon, and sizes that are all different. */
import type { Domain } from "../expr/domain.ts";
import type { Node } from "../expr/node.ts";
import { constantPart, type Polynomial } from "../expr/polynomial.ts";
import type { System } from "../expr/system.ts";
import { postorder } from "../expr/walk.ts";
import { integersOf } from "./compile.ts";

export interface Sample {
  readonly sizes: ReadonlyMap<string, number>;
  readonly seed: number;
}

export interface Sampling {
  /** Horizons 1 … this; from the constants in the indices where not given. */
  readonly longest?: number;
  readonly shortest?: number;
  readonly assignments?: number;
  /** The first of them. */
  readonly from?: number;
  /** One size for every dimension in place of different ones. */
  readonly dimension?: number;
  /** Lengths at which a sample with every dimension 1 is added. */
  readonly ones?: readonly number[];
  readonly seeds?: readonly number[];
}

/** Longer horizons than this are never tried. */
const LONGEST = 40;
/** Up to this length every assignment is tried with every seed. */
const SHORT = 5;

/** The largest constant in any index, bound or exponent. */
export const largestConstant = (roots: Iterable<Node>, domains: Iterable<Domain>): number => {
  let largest = 0;
  const see = (value: Polynomial): void => {
    largest = Math.max(largest, Math.abs(constantPart(value)));
  };
  const seen = new Set<Node>();
  for (const { where } of domains) for (const condition of where) see(condition);
  for (const root of roots) {
    if (seen.has(root)) continue;
    for (const node of postorder(root)) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (node.kind === "at") for (const entry of node.index) see(entry);
      else if (node.kind === "over") for (const condition of node.domain.where) see(condition);
      else if (node.kind === "integer") see(node.value);
      else if (node.kind === "call") for (const value of integersOf(node)) see(value);
    }
  }
  return largest;
};

export const horizonsFor = (constant: number): number => Math.min(LONGEST, Math.max(5, 2 * constant + 3));

/**
 * More sizes than this share their values, so that arrays stay small where a net has many layers. The counts that the
 * assignments have share no divisor: two sizes that are alike in one assignment are not in another.
 */
const DISTINCT = [9, 10, 11] as const;

/**
 * Sizes of at least 2, none of them a horizon's, up to a number of names all distinct; no size has one value in every
 * assignment, not even an only one.
 */
const dimensionsOf = (
  names: readonly string[],
  least: number,
  taken: ReadonlySet<number>,
  assignment: number,
): Map<string, number> => {
  const pool: number[] = [];
  // Sizes that are all odd, once: det((-X)^k) shows its sign there alone. Two or three of them are still small.
  if (assignment % 3 === 2 && names.length > 1 && names.length <= 3) {
    for (let value = least | 1; pool.length < names.length; value += 2) if (!taken.has(value)) pool.push(value);
    return new Map(names.map((name, i) => [name, pool[i] as number]));
  }
  const count = Math.min(names.length, DISTINCT[assignment % 3] ?? 9) + 2;
  for (let value = Math.max(2, least); pool.length < count; value++) if (!taken.has(value)) pool.push(value);
  if (assignment % 3 === 1) pool.reverse();
  for (let i = 0; i < assignment; i++) pool.push(pool.shift() as number);
  return new Map(names.map((name, i) => [name, pool[i % (count - 2)] as number]));
};

/**
 * The samples, shortest horizons first. With several horizons the first runs through all lengths; the others lie
 * below, at and above it in turn.
 */
export const samplesOf = (
  system: System,
  longest: number,
  { shortest = 1, assignments = 3, from = 0, seeds = [1, 2], dimension, ones = [] }: Sampling,
): readonly Sample[] => {
  const entries = [...system.sizes.values()];
  const horizons = entries.filter(({ role }) => role === "horizon");
  const dimensions = entries.filter(({ role }) => role === "dimension");
  const least = dimensions.reduce((most, entry) => Math.max(most, entry.least), 2);
  const samples: Sample[] = [];
  const lengths = horizons.length === 0 ? [0] : Array.from({ length: longest - shortest + 1 }, (_, i) => i + shortest);
  for (const length of lengths) {
    if (horizons[0] && length < horizons[0].least) continue;
    // Long horizons are tried too, each at one assignment and one seed, in turn.
    const isLong = length > SHORT;
    for (
      let assignment = isLong ? length % assignments : from;
      assignment < assignments;
      assignment += isLong ? assignments : 1
    ) {
      const sizes = new Map<string, number>();
      for (const [j, { name, least: fewest }] of horizons.entries()) {
        const shift = j === 0 ? 0 : ((assignment + j) % 3) - 1;
        sizes.set(name, Math.max(fewest, 1, length + shift));
      }
      const taken = new Set(sizes.values());
      const names = dimensions.map(({ name }) => name);
      for (const [name, value] of dimensionsOf(names, least, taken, assignment)) sizes.set(name, dimension ?? value);
      for (const seed of isLong ? seeds.slice(0, 1) : seeds)
        samples.push({ sizes, seed: seed * 1009 + samples.length });
      if (assignment > 0 || !ones.includes(length)) continue;
      samples.push({
        sizes: new Map([...sizes].map(([name, value]) => [name, names.includes(name) ? 1 : value])),
        seed: 2003 + samples.length,
      });
    }
  }
  return samples;
};

/** So many orders of sizes are tried where an array has to have an inverse. */
const ORDERS = 24;

/**
 * The same sample with its dimensions' sizes in other orders: (XᵀX)^{-1} wants X to have at least as many rows as columns,
 * which only some assignments of sizes give.
 */
export function* reorderings(system: System, sample: Sample): Generator<Sample> {
  const names = [...system.sizes.values()].filter(({ role }) => role === "dimension").map(({ name }) => name);
  const values = names.map(name => sample.sizes.get(name) as number);
  for (let order = 1; order < ORDERS; order++) {
    // The order's digits in the factorial number system say which of the values left is taken next.
    const left = [...values];
    let rest = order;
    const picked = names.map((_, i) => {
      const choices = names.length - i;
      const [value] = left.splice(rest % choices, 1);
      rest = Math.floor(rest / choices);
      return value as number;
    });
    if (rest > 0) return;
    const sizes = new Map([...sample.sizes, ...names.map((name, i) => [name, picked[i] as number] as const)]);
    yield { sizes, seed: sample.seed };
  }
}
