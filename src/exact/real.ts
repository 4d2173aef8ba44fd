/** Doubles as an arithmetic; abstract functions are fixed smooth ones, so that the same evaluator serves real numbers. */
import type { Rational } from "../expr/rational.ts";
import { toNumber } from "../expr/rational.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { lanes, mix, mixText, settle } from "./hash.ts";
import { normalDensity, normalDistribution } from "./normal.ts";

export interface RealOptions {
  /** Random elements are positive. */
  readonly positive?: boolean;
  /** What `equal` still takes for equal, against the larger magnitude (or 1). */
  readonly tolerance?: number;
}

/** A number between 0 and 1 for a name and numbers. */
const fraction = (seed: number, name: string, ...numbers: readonly number[]): number => {
  const state = lanes(seed);
  mixText(state, name);
  for (const number of numbers) mix(state, number);
  settle(state);
  return (state.a >>> 0) / 2 ** 32;
};

/** A sine's derivative of some order: a quarter turn each. */
const sine = (at: number, order: number): number =>
  [Math.sin(at), Math.cos(at), -Math.sin(at), -Math.cos(at)][order % 4] as number;

export const realNumbers = (
  seed: number,
  { positive = false, tolerance = 1e-9 }: RealOptions = {},
): Arithmetic<number> => ({
  zero: 0,
  one: 1,
  integer: value => value,
  rational: (value: Rational) => toNumber(value),
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  negate: a => -a,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  divides: a => a !== 0,
  pow: (a, exponent) => a ** exponent,
  raise: (a, b) => a ** b,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  sin: Math.sin,
  cos: Math.cos,
  abs: Math.abs,
  sign: a => Math.sign(a) + 0,
  step: a => (a > 0 ? 1 : 0),
  normal: normalDistribution,
  density: normalDensity,
  // sin(a x + b) + c x: bounded derivatives, no symmetry.
  function: (name, order, x) => {
    const [a, b, c] = [0, 1, 2].map(i => 0.5 + fraction(1, name, i)) as [number, number, number];
    return a ** order * sine(a * x + b, order) + (order === 0 ? c * x : order === 1 ? c : 0);
  },
  // sin(w · x + b), with weights for each entry of the result.
  general: (name, entry, by, args) => {
    const weight = (position: number): number => 0.25 + fraction(2, name, entry, position);
    const at = args.reduce((sum, x, position) => sum + weight(position) * x, fraction(3, name, entry));
    return by.reduce((product, position) => product * weight(position), sine(at, by.length));
  },
  random: (key, entry) => {
    const size = 0.1 + 0.9 * fraction(seed, key, entry);
    return positive || fraction(seed, key, entry, 1) < 0.5 ? size : -size;
  },
  equal: (a, b) => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b)),
  show: a => String(a),
});
