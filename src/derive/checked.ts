/** A derivation that was checked before anybody sees it. */
import { DiagnosticError, failure, InternalError, type Result, success } from "../base/diagnostic.ts";
import { type CheckOptions, checkDerivation } from "../exact/derivation.ts";
import type { Certificate } from "../exact/outcome.ts";
import type { System } from "../expr/system.ts";
import { type Growth, growthOf } from "./closed/growth.ts";
import { withClosedForms } from "./closed/index.ts";
import { truncationOf, withWindow } from "./closed/truncated.ts";
import type { Derivation } from "./gradient.ts";
import { type DeriveOptions, derive } from "./index.ts";
import { staged } from "./stages.ts";

export interface CheckedDerivation extends Derivation {
  /** How every equation was compared with forward-mode differentiation of the forward equations. */
  readonly certificate: Certificate;
  /** What can be said of growth and decay along its recurrences. */
  readonly growth: readonly Growth[];
}

export interface CheckedOptions extends DeriveOptions {
  readonly check?: CheckOptions;
  /** The closed forms of recurrences put into every gradient that depends on them, not into those alone that read them. */
  readonly closedForm?: boolean;
  /** Beside the gradients, those in which errors go back at most so many steps: a number, or a name for it. */
  readonly truncate?: number | string;
}

/**
 * Derives a system and compares everything derived, exactly, with forward-mode differentiation. A mistake of the note
 * comes back as a diagnostic: D001 no derivative, D002 a stride, D003 too many pieces, D004 the check could not decide,
 * D010 nothing that could be truncated.
 * Disagreement would be a bug of ours and is thrown as InternalError: nothing wrong is ever returned.
 */
export const deriveChecked = (system: System, options: CheckedOptions = {}): Result<CheckedDerivation> => {
  try {
    const { truncate } = options;
    const windowed = truncate === undefined ? undefined : withWindow(staged(system), truncate);
    const solved = withClosedForms(derive(windowed?.system ?? staged(system), options), {
      throughout: options.closedForm ?? false,
    });
    const derivation = windowed ? { ...solved, truncation: truncationOf(solved, windowed.window) } : solved;
    const outcome = checkDerivation(derivation, { ...options.check, ...(options.wrt ? { wrt: options.wrt } : {}) });
    if (outcome.verdict === "agrees") {
      return success({ ...derivation, certificate: outcome.certificate, growth: growthOf(derivation) });
    }
    if (outcome.verdict === "cannot-tell") {
      return failure({
        code: "D004",
        severity: "error",
        message: `the derivation of ${system.name} could not be checked: ${outcome.reason}`,
        spans: system.equations.flatMap(({ span }) => (span ? [{ span, label: "in this system" }] : [])).slice(0, 1),
      });
    }
    throw new InternalError(`a derived equation is wrong: ${outcome.faults[0]?.message ?? "without a counterexample"}`);
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(error.diagnostic);
    throw error;
  }
};
