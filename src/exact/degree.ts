/**
 * Degrees of rational functions, as an arithmetic beside another: every element carries the degree of its numerator
 * and the factors of its denominator in the random values and in the values of functions, which count as variables.
 */
import type { Arithmetic } from "./arithmetic.ts";

/** Denominators by what they are: a factor with its degree and exponent. */
type Factors = ReadonlyMap<string, { readonly degree: number; readonly exponent: number }>;

export interface Degree<E> {
  readonly value: E;
  readonly above: number;
  readonly below: Factors;
}

export interface Counted<E> {
  readonly arithmetic: Arithmetic<Degree<E>>;
  /** How many different function values have been taken, and the largest sum of degrees seen. */
  readonly count: () => { readonly functions: number; readonly degree: number };
}

const NONE: Factors = new Map();

const degreeOf = (factors: Factors): number => {
  let sum = 0;
  for (const { degree, exponent } of factors.values()) sum += degree * exponent;
  return sum;
};

/** The least common multiple (exponents at their largest), or the product (exponents added). */
const merged = (a: Factors, b: Factors, exponent: (x: number, y: number) => number): Factors => {
  if (b.size === 0) return a;
  const all = new Map(a);
  for (const [key, factor] of b) {
    all.set(key, { degree: factor.degree, exponent: exponent(all.get(key)?.exponent ?? 0, factor.exponent) });
  }
  return all;
};

const larger = (x: number, y: number): number => Math.max(x, y);
const plus = (x: number, y: number): number => x + y;

export const degrees = <E>(inner: Arithmetic<E>): Counted<E> => {
  const functions = new Set<string>();
  let degree = 0;
  const made = (value: E, above: number, below: Factors): Degree<E> => {
    degree = Math.max(degree, above + degreeOf(below));
    return { value, above, below };
  };
  const constant = (value: E): Degree<E> => ({ value, above: 0, below: NONE });
  const sum =
    (f: (a: E, b: E) => E) =>
    (a: Degree<E>, b: Degree<E>): Degree<E> => {
      const value = f(a.value, b.value);
      const below = merged(a.below, b.below, larger);
      const whole = degreeOf(below);
      return made(value, Math.max(a.above + whole - degreeOf(a.below), b.above + whole - degreeOf(b.below)), below);
    };
  const names = new Map<string, string>();
  /** Equal values with equal denominators have equal numerators: they are one factor, under a short name. */
  const keyOf = ({ value, above, below }: Degree<E>): string => {
    const parts = [...below].map(([key, { exponent }]) => `${key}^${exponent}`).sort();
    const key = [inner.show(value), above, ...parts].join(" ");
    const name = names.get(key) ?? String(names.size);
    names.set(key, name);
    return name;
  };
  const overOne = (y: Degree<E>): Degree<E> => {
    const below: Factors = y.above === 0 ? NONE : new Map([[keyOf(y), { degree: y.above, exponent: 1 }]]);
    return { value: y.value, above: degreeOf(y.below), below };
  };
  const called = (name: string, value: E): Degree<E> => {
    functions.add(name);
    return made(value, 1, NONE);
  };
  const unary =
    (name: "exp" | "log" | "sqrt" | "tanh" | "sign" | "step" | "normal") =>
    (a: Degree<E>): Degree<E> =>
      called(`${name} ${inner.show(a.value)}`, inner[name](a.value));

  /** Sine and cosine are quotients of squares in one variable, the tangent of half the angle. */
  const turned =
    (f: (a: E) => E) =>
    (a: Degree<E>): Degree<E> => {
      const key = `angle ${inner.show(a.value)}`;
      functions.add(key);
      return made(f(a.value), 2, new Map([[key, { degree: 2, exponent: 1 }]]));
    };

  const arithmetic: Arithmetic<Degree<E>> = {
    zero: constant(inner.zero),
    one: constant(inner.one),
    integer: value => constant(inner.integer(value)),
    rational: value => constant(inner.rational(value)),
    add: sum(inner.add),
    subtract: sum(inner.subtract),
    negate: a => ({ ...a, value: inner.negate(a.value) }),
    multiply: (a, b) => made(inner.multiply(a.value, b.value), a.above + b.above, merged(a.below, b.below, plus)),
    divide: (a, b) => {
      const turned = overOne(b);
      return made(inner.divide(a.value, b.value), a.above + turned.above, merged(a.below, turned.below, plus));
    },
    divides: a => inner.divides(a.value),
    pow: (a, exponent) => {
      const base = exponent < 0 ? overOne(a) : a;
      const times = Math.abs(exponent);
      const below = new Map(
        [...base.below].map(([key, factor]) => [key, { ...factor, exponent: factor.exponent * times }]),
      );
      return made(inner.pow(a.value, exponent), base.above * times, times === 0 ? NONE : below);
    },
    raise: (a, b) => called(`raise ${inner.show(a.value)} ${inner.show(b.value)}`, inner.raise(a.value, b.value)),
    exp: unary("exp"),
    log: unary("log"),
    sqrt: unary("sqrt"),
    tanh: unary("tanh"),
    sin: turned(inner.sin),
    cos: turned(inner.cos),
    // |x| is x times a sign.
    abs: a => made(called(`sign ${inner.show(a.value)}`, inner.abs(a.value)).value, a.above + 1, a.below),
    sign: unary("sign"),
    step: unary("step"),
    normal: unary("normal"),
    // A number times the exponential of -a²/2.
    density: a => {
      const constant = called("density", inner.density(inner.zero));
      const exponent = arithmetic.divide(arithmetic.multiply(a, a), arithmetic.integer(-2));
      return arithmetic.multiply(constant, arithmetic.exp(exponent));
    },
    function: (name, order, a) =>
      called(`${name} ${order} ${inner.show(a.value)}`, inner.function(name, order, a.value)),
    general: (name, entry, by, args) => {
      const values = args.map(arg => arg.value);
      return called(
        `${name} ${entry} ${by.join()} ${values.map(inner.show).join()}`,
        inner.general(name, entry, by, values),
      );
    },
    random: (key, entry) => made(inner.random(key, entry), 1, NONE),
    equal: (a, b) => inner.equal(a.value, b.value),
    show: a => inner.show(a.value),
  };
  return { arithmetic, count: () => ({ functions: functions.size, degree }) };
};

/** The probability at most that a wrong equation survives one sample: (N² + 1) d / p. */
export const boundOf = ({ functions, degree }: { readonly functions: number; readonly degree: number }): number =>
  ((functions * functions + 1) * Math.max(1, degree)) / 2 ** 61;

/** A sample that something wrong survives more often than this shows nothing. */
export const LARGEST_BOUND = 1e-6;
