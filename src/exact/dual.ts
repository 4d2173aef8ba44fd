/**
 * Dual numbers a + b ε, ε² = 0, over any arithmetic: forward mode, in one direction or in several at once. They nest.
 */
import type { Arithmetic } from "./arithmetic.ts";

/** A missing slope is exactly 0: what does not vary costs nothing. */
export interface Tangent<E, S> {
  readonly value: E;
  readonly slope: S | undefined;
}

/** A number with its slope in one direction. */
export type Dual<E> = Tangent<E, E>;

/** Slopes in several directions, in their order. */
export type Directions<E> = readonly (E | undefined)[];

export const constant = <E>(value: E): Tangent<E, never> => ({ value, slope: undefined });

/** What is done to slopes: a space over the values. */
interface Slopes<E, S> {
  readonly add: (a: S, b: S) => S;
  readonly subtract: (a: S, b: S) => S;
  readonly negate: (a: S) => S;
  readonly times: (by: E, a: S) => S;
  readonly over: (a: S, by: E) => S;
  readonly equal: (a: S | undefined, b: S | undefined) => boolean;
  readonly show: (a: S | undefined) => string;
}

/** Forward mode in one direction. */
export const dual = <E>(inner: Arithmetic<E>): Arithmetic<Dual<E>> => {
  const { add, subtract, negate, multiply: times, divide: over, zero } = inner;
  const equal = (a: E = zero, b: E = zero): boolean => inner.equal(a, b);
  return tangents(inner, { add, subtract, negate, times, over, equal, show: (a = zero) => inner.show(a) });
};

/** Forward mode in several directions: what it takes to find values is spent once for all of them. */
export const directions = <E>(inner: Arithmetic<E>): Arithmetic<Tangent<E, Directions<E>>> => {
  const { zero, add, subtract, negate, multiply, divide } = inner;
  const both =
    (f: (x: E, y: E) => E, alone: (y: E) => E) =>
    (a: Directions<E>, b: Directions<E>): Directions<E> => {
      const made = new Array<E | undefined>(a.length);
      for (let i = 0; i < made.length; i++) {
        const [x, y] = [a[i], b[i]];
        made[i] = y === undefined ? x : x === undefined ? alone(y) : f(x, y);
      }
      return made;
    };
  const each = (a: Directions<E>, f: (x: E) => E): Directions<E> => {
    const made = new Array<E | undefined>(a.length);
    for (let i = 0; i < made.length; i++) {
      const x = a[i];
      made[i] = x === undefined ? undefined : f(x);
    }
    return made;
  };
  const all = (a: Directions<E> = [], b: Directions<E> = []): boolean =>
    (a.length > b.length ? a : b).every((_, i) => inner.equal(a[i] ?? zero, b[i] ?? zero));
  return tangents(inner, {
    add: both(add, y => y),
    subtract: both(subtract, negate),
    negate: a => each(a, negate),
    times: (by, a) => each(a, x => multiply(by, x)),
    over: (a, by) => each(a, x => divide(x, by)),
    equal: all,
    show: (a = []) => `(${a.map(x => inner.show(x ?? zero)).join(", ")})`,
  });
};

const tangents = <E, S>(inner: Arithmetic<E>, slopes: Slopes<E, S>): Arithmetic<Tangent<E, S>> => {
  const { multiply, subtract, divide } = inner;
  const { add, times } = slopes;
  const two = inner.integer(2);
  type Number = Tangent<E, S>;
  const chain = (value: E, x: Number, derivative: () => E): Number =>
    x.slope === undefined ? { value, slope: undefined } : { value, slope: times(derivative(), x.slope) };

  const product = (x: Number, y: Number): Number => {
    const value = multiply(x.value, y.value);
    if (x.slope === undefined) return { value, slope: y.slope === undefined ? undefined : times(x.value, y.slope) };
    const left = times(y.value, x.slope);
    return { value, slope: y.slope === undefined ? left : add(left, times(x.value, y.slope)) };
  };

  return {
    zero: constant(inner.zero),
    one: constant(inner.one),
    integer: value => constant(inner.integer(value)),
    rational: value => constant(inner.rational(value)),
    add: (x, y) => ({
      value: inner.add(x.value, y.value),
      slope: x.slope === undefined ? y.slope : y.slope === undefined ? x.slope : add(x.slope, y.slope),
    }),
    subtract: (x, y) => ({
      value: subtract(x.value, y.value),
      slope:
        y.slope === undefined
          ? x.slope
          : x.slope === undefined
            ? slopes.negate(y.slope)
            : slopes.subtract(x.slope, y.slope),
    }),
    negate: x => ({ value: inner.negate(x.value), slope: x.slope === undefined ? undefined : slopes.negate(x.slope) }),
    multiply: product,
    divide: (x, y) => {
      const value = divide(x.value, y.value);
      if (y.slope === undefined)
        return { value, slope: x.slope === undefined ? undefined : slopes.over(x.slope, y.value) };
      const fall = times(value, y.slope);
      const above = x.slope === undefined ? slopes.negate(fall) : slopes.subtract(x.slope, fall);
      return { value, slope: slopes.over(above, y.value) };
    },
    divides: x => inner.divides(x.value),
    pow: (x, exponent) =>
      chain(inner.pow(x.value, exponent), x, () =>
        exponent === 0 ? inner.zero : multiply(inner.integer(exponent), inner.pow(x.value, exponent - 1)),
      ),
    raise: (x, y) => {
      const value = inner.raise(x.value, y.value);
      const below =
        x.slope === undefined
          ? undefined
          : times(multiply(y.value, inner.raise(x.value, subtract(y.value, inner.one))), x.slope);
      const above = y.slope === undefined ? undefined : times(multiply(value, inner.log(x.value)), y.slope);
      return { value, slope: below === undefined ? above : above === undefined ? below : add(below, above) };
    },
    exp: x => {
      const value = inner.exp(x.value);
      return chain(value, x, () => value);
    },
    log: x => chain(inner.log(x.value), x, () => divide(inner.one, x.value)),
    sqrt: x => {
      const value = inner.sqrt(x.value);
      return chain(value, x, () => divide(inner.one, multiply(two, value)));
    },
    tanh: x => {
      const value = inner.tanh(x.value);
      return chain(value, x, () => subtract(inner.one, multiply(value, value)));
    },
    sin: x => chain(inner.sin(x.value), x, () => inner.cos(x.value)),
    cos: x => chain(inner.cos(x.value), x, () => inner.negate(inner.sin(x.value))),
    abs: x => chain(inner.abs(x.value), x, () => inner.sign(x.value)),
    sign: x => constant(inner.sign(x.value)),
    step: x => constant(inner.step(x.value)),
    normal: x => chain(inner.normal(x.value), x, () => inner.density(x.value)),
    density: x => {
      const value = inner.density(x.value);
      return chain(value, x, () => inner.negate(multiply(x.value, value)));
    },
    function: (name, order, x) =>
      chain(inner.function(name, order, x.value), x, () => inner.function(name, order + 1, x.value)),
    general: (name, entry, by, args) => {
      const values = args.map(arg => arg.value);
      let slope: S | undefined;
      for (const [position, arg] of args.entries()) {
        if (arg.slope === undefined) continue;
        const further = [...by, position].sort((a, b) => a - b);
        const part = times(inner.general(name, entry, further, values), arg.slope);
        slope = slope === undefined ? part : add(slope, part);
      }
      return { value: inner.general(name, entry, by, values), slope };
    },
    random: (key, entry) => constant(inner.random(key, entry)),
    equal: (x, y) => inner.equal(x.value, y.value) && slopes.equal(x.slope, y.slope),
    show: x => `${inner.show(x.value)} + ${slopes.show(x.slope)} ε`,
  };
};
