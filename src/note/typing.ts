/** One constraint problem for a whole system: shapes of names, kinds of functions, readings of operations. */
import { type Diagnostic, DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import type { Axis } from "../ops/along.ts";
import { entriesDraft } from "./arrays.ts";
import type { AxisReason } from "./axes.ts";
import type { Alternative, Choice } from "./choice.ts";
import type { DeclaredShape } from "./declared.ts";
import { mostDifferentiated } from "./differentiated.ts";
import { type Draft, Drafts, SCALAR_EXTENT } from "./draft.ts";
import { Elaborator } from "./elaborate.ts";
import { factsOf } from "./facts.ts";
import type { NoteFunction } from "./functions.ts";
import type { PreparedEquation } from "./leftside.ts";
import { imposeAxes } from "./namedaxes.ts";
import type { Family } from "./names.ts";
import { numbersIn } from "./numbers.ts";
import type { Prepared } from "./prepare.ts";
import {
  COLUMN,
  FUNCTION_KINDS,
  functionAlternatives,
  isCalledLoss,
  priorOf,
  ROW,
  rankAlternatives,
  type Standing,
} from "./priors.ts";
import { type Solution, search } from "./search.ts";
import { cheapest, realise, settle } from "./settling.ts";
import { type Extent, SizeStore } from "./sizes.ts";
import type { Elaboration, PlaceRead, Read, Surroundings } from "./surroundings.ts";
import type { Lying } from "./vectors.ts";

export interface TypedEquation extends PreparedEquation {
  readonly root: number;
  /** The reads in it. */
  readonly reads: readonly Read[];
  /** The places of entries and slices in it. */
  readonly inside: readonly PlaceRead[];
}

export interface Typing {
  readonly prepared: Prepared;
  readonly drafts: Drafts;
  readonly sizes: SizeStore;
  readonly equations: readonly TypedEquation[];
  readonly extents: ReadonlyMap<Family, Extent>;
  readonly solution: Solution;
  /** Other solutions of the same cost that mean something else. */
  readonly ties: readonly Solution[];
  readonly kinds: ReadonlyMap<NoteFunction, (typeof FUNCTION_KINDS)[number]>;
  readonly results: ReadonlyMap<NoteFunction, Extent>;
  readonly ranks: ReadonlyMap<Family, number>;
  /** Names whose rank nothing but their look decided. */
  readonly guessed: ReadonlySet<Family>;
  /** Norms of matrices written with a subscript 2, which are read as Frobenius norms. */
  readonly frobenius: readonly Span[];
  /** Why operations are read along rows or columns. */
  readonly axes: ReadonlyMap<number, AxisReason>;
}

/** Where typing failed, before it is put into words. */
export type Failure =
  | { readonly kind: "unreadable"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "declarations"; readonly first: DeclaredShape; readonly second: DeclaredShape }
  | {
      readonly kind: "operation";
      readonly draft: Draft & { kind: "operation" };
      readonly equation: TypedEquation;
      readonly typing: Stuck;
    }
  | { readonly kind: "equation"; readonly equation: TypedEquation; readonly typing: Stuck }
  | { readonly kind: "inconsistent"; readonly equation: TypedEquation | undefined; readonly typing: Stuck }
  | { readonly kind: "exhausted"; readonly span: Span };

/** What was known when typing got stuck. */
export interface Stuck {
  readonly prepared: Prepared;
  readonly drafts: Drafts;
  readonly sizes: SizeStore;
  readonly extents: ReadonlyMap<Family, Extent>;
}

export interface TypingOptions {
  /** The key of the objective's family, if the front matter names it. */
  readonly objective?: string;
  /** The key of a family that is a scalar. */
  readonly scalar?: string;
  readonly trials?: number;
  /** Leaves out what the note declares of these families: to find a wrong declaration. */
  readonly without?: ReadonlySet<Family>;
  /** Adds formulas beside the equations: then the answer is whether likely shapes fit all of it, and no place is looked for. */
  readonly also?: (shared: Shared) => void;
}

/** What formulas are drafted with beside the equations. */
export interface Shared {
  readonly drafts: Drafts;
  readonly sizes: SizeStore;
  readonly extentOf: (family: Family) => Extent;
}

export type TypingResult =
  | { readonly ok: true; readonly typing: Typing; readonly unread: readonly Diagnostic[] }
  | { readonly ok: false; readonly failure: Failure };

const TRIALS = 40_000;
/** And so many for each choice: long notes are no harder, only longer. */
const TRIALS_EACH = 100;

/** The cost from which on nobody would take a name for an array of this rank. */
const UNLIKELY = 6;

/** The rank that no name has where the note says which way its vectors lie. */
const OTHER_WAY: Readonly<Partial<Record<Axis | "any", number>>> = { rows: COLUMN, columns: ROW };

/** The ranks that a name has which is called a vector. */
const LYING: Readonly<Record<Lying, ReadonlySet<number>>> = {
  columns: new Set([COLUMN]),
  rows: new Set([ROW]),
  any: new Set([COLUMN, ROW]),
};

const unlikely = ({ cost, ...rest }: Alternative): Alternative => ({ cost: cost + UNLIKELY, ...rest });

export const typeSystem = (prepared: Prepared, options: TypingOptions = {}): TypingResult => {
  const sizes = new SizeStore();
  const drafts = new Drafts(sizes);
  const extents = new Map<Family, Extent>();
  const extentOf = (family: Family): Extent => {
    let extent = extents.get(family);
    if (!extent) {
      extent = sizes.freshExtent();
      extents.set(family, extent);
    }
    return extent;
  };
  const { names, functions } = prepared;
  for (const fn of functions.all) {
    fn.applications.length = 0;
    fn.arity = undefined;
    delete fn.body;
  }
  const reads: Read[] = [];
  const axes = new Map<number, AxisReason>();
  const places: PlaceRead[] = [];
  const spectral: { argument: number; span: Span }[] = [];
  const elaboration: Elaboration = {
    drafts,
    names,
    functions,
    extentOf,
    reads,
    places,
    spectral,
    axes,
    ...factsOf(prepared),
  };
  const elaborator = new Elaborator(elaboration);

  // Declared shapes are hard.
  const declaredBy = new Map<Family, DeclaredShape>();
  for (const shape of prepared.declared) {
    if (options.without?.has(shape.family)) continue;
    const extent = extentOf(shape.family);
    if (!sizes.unifyExtents(extent, shape)) {
      return {
        ok: false,
        failure: { kind: "declarations", first: declaredBy.get(shape.family) as DeclaredShape, second: shape },
      };
    }
    if (!declaredBy.has(shape.family)) declaredBy.set(shape.family, shape);
  }

  imposeAxes(prepared.axes, drafts, extentOf);
  const equations: TypedEquation[] = [];
  const equationOfChoice = new Map<number, TypedEquation>();
  const unread: (Diagnostic & { readonly of?: Family })[] = [];
  const bounds: { first: number; equation: TypedEquation }[] = [];
  for (const fn of functions.all) {
    if (!fn.formula) continue;
    const mark = drafts.mark();
    try {
      const value = drafts.add({ kind: "parameter", fn: fn.key, span: fn.formula.span, extent: SCALAR_EXTENT });
      const parameters = new Map([[fn.formula.parameter, value]]);
      fn.body = elaborator.draft(fn.formula.body, { bindings: [], parameters });
      const body = fn.body;
      drafts.addChoice(
        [{ cost: 0, impose: store => store.unifyExtents(drafts.at(body).extent, SCALAR_EXTENT) }],
        [drafts.at(body).extent],
      );
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      leave(drafts, functions, mark);
      unread.push(error.diagnostic);
    }
  }
  for (const equation of prepared.equations) {
    const { entries = [] } = equation;
    const around: Surroundings = { bindings: [...equation.bindings, ...entries], parameters: new Map() };
    const firstRead = reads.length;
    const firstPlace = places.length;
    const first = drafts.choices.length;
    const mark = drafts.mark();
    try {
      const value = elaborator.draft(equation.right, around);
      const root = entries.length > 0 ? entriesDraft(elaboration, value, entries, around, equation.span) : value;
      const typed: TypedEquation = {
        ...equation,
        root,
        reads: reads.slice(firstRead),
        inside: places.slice(firstPlace),
      };
      const left = extentOf(equation.family);
      bounds.push({ first, equation: typed });
      const choice = drafts.addChoice(
        [{ cost: 0, impose: store => store.unifyExtents(left, drafts.at(root).extent) }],
        [left, drafts.at(root).extent],
      );
      equationOfChoice.set(choice, typed);
      equations.push(typed);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      leave(drafts, functions, mark);
      reads.length = Math.min(reads.length, firstRead);
      places.length = Math.min(places.length, firstPlace);
      unread.push({ ...error.diagnostic, of: equation.family });
    }
  }
  if (equations.length === 0) return { ok: false, failure: { kind: "unreadable", diagnostics: unread } };

  options.also?.({ drafts, sizes, extentOf });

  const readFamilies = new Set(
    equations.flatMap(equation =>
      equation.reads.filter(read => read.family !== equation.family).map(read => read.family),
    ),
  );
  const numbers = numbersIn(equations, names);
  const definedFamilies = new Set(equations.map(equation => equation.family));
  const rankChoices = new Map<Family, number>();
  const isLast = (family: Family): boolean =>
    definedFamilies.has(family) && family.rank === 0 && !readFamilies.has(family);
  // Beside what is called as losses are, or is differentiated, other names that nothing reads are those of parts.
  const losses = [...extents.keys()].filter(family => isLast(family) && isCalledLoss(family));
  const ends =
    losses.length > 0 ? losses : mostDifferentiated([...extents.keys()].filter(isLast), prepared.differentiated);
  for (const [family, extent] of extents) {
    if (declaredBy.has(family)) continue;
    const standing: Standing = !definedFamilies.has(family)
      ? "given"
      : isLast(family) && (ends.length === 0 || ends.includes(family))
        ? "last"
        : "defined";
    const own = family.key === options.objective ? "last" : standing;
    const plain = rankAlternatives(extent, priorOf(family, numbers.get(family) ?? own));
    const lies = prepared.lying.get(family);
    const ranks = lies ? plain.map((each, rank) => (LYING[lies].has(rank) ? each : unlikely(each))) : plain;
    const all = options.also
      ? ranks.filter(({ cost }, rank) => cost < UNLIKELY && rank !== OTHER_WAY[prepared.vectors ?? "any"])
      : ranks;
    const choice = drafts.addChoice(family.key === options.scalar ? all.slice(0, 1) : all, [extent]);
    drafts.familyOfChoice.set(choice, family);
    rankChoices.set(family, choice);
  }
  const [kindChoices, results] = [new Map<NoteFunction, number>(), new Map<NoteFunction, Extent>()];
  for (const fn of functions.all.filter(({ applications }) => applications.length > 0)) {
    const result = sizes.freshExtent();
    results.set(fn, result);
    if (fn.formula) fn.declared = "elementwise";
    const isLoss = equations.some(({ family, root }) => losses.includes(family) && fn.applications.includes(root));
    const all = functionAlternatives(fn, drafts, result, isLoss, base => prepared.bases.defined.has(base));
    kindChoices.set(fn, drafts.addChoice(all, [result, ...extentsOf(fn, drafts)]));
  }

  drafts.shareSenses();
  const stuck: Stuck = { prepared, drafts, sizes, extents };
  const equationAt = (choice: number): TypedEquation | undefined =>
    bounds.findLast(({ first }) => first <= choice)?.equation;
  const trials = (options.trials ?? TRIALS) + TRIALS_EACH * drafts.choices.length;
  const outcome = search(drafts.choices, sizes, trials, options.also ? "any" : "cheapest");
  const { best, ties } = outcome;
  if (!best) {
    if (outcome.exhausted)
      return { ok: false, failure: { kind: "exhausted", span: equations[0]?.span ?? { start: 0, end: 0 } } };
    if (options.also) return { ok: false, failure: { kind: "inconsistent", equation: undefined, typing: stuck } };
    return {
      ok: false,
      failure: locate(
        stuck,
        equations,
        equationOfChoice,
        equationAt,
        outcome.contradiction,
        [...kindChoices.values()],
        [...rankChoices.values()],
      ),
    };
  }
  realise(drafts.choices, best, sizes);
  type Kind = (typeof FUNCTION_KINDS)[number];
  const kinds = new Map(
    [...kindChoices].map(([fn, choice]) => [fn, FUNCTION_KINDS[best.taken[choice] as number] as Kind] as const),
  );
  const ranks = new Map([...rankChoices].map(([family, choice]) => [family, best.taken[choice] as number] as const));
  const frobenius = spectral.flatMap(({ argument, span }) => {
    const draft = argument < drafts.all.length ? drafts.at(argument) : undefined;
    const matrix = draft && sizes.isUnit(draft.extent.rows) !== true && sizes.isUnit(draft.extent.columns) !== true;
    return matrix ? [span] : [];
  });
  const guessed = new Set([...rankChoices].flatMap(([family, choice]) => (best.guessed.has(choice) ? [family] : [])));
  return {
    ok: true,
    typing: {
      guessed,
      frobenius,
      axes,
      prepared,
      drafts,
      sizes,
      equations,
      extents,
      solution: best,
      ties,
      kinds,
      results,
      ranks,
    },
    // What nothing else reads need not be read, where the loss is.
    unread: unread.map(({ of, ...each }) =>
      of && losses.length > 0 && !isCalledLoss(of) && !readFamilies.has(of) ? { ...each, severity: "warning" } : each,
    ),
  };
};

/** Takes back what an equation that cannot be read has left behind. */
const leave = (drafts: Drafts, functions: Prepared["functions"], mark: ReturnType<Drafts["mark"]>): void => {
  drafts.rollback(mark);
  for (const fn of functions.all) {
    while ((fn.applications.at(-1) ?? -1) >= mark.drafts) fn.applications.pop();
    if (fn.applications.length === 0) fn.arity = undefined;
  }
};

/** Arguments and results of all applications of a function. */
const extentsOf = (fn: NoteFunction, drafts: Drafts): readonly Extent[] =>
  fn.applications.flatMap(id => {
    const draft = drafts.at(id);
    return draft.kind === "application" ? [draft.extent, ...draft.args.map(arg => drafts.at(arg).extent)] : [];
  });

/**
 * The first equation that does not go together with those before it, and in it the first operation that fits nothing:
 * choices are imposed one equation after the other, whatever has one alternative left being taken.
 */
const locate = (
  stuck: Stuck,
  equations: readonly TypedEquation[],
  equationOfChoice: ReadonlyMap<number, TypedEquation>,
  equationAt: (choice: number) => TypedEquation | undefined,
  contradiction: number | undefined,
  kinds: readonly number[],
  ranks: readonly number[],
): Failure => {
  const { drafts, sizes } = stuck;
  let at = contradiction;
  // Suppose that functions, then names too, are what they look like: that usually leads to the place at once.
  for (const supposed of [kinds, [...kinds, ...ranks]]) {
    if (at !== undefined) break;
    const narrowed = drafts.choices.map(
      (choice, i): Choice => (supposed.includes(i) ? { ...choice, alternatives: cheapest(choice, sizes) } : choice),
    );
    at = search(narrowed, sizes, 5_000).contradiction;
    if (at !== undefined) for (const i of supposed) cheapest(drafts.choices[i] as Choice, sizes)[0]?.impose(sizes);
  }
  if (at === undefined) {
    // Nothing contradicts by itself: add equation after equation until no solution is left.
    const limits = [...equationOfChoice.keys()];
    for (const limit of limits) {
      const result = search(drafts.choices.slice(0, limit + 1), sizes, 50_000);
      if (result.best) continue;
      at = result.contradiction ?? limit;
      break;
    }
  }
  // What is known without the contradiction, to be shown beside the symbols.
  const upTo = at === undefined ? drafts.choices.length : Math.min(at, drafts.choices.length);
  settle(drafts.choices.slice(0, upTo), sizes);
  if (at === undefined) return { kind: "inconsistent", equation: equations.at(-1), typing: stuck };
  const equation = equationOfChoice.get(at);
  if (equation) return { kind: "equation", equation, typing: stuck };
  const id = drafts.draftOfChoice[at];
  const draft = id === undefined ? undefined : drafts.at(id);
  const inside = equationAt(at);
  if (draft?.kind === "operation" && inside) return { kind: "operation", draft, equation: inside, typing: stuck };
  return { kind: "inconsistent", equation: inside, typing: stuck };
};
