import type { CATALOGUE } from "./catalogue.ts";
import type { Span } from "./source.ts";

export type DiagnosticCode = keyof typeof CATALOGUE;
export type Severity = "error" | "warning" | "information";

/** A place in the source with what is to be said of it: "h × d", "is declared here". */
export interface LabelledSpan {
  readonly span: Span;
  readonly label: string;
}

/**
 * What a user is told about a note. The first span is where the caret goes; further spans are
 * the other symbols concerned and the places where they were declared.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly spans: readonly LabelledSpan[];
  readonly help?: string;
}

/** A value, or the reasons why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });
export const failure = (...diagnostics: readonly Diagnostic[]): Result<never> => ({ ok: false, diagnostics });

/** Thrown only where a broken invariant of ours is found: never for a mistake in a note. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/**
 * Carries a diagnostic through code that has no result to return it in. Every public entry point
 * turns it back into a diagnostic; users never see it.
 */
export class DiagnosticError extends Error {
  override readonly name = "DiagnosticError";
  constructor(readonly diagnostic: Diagnostic) {
    super(`${diagnostic.code} ${diagnostic.message}`);
  }
}
