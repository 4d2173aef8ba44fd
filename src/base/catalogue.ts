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
} as const satisfies Record<string, CatalogueRow>;
