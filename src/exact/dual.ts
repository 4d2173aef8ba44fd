/** Dual numbers a + b ε, ε² = 0, over any arithmetic: forward mode. They nest. */
import type { Arithmetic } from "./arithmetic.ts";

/** A missing slope is exactly 0: what does not vary costs nothing. */
export interface Dual<E> {
  readonly value: E;
  readonly slope: E | undefined;
}

export const constant = <E>(value: E): Dual<E> => ({ value, slope: undefined });

export const dual = <E>(inner: Arithmetic<E>): Arithmetic<Dual<E>> => {
  const { add, multiply, subtract, negate, divide } = inner;
  const two = inner.integer(2);
  const chain = (value: E, x: Dual<E>, derivative: () => E): Dual<E> =>
    x.slope === undefined ? { value, slope: undefined } : { value, slope: multiply(derivative(), x.slope) };

  const times = (x: Dual<E>, y: Dual<E>): Dual<E> => {
    const value = multiply(x.value, y.value);
    if (x.slope === undefined) return { value, slope: y.slope === undefined ? undefined : multiply(x.value, y.slope) };
    const left = multiply(x.slope, y.value);
    return { value, slope: y.slope === undefined ? left : add(left, multiply(x.value, y.slope)) };
  };

  return {
    zero: constant(inner.zero),
    one: constant(inner.one),
    integer: value => constant(inner.integer(value)),
    rational: value => constant(inner.rational(value)),
    add: (x, y) => ({
      value: add(x.value, y.value),
      slope: x.slope === undefined ? y.slope : y.slope === undefined ? x.slope : add(x.slope, y.slope),
    }),
    subtract: (x, y) => ({
      value: subtract(x.value, y.value),
      slope: y.slope === undefined ? x.slope : x.slope === undefined ? negate(y.slope) : subtract(x.slope, y.slope),
    }),
    negate: x => ({ value: negate(x.value), slope: x.slope === undefined ? undefined : negate(x.slope) }),
    multiply: times,
    divide: (x, y) => {
      const value = divide(x.value, y.value);
      if (y.slope === undefined) return { value, slope: x.slope === undefined ? undefined : divide(x.slope, y.value) };
      const fall = multiply(value, y.slope);
      return { value, slope: divide(x.slope === undefined ? negate(fall) : subtract(x.slope, fall), y.value) };
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
          : multiply(multiply(y.value, inner.raise(x.value, subtract(y.value, inner.one))), x.slope);
      const above = y.slope === undefined ? undefined : multiply(multiply(value, inner.log(x.value)), y.slope);
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
    cos: x => chain(inner.cos(x.value), x, () => negate(inner.sin(x.value))),
    abs: x => chain(inner.abs(x.value), x, () => inner.sign(x.value)),
    sign: x => constant(inner.sign(x.value)),
    step: x => constant(inner.step(x.value)),
    normal: x => chain(inner.normal(x.value), x, () => inner.density(x.value)),
    density: x => {
      const value = inner.density(x.value);
      return chain(value, x, () => negate(multiply(x.value, value)));
    },
    function: (name, order, x) =>
      chain(inner.function(name, order, x.value), x, () => inner.function(name, order + 1, x.value)),
    general: (name, entry, by, args) => {
      const values = args.map(arg => arg.value);
      let slope: E | undefined;
      for (const [position, arg] of args.entries()) {
        if (arg.slope === undefined) continue;
        const further = [...by, position].sort((a, b) => a - b);
        const part = multiply(inner.general(name, entry, further, values), arg.slope);
        slope = slope === undefined ? part : add(slope, part);
      }
      return { value: inner.general(name, entry, by, values), slope };
    },
    random: (key, entry) => constant(inner.random(key, entry)),
    equal: (x, y) => inner.equal(x.value, y.value) && inner.equal(x.slope ?? inner.zero, y.slope ?? inner.zero),
    show: x => `${inner.show(x.value)} + ${inner.show(x.slope ?? inner.zero)} ε`,
  };
};
