import type { EquationReport } from "../../../check/verdict.ts";

/** An equation with the place of its note on the page, and its letter where several stand in one formula. */
export interface Marked {
  readonly equation: EquationReport;
  readonly anchor: string;
  readonly line: number;
  readonly letter: string | undefined;
}
