/**
 * Degrees of rational functions, as an arithmetic: what is evaluated in it comes out as the degrees of its numerator
 * and denominator in the random values and in the values of functions, which count as variables.
 */
import type { Arithmetic } from "./arithmetic.ts";

export interface Degree {
  readonly above: number;
  readonly below: number;
}

export interface Counted {
  readonly arithmetic: Arithmetic<Degree>;
  /** How many function values have been taken, and the largest sum of degrees seen. */
  readonly count: () => { readonly functions: number; readonly degree: number };
}

const NOTHING: Degree = { above: 0, below: 0 };

export const degrees = (): Counted => {
  let functions = 0;
  let degree = 0;
  const seen = (above: number, below: number): Degree => {
    if (above + below > degree) degree = above + below;
    return { above, below };
  };
  const sum = (a: Degree, b: Degree): Degree => seen(Math.max(a.above + b.below, b.above + a.below), a.below + b.below);
  const fresh = (): Degree => {
    functions += 1;
    return seen(1, 0);
  };
  const arithmetic: Arithmetic<Degree> = {
    zero: NOTHING,
    one: NOTHING,
    integer: () => NOTHING,
    rational: () => NOTHING,
    add: sum,
    subtract: sum,
    negate: a => a,
    multiply: (a, b) => seen(a.above + b.above, a.below + b.below),
    divide: (a, b) => seen(a.above + b.below, a.below + b.above),
    pow: (a, exponent) =>
      exponent >= 0 ? seen(a.above * exponent, a.below * exponent) : seen(a.below * -exponent, a.above * -exponent),
    exp: fresh,
    log: fresh,
    sqrt: fresh,
    tanh: fresh,
    step: fresh,
    function: fresh,
    general: fresh,
    random: () => seen(1, 0),
    equal: () => true,
    show: ({ above, below }) => `${above}/${below}`,
  };
  return { arithmetic, count: () => ({ functions, degree }) };
};

/** The probability at most that a wrong equation survives one sample: (N² + 1) d / p. */
export const boundOf = ({ functions, degree }: { readonly functions: number; readonly degree: number }): number =>
  ((functions * functions + 1) * Math.max(1, degree)) / 2 ** 61;
