/** Exact arithmetic of numbers, sizes and indices. */
import { integerNode, integerValue, type Node, number } from "../expr/node.ts";
import { integer, minus, negative, type Polynomial, plus, times } from "../expr/polynomial.ts";
import { productOf, type Rational, rational, reciprocalOf, sumOf } from "../expr/rational.ts";
import { call } from "../ops/call.ts";
import type { Law, Match, Sentence } from "../rewrite/law.ts";

const SAY: Sentence = { en: "the numbers are combined", zh: "合并数值" };

/** Exponents up to which powers of numbers are worked out. */
const LARGEST_EXPONENT = 64;

/** Longer numbers (some 1,200 digits) are left as they stand: their digits double with every product. */
const LONGEST = 1n << 4096n;

const isShort = ({ numerator, denominator }: Rational): boolean => numerator < LONGEST && -numerator < LONGEST && denominator < LONGEST;

/** The value of a number that is short enough to calculate with. */
export const exactValue = (node: Node): Rational | undefined => (node.kind === "number" && isShort(node.value) ? node.value : undefined);

const greatestDivisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : greatestDivisor(b, a % b));

const opposite = (a: Rational): Rational => rational(-a.numerator, a.denominator);

/** Combines two numbers exactly, or two integer expressions. */
const combine = (ofNumbers: (a: Rational, b: Rational) => Rational | undefined, ofIntegers?: (a: Polynomial, b: Polynomial) => Polynomial) =>
  (match: Match): Node | undefined => {
    const [a, b] = [match.node("p"), match.node("q")];
    const [x, y] = [exactValue(a), exactValue(b)];
    if (x && y) {
      const value = ofNumbers(x, y);
      return value && number(value);
    }
    const [i, j] = [integerValue(a), integerValue(b)];
    return i && j && ofIntegers ? integerNode(ofIntegers(i, j)) : undefined;
  };

const raise = (base: Rational, exponent: number): Rational | undefined => {
  if (Math.abs(exponent) > LARGEST_EXPONENT || (exponent < 0 && base.numerator === 0n)) return undefined;
  const power = rational(base.numerator ** BigInt(Math.abs(exponent)), base.denominator ** BigInt(Math.abs(exponent)));
  return exponent < 0 ? reciprocalOf(power) : power;
};

/** The scalar numerator/denominator times `a`, as a fraction. */
const fraction = ({ numerator, denominator }: Rational, a: Node): Node => {
  const above = numerator === 1n ? a : call("scale", [number(numerator), a]);
  return denominator === 1n ? above : call("divide", [above, number(denominator)]);
};

/** A whole number over an integer expression with sizes, without their common divisor; undefined where there is none. */
const lowestTerms = (above: Node, below: Node): readonly [above: Node, below: Node] | undefined => {
  const [p, q] = [exactValue(above), integerValue(below)];
  if (p?.denominator !== 1n || !q || below.kind === "number" || p.numerator > BigInt(Number.MAX_SAFE_INTEGER) || p.numerator < 1n) return undefined;
  const common = q.monomials.reduce((all, { coefficient }) => greatestDivisor(all, coefficient), Number(p.numerator));
  if (common <= 1) return undefined;
  const parts = q.monomials.map(({ coefficient, names }) => names.reduce((part, name) => times(part, name), integer(coefficient / common)));
  return [number(rational(p.numerator, common)), integerNode(plus(...parts))];
};

const multiple = (factor: Node, a: Node): Node =>
  factor.kind === "number" && factor.value.numerator === 1n && factor.value.denominator === 1n ? a : call("scale", [factor, a]);

const NUMBERS_OR_INTEGERS = ["number", "integer"] as const;

/** Ends: every law leaves fewer operations on numbers, or fewer digits. */
export const NUMBERS: readonly Law[] = [
  ...NUMBERS_OR_INTEGERS.flatMap((sort): readonly Law[] => [
    { id: `sum-of-${sort}s`, example: `add(${sort === "number" ? "2/3" : "k"}, 5)`,        where: { p: sort, q: sort }, left: "p + q", right: combine(sumOf, plus), say: SAY, trivial: true },
    { id: `difference-of-${sort}s`, example: `subtract(${sort === "number" ? "2/3" : "k"}, 5)`, where: { p: sort, q: sort }, left: "p - q", right: combine((a, b) => sumOf(a, opposite(b)), minus), say: SAY, trivial: true },
    { id: `product-of-${sort}s`, example: `scale(${sort === "number" ? "2/3" : "k"}, 5)`,    where: { p: sort, q: sort }, left: "p * q", right: combine(productOf, times), say: SAY, trivial: true },
  ]),
  { id: "numbers-subtracted", where: { a: "1", p: "number", q: "number" }, left: "(a - p) - q",
    right: ({ node }) => { const [p, q] = [exactValue(node("p")), exactValue(node("q"))]; return p && q && call("subtract", [node("a"), number(sumOf(p, q))]); },
    example: "subtract(a - 2/3, 5)", say: SAY, trivial: true },
  { id: "quotient-of-numbers", where: { p: "number", q: "number" }, left: "p / q",
    right: combine((a, b) => b.numerator === 0n ? undefined : productOf(a, reciprocalOf(b))), example: "divide(2/3, 5)", say: SAY, trivial: true },
  { id: "negative-of-number",  where: { p: "number" },  left: "negate(p)", right: ({ node }) => { const p = exactValue(node("p")); return p && number(opposite(p)); }, example: "negate(2/3)", say: SAY, trivial: true },
  { id: "negative-of-integer", where: { p: "integer" }, left: "negate(p)", right: ({ node }) => { const p = integerValue(node("p")); return p && integerNode(negative(p)); }, example: "negate(k)", say: SAY, trivial: true },
  { id: "power-of-number",     where: { p: "number" },  left: "p .^ k",
    right: ({ node, integer }) => {
      const [p, k] = [exactValue(node("p")), exactValue(integerNode(integer("k")))];
      const value = p && k && raise(p, Number(k.numerator));
      return value && number(value);
    }, example: "power(2/3, -3)", say: SAY, trivial: true },
  { id: "fractional-factor",   where: { p: "number", a: "1" }, left: "p * a",
    right: ({ node }) => { const p = exactValue(node("p")); return p && p.denominator !== 1n ? fraction(p, node("a")) : undefined; }, example: "(2/3) * a", say: SAY, trivial: true },
  { id: "fractional-divisor",  where: { p: "number", a: "1" }, left: "a / p",
    right: ({ node }) => {
      const p = exactValue(node("p"));
      return p && p.numerator !== 0n && (p.denominator !== 1n || p.numerator < 0n) ? fraction(reciprocalOf(p), node("a")) : undefined;
    }, example: "a / (-2/3)", say: SAY, trivial: true },
  { id: "fractional-dividend", where: { p: "number", a: "1" }, left: "p / a",
    right: ({ node }) => {
      const p = exactValue(node("p"));
      if (!p || p.denominator === 1n || node("a").kind === "number") return undefined;
      return call("divide", [number(p.numerator), call("scale", [number(p.denominator), node("a")])]);
    }, example: "(2/3) / a", say: SAY, trivial: true },
  { id: "fraction-in-lowest-terms", where: { p: "number", q: "number", a: "1" }, left: "(p * a) / q",
    right: ({ node }) => {
      const [p, q] = [exactValue(node("p")), exactValue(node("q"))];
      if (!p || !q || q.numerator === 0n) return undefined;
      const value = productOf(p, reciprocalOf(q));
      return value.numerator === p.numerator && p.denominator === 1n && value.denominator === q.numerator ? undefined : fraction(value, node("a"));
    }, example: "(4 * a) / 6", say: SAY, trivial: true },
  { id: "number-over-size", where: { p: "number", q: "integer" }, left: "p / q",
    right: ({ node }) => { const [p, q] = lowestTerms(node("p"), node("q")) ?? []; return p && q && call("divide", [p, q]); }, example: "divide(6, 4*k)", say: SAY, trivial: true },
  { id: "multiple-over-size", where: { p: "number", q: "integer", a: "1" }, left: "(p * a) / q",
    right: ({ node }) => { const [p, q] = lowestTerms(node("p"), node("q")) ?? []; return p && q && call("divide", [multiple(p, node("a")), q]); }, example: "divide(scale(6, a), 4*k)", say: SAY, trivial: true },
  { id: "number-over-multiple-of-size", where: { p: "number", q: "integer", b: "1" }, left: "p / (q * b)",
    right: ({ node }) => { const [p, q] = lowestTerms(node("p"), node("q")) ?? []; return p && q && call("divide", [p, multiple(q, node("b"))]); }, example: "divide(6, scale(4*k, b))", say: SAY, trivial: true },
  { id: "multiple-over-multiple-of-size", where: { p: "number", q: "integer", a: "1", b: "1" }, left: "(p * a) / (q * b)",
    right: ({ node }) => { const [p, q] = lowestTerms(node("p"), node("q")) ?? []; return p && q && call("divide", [multiple(p, node("a")), multiple(q, node("b"))]); }, example: "divide(scale(6, a), scale(4*k, b))", say: SAY, trivial: true },
  { id: "fractions-in-lowest-terms", where: { p: "number", q: "number", a: "1", b: "1" }, left: "(p * a) / (q * b)",
    right: ({ node }) => {
      const [p, q] = [exactValue(node("p")), exactValue(node("q"))];
      if (!p || !q || q.numerator === 0n) return undefined;
      const value = productOf(p, reciprocalOf(q));
      if (value.numerator === p.numerator && p.denominator === 1n && value.denominator === q.numerator) return undefined;
      const above = value.numerator === 1n ? node("a") : call("scale", [number(value.numerator), node("a")]);
      return call("divide", [above, value.denominator === 1n ? node("b") : call("scale", [number(value.denominator), node("b")])]);
    }, example: "(4 * a) / (6 * b)", say: SAY, trivial: true },
];
