import { type Diagnostic, DiagnosticError, failure, type Result, success } from "../base/diagnostic.ts";
import { expand } from "./expand.ts";
import { LATEX } from "./latex.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Macros } from "./macros.ts";
import { scan } from "./scan.ts";
import { readStatements } from "./statements.ts";
import { Structure } from "./structure.ts";
import type { Statement } from "./syntax.ts";

export interface EquationOptions {
  /** Offset of the formula's first character in the note: all spans are counted from the note's start. Default 0. */
  readonly base?: number;
  /** Commands that the note defines. */
  readonly macros?: Macros;
}

export interface Reading {
  /** In the order of the formula. */
  readonly statements: readonly Statement[];
  /** Rows that could not be read although others could. */
  readonly diagnostics: readonly Diagnostic[];
}

const NO_MACROS: Macros = new Map();
const MERGED = new WeakMap<Lexicon, Lexicon>();

/** LaTeX's own classes of commands, with the given lexicon above them. */
const withLatex = (lexicon: Lexicon): Lexicon => {
  const known = MERGED.get(lexicon);
  if (known !== undefined) return known;
  const merged: Lexicon = new Map([...LATEX, ...lexicon]);
  MERGED.set(lexicon, merged);
  return merged;
};

/**
 * Reads the LaTeX of one formula (without its dollar signs) as statements: text to syntax trees, with
 * exactly one reading and no meaning. Environments, rows, numbering and provisos are understood; see `Statement`.
 *
 * Fails with R001 where a sign cannot stand, R002 for brackets and braces without a partner, R003 for
 * too deep nesting, B001 for macros without end. Where some rows can be read and others not, the result
 * is the former, with the diagnostics of the latter.
 */
export const readEquation = (text: string, lexicon: Lexicon, options: EquationOptions = {}): Result<Reading> => {
  const base = options.base ?? 0;
  try {
    const lexemes = expand(scan(text, base), options.macros ?? NO_MACROS);
    const words = withLatex(lexicon);
    const rows = new Structure(text, base, [...lexemes], words).run();
    const { statements, diagnostics } = readStatements(rows, text, base, words);
    return statements.length === 0 && diagnostics.length > 0
      ? failure(...diagnostics)
      : success({ statements, diagnostics });
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(error.diagnostic);
    throw error;
  }
};
