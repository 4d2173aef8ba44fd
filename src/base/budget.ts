import { DiagnosticError } from "./diagnostic.ts";
import type { Span } from "./source.ts";

/**
 * A count of elementary steps that a piece of work may still take. Counting, not the clock, so that
 * the same input gives the same answer on every machine. Running out is diagnostic B001.
 */
export class Budget {
  #left: number;
  constructor(readonly limit: number) {
    this.#left = limit;
  }
  get spent(): number {
    return this.limit - this.#left;
  }
  spend(steps: number, what: string, span: Span = { start: 0, end: 0 }): void {
    this.#left -= steps;
    if (this.#left < 0) {
      throw new DiagnosticError({
        code: "B001",
        severity: "error",
        message: `${what} takes more than ${this.limit} steps`,
        spans: [{ span, label: "given up here" }],
      });
    }
  }
}
