/** Where indices range: from limits, ranges in the text, the members that are read; and in which order members come. */
import { type Diagnostic, DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import {
  coefficientOf,
  constantValue,
  integer,
  minus,
  named,
  namesIn,
  type Polynomial,
  plus,
  soleName,
  substitute,
} from "../expr/polynomial.ts";
import type { Binding } from "./draft.ts";
import type { Family } from "./names.ts";
import type { Prepared } from "./prepare.ts";
import type { TypedEquation } from "./typing.ts";

export interface Interval {
  readonly low: Polynomial;
  readonly high: Polynomial;
}

export type RangeOrigin = "declared" | "sum" | "member" | "assumed";

export interface LetterRange extends Interval {
  readonly from: RangeOrigin;
  readonly span?: Span;
}

const ONE = integer(1);
const LARGEST_LITERAL = 100_000;

/** Whether a ≥ b for all sizes ≥ 1; undefined if that depends on the sizes. */
const atLeast = (a: Polynomial, b: Polynomial): boolean => {
  const difference = minus(a, b);
  const shifted = substitute(difference, new Map(namesIn(difference).map(name => [name, plus(name, 1)] as const)));
  return shifted.monomials.every(monomial => monomial.coefficient >= 0);
};

const extremeOf = (values: readonly Polynomial[], highest: boolean): Polynomial | undefined => {
  let found = values[0];
  for (const value of values.slice(1)) {
    if (!found) break;
    if (atLeast(value, found)) found = highest ? value : found;
    else if (atLeast(found, value)) found = highest ? found : value;
    else return undefined;
  }
  return found;
};

/** The range that contains the given ones; undefined if it depends on the sizes which is larger. */
export const hull = (intervals: readonly Interval[]): Interval | undefined => {
  const low = extremeOf(
    intervals.map(each => each.low),
    false,
  );
  const high = extremeOf(
    intervals.map(each => each.high),
    true,
  );
  return low && high ? { low, high } : undefined;
};

/** Whether one range ends before the other begins, for all sizes. */
export const precedes = (a: Interval, b: Interval): boolean => atLeast(minus(b.low, a.high), ONE);

const HORIZONS: Readonly<Record<string, string>> = {
  t: "T",
  s: "T",
  tau: "T",
  l: "L",
  ell: "L",
  i: "N",
  n: "N",
  j: "M",
  m: "M",
  k: "K",
};

/** All ranges of one system. */
export class Ranges {
  readonly #letters = new Map<string, LetterRange>();
  /** Horizons that the note does not name. */
  readonly invented: { readonly name: string; readonly letter: string; readonly span: Span }[] = [];
  readonly #prepared: Prepared;
  readonly #equations: readonly TypedEquation[];

  constructor(
    prepared: Prepared,
    equations: readonly TypedEquation[],
    readonly sums: readonly Binding[],
  ) {
    this.#prepared = prepared;
    this.#equations = equations;
  }

  get letters(): ReadonlyMap<string, LetterRange> {
    return this.#letters;
  }

  /** The range of a letter where nothing nearer says another. */
  ofLetter(letter: string, span: Span): LetterRange {
    const known = this.#letters.get(letter);
    if (known) return known;
    const range = this.#infer(letter, span);
    this.#letters.set(letter, range);
    return range;
  }

  #infer(letter: string, span: Span): LetterRange {
    const said = [...this.#prepared.ranges, ...this.#equations.flatMap(equation => equation.ranges)].filter(
      range => range.index === letter,
    );
    const lows = said.flatMap(range => range.low ?? []);
    const highs = said.flatMap(range => range.high ?? []);
    const sums = this.sums.filter(sum => sum.letter === letter && sum.low && sum.high && this.#closed(sum));
    const summed = hull(sums.map(({ low, high }) => ({ low: low as Polynomial, high: high as Polynomial })));
    const low = extremeOf(lows, false) ?? summed?.low ?? ONE;
    const stated = extremeOf(highs, true);
    if (stated) return { low, high: stated, from: "declared", ...(said[0] ? { span: said[0].span } : {}) };
    if (summed) return { low, high: summed.high, from: "sum", ...(sums[0] ? { span: sums[0].span } : {}) };
    const members = extremeOf(this.#members(letter), true);
    if (members) return { low, high: members, from: "member" };
    const free = HORIZONS[letter] ?? "N";
    let name = free;
    for (let i = 1; this.#prepared.variables.has(name) || this.#prepared.bases.all.has(name); i++)
      name = `${free}_${i}`;
    this.invented.push({ name, letter, span });
    return { low, high: named(name), from: "assumed" };
  }

  #closed({ low, high }: Binding): boolean {
    return [low, high].every(bound => bound && namesIn(bound).every(name => !this.#prepared.letters.has(name)));
  }

  /** Ends that reads ask for: h_T, or h_s summed over s, of families counted by this letter. */
  #members(letter: string): readonly Polynomial[] {
    const found: Polynomial[] = [];
    const place = new Map<Family, number>();
    for (const equation of this.#equations) {
      const at = equation.places.findIndex(each => each.index === letter && !each.fixed);
      if (at >= 0) place.set(equation.family, at);
    }
    for (const equation of this.#equations) {
      for (const { family, index, bindings } of equation.reads) {
        const at =
          place.get(family) ?? (index.length === 1 && !place.has(family) && !this.#isDefined(family) ? 0 : undefined);
        const value = at === undefined ? undefined : index[at];
        if (!value) continue;
        if (namesIn(value).every(name => !bindings.some(binding => binding.index === name))) {
          if (namesIn(value).length > 0 && (place.has(family) || this.#countedBy(family, letter))) found.push(value);
          continue;
        }
        const bound = bindings.find(binding => binding.index === soleName(value) && binding.letter !== letter);
        if (place.has(family) && bound?.high && this.#closed(bound)) found.push(bound.high);
      }
    }
    return found;
  }

  #isDefined(family: Family): boolean {
    return this.#equations.some(equation => equation.family === family);
  }

  #countedBy(family: Family, letter: string): boolean {
    return this.#equations.some(equation =>
      equation.reads.some(
        read =>
          read.family === family &&
          read.index.some(value =>
            namesIn(value).some(name => read.bindings.some(b => b.index === name && b.letter === letter)),
          ),
      ),
    );
  }

  /** The range of a bound index: of a sum, or of the left side of an equation. */
  ofBinding(binding: Binding, equation: TypedEquation): Interval {
    const found = this.#ofBinding(binding, equation);
    for (const end of [found.low, found.high]) {
      if (Math.abs(constantValue(end) ?? 0) > LARGEST_LITERAL) {
        throw new DiagnosticError({
          code: "I006",
          severity: "error",
          message: `the range of ${binding.letter} ends at ${end.key}, which is too large`,
          spans: [{ span: binding.span, label: "write a name for it" }],
          help: "A horizon is a name, such as T.",
        });
      }
    }
    return found;
  }

  #ofBinding(binding: Binding, equation: TypedEquation): Interval {
    const { low, high, letter, span } = binding;
    if (low && high) return { low, high };
    const place = equation.places.findIndex(each => each.index === binding.index);
    const left = place >= 0 && equation.bindings.includes(binding);
    const own = left ? equation.ranges.filter(range => range.index === letter) : [];
    const ownLow = extremeOf(
      own.flatMap(range => range.low ?? []),
      false,
    );
    const ownHigh = extremeOf(
      own.flatMap(range => range.high ?? []),
      true,
    );
    const general = this.ofLetter(letter, span);
    const shift =
      binding.value && general.from === "declared" && own.length === 0
        ? minus(binding.index, binding.value)
        : integer(0);
    let [from, to] = [low ?? ownLow ?? plus(general.low, shift), high ?? ownHigh ?? plus(general.high, shift)];
    if (left && !ownLow) from = this.#after(equation, place, from, 1);
    if (left && !ownHigh) to = this.#after(equation, place, to, -1);
    return { low: from, high: to };
  }

  /** Members with an equation of their own at an end of the range are left to it. */
  #after(equation: TypedEquation, place: number, end: Polynomial, step: number): Polynomial {
    const fixed = new Set(
      this.#equations.flatMap(other => (other.family === equation.family ? [other.places[place]?.fixed?.key] : [])),
    );
    let value = end;
    for (let i = 0; i < 64 && fixed.has(value.key); i++) value = plus(value, step);
    return value;
  }

  /** Least and greatest value of an index expression. */
  extent(value: Polynomial, bindings: readonly Binding[], equation: TypedEquation, span: Span): Interval {
    let [low, high] = [value, value];
    for (const binding of [...bindings].reverse()) {
      const range = this.ofBinding(binding, equation);
      const at = (from: Polynomial, least: boolean): Polynomial => {
        const coefficient = coefficientOf(from, binding.index);
        if (coefficient === undefined) {
          throw new DiagnosticError({
            code: "I001",
            severity: "error",
            message: "an index occurs in a product",
            spans: [{ span, label: "indices may only be shifted" }],
          });
        }
        if (coefficient === 0) return from;
        return substitute(from, new Map([[binding.index, coefficient > 0 === least ? range.low : range.high]]));
      };
      [low, high] = [at(low, true), at(high, false)];
    }
    return { low, high };
  }
}

interface Edge {
  readonly from: Family;
  readonly to: Family;
  /** What is read minus what is defined, by letter; undefined where that is no constant. */
  readonly offsets: ReadonlyMap<string, number | undefined>;
  readonly span: Span;
}

const components = (families: readonly Family[], edges: readonly Edge[]): ReadonlyMap<Family, number> => {
  // Kosaraju with explicit stacks.
  const out = new Map<Family, Family[]>(families.map(family => [family, []]));
  const back = new Map<Family, Family[]>(families.map(family => [family, []]));
  for (const { from, to } of edges) {
    out.get(from)?.push(to);
    back.get(to)?.push(from);
  }
  const order: Family[] = [];
  const seen = new Set<Family>();
  for (const root of families) {
    if (seen.has(root)) continue;
    seen.add(root);
    const stack: { family: Family; next: number }[] = [{ family: root, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1) as (typeof stack)[number];
      const next = out.get(top.family)?.[top.next++];
      if (!next) {
        order.push(top.family);
        stack.pop();
      } else if (!seen.has(next)) {
        seen.add(next);
        stack.push({ family: next, next: 0 });
      }
    }
  }
  const component = new Map<Family, number>();
  let count = 0;
  for (const root of order.reverse()) {
    if (component.has(root)) continue;
    const stack = [root];
    component.set(root, count);
    while (stack.length > 0) {
      for (const next of back.get(stack.pop() as Family) ?? []) {
        if (component.has(next)) continue;
        component.set(next, count);
        stack.push(next);
      }
    }
    count++;
  }
  return component;
};

const permutations = (letters: readonly string[]): readonly (readonly string[])[] =>
  letters.length <= 1
    ? [letters]
    : letters.flatMap(first => permutations(letters.filter(letter => letter !== first)).map(rest => [first, ...rest]));

/** Whether reads inside one loop all go to earlier members, if indices are compared in this order and direction. */
const ordered = (edges: readonly Edge[], order: readonly { letter: string; sign: number }[]): boolean => {
  const same: Edge[] = [];
  for (const edge of edges) {
    let settled = false;
    for (const { letter, sign } of order) {
      const offset = edge.offsets.get(letter);
      if (offset === undefined || offset * sign > 0) return false;
      if (offset !== 0) {
        settled = true;
        break;
      }
    }
    if (!settled) same.push(edge);
  }
  const families = [...new Set(same.flatMap(edge => [edge.from, edge.to]))];
  const component = components(families, same);
  return same.every(edge => edge.from !== edge.to && component.get(edge.from) !== component.get(edge.to));
};

/** Refuses a system in which some member would have to be known before it is computed. */
export const checkOrder = (equations: readonly TypedEquation[]): Diagnostic | undefined => {
  const defined = new Map<Family, TypedEquation>();
  for (const equation of equations)
    if (!defined.has(equation.family) || equation.bindings.length > 0) defined.set(equation.family, equation);
  const edges: Edge[] = [];
  for (const equation of equations) {
    for (const read of equation.reads) {
      const target = defined.get(read.family);
      if (!target) continue;
      const offsets = new Map<string, number | undefined>();
      read.index.forEach((value, i) => {
        const own = equation.places.find(place => place.index === target.places[i]?.index);
        const at = own?.fixed ?? (own ? named(own.index) : undefined);
        offsets.set(target.places[i]?.index ?? "", at ? constantValue(minus(value, at)) : undefined);
      });
      edges.push({ from: equation.family, to: read.family, offsets, span: read.span });
    }
  }
  const component = components([...defined.keys()], edges);
  const groups = new Map<number, Edge[]>();
  for (const edge of edges) {
    const group = component.get(edge.from) as number;
    if (group === component.get(edge.to)) groups.set(group, [...(groups.get(group) ?? []), edge]);
  }
  for (const group of groups.values()) {
    const letters = [...new Set(group.flatMap(edge => [...edge.offsets.keys()]))].sort();
    const signs =
      letters.length > 4
        ? []
        : Array.from({ length: 2 ** letters.length }, (_, bits) =>
            letters.map((_letter, i) => (bits & (1 << i) ? -1 : 1)),
          );
    const possible = permutations(letters.slice(0, 4)).some(order =>
      signs.some(sign =>
        ordered(
          group,
          order.map(letter => ({ letter, sign: sign[letters.indexOf(letter)] as number })),
        ),
      ),
    );
    if (possible) continue;
    const [first, ...others] = group;
    return {
      code: "I003",
      severity: "error",
      message: `${(first as Edge).to.latex} is read before it can be known`,
      spans: [
        { span: (first as Edge).span, label: "read here" },
        ...others.slice(0, 2).map(edge => ({ span: edge.span, label: "and here" })),
      ],
      help: "One of these reads must be of another member, such as t - 1.",
    };
  }
  return undefined;
};
