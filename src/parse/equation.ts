import type { Diagnostic, Result } from "../base/diagnostic.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Statement } from "./syntax.ts";

export interface EquationOptions {
  /** Offset of the formula's first character in the note: all spans are counted from the note's start. Default 0. */
  readonly base?: number;
  /** Commands that the note defines. */
  readonly macros?: Macros;
}

/** A user's command: as many arguments as `parameters`, its body with #1 … #9. */
export interface Macro {
  readonly parameters: number;
  /** The default of an optional first argument, if the definition gives one. */
  readonly optional?: string;
  readonly body: string;
}
export type Macros = ReadonlyMap<string, Macro>;

export interface Reading {
  /** In the order of the formula. */
  readonly statements: readonly Statement[];
  /** Rows that could not be read although others could. */
  readonly diagnostics: readonly Diagnostic[];
}

export type ReadEquation = (text: string, lexicon: Lexicon, options?: EquationOptions) => Result<Reading>;
