/** Exact rational numbers. */
import { InternalError } from "../base/diagnostic.ts";

export interface Rational {
  readonly numerator: bigint;
  /** Positive, coprime to the numerator. */
  readonly denominator: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** numerator / denominator in lowest terms. The denominator must not be 0. */
export const rational = (numerator: bigint | number, denominator: bigint | number = 1n): Rational => {
  let [n, d] = [BigInt(numerator), BigInt(denominator)];
  if (d === 0n) throw new InternalError("a rational with denominator 0");
  if (d < 0n) [n, d] = [-n, -d];
  const common = gcd(n, d) || 1n;
  return { numerator: n / common, denominator: d / common };
};

/** Reads "12", "-0.5", "1/3", "1e-3". Undefined if it is none of these or has more than 400 digits. */
export const readRational = (text: string): Rational | undefined => {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?(?:\/(\d+))?$/u.exec(text);
  if (!match || text.length > 400) return undefined;
  const [, sign, whole = "0", fraction = "", exponent = "0", below = "1"] = match;
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(`${sign}${whole}${fraction}`.replace(/^-(?=$)/u, "0"));
  const denominator = BigInt(below);
  if (denominator === 0n) return undefined;
  return shift >= 0
    ? rational(digits * 10n ** BigInt(shift), denominator)
    : rational(digits, denominator * 10n ** BigInt(-shift));
};

export const showRational = ({ numerator, denominator }: Rational): string =>
  denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;

export const sumOf = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

export const productOf = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);

/** 1/a; a must not be 0. */
export const reciprocalOf = (a: Rational): Rational => rational(a.denominator, a.numerator);

const bitsOf = (a: bigint): number => (a < 0n ? -a : a).toString(2).length;

/** The nearest double (up to one unit in the last place); infinite when out of range. */
export const toNumber = ({ numerator, denominator }: Rational): number => {
  const [above, below] = [bitsOf(numerator), bitsOf(denominator)];
  if (above <= 1000 && below <= 1000) return Number(numerator) / Number(denominator);
  // Each is cut to 1000 bits by itself: their ratio may be moderate however long they are.
  const [cutAbove, cutBelow] = [Math.max(0, above - 1000), Math.max(0, below - 1000)];
  const ratio = Number(numerator >> BigInt(cutAbove)) / Number(denominator >> BigInt(cutBelow));
  const shift = cutAbove - cutBelow;
  // In two halves, so that 2 to the shift does not leave the range before the product does.
  return Math.abs(shift) > 4000
    ? ratio * 2 ** shift
    : ratio * 2 ** Math.trunc(shift / 2) * 2 ** (shift - Math.trunc(shift / 2));
};
