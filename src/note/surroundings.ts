/** What a formula is read in: the names around it, and how to say that it cannot be read. */
import { type Diagnostic, DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { named, type Polynomial } from "../expr/polynomial.ts";
import type { Syntax } from "../parse/syntax.ts";
import type { AxisFacts, AxisReason } from "./axes.ts";
import type { Binding, Drafts } from "./draft.ts";
import type { FunctionTable } from "./functions.ts";
import type { Family, Names } from "./names.ts";
import type { Extent, SizeTerm } from "./sizes.ts";

/** What the names around a formula mean. */
export interface Surroundings {
  readonly bindings: readonly Binding[];
  /** Arguments of a function that is written out in place, and parameters of one that is being defined. */
  readonly parameters: ReadonlyMap<string, number>;
}

/** A read of a name, with all that is bound around it. */
export interface Read {
  readonly draft: number;
  readonly family: Family;
  readonly index: readonly Polynomial[];
  readonly bindings: readonly Binding[];
  readonly span: Span;
}

/** A place along an axis of an array that an entry or a slice names. */
export interface PlaceRead {
  readonly value: Polynomial;
  /** How many places there are. */
  readonly size: SizeTerm;
  /** How many there are along the other axis, which is the one that counts where the array is a row. */
  readonly across?: SizeTerm;
  readonly bindings: readonly Binding[];
  readonly span: Span;
}

export interface Elaboration {
  readonly drafts: Drafts;
  readonly names: Pick<Names, "resolve" | "varies">;
  readonly functions: FunctionTable;
  /** The size, horizon or index that a name in value position is, unless it is a variable. */
  readonly isInteger: (name: string) => boolean;
  /** The same in index expressions and limits, where no variable can stand. */
  readonly isSize: (name: string) => boolean;
  /** Whether the note says that a name is a whole number, and means no sign of an operation by it. */
  readonly isCount: (name: string) => boolean;
  /** Whether the note says that a letter without an index chooses an entry where it stands below a name. */
  readonly isLabel: (name: string) => boolean;
  /** Whether the letter is defined or declared as a variable. */
  readonly isDefined: (base: string) => boolean;
  /** Whether the letter is a variable of the system at all. */
  readonly isVariable: (base: string) => boolean;
  readonly extentOf: (family: Family) => Extent;
  /** What tells rows from columns. */
  readonly axisFacts: AxisFacts;
  /** Why operations are read along rows or along columns, by draft. */
  readonly axes: Map<number, AxisReason>;
  readonly reads: Read[];
  readonly places: PlaceRead[];
  /** A size by a name that nothing else gives, where only shapes can tell it; undefined where names must be known. */
  readonly openSize?: (name: string, span: Span) => SizeTerm;
  /** Norms written with a subscript 2: of a matrix, that could be the spectral norm. */
  readonly spectral: { readonly argument: number; readonly span: Span }[];
  /** What only claims hold, such as derivatives: asked first, undefined for everything else. */
  readonly beyond?: (syntax: Syntax, around: Surroundings) => number | undefined;
  /** f′(z) of a named function. */
  readonly primed?: (spelling: string, order: number, argument: number, span: Span) => number;
  /** φ′(…), its argument left out. */
  readonly elided?: (name: Syntax, span: Span, around: Surroundings) => number | undefined;
}

/** What the letters of the note stand for here. */
export const boundIn = ({ bindings }: Surroundings): ReadonlyMap<string, Polynomial> =>
  new Map(bindings.map(({ letter, index, value }) => [letter, value ?? named(index)] as const));

/** Gives up an equation. */
export const problem = (code: Diagnostic["code"], message: string, span: Span, label: string, help?: string): never => {
  throw new DiagnosticError({ code, severity: "error", message, spans: [{ span, label }], ...(help ? { help } : {}) });
};

export const unknownOperation = (spelling: string, span: Span): never =>
  problem(
    "N001",
    `the operation ${spelling.replace(/^\\operatorname\{(.*)\}$/u, "$1")} is not known`,
    span,
    "no rule to differentiate it",
    "Name the function (front matter: functions), or write it out in other operations.",
  );

const DESCRIPTIONS: Readonly<Partial<Record<Syntax["kind"], string>>> = {
  dots: "row of dots",
  prose: "text",
  mark: "sign",
  list: "list",
  given: "condition",
  slice: "slice",
  relations: "relation",
  differential: "differential",
  derivative: "derivative",
  matrix: "matrix written out",
  root: "root of this degree",
};

/** Refuses what cannot stand in a forward equation. */
export const noValue = (syntax: Syntax): never =>
  problem(
    "R030",
    `a ${DESCRIPTIONS[syntax.kind] ?? syntax.kind} cannot stand in a forward equation`,
    syntax.span,
    "this has no value",
  );
