/** Everything that a document says in words. A language is one object of this type. */
import type { Origin, Role } from "../../expr/system.ts";
import type { AdjointNotation } from "../../latex/names.ts";
import type { Axis } from "../../ops/along.ts";
import type { DocumentLanguage } from "./block.ts";
import type { Inline, Prose } from "./prose.ts";

/** The method and extent of a check, as the checker reports it. */
export interface CheckReport {
  readonly method: string;
  readonly horizons: readonly [from: number, to: number];
  readonly sizes: number;
  /** An upper bound of the probability that a wrong formula passes. */
  readonly bound: number;
  /** How often the signs that an equation depends on were drawn, at least; absent where none decides. */
  readonly signs?: number;
}

export interface Sentences {
  readonly language: DocumentLanguage;
  readonly title: (names: readonly string[]) => string;
  readonly jacobianTitle: (names: readonly string[]) => string;
  readonly headings: Readonly<
    Record<
      | "conventions"
      | "forward"
      | "symbols"
      | "abbreviations"
      | "backward"
      | "parameters"
      | "closedForms"
      | "truncated"
      | "growth"
      | "checked"
      | "rules"
      | "second"
      | "hessian"
      | "jacobians",
      string
    >
  >;
  readonly columns: Readonly<Record<"symbol" | "role" | "shape" | "range" | "origin", string>>;
  readonly roles: Readonly<Record<Role, string>>;
  readonly origins: Readonly<Record<Origin, string>>;

  readonly layout: (objective: string) => Prose;
  readonly numerator: (objective: string) => Prose;
  readonly vectors: Prose;
  readonly hadamard: Prose;
  readonly emptyFolds: Prose;
  /** What leads to the entries of a mask. */
  readonly mask: (name: string) => Prose;
  readonly otherwise: string;
  /** What the unit vectors of labels are, with the labels. */
  readonly labels: (units: readonly { readonly unit: string; readonly label: string }[]) => Prose;
  readonly notation: Readonly<Record<AdjointNotation, (objective: string) => Prose>>;
  /** The table of kinks: its rows stand in the ops' files; what has no value has no derivative. */
  readonly kinksLead: Prose;
  readonly kinkColumns: Readonly<Record<"function" | "where" | "returns", string>>;
  readonly undefined: string;

  /** Between two sentences. */
  readonly gap: string;
  /** At the end of a sentence, and before a formula that it leads to. */
  readonly stop: string;
  readonly colon: string;
  readonly forwardLead: (objective: string) => Prose;
  readonly functionLead: (functions: readonly Inline[]) => Prose;
  /** A letter of the note, and the function that it stands for. */
  readonly spelledLead: (letter: Inline, name: Inline) => Prose;
  readonly abbreviationsLead: Prose;
  readonly backwardLead: (objective: string) => Prose;
  readonly only: (range: Inline) => Prose;
  readonly where: Prose;
  readonly together: Prose;

  readonly chainRule: (paths: number) => Prose;
  readonly differential: Prose;
  readonly local: (equations: readonly string[]) => Prose;
  readonly direct: (equations: readonly string[]) => Prose;
  readonly knownAdjoint: Prose;
  readonly noPath: (symbol: Inline, objective: string) => Prose;
  readonly errorFromTime: (index: Inline) => readonly Prose[];
  readonly errorFromLayer: (index: Inline) => readonly Prose[];
  readonly errorFrom: (index: Inline) => readonly Prose[];
  readonly through: (member: Inline) => readonly Prose[];

  /** Gradients taken as 0: one formula for all members. */
  readonly beyond: (zero: readonly Prose[]) => Prose;
  readonly recursive: (
    ways: readonly { readonly direction: "down" | "up"; readonly indices: readonly Prose[] }[],
    first: Inline | undefined,
  ) => Prose;
  readonly validFrom: (condition: Inline) => Prose;
  /** Before the cases of one shorter horizon. */
  readonly short: (horizons: Inline) => Prose;

  /** Before a solution of a recurrence, and before a form into which one was put; `fn` is supposed to be the identity. */
  readonly closedLead: (range: Inline | undefined, fn: Inline | undefined) => Prose;
  /** Before the matrix of a block form. */
  readonly coupledLead: (gradients: Prose, several: boolean) => Prose;
  readonly closedPutIn: (range: Inline | undefined, fn: Inline | undefined) => Prose;
  /** Before the same closed form with its sum run the other way, and before the line that shows it. */
  readonly closedTwin: (range: Inline | undefined) => Prose;
  readonly indeedFor: (range: Inline) => Prose;
  readonly indeed: Prose;
  /** Before one entry of a gradient. */
  readonly entry: Prose;
  /** Before a gradient with its terms collected, perhaps after other gradients were put in. */
  readonly collected: (putIn: boolean) => Prose;
  /** What truncated gradients are. */
  readonly truncatedLead: (window: Inline) => Prose;
  readonly noClosedForm: (gradient: Inline, reason: string) => Prose;
  readonly productOrder: (letter: string, first: string, side: "left" | "right") => Prose;
  readonly base: (range: Inline | undefined) => Prose;
  readonly induction: (range: Inline | undefined) => Prose;

  /** Rows and columns of a Jacobian; what a dot is; what stands before tangents run forwards and backwards. */
  readonly jacobianLead: Prose;
  readonly vecs: Prose;
  readonly tangentLead: (directions: readonly Inline[], objective: string) => Prose;
  readonly tangentForward: Prose;
  readonly tangentBackward: (products: readonly Inline[]) => Prose;
  readonly differentialOf: Prose;
  readonly readOff: Prose;
  readonly noMatrix: Prose;
  readonly noNotation: (derivative: Inline) => Prose;
  readonly noHessian: (variables: readonly Inline[], reason: string) => Prose;

  readonly growthHypotheses: string;
  readonly checked: (report: CheckReport, hasHorizon: boolean) => Prose;
  readonly rulesLead: Prose;
  /** Of an op of vectors that is applied along the rows or columns of matrices. */
  readonly along: Readonly<Record<Axis, string>>;
  readonly rule: (
    result: Inline,
    received: readonly (readonly [argument: Inline, value: Inline])[],
    along: Axis | undefined,
  ) => Prose;
  readonly sumRule: Prose;
  readonly productRule: Prose;
  readonly enumerate: (parts: readonly Prose[]) => Prose;
}
