/** One row of the error catalogue: what `gradnote explain CODE` prints. */
export interface CatalogueRow {
  /** One line, without the particulars. */
  readonly title: string;
  /** What it means, why it matters, what to do. */
  readonly explanation: string;
}

/**
 * Every diagnostic code, by area: R reading the document and its LaTeX, N names, S shapes,
 * I indices and domains, D deriving, G generating code, B budgets and limits.
 * A code is never reused. Each has one bad note in test/errors/.
 */
export const CATALOGUE = {
  B001: {
    title: "the work was given up because it takes too many steps",
    explanation:
      "Every stage counts its steps and stops at a limit, so that no note can make the program hang. Split the equation, or name its parts.",
  },
  R001: {
    title: "the formula cannot be read",
    explanation: "The LaTeX does not fit the grammar at the marked place. Formulas that are not equations may be left as they are; they are passed over.",
  },
  R002: {
    title: "a bracket, brace or environment is not closed, or closes nothing",
    explanation:
      "Every ( [ \\{ | { \\left and \\begin needs its partner in the same row. Half-open intervals such as [0, 1) are understood; nothing else may close with a different bracket.",
  },
  R003: {
    title: "the formula is nested too deeply",
    explanation: "Brackets, scripts, fractions and signs may stand a few hundred levels deep. Name the inner parts in equations of their own.",
  },
  R010: {
    title: "a formula cannot be set",
    explanation:
      "The typesetter refuses the formula: a command that it does not know or that is not allowed (links, images, HTML), a missing brace, or more characters, levels or expansions than its limits allow. The formula is shown as text instead.",
  },
  D001: {
    title: "an operation has no derivative",
    explanation:
      "Every derivative comes from a rule that was checked. Where there is no rule, gradnote says so instead of guessing, and never answers 0. Give the function by a formula, or write the expression in other operations.",
  },
  D002: {
    title: "an index occurs with a stride",
    explanation:
      "Solving an index map such as 2k + 1 for k needs a congruence, which is not supported yet. Indices must occur with coefficient 1 or -1.",
  },
  D003: {
    title: "the parts of an index range cannot be put in order",
    explanation: "An adjoint falls into more pieces than can be told apart for all sizes and horizons. Give the ranges in terms of one horizon.",
  },
} as const satisfies Record<string, CatalogueRow>;
