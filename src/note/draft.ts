/**
 * Drafts of terms: formulas whose names are known but whose operations and shapes are not. Every draft has unknown
 * rows and columns; every operation is a choice among readings, each of which says something of those sizes.
 */
import { DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import type { Fold, Node } from "../expr/node.ts";
import { constantValue, integer, type Polynomial, soleName } from "../expr/polynomial.ts";
import type { Rational } from "../expr/rational.ts";
import type { ArgumentPattern } from "../shape/signature.ts";
import type { Alternative, Choice } from "./choice.ts";
import type { Family } from "./names.ts";
import { costOfSense, type Reading } from "./readings.ts";
import type { Extent, SizeStore, SizeTerm } from "./sizes.ts";

export interface Option {
  readonly reading: Reading;
  readonly cost: number;
  /** Drafts of the written arguments. */
  readonly args: readonly number[];
  /** What the names in the reading's signature stand for. */
  readonly sizes: ReadonlyMap<string, SizeTerm>;
}

/** An index bound by a sum or product, or by the left side of an equation. */
export interface Binding {
  /** Its name in terms, different from all names bound around it. */
  readonly index: string;
  /** The letter in the note. */
  readonly letter: string;
  /** What the letter stands for, if not for the index itself: t − 1 where the left side is h_{t+1}. */
  readonly value?: Polynomial;
  /** Absent where the formula does not say. */
  readonly low?: Polynomial;
  readonly high?: Polynomial;
  readonly span: Span;
}

interface Common {
  readonly span: Span;
  readonly extent: Extent;
}

export type Draft = Common &
  (
    | { readonly kind: "read"; readonly family: Family; readonly index: readonly Polynomial[] }
    | { readonly kind: "number"; readonly value: Rational }
    /** `open`: a size that only the operation around it tells. */
    | { readonly kind: "integer"; readonly value: Polynomial; readonly open?: SizeTerm }
    /** The argument of a function that is defined by a formula in one real variable. */
    | { readonly kind: "parameter"; readonly fn: string }
    | {
        readonly kind: "operation";
        readonly spelling: string;
        readonly operator: Span;
        readonly options: readonly Option[];
        readonly choice: number;
      }
    /** Several ways of bracketing. */
    | { readonly kind: "grouping"; readonly options: readonly number[]; readonly choice: number }
    | { readonly kind: "application"; readonly fn: string; readonly order: number; readonly args: readonly number[] }
    | { readonly kind: "fold"; readonly fold: Fold; readonly binding: Binding; readonly body: number }
    /** What is known but for its arguments: derivatives and names for them, in claims. */
    | {
        readonly kind: "made";
        readonly args: readonly number[];
        readonly build: (args: readonly Node[]) => Node | undefined;
      }
  );

/** What an alternative asks of sizes: that two are equal, or something else. */
type Demand = readonly [SizeTerm, SizeTerm] | ((sizes: SizeStore) => boolean);

/** What a size in a signature is, by what its names stand for. */
const termOf = (size: Polynomial, names: Option["sizes"]): SizeTerm => {
  const name = size.monomials[0]?.names[0];
  return name === undefined ? size : (names.get(name) as SizeTerm);
};

const NEVER = (): boolean => false;

export type OperationDraft = Draft & { kind: "operation" };

const ONE = integer(1);
export const SCALAR_EXTENT: Extent = { rows: ONE, columns: ONE };

const isSquare = (sizes: SizeStore, { rows, columns }: Extent): boolean | undefined => {
  if (sizes.isUnit(rows) || sizes.isUnit(columns)) return false;
  const [r, c] = [sizes.representative(rows), sizes.representative(columns)];
  if (r === c) return true;
  return typeof r === "number" || typeof c === "number" ? undefined : r.key === c.key;
};

/** Whether no argument is what another reading is meant for; undefined while one may still become it. */
const exclusionsOf = (
  { noScalar, notSquare }: Reading,
  extents: readonly Extent[],
  sizes: SizeStore,
): boolean | undefined => {
  let isOpen = false;
  for (let i = 0; i < noScalar.length; i++) {
    const extent = noScalar[i] ? extents[i] : undefined;
    const excluded = extent && sizes.isScalar(extent);
    if (excluded) return false;
    if (extent && excluded === undefined) isOpen = true;
  }
  const square = notSquare && extents[0] ? isSquare(sizes, extents[0]) : false;
  if (square) return false;
  return isOpen || square === undefined ? undefined : true;
};

/** Functions written out in place can grow without end. */
const MOST = 20_000;

type Guard = NonNullable<Choice["guard"]>;

/** All drafts of one system, children before parents, and the choices that they leave open. */
export class Drafts {
  readonly all: Draft[] = [];
  readonly choices: Choice[] = [];
  /** The draft that a choice belongs to; undefined for choices about names. */
  readonly draftOfChoice: (number | undefined)[] = [];
  /** The name whose rank a choice is about. */
  readonly familyOfChoice = new Map<number, Family>();
  #guard: Guard | undefined;

  constructor(readonly sizes: SizeStore) {}

  /** A point to return to when an equation turns out to be unreadable half-way. */
  mark(): { readonly drafts: number; readonly choices: number } {
    return { drafts: this.all.length, choices: this.choices.length };
  }

  rollback(to: { readonly drafts: number; readonly choices: number }): void {
    this.all.length = to.drafts;
    this.choices.length = to.choices;
    this.draftOfChoice.length = to.choices;
  }

  at(id: number): Draft {
    return this.all[id] as Draft;
  }

  add(draft: Draft): number {
    if (this.all.length >= MOST) {
      throw new DiagnosticError({
        code: "B001",
        severity: "error",
        message: `the equations hold more than ${MOST} operations`,
        spans: [{ span: draft.span, label: "given up here" }],
        help: "Functions that are defined by formulas are written out at each place: name their results.",
      });
    }
    this.all.push(draft);
    return this.all.length - 1;
  }

  addChoice(alternatives: readonly Alternative[], extents: readonly Extent[], draft?: number): number {
    const touches = extents.flatMap(({ rows, columns }) => [rows, columns]).filter(term => typeof term === "number");
    this.choices.push({
      alternatives,
      touches,
      ...(draft === undefined ? { primary: true as const } : {}),
      ...(this.#guard ? { guard: this.#guard } : {}),
    });
    this.draftOfChoice.push(draft);
    return this.choices.length - 1;
  }

  /** Everything drafted inside belongs to one way of bracketing. */
  #under<T>(guard: Guard, work: () => T): T {
    const outer = this.#guard;
    this.#guard = guard;
    try {
      return work();
    } finally {
      this.#guard = outer;
    }
  }

  #sizesOf(reading: Reading): Map<string, SizeTerm> {
    const names = new Set<string>();
    const add = (size: Polynomial): void => {
      for (const name of size.monomials[0]?.names ?? []) names.add(name);
    };
    for (const pattern of reading.args) {
      if (pattern.kind === "integer") names.add(pattern.name);
      else [pattern.rows, pattern.columns].forEach(add);
    }
    return new Map([...names].map(name => [name, this.sizes.fresh()] as const));
  }

  /**
   * An operation with its possible readings; `given` fixes integer arguments that are written as subscripts.
   * The readings of one spelling may take different written arguments (A^T as a transpose or a power).
   */
  operation(
    spelling: string,
    operator: Span,
    span: Span,
    candidates: readonly {
      readonly readings: readonly Reading[];
      readonly args: readonly number[];
      readonly extra?: number;
    }[],
    given: readonly Polynomial[] = [],
  ): number {
    const extent = this.sizes.freshExtent();
    const options = candidates.flatMap(({ readings, args, extra = 0 }) =>
      readings.map((reading): Option => ({ reading, cost: reading.cost + extra, args, sizes: this.#sizesOf(reading) })),
    );
    const id = this.all.length;
    const choice = this.addChoice(
      options.map(option => this.#alternative(option, extent, given)),
      [extent, ...candidates.flatMap(({ args }) => args.map(arg => this.at(arg).extent))],
      id,
    );
    return this.add({ kind: "operation", spelling, operator, span, extent, options, choice });
  }

  /** Counts the unusual sense of a sign once, not at each of its occurrences. */
  shareSenses(): void {
    const places = new Map<string, Set<number>>();
    for (const draft of this.all) {
      if (draft.kind !== "operation") continue;
      const known = places.get(draft.spelling) ?? new Set<number>();
      places.set(draft.spelling, known.add(draft.operator.start));
    }
    for (const [id, draft] of this.all.entries()) {
      if (draft.kind !== "operation") continue;
      const { spelling, choice } = draft;
      const count = places.get(spelling)?.size ?? 1;
      const options = draft.options.map(
        (option): Option => ({ ...option, cost: costOfSense(spelling, option.cost, count) }),
      );
      const alternatives = (this.choices[choice] as Choice).alternatives.map(
        (alternative, i): Alternative => ({ ...alternative, cost: (options[i] as Option).cost }),
      );
      this.all[id] = { ...draft, options };
      this.choices[choice] = { ...(this.choices[choice] as Choice), alternatives };
    }
  }

  #alternative(option: Option, extent: Extent, given: readonly Polynomial[]): Alternative {
    const { reading, cost, args, sizes: own } = option;
    const extents = args.map(arg => this.at(arg).extent);
    /** A size of the result may be a polynomial in the names. */
    const equal = (size: Polynomial, to: SizeTerm): Demand =>
      constantValue(size) !== undefined || soleName(size) !== undefined
        ? [termOf(size, own), to]
        : sizes => sizes.relate(to, size, own);
    // Said once: a search imposes the same alternatives thousands of times.
    let demands: readonly Demand[] | undefined;
    const demanded = (): readonly Demand[] => [
      ...reading.args.flatMap((pattern, i) => this.#demandsOf(option, pattern, i, given)),
      equal(reading.result.rows, extent.rows),
      equal(reading.result.columns, extent.columns),
      ...reading.wide.map(
        (name): Demand =>
          sizes =>
            sizes.widen(own.get(name) as SizeTerm),
      ),
    ];
    return {
      cost,
      impose: sizes => {
        demands ??= demanded();
        for (const demand of demands) {
          if (!(typeof demand === "function" ? demand(sizes) : sizes.unify(demand[0], demand[1]))) return false;
        }
        return true;
      },
      ...(reading.notSquare || reading.noScalar.includes(true)
        ? { holds: (sizes: SizeStore): boolean | undefined => exclusionsOf(reading, extents, sizes) }
        : {}),
    };
  }

  /** What a reading asks of one of its arguments. */
  #demandsOf(
    { reading, args, sizes: own }: Option,
    pattern: ArgumentPattern,
    position: number,
    given: readonly Polynomial[],
  ): readonly Demand[] {
    const arg = args[position];
    if (pattern.kind === "tensor") {
      const { rows, columns } = this.at(arg as number).extent;
      return [
        [termOf(pattern.rows, own), rows],
        [termOf(pattern.columns, own), columns],
      ];
    }
    const size = own.get(pattern.name) as SizeTerm;
    const open = arg === undefined ? undefined : this.#openOf(arg);
    if (open !== undefined) return [[size, open]];
    const value = arg === undefined ? (given[position] ?? (given.length > 0 ? ONE : undefined)) : this.integerOf(arg);
    if (!value) return arg === undefined ? [] : [NEVER];
    return reading.natural.includes(pattern.name) && (constantValue(value) ?? 0) < 0 ? [NEVER] : [[size, value]];
  }

  #openOf(id: number): SizeTerm | undefined {
    const draft = this.at(id);
    return draft.kind === "integer" ? draft.open : undefined;
  }

  integerOf(id: number): Polynomial | undefined {
    const draft = this.at(id);
    if (draft.kind === "integer") return draft.value;
    return draft.kind === "number" &&
      draft.value.denominator === 1n &&
      draft.value.numerator < 1_000_000_000n &&
      draft.value.numerator > -1_000_000_000n
      ? integer(Number(draft.value.numerator))
      : undefined;
  }

  /** One of several ways of bracketing the same factors. */
  grouping(span: Span, ways: readonly { readonly cost: number; readonly draft: () => number }[]): number {
    const extent = this.sizes.freshExtent();
    const roots: number[] = [];
    const id = { value: -1 };
    const choice = this.addChoice(
      ways.map(({ cost }, i) => ({
        cost,
        impose: sizes => sizes.unifyExtents(this.at(roots[i] as number).extent, extent),
      })),
      [extent],
      -1,
    );
    for (const [i, way] of ways.entries()) roots.push(this.#under({ choice, alternative: i }, way.draft));
    id.value = this.add({ kind: "grouping", span, extent, options: roots, choice });
    this.draftOfChoice[choice] = id.value;
    return id.value;
  }
}
