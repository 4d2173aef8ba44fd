/**
 * Scalars as sums of products of powers, c · a^p · b^q · …, with exponents that are whole or half: for collecting terms.
 * Sums in a product are multiplied out where the caller says so; elsewhere a sum is a factor like any other.
 */
import { integerNode, integerValue, type Node, number } from "../expr/node.ts";
import { constantValue, named } from "../expr/polynomial.ts";
import { productOf, type Rational, rational, reciprocalOf, sumOf } from "../expr/rational.ts";
import { postorder } from "../expr/walk.ts";
import { call, isScalar } from "../ops/call.ts";

export interface Monomial {
  readonly coefficient: Rational;
  /** Exponents, none of them 0; halves are square roots. */
  readonly factors: ReadonlyMap<Node, number>;
}

/** Longer sums are not multiplied out. */
const MOST = 40;

const ONE = rational(1);
const isZero = ({ numerator }: Rational): boolean => numerator === 0n;

const alone = (node: Node): Monomial => ({ coefficient: ONE, factors: new Map([[node, 1]]) });

const constant = (coefficient: Rational): readonly Monomial[] =>
  isZero(coefficient) ? [] : [{ coefficient, factors: new Map() }];

const times = (a: Monomial, b: Monomial): Monomial => {
  const factors = new Map(a.factors);
  for (const [node, exponent] of b.factors) {
    const sum = (factors.get(node) ?? 0) + exponent;
    if (sum === 0) factors.delete(node);
    else factors.set(node, sum);
  }
  return { coefficient: productOf(a.coefficient, b.coefficient), factors };
};

/** The monomial raised to a whole power. */
const raised = ({ coefficient, factors }: Monomial, exponent: number): Monomial => {
  const base = exponent < 0 ? reciprocalOf(coefficient) : coefficient;
  let number = ONE;
  for (let i = 0; i < Math.abs(exponent); i++) number = productOf(number, base);
  return { coefficient: number, factors: new Map([...factors].map(([node, own]) => [node, own * exponent])) };
};

/** Exponents of higher powers stay where they are. */
const HIGHEST = 8;

const sameFactors = (a: Monomial, b: Monomial): boolean =>
  a.factors.size === b.factors.size && [...a.factors].every(([node, exponent]) => b.factors.get(node) === exponent);

/** Like terms as one. */
export const combined = (terms: readonly Monomial[]): readonly Monomial[] => {
  const found: Monomial[] = [];
  for (const term of terms) {
    const at = found.findIndex(other => sameFactors(other, term));
    const other = found[at];
    if (other) found[at] = { ...other, coefficient: sumOf(other.coefficient, term.coefficient) };
    else found.push(term);
  }
  return found.filter(({ coefficient }) => !isZero(coefficient));
};

const MINUS = rational(-1);
const negated = (terms: readonly Monomial[]): readonly Monomial[] =>
  terms.map(term => ({ ...term, coefficient: productOf(MINUS, term.coefficient) }));

type Opens = (sum: Node) => boolean;

const powerOf = (base: Node, terms: readonly Monomial[], exponent: number): readonly Monomial[] | undefined => {
  const [only, ...more] = terms;
  // What a number 0 is raised to or divided by is not looked into.
  if (exponent === 0 || !only || Math.abs(exponent) > HIGHEST) return undefined;
  return [more.length === 0 ? raised(only, exponent) : { coefficient: ONE, factors: new Map([[base, exponent]]) }];
};

/** What a call is in terms of what its arguments are; undefined for what is a factor by itself. */
const ofCall = (
  node: Node & { kind: "call" },
  of: (arg: Node) => readonly Monomial[],
  opens: Opens,
): readonly Monomial[] | undefined => {
  const [a, b] = node.args as readonly [Node, Node];
  const asFactor = (arg: Node): readonly Monomial[] => (of(arg).length > 1 && !opens(arg) ? [alone(arg)] : of(arg));
  const product = (left: readonly Monomial[], right: readonly Monomial[]): readonly Monomial[] | undefined =>
    left.length * right.length > MOST ? undefined : left.flatMap(x => right.map(y => times(x, y)));
  switch (node.op) {
    case "add":
      return [...of(a), ...of(b)];
    case "subtract":
      return [...of(a), ...negated(of(b))];
    case "negate":
      return negated(of(a));
    case "scale":
    case "hadamard":
      return product(asFactor(a), asFactor(b));
    case "divide":
    case "quotient": {
      const below = powerOf(b, of(b), -1);
      return below && product(asFactor(a), below);
    }
    case "sqrt":
      // Not taken apart: the root of a square is no polynomial.
      return [{ coefficient: ONE, factors: new Map([[a, 0.5]]) }];
    case "power": {
      const exponent = constantValue(integerValue(b) ?? named("k"));
      return exponent === undefined ? undefined : powerOf(a, of(a), exponent);
    }
    default:
      return undefined;
  }
};

/** The summands of a scalar. `opens`: whether a sum that stands in a product is multiplied out. */
export const monomialsOf = (root: Node, opens: Opens): readonly Monomial[] => {
  const done = new Map<Node, readonly Monomial[]>();
  const of = (node: Node): readonly Monomial[] => done.get(node) as readonly Monomial[];
  for (const node of postorder(root)) {
    if (node.kind === "number") done.set(node, constant(node.value));
    else if (node.kind === "integer" && node.value.monomials.length === 1) {
      const [only] = node.value.monomials;
      const factors = new Map<Node, number>();
      for (const name of only?.names ?? []) {
        const factor = integerNode(named(name));
        factors.set(factor, (factors.get(factor) ?? 0) + 1);
      }
      done.set(node, [{ coefficient: rational(only?.coefficient ?? 1), factors }]);
    } else {
      const isOpen = node.kind === "call" && isScalar(node.shape) && node.args.every(arg => isScalar(arg.shape));
      const terms = isOpen ? ofCall(node, of, opens) : undefined;
      done.set(node, terms && terms.length <= MOST ? combined(terms) : [alone(node)]);
    }
  }
  return of(root);
};

const positive = (factors: ReadonlyMap<Node, number>): Node | undefined => {
  const nodes = [...factors].flatMap(([node, exponent]): readonly Node[] => {
    const whole = Math.floor(exponent);
    const root = whole === exponent ? [] : [call("sqrt", [node])];
    if (whole === 0) return root;
    return [whole === 1 ? node : call("power", [node, number(whole)]), ...root];
  });
  return nodes.length === 0 ? undefined : nodes.reduce((a, b) => call("scale", [a, b]));
};

/** A product as people write it, without its sign: what is divided by below one bar. */
const productTerm = ({ coefficient, factors }: Monomial, inside?: Node): Node => {
  const side = (sign: 1 | -1): ReadonlyMap<Node, number> =>
    new Map([...factors].flatMap(([node, exponent]) => (exponent * sign > 0 ? [[node, exponent * sign]] : [])));
  const size = (value: bigint): Node | undefined =>
    value === 1n || value === -1n ? undefined : number(value < 0n ? -value : value);
  const join = (parts: readonly (Node | undefined)[]): Node | undefined => {
    const there = parts.filter(part => part !== undefined);
    return there.length === 0 ? undefined : there.reduce((a, b) => call("scale", [a, b]));
  };
  const above = join([size(coefficient.numerator), positive(side(1)), inside]) ?? number(1);
  const below = join([size(coefficient.denominator), positive(side(-1))]);
  return below ? call("divide", [above, below]) : above;
};

const isNegative = ({ coefficient }: Monomial): boolean => coefficient.numerator < 0n;

const signed = (term: Monomial, inside?: Node): Node => {
  const node = productTerm(term, inside);
  return isNegative(term) ? call("negate", [node]) : node;
};

/** The terms with signs between them, one without a minus first. */
export const termOf = (terms: readonly Monomial[]): Node => {
  const first = terms.find(term => !isNegative(term)) ?? terms[0];
  if (!first) return number(0);
  return terms
    .filter(term => term !== first)
    .reduce(
      (sum, term) => call(isNegative(term) ? "subtract" : "add", [sum, productTerm(term)]),
      signed(first),
    );
};

/**
 * What most of the terms have in common. A divisor that some of them lack is common all the same: these get it as a
 * factor, a + b/n + c/n = (n a + b + c)/n.
 */
const commonOf = (terms: readonly Monomial[]): ReadonlyMap<Node, number> => {
  const nodes = new Set(terms.flatMap(({ factors }) => [...factors.keys()]));
  const common = new Map<Node, number>();
  for (const node of nodes) {
    const exponents = terms.map(({ factors }) => factors.get(node) ?? 0);
    const least = Math.min(...exponents);
    const having = exponents.filter(exponent => exponent === least).length;
    if (least > 0 || (least < 0 && having * 2 > terms.length)) common.set(node, least);
  }
  return common;
};

/** The terms with what they have in common taken out. */
export const factored = (terms: readonly Monomial[]): Node => {
  const common = commonOf(terms);
  if (common.size === 0 || terms.length < 2) return termOf(terms);
  const inverse: Monomial = {
    coefficient: ONE,
    factors: new Map([...common].map(([node, exponent]) => [node, -exponent])),
  };
  const allNegative = terms.every(isNegative);
  const rest = terms.map(term => times(term, inverse));
  return signed(
    { coefficient: allNegative ? MINUS : ONE, factors: common },
    termOf(allNegative ? negated(rest) : rest),
  );
};

/** The monomial with one product of powers replaced by another factor, as often as it holds it; undefined where it does not. */
export const withName = (term: Monomial, meaning: Monomial, name: Node): Monomial | undefined => {
  for (const [node, exponent] of meaning.factors) {
    const own = term.factors.get(node) ?? 0;
    if (Math.sign(own) !== Math.sign(exponent) || Math.abs(own) < Math.abs(exponent)) return undefined;
  }
  return times(times(term, raised(meaning, -1)), alone(name));
};
