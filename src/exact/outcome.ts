/** What a check answers: agreement with its certificate, or what is at fault with a counterexample. */
import type { SymbolNode } from "../expr/node.ts";
import type { Reason } from "./arithmetic.ts";

/** Everything that a separate evaluator needs to repeat the check. */
export interface Certificate {
  readonly method: string;
  /** The lengths that the first horizon was given; empty without a horizon. */
  readonly horizons: readonly number[];
  /** Every assignment of numbers to sizes and horizons that was tried. */
  readonly sizes: readonly Readonly<Record<string, number>>[];
  readonly seeds: readonly number[];
  readonly samples: number;
  /** How often the signs of each forward equation were drawn, at least; absent where none decides. */
  readonly signs?: number;
  /** The probability at most that something wrong agrees at one sample; 0 beside a counterexample. */
  readonly bound: number;
}

export type Subject =
  /** A piece of a gradient. */
  | "piece"
  /** The same gradient as the sum of what the reads contribute. */
  | "contributions"
  /** A line of prod(∂L/∂v, ∂v/∂u). */
  | "chain"
  | "closed form"
  /** A gradient with errors going back a limited number of steps. */
  | "truncation"
  /** A gradient by a symmetric or diagonal matrix. */
  | "structure"
  | "step"
  /** Pieces that overlap, or leave a member out. */
  | "cover"
  /** A gradient that is not there. */
  | "missing"
  /** The gradients do not add up, though each agrees by itself. */
  | "sum";

/** The line to blame, judged with the true values of everything else, and a point at which it is wrong. */
export interface Fault {
  readonly subject: Subject;
  readonly wrt: SymbolNode;
  readonly index: readonly number[];
  /** Which piece, closed form or contribution, counted from 0 in the gradient's own list. */
  readonly which?: number;
  /** Contributions that are at fault in a wrong piece or sum. */
  readonly contributions?: readonly number[];
  /** The rule of a wrong step. */
  readonly rule?: string;
  readonly at: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly entry: number;
  readonly expected: string;
  readonly found: string;
  readonly reason?: Reason;
  readonly message: string;
}

export type Outcome =
  | { readonly verdict: "agrees"; readonly certificate: Certificate }
  | { readonly verdict: "disagrees"; readonly faults: readonly Fault[]; readonly certificate: Certificate }
  | { readonly verdict: "cannot-tell"; readonly reason: string };
