/** Which members each family has, and what its indices are called. */
import { DiagnosticError } from "../base/diagnostic.ts";
import { type Domain, domain, EVERYWHERE, equalityOf, intersect, interval } from "../expr/domain.ts";
import { named, namesIn } from "../expr/polynomial.ts";
import { hull, type Interval, precedes, type Ranges } from "./domains.ts";
import type { Binding } from "./draft.ts";
import type { Family } from "./names.ts";
import { unique } from "./sizenames.ts";
import type { TypedEquation, Typing } from "./typing.ts";

export interface Members {
  readonly indices: ReadonlyMap<Family, readonly string[]>;
  readonly domains: ReadonlyMap<Family, Domain>;
  /** Families of which more members are read than defined: the others are given, such as h_0. */
  readonly initial: ReadonlyMap<Family, Domain>;
}

type Box = readonly Interval[];

const rangeOfPlace = (ranges: Ranges, equation: TypedEquation, index: string): Interval =>
  ranges.ofBinding(equation.bindings.find(binding => binding.index === index) as Binding, equation);

/** The members that an equation defines. */
const definedBox = (ranges: Ranges, equation: TypedEquation): Box =>
  equation.places.map(({ index, fixed }) =>
    fixed ? { low: fixed, high: fixed } : rangeOfPlace(ranges, equation, index),
  );

const boxDomain = (indices: readonly string[], box: Box): Domain =>
  intersect(...indices.map((index, i) => interval(index, (box[i] as Interval).low, (box[i] as Interval).high)));

const apart = (a: Box, b: Box): boolean =>
  a.some((own, i) => precedes(own, b[i] as Interval) || precedes(b[i] as Interval, own));

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

const unusedIndex = (letters: ReadonlySet<string>, place: number): string =>
  ["i", "j", "k", "l"].filter(letter => !letters.has(letter))[place] ?? `i_${place + 1}`;

/** What indices are called: as on the left side, else as in the first read by a letter, else as declared. */
const namesOfIndices = (
  { equations, prepared }: Typing,
  families: Iterable<Family>,
): ReadonlyMap<Family, readonly string[]> => {
  const indices = new Map<Family, readonly string[]>();
  const lefts = [...equations].sort(
    (a, b) => Number(a.places.some(place => place.fixed)) - Number(b.places.some(place => place.fixed)),
  );
  for (const { family, places } of lefts) {
    if (indices.has(family)) continue;
    indices.set(
      family,
      places.map(place => place.index),
    );
  }
  for (const { family, index, bindings } of equations.flatMap(equation => equation.reads)) {
    if (indices.has(family)) continue;
    const letters = index.flatMap(
      value => bindings.find(binding => namesIn(value).includes(binding.index))?.letter ?? [],
    );
    if (letters.length === index.length && new Set(letters).size === letters.length) indices.set(family, letters);
  }
  for (const family of families) {
    if (indices.has(family)) continue;
    const taken = new Set<string>();
    const name = (place: number): string =>
      unique(prepared.names.counterOf(family, place) ?? unusedIndex(prepared.letters, place), taken);
    indices.set(
      family,
      Array.from({ length: family.rank }, (_, place) => name(place)),
    );
  }
  return indices;
};

/** Two equations must not define one member. */
const checkApart = (defined: ReadonlyMap<Family, readonly { equation: TypedEquation; box: Box }[]>): void => {
  for (const [family, parts] of defined) {
    for (const [i, { equation, box }] of parts.entries()) {
      const other = parts.slice(0, i).find(each => !apart(each.box, box));
      if (!other) continue;
      throw new DiagnosticError({
        code: "I005",
        severity: "error",
        message: `some members of ${family.latex} have two equations`,
        spans: [
          { span: equation.left.span, label: "defined here" },
          { span: other.equation.left.span, label: "and here" },
        ],
        help: "Give each equation the range of indices for which it holds.",
      });
    }
  }
};

/** The members of all families: defined, read beyond what is defined, or given. */
export const membersOf = (typing: Typing, ranges: Ranges, families: ReadonlySet<Family>): Members => {
  const { equations } = typing;
  const indices = namesOfIndices(typing, families);
  const all = new Map<Family, Box[]>();
  const defined = new Map<Family, { equation: TypedEquation; box: Box }[]>();
  for (const equation of equations) {
    const box = definedBox(ranges, equation);
    push(all, equation.family, box);
    push(defined, equation.family, { equation, box });
    for (const { family, index, bindings, span } of equation.reads) {
      push(
        all,
        family,
        index.map(value => ranges.extent(value, bindings, equation, span)),
      );
    }
  }
  const domains = new Map<Family, Domain>();
  const initial = new Map<Family, Domain>();
  for (const family of families) {
    const names = indices.get(family) as readonly string[];
    const box = names.map((index, i): Interval => {
      const found = hull((all.get(family) ?? []).map(each => each[i] as Interval));
      if (found) return found;
      throw new DiagnosticError({
        code: "I004",
        severity: "error",
        message: `which members of ${family.latex} there are depends on the sizes`,
        spans: [{ span: family.span, label: `the range of ${index} has no common end` }],
        help: "Give the range of the index.",
      });
    });
    domains.set(family, names.length === 0 ? EVERYWHERE : boxDomain(names, box));
    const own = defined.get(family);
    if (!own) continue;
    const covered = names.map((_, i) => hull(own.map(each => each.box[i] as Interval)));
    const beyond = covered.some((each, i) => each?.low.key !== box[i]?.low.key || each?.high.key !== box[i]?.high.key);
    if (beyond) initial.set(family, boxDomain(names, box));
  }
  checkApart(defined);
  return { indices, domains, initial };
};

/** The index names of an equation's left side and the points at which it holds. */
export const placesOf = (
  equation: TypedEquation,
  own: readonly string[],
  ranges: Ranges,
): { readonly indices: readonly string[]; readonly over: Domain } => {
  const taken = new Set(equation.places.flatMap(place => (place.fixed ? [] : [place.index])));
  // A fixed index is called as the family calls it, unless another index of the equation is.
  const indices = equation.places.map((place, i) => (place.fixed ? unique(own[i] as string, taken) : place.index));
  const parts = equation.places.map((place, i): Domain => {
    const index = indices[i] as string;
    if (place.fixed) return domain(equalityOf(named(index), place.fixed));
    const { low, high } = rangeOfPlace(ranges, equation, place.index);
    return interval(index, low, high);
  });
  return { indices, over: parts.length === 0 ? EVERYWHERE : intersect(...parts) };
};
