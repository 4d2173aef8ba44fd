/** Arithmetic as an argument: one evaluator serves the prime field, dual numbers over it, doubles and degrees. */
import { ExpectedError } from "../base/expected.ts";
import type { Rational } from "../expr/rational.ts";

/** Everything that a term's entries can be put through. Elements are immutable; `E` is opaque to the evaluator. */
export interface Arithmetic<E> {
  readonly zero: E;
  readonly one: E;
  readonly integer: (value: number) => E;
  readonly rational: (value: Rational) => E;
  readonly add: (a: E, b: E) => E;
  readonly subtract: (a: E, b: E) => E;
  readonly negate: (a: E) => E;
  readonly multiply: (a: E, b: E) => E;
  /** Throws `NoValue` for a zero divisor. */
  readonly divide: (a: E, b: E) => E;
  /** Whether one may divide by it. */
  readonly divides: (a: E) => boolean;
  readonly pow: (a: E, exponent: number) => E;
  /** A real power of a positive number. */
  readonly raise: (a: E, b: E) => E;
  readonly exp: (a: E) => E;
  readonly log: (a: E) => E;
  readonly sqrt: (a: E) => E;
  readonly tanh: (a: E) => E;
  readonly sin: (a: E) => E;
  readonly cos: (a: E) => E;
  readonly abs: (a: E) => E;
  /** 1, -1 or 0. */
  readonly sign: (a: E) => E;
  readonly step: (a: E) => E;
  /** The standard normal distribution function. */
  readonly normal: (a: E) => E;
  /** Its derivative, the density. */
  readonly density: (a: E) => E;
  /** An abstract function of one variable, differentiated `order` times. */
  readonly function: (name: string, order: number, a: E) => E;
  /**
   * Entry `entry` of an abstract function of several arguments, all their entries in one list, differentiated by the
   * listed positions (sorted).
   */
  readonly general: (name: string, entry: number, by: readonly number[], args: readonly E[]) => E;
  /** A pseudo-random element: equal keys, equal elements. */
  readonly random: (key: string, entry: number) => E;
  readonly equal: (a: E, b: E) => boolean;
  /** For counterexamples. */
  readonly show: (a: E) => string;
}

/** Why a term has no value at a point. */
export type Reason =
  /** A root or a quotient that does not exist at this draw: draw again. */
  | "no-root"
  | "division-by-zero"
  /** A member that depends on itself. */
  | "circular"
  /** A read outside of a family's index domain. */
  | "outside"
  /** A name, function or derivative that nothing defines. */
  | "undefined"
  /** A power with a negative exponent, of a matrix that need not have an inverse. */
  | "negative-power"
  /** The evaluation takes more steps than it may. */
  | "budget";

/** Thrown by evaluations; the checks turn it into an outcome, users never see it. */
export class NoValue extends ExpectedError {
  override readonly name = "NoValue";
  constructor(
    readonly reason: Reason,
    message: string,
  ) {
    super(message);
  }
  /** Whether another draw may have a value. */
  get redraw(): boolean {
    return this.reason === "no-root" || this.reason === "division-by-zero";
  }
}
