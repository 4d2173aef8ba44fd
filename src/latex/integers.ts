/** Numbers, sizes and index expressions in LaTeX. */
import { degree, type Monomial, type Polynomial } from "../expr/polynomial.ts";
import type { Rational } from "../expr/rational.ts";

/** The terms of an index expression as people order them: T + t - i, j - n + 1, 1 - t. */
const arranged = (monomials: readonly Monomial[]): readonly Monomial[] => {
  const rankOf = ({ coefficient, names }: Monomial): number => {
    if (names.length === 0) return 2;
    return coefficient > 0 ? 0 : 1;
  };
  const sorted = [...monomials].sort((a, b) => rankOf(a) - rankOf(b));
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first && last && first.coefficient < 0 && last.coefficient > 0 ? [last, ...sorted.slice(0, -1)] : sorted;
};

/** An index expression, without spaces: t-1. */
export const polynomialLatex = (value: Polynomial, nameOf: (name: string) => string): string => {
  if (value.monomials.length === 0) return "0";
  return arranged(value.monomials)
    .map(({ coefficient, names }, i) => {
      const magnitude = Math.abs(coefficient);
      const factors =
        magnitude === 1 && names.length > 0 ? names.map(nameOf) : [String(magnitude), ...names.map(nameOf)];
      const sign = coefficient < 0 ? (i === 0 ? "-" : "-") : i === 0 ? "" : "+";
      return sign + factors.join(" ");
    })
    .join("");
};

/** The decimal form of n / 10^k for denominators that people do not write as fractions. */
const decimal = (numerator: bigint, denominator: bigint): string | undefined => {
  if (denominator % 10n !== 0n) return undefined;
  let power = 10n;
  let places = 1;
  while (power % denominator !== 0n) {
    if (++places > 12) return undefined;
    power *= 10n;
  }
  const digits = (numerator * (power / denominator)).toString().padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
};

/** A non-negative number: 3, \frac{1}{2}, 0.01. */
export const rationalLatex = ({
  numerator,
  denominator,
}: Rational): { readonly text: string; readonly fraction: boolean } => {
  if (denominator === 1n) return { text: `${numerator}`, fraction: false };
  const text = decimal(numerator, denominator);
  return text === undefined
    ? { text: `\\frac{${numerator}}{${denominator}}`, fraction: true }
    : { text, fraction: false };
};

/** An upper bound as a power of ten: 10^{-14}. */
export const powerOfTen = (bound: number): string => (bound > 0 ? `10^{${Math.ceil(Math.log10(bound))}}` : "0");

/** Bounds as people list them: short ones first. */
export const boundsInOrder = (bounds: readonly Polynomial[]): readonly Polynomial[] =>
  [...bounds].sort((a, b) => a.monomials.length - b.monomials.length || degree(a) - degree(b));
