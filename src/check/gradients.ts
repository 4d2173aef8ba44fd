/** The gradients of a system's objective, for claims that differentiate them once more. */
import { DiagnosticError } from "../base/diagnostic.ts";
import { withGradients, withoutGradients } from "../derive/adjoint.ts";
import type { Derivation } from "../derive/gradient.ts";
import { derive } from "../derive/index.ts";
import { Witness } from "../exact/witness.ts";
import type { System } from "../expr/system.ts";

/** What is made, or undefined where the note is refused it; a mistake of ours stays one. */
export const unlessRefused = <T>(make: () => T): T | undefined => {
  try {
    return make();
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
};

/** The gradients by everything, data included; undefined where something has no derivative. */
export const derivationOf = (system: System, fixed: ReadonlySet<string> = new Set()): Derivation | undefined => {
  const wrt = [...system.symbols.keys()].filter(name => !fixed.has(name));
  return unlessRefused(() => derive(system, { wrt }));
};

/** The system with its gradients as families; itself where something has no derivative. */
export const extended = (system: System, derivation = derivationOf(system)): System =>
  derivation ? withGradients(system, derivation) : system;

/**
 * Who judges in a system that was made from another by a change of its equations: by its own gradients, which it holds as
 * families where the other did. Without them each entry of each derivative takes a forward pass.
 */
export const judging = (system: System): Witness => {
  const plain = withoutGradients(system);
  const derivation = derivationOf(plain);
  return new Witness(plain === system ? system : extended(plain, derivation), derivation);
};
