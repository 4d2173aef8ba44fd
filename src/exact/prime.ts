/**
 * The field of p = 2^61 - 1 elements, in three limbs of 21, 21 and 19 bits: products of limbs and sums of a few of
 * them stay exact in doubles, and 2^63 = 4 folds the high half back. Zero has one representation.
 */
import { InternalError } from "../base/diagnostic.ts";

/** a + 2^21 b + 2^42 c with a, b < 2^21 and c < 2^19, less than p. */
export interface Prime {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const LIMB = 2 ** 21;
const TOP = 2 ** 19;
const LOW = LIMB - 1;
const HIGH = TOP - 1;
const PER_LIMB = 2 ** -21;
const PER_TOP = 2 ** -19;

export const P = 2n ** 61n - 1n;
export const ZERO: Prime = { a: 0, b: 0, c: 0 };
export const ONE: Prime = { a: 1, b: 0, c: 0 };

/** Limbs already in range; p itself becomes zero. */
const canonical = (a: number, b: number, c: number): Prime =>
  c === HIGH && b === LOW && a === LOW ? ZERO : { a, b, c };

/** Any two 32-bit numbers as an element. */
export const primeOf = (high: number, low: number): Prime =>
  canonical(low & LOW, ((low >>> 21) | (high << 11)) & LOW, (high >>> 10) & HIGH);

export const fromBigInt = (value: bigint): Prime => {
  const rest = ((value % P) + P) % P;
  return { a: Number(rest & 0x1fffffn), b: Number((rest >> 21n) & 0x1fffffn), c: Number(rest >> 42n) };
};

export const toBigInt = ({ a, b, c }: Prime): bigint => BigInt(a) + (BigInt(b) << 21n) + (BigInt(c) << 42n);

export const fromInteger = (value: number): Prime => {
  if (value >= 0 && value < LIMB) return { a: value, b: 0, c: 0 };
  if (!Number.isSafeInteger(value)) throw new InternalError(`${value} is not an integer`);
  return fromBigInt(BigInt(value));
};

export const isZero = (x: Prime): boolean => x.a === 0 && x.b === 0 && x.c === 0;

export const equal = (x: Prime, y: Prime): boolean => x.a === y.a && x.b === y.b && x.c === y.c;

export const add = (x: Prime, y: Prime): Prime => {
  let a = x.a + y.a;
  let b = x.b + y.b + (a >> 21);
  let c = x.c + y.c + (b >> 21);
  a = (a & LOW) + (c >> 19);
  b &= LOW;
  c &= HIGH;
  if (a === LIMB) {
    a = 0;
    b += 1;
    if (b === LIMB) {
      b = 0;
      c += 1;
    }
  }
  return canonical(a, b, c);
};

export const negate = (x: Prime): Prime => (isZero(x) ? x : { a: LOW - x.a, b: LOW - x.b, c: HIGH - x.c });

export const subtract = (x: Prime, y: Prime): Prime => add(x, negate(y));

/** Three sums of products of limbs, each below 2^52, as an element. */
const fold = (low: number, middle: number, high: number): Prime => {
  const carry = Math.floor(low * PER_LIMB);
  const second = middle + carry;
  const carry2 = Math.floor(second * PER_LIMB);
  const third = high + carry2;
  const carry3 = Math.floor(third * PER_TOP);
  let a = low - carry * LIMB + carry3;
  const carry4 = Math.floor(a * PER_LIMB);
  a -= carry4 * LIMB;
  let b = second - carry2 * LIMB + carry4;
  let c = third - carry3 * TOP;
  // carry4 < 2^12 and b < 2^21 before it: one more carry at most, and then b is small.
  if (b >= LIMB) {
    b -= LIMB;
    c += 1;
    if (c === TOP) {
      c = 0;
      a += 1;
      if (a === LIMB) {
        a = 0;
        b += 1;
      }
    }
  }
  return canonical(a, b, c);
};

export const multiply = (x: Prime, y: Prime): Prime => {
  const { a: a0, b: a1, c: a2 } = x;
  const { a: b0, b: b1, c: b2 } = y;
  return fold(a0 * b0 + 4 * (a1 * b2 + a2 * b1), a0 * b1 + a1 * b0 + 4 * (a2 * b2), a0 * b2 + a1 * b1 + a2 * b0);
};

const squareTimes = (x: Prime, times: number): Prime => {
  let result = x;
  for (let i = 0; i < times; i++) result = multiply(result, result);
  return result;
};

/** x^(2^k - 1) for k = 59, by doubling the number of ones in the exponent. */
const power59Ones = (x: Prime): Prime => {
  const two = multiply(squareTimes(x, 1), x);
  const three = multiply(squareTimes(two, 1), x);
  const six = multiply(squareTimes(three, 3), three);
  const seven = multiply(squareTimes(six, 1), x);
  const fourteen = multiply(squareTimes(seven, 7), seven);
  const twentyEight = multiply(squareTimes(fourteen, 14), fourteen);
  const twentyNine = multiply(squareTimes(twentyEight, 1), x);
  const fiftyEight = multiply(squareTimes(twentyNine, 29), twentyNine);
  return multiply(squareTimes(fiftyEight, 1), x);
};

/** 1/x = x^(p-2) and p - 2 = 4 (2^59 - 1) + 1; x must not be 0. */
export const invert = (x: Prime): Prime => multiply(squareTimes(power59Ones(x), 2), x);

/** The Legendre symbol as 1, -1 or 0: x^((p-1)/2), and (p-1)/2 = 2^60 - 1. */
export const sign = (x: Prime): 1 | -1 | 0 => {
  if (isZero(x)) return 0;
  return equal(multiply(squareTimes(power59Ones(x), 1), x), ONE) ? 1 : -1;
};

/** x^((p+1)/4), and (p+1)/4 = 2^59: a root of x where it is a square, otherwise of -x. */
export const rootCandidate = (x: Prime): Prime => squareTimes(x, 59);

/** x^k for a whole number k ≥ 0. */
export const power = (x: Prime, exponent: number): Prime => {
  let result = ONE;
  let base = x;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, base);
    base = multiply(base, base);
  }
  return result;
};
