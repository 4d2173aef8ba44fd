/** Generates TypeScript: one file without dependencies, with the forward pass, the loss, all gradients and their check. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Derivation } from "../../derive/gradient.ts";
import type { FunctionChoices } from "../../schedule/functions.ts";
import { schedule } from "../../schedule/schedule.ts";
import { printProgram } from "./file.ts";

export interface GenerateOptions {
  /** What abstract functions are, by name or LaTeX: { phi: "tanh", ell: "half squared error" }. */
  readonly functions?: FunctionChoices;
  /** The name of the number of samples, if the code is to take several at once; its loss is their mean. */
  readonly batch?: string;
  /** The numbers of parameters, data and states; sums of whole losses stay in double precision. */
  readonly dtype?: "f64" | "f32";
}

export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

export interface Generated {
  /** Empty when there is an error. */
  readonly files: readonly GeneratedFile[];
  /** The identifier of each symbol's array in the code, by the symbol's name. */
  readonly names: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The TypeScript of a derivation. Sizes, horizon and the number of samples are arguments of its `create`.
 * What cannot be generated is a diagnostic: see `schedule`.
 */
export const generateTypeScript = (derivation: Derivation, options: GenerateOptions = {}): Generated => {
  const program = schedule(derivation, options);
  if (!program.ok) return { files: [], names: new Map(), diagnostics: program.diagnostics };
  const { text, names } = printProgram(program.value, options.dtype ?? "f64");
  return { files: [{ name: "model.ts", text }], names, diagnostics: [] };
};
