/** Where indices range: from limits, ranges in the text, the members that are read; and in which order members come. */
import { DiagnosticError } from "../base/diagnostic.ts";
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
import type { Range } from "./ranges.ts";
import type { SizeTerm } from "./sizes.ts";
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

/** The highest or lowest of some ends; undefined if there are none, or if it depends on the sizes which one is. */
export const extremeOf = (values: readonly Polynomial[], highest: boolean): Polynomial | undefined => {
  let found = values[0];
  for (const value of values.slice(1)) {
    if (!found) break;
    if (atLeast(value, found)) found = highest ? value : found;
    else if (atLeast(found, value)) found = highest ? found : value;
    else return undefined;
  }
  return found;
};

const between = (intervals: readonly Interval[], widest: boolean): Interval | undefined => {
  const low = extremeOf(
    intervals.map(each => each.low),
    !widest,
  );
  const high = extremeOf(
    intervals.map(each => each.high),
    widest,
  );
  return low && high ? { low, high } : undefined;
};

/** The range that contains the given ones; undefined if it depends on the sizes which is larger. */
export const hull = (intervals: readonly Interval[]): Interval | undefined => between(intervals, true);

/** What the given ranges have in common; undefined if it depends on the sizes. */
export const overlap = (intervals: readonly Interval[]): Interval | undefined => between(intervals, false);

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
    readonly sizeOf: (term: SizeTerm) => Polynomial | undefined = () => undefined,
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
    const range = this.#infer(letter) ?? this.#shared(letter) ?? this.#invented(letter, span);
    this.#letters.set(letter, range);
    return range;
  }

  /** What the note says of the range of a letter, or what is done with it. */
  #infer(letter: string): LetterRange | undefined {
    const last = Math.max(...this.#equations.map(({ span }) => span.end));
    const isOfAll = ({ low, high, span, isBackward }: Range): boolean =>
      !isBackward && ((low && high) !== undefined || span.start < last);
    const everywhere = this.#said(letter);
    // "For $t < T$:" behind the forward equations speaks of what is said there, where a sum says how far they go.
    const isSummed = this.sums.some(sum => sum.letter === letter && sum.low && sum.high && this.#closed(sum));
    const said = isSummed ? everywhere.filter(isOfAll) : everywhere;
    const lows = said.flatMap(range => range.low ?? []);
    const highs = said.flatMap(range => range.high ?? []);
    const sums = this.sums.filter(sum => sum.letter === letter && sum.low && sum.high && this.#closed(sum));
    const summed = hull(sums.map(({ low, high }) => ({ low: low as Polynomial, high: high as Polynomial })));
    const low = extremeOf(lows, false) ?? summed?.low ?? this.#lowest(letter) ?? ONE;
    const stated = extremeOf(highs, true);
    if (stated) return { low, high: stated, from: "declared", ...(said[0] ? { span: said[0].span } : {}) };
    if (summed) return { low, high: summed.high, from: "sum", ...(sums[0] ? { span: sums[0].span } : {}) };
    const axis = this.#axisOf(letter);
    if (axis) return { low, high: axis, from: "member" };
    const mean = this.#prepared.means.get(letter);
    if (mean) return { low, high: mean, from: "sum" };
    const members = extremeOf(this.#members(letter), true);
    return members && { low, high: members, from: "member" };
  }

  /** The range of another letter that counts members of the same family: Σ_j f_j beside f_k. */
  #shared(letter: string): LetterRange | undefined {
    if (this.#said(letter).length > 0) return undefined;
    const counted = this.#equations.flatMap(({ reads }) =>
      reads.flatMap(({ family, index, bindings }) =>
        index.flatMap((value, place) => {
          const binding = bindings.find(each => each.index === soleName(value));
          return binding ? [{ place: `${family.key} ${place}`, letter: binding.letter }] : [];
        }),
      ),
    );
    const own = new Set(counted.flatMap(each => (each.letter === letter ? [each.place] : [])));
    for (const other of counted) {
      if (other.letter === letter || !own.has(other.place)) continue;
      const range = this.#letters.get(other.letter) ?? this.#infer(other.letter);
      if (range) return { low: range.low, high: range.high, from: "member" };
    }
    return undefined;
  }

  #said(letter: string): readonly Range[] {
    return [...this.#prepared.ranges, ...this.#equations.flatMap(equation => equation.ranges)].filter(
      range => range.index === letter,
    );
  }

  /** A range up to a horizon that the note does not name. */
  #invented(letter: string, span: Span): LetterRange {
    const free = HORIZONS[letter] ?? "N";
    let name = free;
    for (let i = 1; this.#prepared.variables.has(name) || this.#prepared.bases.all.has(name); i++)
      name = `${free}_${i}`;
    this.invented.push({ name, letter, span });
    const low = extremeOf(
      this.#said(letter).flatMap(range => range.low ?? []),
      false,
    );
    return { low: low ?? ONE, high: named(name), from: "assumed" };
  }

  /** The axis of an array whose entries a letter counts: the j of W_{ij} ends where the columns of W do. */
  #axisOf(letter: string): Polynomial | undefined {
    for (const { value, size, bindings } of this.#equations.flatMap(equation => equation.inside)) {
      const name = soleName(value);
      if (bindings.some(binding => binding.index === name && binding.letter === letter)) {
        const found = this.sizeOf(size);
        if (found && constantValue(found) !== 1) return found;
      }
    }
    return undefined;
  }

  /** Fails where an entry or a slice may lie outside of its array. */
  checkPlaces(): void {
    for (const equation of this.#equations) {
      for (const { value, size, bindings, span } of equation.inside) {
        const { low, high } = this.extent(value, bindings, equation, span);
        const known = this.sizeOf(size);
        if (!known || (constantValue(known) === 1 && atLeast(low, ONE)) || (atLeast(low, ONE) && atLeast(known, high)))
          continue;
        throw new DiagnosticError({
          code: "I007",
          severity: "error",
          message: `entry ${atLeast(low, ONE) ? high.key : low.key} may lie outside of the array, which has ${known.key}`,
          spans: [{ span, label: "not surely inside" }],
          help: "Give the range of the index, so that every entry exists: entries are counted from 1.",
        });
      }
    }
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

  /** Where members begin that others read, k_0 or Σ_{j=0}; before what a recurrence computes stands what is given. */
  #lowest(letter: string): Polynomial | undefined {
    const counted = this.#equations.filter(({ places }) =>
      places.some(({ index, fixed }) => index === letter && !fixed),
    );
    const families = new Set(counted.map(({ family }) => family));
    const isShifted = (value: Polynomial): boolean =>
      coefficientOf(value, letter) === 1 && soleName(value) === undefined;
    if (counted.some(({ reads }) => reads.some(read => families.has(read.family) && read.index.some(isShifted))))
      return undefined;
    const lows = this.#equations.flatMap(({ reads }) =>
      reads.flatMap(({ family, index: [value, more], bindings }) => {
        if (!value || more || !families.has(family)) return [];
        const bound = bindings.find(binding => binding.index === soleName(value) && binding.letter !== letter);
        if (bound) return bound.low && this.#closed(bound) ? [bound.low] : [];
        return constantValue(value) === undefined ? [] : [value];
      }),
    );
    return extremeOf(lows, false);
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
