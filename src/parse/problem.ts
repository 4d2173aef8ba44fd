import { type Diagnostic, type DiagnosticCode, DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";

/** A diagnostic about one place of a formula. */
const problem = (code: DiagnosticCode, message: string, span: Span, label: string, help?: string): Diagnostic => ({
  code,
  severity: "error",
  message,
  spans: [{ span, label }],
  ...(help === undefined ? {} : { help }),
});

/** Ends the reading of a row or a formula; caught by `readEquation`. */
export function refuse(code: DiagnosticCode, message: string, span: Span, label: string, help?: string): never {
  throw new DiagnosticError(problem(code, message, span, label, help));
}
