/** The index points of a claim, and the ranges of sums in it that give no limits. */
import { boundsOf, type Domain, domain, intersect, substituteDomain } from "../../expr/domain.ts";
import { type AtNode, type Node, open } from "../../expr/node.ts";
import {
  coefficientOf,
  constantValue,
  integer,
  minus,
  named,
  namesIn,
  type Polynomial,
  plus,
} from "../../expr/polynomial.ts";
import type { System } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import { extremeOf, type Interval, overlap } from "../domains.ts";
import type { Binding } from "../draft.ts";
import type { Range } from "../ranges.ts";
import type { Forward } from "../read.ts";
import type { SizeStore } from "../sizes.ts";
import { type PlaceRead, problem } from "../surroundings.ts";
import type { ReadClaim } from "./reading.ts";

/** A sum whose index counts entries along axes of different sizes. */
export class MisfitIndex extends Error {}

/** An entry along an axis of an array, by index and size. */
export interface Entry {
  readonly value: Polynomial;
  readonly size: Polynomial;
  /** What the indices in its value are bound by. */
  readonly bindings: readonly Binding[];
}

/** The entries that a claim reads, once the shapes are known. */
export const entriesAt = (places: readonly PlaceRead[], sizes: SizeStore): readonly Entry[] =>
  places.flatMap(({ value, size, across, bindings }) => {
    const [rows, columns] = [sizes.known(size), across === undefined ? undefined : sizes.known(across)];
    const isRow = rows !== undefined && constantValue(rows) === 1 && columns !== undefined;
    const found = isRow ? columns : rows;
    return found ? [{ value, size: found, bindings }] : [];
  });

/** As the claim says, else every point at which all that it reads outside of sums exists. */
export const placed = (
  { typing, assembled }: Forward,
  { letters, distances }: { readonly letters: ReadonlySet<string>; readonly distances: ReadonlySet<string> },
  members: readonly Node[],
  conditions: readonly Range[],
  entries: readonly Entry[],
): ReadClaim => {
  const free = new Set(members.flatMap(node => node.free));
  const indices = [...letters].filter(letter => free.has(letter)).sort();
  const said = conditions.filter(({ index }) => indices.includes(index));
  const counted = entries.filter(({ value }) => {
    const names = namesIn(value).filter(name => !typing.prepared.sizes.has(name));
    return names.length > 0 && names.every(name => indices.includes(name));
  });
  const inEntries = new Set(counted.flatMap(({ value }) => namesIn(value)));
  const inMembers = new Set(members.flatMap(node => postorder(node).flatMap(indicesOf)));
  const parts = indices.map((index): Domain => {
    const own = said.filter(range => range.index === index);
    // A letter of the forward equations may count something else here: entries of an array.
    const known = typing.prepared.letters.has(index) && !(inEntries.has(index) && !inMembers.has(index));
    const general = known ? assembled.ranges.ofLetter(index, { start: 0, end: 0 }) : undefined;
    const low = own.find(range => range.low)?.low ?? general?.low;
    const high = own.find(range => range.high)?.high ?? general?.high;
    return domain([...(low ? [minus(index, low)] : []), ...(high ? [minus(high, index)] : [])]);
  });
  const apart = indices.filter(index => distances.has(index)).map(index => domain([named(index)]));
  const stated = new Set(said.map(({ index }) => index));
  const natural = members.flatMap(node => naturalDomains(assembled.system, node, indices, stated));
  const ordered = members.flatMap(node =>
    productDomains(node, name => free.has(name) || typing.prepared.sizes.has(name)),
  );
  const inside = counted.map(({ value, size }) => domain([minus(value, 1), minus(size, value)]));
  return {
    members,
    indices,
    over: intersect(...parts, ...natural, ...ordered, ...inside, ...apart),
    stated: said.length > 0,
  };
};

/** The members of families that a node names, those in derivatives among them. */
const membersIn = (node: Node): readonly AtNode[] => {
  if (node.kind === "at") return [node];
  return node.kind === "partial" ? [node.of, node.wrt].filter(each => each.kind === "at") : [];
};

const indicesOf = (node: Node): readonly string[] => membersIn(node).flatMap(({ index }) => index.flatMap(namesIn));

/**
 * Where the members that are read outside of any sum exist, and where those in sums do if the ends of these do not vary: Σ_k over
 * δ^{l+1}_k is written for l < L. Indices whose range is stated are taken at their word.
 */
const naturalDomains = (
  system: System,
  root: Node,
  indices: readonly string[],
  stated: ReadonlySet<string>,
): readonly Domain[] => {
  const nodes = postorder(root);
  const isFixed = nodes.every(
    node => node.kind !== "over" || !node.domain.where.flatMap(namesIn).some(name => indices.includes(name)),
  );
  const isBound = (name: string): boolean => name.startsWith("#");
  return nodes.flatMap(node => {
    const entry = node.kind === "at" ? system.symbols.get(node.of.name) : undefined;
    if (node.kind !== "at" || !entry) return [];
    const names = node.index.flatMap(namesIn);
    if (!names.some(name => indices.includes(name)) || names.some(name => stated.has(name))) return [];
    const exists = substituteDomain(
      entry.domain,
      new Map(entry.indices.map((index, i) => [index, node.index[i] as Polynomial])),
    );
    if (!names.some(isBound)) return [exists];
    return isFixed ? [domain(exists.where.filter(condition => !namesIn(condition).some(isBound)))] : [];
  });
};

/** Where the factors of a product run upwards, or there are none: ∏_{j=k+1}^{t} is written for k ≤ t. */
const productDomains = (root: Node, isFree: (name: string) => boolean): readonly Domain[] =>
  postorder(root).flatMap(node => {
    if (node.kind !== "over" || node.fold === "sum") return [];
    const { lower, upper } = boundsOf(open(node, "~factor").domain, "~factor");
    return lower.flatMap(low =>
      upper.flatMap(high => {
        const length = plus(minus(high, low), 1);
        return namesIn(length).every(isFree) ? [domain([length])] : [];
      }),
    );
  });

/** The values of an index for which a polynomial that holds it once lies between two others. */
const solved = (value: Polynomial, index: string, { low, high }: Interval): Interval | undefined => {
  if (coefficientOf(value, index) !== 1) return undefined;
  const shift = minus(value, index);
  return { low: minus(low, shift), high: minus(high, shift) };
};

/** Where an index runs over entries of arrays, in ends that do not vary. */
const alongEntries = (entries: readonly Entry[], index: string): Interval | undefined =>
  overlap(entries.flatMap(({ value, size }) => solved(value, index, { low: integer(1), high: size }) ?? []));

/** Where an index runs over members of families. */
const alongMembers = (system: System, body: Node, index: string): Interval | undefined =>
  overlap(
    postorder(body).flatMap(node =>
      membersIn(node).flatMap(member => {
        const entry = system.symbols.get(member.of.name);
        return member.index.flatMap((value, place) => {
          const name = entry?.indices[place];
          if (!entry || name === undefined) return [];
          const { lower, upper } = boundsOf(entry.domain, name);
          const [low, high] = [extremeOf(lower, true), extremeOf(upper, false)];
          return (low && high && solved(value, index, { low, high })) || [];
        });
      }),
    ),
  );

/** The range of a sum: as it says, else all entries or members that it reads, else as its letter does in the forward equations. */
export const rangeOfSum = (
  { typing: { prepared }, assembled: { ranges, system } }: Forward,
  binding: Binding,
  body: Node,
  entries: readonly Entry[],
): Interval => {
  const { low, high, letter, index, span } = binding;
  if (low && high) return { low, high };
  const general = (): Interval | undefined =>
    prepared.letters.has(letter) ? ranges.ofLetter(letter, span) : alongMembers(system, body, index);
  const counted = entries.filter(
    ({ value, bindings }) => bindings.includes(binding) && coefficientOf(value, index) === 1,
  );
  if (new Set(counted.map(({ size }) => size.key)).size > 1) throw new MisfitIndex();
  const found = alongEntries(counted, index) ?? general();
  if (!found) return problem("I002", "the limits of this sum are not understood", span, "over what?");
  return { low: low ?? found.low, high: high ?? found.high };
};
