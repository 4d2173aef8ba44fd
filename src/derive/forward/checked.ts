/** Forward mode, checked before anybody sees it. */
import { DiagnosticError, failure, InternalError, type Result, success } from "../../base/diagnostic.ts";
import type { Certificate } from "../../exact/outcome.ts";
import { checkForward, type SensitivityCheckOptions } from "../../exact/sensitivities.ts";
import type { System } from "../../expr/system.ts";
import { deriveForward, type ForwardOptions } from "./index.ts";
import type { ForwardDerivation } from "./sensitivity.ts";

export interface CheckedForward extends ForwardDerivation {
  /** How every equation was compared with the forward equations in dual numbers. */
  readonly certificate: Certificate;
}

/**
 * The sensitivities ∂v/∂w of everything between the variables and what is asked for (default: the parameters and the
 * objective), each equation compared with dual numbers. A mistake of the note comes back as a diagnostic: D001 no
 * derivative, D004 the check could not decide, D005 a name that forward mode cannot take. Disagreement would be a bug of
 * ours and is thrown as InternalError.
 */
export const forwardChecked = (
  system: System,
  options: ForwardOptions & { readonly check?: SensitivityCheckOptions } = {},
): Result<CheckedForward> => {
  try {
    const derivation = deriveForward(system, options);
    const outcome = checkForward(derivation, options.check);
    if (outcome.verdict === "agrees") return success({ ...derivation, certificate: outcome.certificate });
    if (outcome.verdict === "disagrees") throw new InternalError(`a derived equation is wrong: ${outcome.message}`);
    return failure({
      code: "D004",
      severity: "error",
      message: `the sensitivities of ${system.name} could not be checked: ${outcome.reason}`,
      spans: system.equations.flatMap(({ span }) => (span ? [{ span, label: "in this system" }] : [])).slice(0, 1),
    });
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(error.diagnostic);
    throw error;
  }
};
