/** What the driver tells the runner, in a file of the sandbox, and what the runner writes down as it goes. */
import { readFileSync } from "node:fs";

/** The variable that names the file. */
export const ORDER = "GRADNOTE_MUTATION";

export interface Order {
  /** Files of tests, in the order in which they run. */
  readonly files: readonly string[];
  /** The mutants that each test is to try; without it every test runs once, and it is written down what it reaches. */
  readonly plan?: Readonly<Record<string, readonly string[]>>;
  /** Mutants that need no trying any more. */
  readonly decided: readonly string[];
  /** Tests that a process before this one has finished. */
  readonly finished: readonly string[];
  readonly log: string;
}

/** A line of the log. */
export type Entry =
  /** What was passed while the file was loaded, before its first test. */
  | { readonly kind: "loaded"; readonly file: string; readonly mutants: readonly string[] }
  /** How often the test passes each mutant. */
  | {
      readonly kind: "reached";
      readonly test: string;
      readonly file: string;
      readonly milliseconds: number;
      readonly hits: Readonly<Record<string, number>>;
    }
  | { readonly kind: "tried"; readonly mutant: string; readonly test: string; readonly milliseconds: number }
  | { readonly kind: "killed" | "timeout"; readonly mutant: string; readonly test: string }
  /** The test did not pass the mutant a second time: what it computed there was kept. */
  | { readonly kind: "hidden"; readonly mutant: string; readonly file: string }
  /** The test fails without the mutant as well now: something that it left behind is kept. */
  | { readonly kind: "spoiled"; readonly mutant: string; readonly test: string }
  | { readonly kind: "finished" | "broken"; readonly test: string };

export const readOrder = (): Order => {
  const path = process.env[ORDER];
  if (path === undefined) throw new Error(`${ORDER} names no file`);
  return JSON.parse(readFileSync(path, "utf8"));
};
