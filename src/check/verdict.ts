/** The words of a verdict, and what is reported of every equation. */
import type { Span } from "../base/source.ts";
import type { StatedEquation } from "../exact/witness.ts";
import type { Suppositions } from "../exact/world.ts";
import type { System } from "../expr/system.ts";

/** Levels: exit codes, SARIF and GitHub annotations follow these. */
export type Level = "ok" | "warning" | "error";

export interface VerdictRow {
  readonly level: Level;
  readonly code: string;
}

/** Every verdict, the first that applies first. */
export const VERDICTS = {
  unreadable: { level: "warning", code: "V001" },
  undefined: { level: "error", code: "V002" },
  definition: { level: "ok", code: "V000" },
  proved: { level: "ok", code: "V010" },
  holds: { level: "ok", code: "V011" },
  convention: { level: "ok", code: "V012" },
  incomplete: { level: "ok", code: "V013" },
  repaired: { level: "warning", code: "V014" },
  "holds-under": { level: "error", code: "V003" },
  wrong: { level: "error", code: "V004" },
  "cannot-tell": { level: "warning", code: "V005" },
} as const satisfies Readonly<Record<string, VerdictRow>>;

export type Verdict = keyof typeof VERDICTS;

export const levelOf = (verdict: Verdict): Level => VERDICTS[verdict].level;

/** A glyph that was read as another, and why. */
export interface Repair {
  readonly from: string;
  readonly to: string;
  readonly evidence: string;
  readonly span?: Span;
}

export interface Mended {
  /** The whole equation as it should stand. */
  readonly latex: string;
  readonly edit?: string;
  /** What it then still supposes, and the form that supposes nothing. */
  readonly under?: readonly string[];
  readonly general?: string;
}

/** Small numbers at which the two sides differ. */
export interface Counterexample {
  readonly sizes: Readonly<Record<string, number>>;
  readonly index: Readonly<Record<string, number>>;
  /** What φ and ℓ are taken to be, where the note leaves them open. */
  readonly functions: Readonly<Record<string, string>>;
  readonly given: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly left: readonly (readonly number[])[];
  readonly right: readonly (readonly number[])[];
}

/** What a separate evaluator needs to repeat the comparison. */
export interface CheckCertificate {
  readonly method: string;
  readonly horizons: readonly [least: number, largest: number];
  readonly samples: number;
  readonly seed?: number;
  readonly at?: Readonly<Record<string, number>>;
}

export interface Stated {
  readonly system: System;
  readonly equation: StatedEquation;
  readonly suppose?: Suppositions;
}

export interface EquationReport {
  /** "rnn/4b#2": the second link of the chain 4b of the system. */
  readonly id: string;
  readonly group: string;
  readonly system: string;
  readonly span: Span;
  readonly latex: string;
  /** The equation as it was read, where it could be. */
  readonly readAs?: string;
  readonly verdict: Verdict;
  readonly code: string;
  readonly because: string;
  readonly under: readonly string[];
  readonly repairs: readonly Repair[];
  readonly mended?: Mended;
  readonly counterexample?: Counterexample;
  readonly spoiledBy: readonly string[];
  readonly certificate?: CheckCertificate;
  /** The equation in terms, with what it is said about and what it is said to suppose: for certificates, not for people. */
  readonly stated?: Stated;
}
