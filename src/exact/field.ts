/** The prime field as an arithmetic; functions are keyed pseudo-random functions of their arguments. */
import type { Rational } from "../expr/rational.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { type Lanes, lanes, mix, mixText, settle } from "./hash.ts";
import {
  add,
  equal,
  fromBigInt,
  fromInteger,
  invert,
  isZero,
  multiply,
  negate,
  ONE,
  P,
  type Prime,
  power,
  primeOf,
  rootCandidate,
  sign,
  subtract,
  toBigInt,
  ZERO,
} from "./prime.ts";

const HALF = invert(fromInteger(2));

/** A field of one seed. Odd and reciprocal laws hold: tanh(-x) = -tanh(x), exp(-x) = 1/exp(x), Φ(-x) = 1 - Φ(x). */
export const primeField = (seed: number): Arithmetic<Prime> => {
  const started = new Map<string, Lanes>();
  const rationals = new Map<Rational, Prime>();
  const state: Lanes = { a: 0, b: 0 };

  const start = (name: string): void => {
    let known = started.get(name);
    if (!known) {
      known = lanes(seed);
      mixText(known, name);
      started.set(name, known);
    }
    state.a = known.a;
    state.b = known.b;
  };
  const take = (x: Prime): void => {
    mix(state, x.a ^ (x.b << 11));
    mix(state, (x.b >>> 5) ^ (x.c << 13));
  };
  const finish = (): Prime => {
    settle(state);
    return primeOf(state.a, state.b);
  };
  /** Of x and -x, the one that is less than p/2: by the top bit. */
  const isLower = (x: Prime): boolean => x.c < 2 ** 18;
  const keyed = (name: string, x: Prime): Prime => {
    start(name);
    take(x);
    return finish();
  };
  const divide = (a: Prime, b: Prime): Prime => {
    if (isZero(b)) throw new NoValue("division-by-zero", "a divisor is 0 at this draw");
    if (!equal(b, lastDivisor)) {
      lastDivisor = b;
      lastInverse = invert(b);
    }
    return multiply(a, lastInverse);
  };
  let lastDivisor = ONE;
  let lastInverse = ONE;
  const exp = (a: Prime): Prime => {
    if (isZero(a)) return ONE;
    return isLower(a) ? keyed("exp", a) : divide(ONE, keyed("exp", negate(a)));
  };

  /** (1 - t²)/(1 + t²) and 2t/(1 + t²) for a made-up t, odd in x: every law of one angle holds; -1 is no square, so 1 + t² is not 0. */
  const angle = (x: Prime): { readonly cos: Prime; readonly sin: Prime } => {
    if (isZero(x)) return { cos: ONE, sin: ZERO };
    const t = isLower(x) ? keyed("angle", x) : negate(keyed("angle", negate(x)));
    const square = multiply(t, t);
    const below = add(ONE, square);
    return { cos: divide(subtract(ONE, square), below), sin: divide(add(t, t), below) };
  };
  /**
   * a^m for the whole number m of least absolute value that the exponent stands for: a^{b + n} = a^b a^n and a^{-b} = 1/a^b
   * for whole numbers n, and (a c)^b = a^b c^b. That exponents add up holds where their whole numbers do.
   */
  const raise = (a: Prime, b: Prime): Prime => {
    const above = toBigInt(b);
    const negative = above > P / 2n;
    let base = negative ? divide(ONE, a) : a;
    let result = ONE;
    for (let rest = negative ? P - above : above; rest > 0n; rest >>= 1n) {
      if ((rest & 1n) === 1n) result = multiply(result, base);
      base = multiply(base, base);
    }
    return result;
  };
  const signed = (x: Prime): Prime => {
    const found = sign(x);
    return found === 0 ? ZERO : found === 1 ? ONE : negate(ONE);
  };

  const rational = (value: Rational): Prime => {
    let known = rationals.get(value);
    if (!known) {
      known = divide(fromBigInt(value.numerator), fromBigInt(value.denominator));
      rationals.set(value, known);
    }
    return known;
  };

  return {
    zero: ZERO,
    one: ONE,
    integer: fromInteger,
    rational,
    add,
    subtract,
    negate,
    multiply,
    divide,
    divides: a => !isZero(a),
    pow: (a, exponent) => (exponent >= 0 ? power(a, exponent) : divide(ONE, power(a, -exponent))),
    raise: (a, b) => {
      if (isZero(a)) throw new NoValue("no-root", "a real power of 0");
      return raise(a, b);
    },
    exp,
    log: a => {
      if (isZero(a)) throw new NoValue("no-root", "the logarithm of 0");
      return equal(a, ONE) ? ZERO : keyed("log", a);
    },
    sqrt: a => {
      const root = rootCandidate(a);
      if (equal(multiply(root, root), a)) return root;
      throw new NoValue("no-root", "a number without a square root in the prime field");
    },
    tanh: a => {
      if (isZero(a)) return ZERO;
      return isLower(a) ? keyed("tanh", a) : negate(keyed("tanh", negate(a)));
    },
    sin: a => angle(a).sin,
    cos: a => angle(a).cos,
    abs: a => (sign(a) === -1 ? negate(a) : a),
    sign: signed,
    step: a => (sign(a) === 1 ? ONE : ZERO),
    normal: a => {
      if (isZero(a)) return HALF;
      return isLower(a) ? keyed("normal", a) : subtract(ONE, keyed("normal", negate(a)));
    },
    density: a => multiply(keyed("density", ZERO), exp(negate(multiply(HALF, multiply(a, a))))),
    function: (name, order, a) => {
      start(name);
      mix(state, order + 1);
      take(a);
      return finish();
    },
    general: (name, entry, by, args) => {
      start(name);
      mix(state, entry);
      mix(state, by.length);
      for (const position of by) mix(state, position);
      for (const arg of args) take(arg);
      return finish();
    },
    random: (key, entry) => {
      start(key);
      mix(state, entry);
      return finish();
    },
    equal,
    show: a => {
      const value = toBigInt(a);
      return String(value > P / 2n ? value - P : value);
    },
  };
};
