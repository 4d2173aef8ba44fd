/** What the driver tells the runner, in a file of the sandbox, and what the runner writes down as it goes. */
import { readFileSync } from "node:fs";

/** The variable that names the file. */
export const ORDER = "GRADNOTE_MUTATION";

export interface Order {
  /** The mutants that are still to be tried. */
  readonly mutants: readonly string[];
  /** Tests that a process before this one has finished. */
  readonly finished: readonly string[];
  /** Names of test files begin with one of these, and run in this order. */
  readonly tests: readonly string[];
  /** Files of tests that import what a mutant changes: all of their tests that reach it are tried. */
  readonly near: Readonly<Record<string, readonly string[]>>;
  /** So many tests of other files are tried on a mutant, of those that reach it. */
  readonly most: number;
  readonly log: string;
}

/** A line of the log. */
export type Entry =
  | { readonly kind: "loaded" | "reached"; readonly mutants: readonly string[] }
  | { readonly kind: "tried"; readonly mutant: string; readonly test: string; readonly milliseconds: number }
  | { readonly kind: "killed" | "timeout"; readonly mutant: string; readonly test: string }
  /** The test fails without the mutant as well now: something that it left behind is kept. */
  | { readonly kind: "spoiled"; readonly mutant: string; readonly test: string }
  | { readonly kind: "finished" | "broken"; readonly test: string };

export const readOrder = (): Order => {
  const path = process.env[ORDER];
  if (path === undefined) throw new Error(`${ORDER} names no file`);
  return JSON.parse(readFileSync(path, "utf8"));
};
