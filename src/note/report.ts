/** What was inferred of a system, for documents to print: nothing is assumed without being said. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import type { Domain } from "../expr/domain.ts";
import type { Shape } from "../expr/node.ts";
import type { Origin, Role, System } from "../expr/system.ts";
import type { Assembled } from "./assemble.ts";
import type { RangeOrigin } from "./domains.ts";
import type { Draft } from "./draft.ts";
import type { NoteFunction } from "./functions.ts";
import { PARTIAL } from "./operations.ts";
import { type Reading, readingsOf } from "./readings.ts";
import type { Typing } from "./typing.ts";

export interface SymbolReport {
  readonly id: string;
  readonly latex: string;
  readonly role: Role;
  /** Why a name that nothing defines has its role. */
  readonly because?: string;
  readonly shape: Shape;
  /** "assumed": only the look of the letter spoke for its rank. */
  readonly shapeFrom: Origin;
  readonly indices: readonly string[];
  /** A family with members that are read but not defined: its initial (or final) state is given. */
  readonly initial?: Domain;
}

/** How a formula was read where another reading exists, or where something was added that is not written. */
export interface ReadingReport {
  readonly span: Span;
  readonly spelling: string;
  readonly readAs: string;
  readonly cost: number;
  /** The next best reading that also fits. */
  readonly runnerUp?: { readonly readAs: string; readonly cost: number };
  /** Something is inserted that the note leaves out. */
  readonly inserted: boolean;
}

export interface FunctionReport {
  readonly id: string;
  readonly latex: string;
  readonly kind: "elementwise" | "general";
  readonly from: "declared" | "formula" | "assumed";
  /** What else the letter often means. */
  readonly runnerUp?: string;
}

export interface SystemReport {
  readonly objective: { readonly id: string; readonly from: "front matter" | "inferred" };
  readonly symbols: readonly SymbolReport[];
  readonly functions: readonly FunctionReport[];
  readonly sizes: readonly { readonly id: string; readonly latex: string; readonly from: "note" | "assumed" }[];
  readonly ranges: readonly {
    readonly index: string;
    readonly low: string;
    readonly high: string;
    readonly from: RangeOrigin;
  }[];
  readonly readings: readonly ReadingReport[];
  /** Norms of matrices with a subscript 2, which are read as Frobenius norms. */
  readonly frobenius: readonly Span[];
  /** The cost of the reading as a whole: the lower, the less was guessed. */
  readonly cost: number;
}

const sentence = ({ say }: Reading): string => say.replace(/\.$/u, "");

/** How operations were read, where shapes and costs had to decide. */
const readingsIn = ({ drafts, solution, sizes }: Typing): readonly ReadingReport[] =>
  drafts.all.flatMap((draft: Draft): readonly ReadingReport[] => {
    if (draft.kind !== "operation") return [];
    const taken = solution.taken[draft.choice];
    const chosen = taken === undefined ? undefined : draft.options[taken];
    if (!chosen) return [];
    const others = draft.options.filter((option, i) => {
      if (i === taken || option.reading.compound) return false;
      const alternative = drafts.choices[draft.choice]?.alternatives[i];
      const mark = sizes.mark();
      const fits = alternative?.impose(sizes) && (alternative.holds?.(sizes) ?? true);
      sizes.undo(mark);
      return fits;
    });
    const [next] = others.toSorted((a, b) => a.cost - b.cost);
    if (!next && !chosen.reading.compound && !chosen.reading.axis) return [];
    return [
      {
        span: draft.span,
        spelling: draft.spelling,
        readAs: sentence(chosen.reading),
        cost: chosen.cost,
        inserted: chosen.reading.compound,
        ...(next ? { runnerUp: { readAs: sentence(next.reading), cost: next.cost } } : {}),
      },
    ];
  });

/** What is said of functions of vectors that are given matrices, where the note does not say along which axis. */
export const axesAssumed = ({ drafts, solution, axes }: Typing): readonly Diagnostic[] =>
  [...axes].flatMap(([id, { axis, because, isSaid }]): readonly Diagnostic[] => {
    const draft = drafts.at(id);
    const taken = draft?.kind === "operation" ? solution.taken[draft.choice] : undefined;
    if (draft?.kind !== "operation" || taken === undefined || isSaid || !draft.options[taken]?.reading.axis) return [];
    const one = axis === "rows" ? "row" : "column";
    return [
      {
        code: "N018",
        severity: "information",
        message: `${draft.spelling.replace(/^\\operatorname\{(.*)\}$/u, "$1")} is applied to every ${one}`,
        spans: [{ span: draft.span, label: because }],
        help: `Say it in words ("${one}-wise") or by the name: a subscript "${one}".`,
      },
    ];
  });

/** What is said of constants that are taken for parts of something: the α of \max(αz, z). */
export const partsAssumed = ({ drafts }: Typing): readonly Diagnostic[] =>
  drafts.all.flatMap((draft): readonly Diagnostic[] => {
    if (draft.kind !== "operation" || !draft.spelling.endsWith(PARTIAL)) return [];
    const part = draft.options[0]?.args[1];
    const given = part === undefined ? undefined : drafts.at(part);
    if (given?.kind !== "read") return [];
    return [
      {
        code: "N020",
        severity: "information",
        message: `${given.family.latex} is taken to lie between 0 and 1`,
        spans: [{ span: draft.span, label: "the larger of something and a part of it" }],
        help: "Write the cases out where it may be another number.",
      },
    ];
  });

const functionReport = (fn: NoteFunction, { functions }: System): readonly FunctionReport[] => {
  const entry = [...functions.values()].find(each => each.latex === fn.latex);
  if (!entry) return [];
  const [other] = [fn.latex, fn.key].flatMap(spelling => readingsOf(spelling, 1));
  const from = fn.formula ? "formula" : fn.declaredAt ? "declared" : "assumed";
  const runnerUp = other && from === "assumed" ? { runnerUp: sentence(other) } : {};
  return [{ id: entry.name, latex: entry.latex, kind: entry.kind, from, ...runnerUp }];
};

export const reportOf = (
  typing: Typing,
  { system, idOf, because, ranges, initial, objectiveFrom, assumed }: Assembled,
): SystemReport => ({
  objective: { id: system.objective.name, from: objectiveFrom },
  symbols: [...idOf].flatMap(([family, id]) => {
    const entry = system.symbols.get(id);
    if (!entry) return [];
    const reason = because.get(family);
    const start = initial.get(family);
    return [
      {
        id,
        latex: entry.latex,
        role: entry.role,
        shape: entry.node.shape,
        shapeFrom: entry.shapeFrom,
        indices: entry.indices,
        ...(reason === undefined ? {} : { because: reason }),
        ...(start ? { initial: start } : {}),
      },
    ];
  }),
  functions: typing.prepared.functions.all.flatMap(fn => functionReport(fn, system)),
  sizes: [...system.sizes.values()].map(size => ({
    id: size.name,
    latex: size.latex,
    from: assumed.has(size.name) ? ("assumed" as const) : ("note" as const),
  })),
  ranges: [...ranges.letters].map(([index, { low, high, from }]) => ({ index, low: low.key, high: high.key, from })),
  readings: readingsIn(typing),
  frobenius: typing.frobenius,
  cost: typing.solution.cost,
});
