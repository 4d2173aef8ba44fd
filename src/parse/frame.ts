import type { Diagnostic } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import type { Token } from "./token.ts";

/** A row of the formula: what stands between two \\. */
export interface Row {
  readonly tokens: Token[];
  /** Parts of the row that could not be read. */
  readonly problems: Diagnostic[];
  tag: { readonly text: string; readonly span: Span } | null;
}

export interface Argument {
  readonly tokens: readonly Token[];
  /** With its braces. */
  readonly span: Span;
  readonly braced: boolean;
}

/**
 * What is open at a place of the formula.
 *
 * - root: the whole formula, transparent row environments included
 * - brace { }, bracket ( ) [ ] \{ \}, bar | |, left \left … \right, optional [ ] of \sqrt
 * - matrix: an environment inside an expression
 * - command: a command waiting for arguments; single: an argument without braces
 */
export interface Frame {
  readonly kind: "root" | "brace" | "bracket" | "bar" | "left" | "optional" | "matrix" | "command" | "single";
  /** The bracket, environment or command. */
  readonly open: string;
  readonly span: Span;
  tokens: Token[];
  /** Font commands in force, outermost first. */
  fonts: readonly string[];
  /** Inside a sub- or superscript, where words are names. */
  readonly script: boolean;
  /** Brace: it is an argument of the command below it. */
  readonly argument: boolean;
  /** Command: how many arguments it takes, those read, and a label read before them. */
  readonly needs: number;
  readonly args: Argument[];
  readonly label: { readonly text: string; readonly span: Span } | null;
  /** Matrix: finished cells and rows. */
  readonly rows: Token[][][];
  /** Brace: what stood before \over. */
  over: Token[] | null;
}
