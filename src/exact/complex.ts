/** x + ι y with ι² = -1 over the prime field, where -1 is no square: there every number of the prime field has a root. */
import type { Arithmetic } from "./arithmetic.ts";
import { NoValue } from "./arithmetic.ts";

export interface Complex<E> {
  readonly real: E;
  /** Missing where it is exactly 0. */
  readonly imaginary: E | undefined;
}

const beyond = (what: string): never => {
  throw new NoValue("no-root", `${what} outside of the prime field`);
};

/**
 * Signs of numbers with an imaginary part, and some of their roots, have no value here: draw again. Where every draw
 * has one of them (a root in each of many signs), `formal` makes up values: of the laws of signs and roots only that of
 * an odd sign and those of derivatives are left, so that agreement still proves and disagreement proves nothing.
 */
export const withRoots = <E>(inner: Arithmetic<E>, formal = false): Arithmetic<Complex<E>> => {
  const { add, subtract, negate, multiply, divide, zero } = inner;
  const isZero = (x: E): boolean => inner.equal(x, zero);
  const real = (x: E): Complex<E> => ({ real: x, imaginary: undefined });
  const complex = (x: E, y: E): Complex<E> => ({ real: x, imaginary: isZero(y) ? undefined : y });
  const both =
    (f: (a: E, b: E) => E) =>
    (x: Complex<E>, y: Complex<E>): Complex<E> =>
      x.imaginary === undefined && y.imaginary === undefined
        ? real(f(x.real, y.real))
        : complex(f(x.real, y.real), f(x.imaginary ?? zero, y.imaginary ?? zero));
  /** Beyond the prime field a function is made up like an abstract one; the laws that it obeys are put on it below. */
  const madeUp = (name: string, entry: number, by: readonly number[], args: readonly E[]): Complex<E> =>
    complex(inner.general(`${name} real`, entry, by, args), inner.general(`${name} imaginary`, entry, by, args));
  const made = (
    name: "exp" | "log" | "sqrt" | "tanh" | "normal" | "angle",
    { real: a, imaginary: b = zero }: Complex<E>,
  ) => madeUp(name, 0, [], [a, b]);

  const times = (x: Complex<E>, y: Complex<E>): Complex<E> => {
    const { real: a, imaginary: b } = x;
    const { real: c, imaginary: d } = y;
    if (b === undefined) return d === undefined ? real(multiply(a, c)) : complex(multiply(a, c), multiply(a, d));
    if (d === undefined) return complex(multiply(a, c), multiply(b, c));
    return complex(subtract(multiply(a, c), multiply(b, d)), add(multiply(a, d), multiply(b, c)));
  };
  const over = (x: Complex<E>, y: Complex<E>): Complex<E> => {
    if (y.imaginary === undefined) {
      return {
        real: divide(x.real, y.real),
        imaginary: x.imaginary === undefined ? undefined : divide(x.imaginary, y.real),
      };
    }
    const norm = add(multiply(y.real, y.real), multiply(y.imaginary, y.imaginary));
    const top = times(x, { real: y.real, imaginary: negate(y.imaginary) });
    return {
      real: divide(top.real, norm),
      imaginary: top.imaginary === undefined ? undefined : divide(top.imaginary, norm),
    };
  };
  const one = real(inner.one);
  const raise = (x: Complex<E>, exponent: number): Complex<E> => {
    if (exponent < 0) return over(one, raise(x, -exponent));
    if (x.imaginary === undefined) return real(inner.pow(x.real, exponent));
    let result = one;
    let base = x;
    for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) result = times(result, base);
      base = times(base, base);
    }
    return result;
  };
  const isSquare = (x: E): boolean => inner.equal(inner.step(x), inner.one);
  /** √x where x is a square, ι√(-x) elsewhere. */
  const rootOfReal = (x: E): Complex<E> => (isSquare(x) ? real(inner.sqrt(x)) : complex(zero, inner.sqrt(negate(x))));
  /** √(a + bι) = u + vι with u² = (a ± √(a² + b²))/2 and v = b/2u, where a² + b² has a root: one of both is a square, for their product is not. */
  const root = (x: Complex<E>): Complex<E> => {
    const { real: a, imaginary: b } = x;
    if (b === undefined) return rootOfReal(a);
    const norm = add(multiply(a, a), multiply(b, b));
    if (!isSquare(norm)) return formal ? made("sqrt", x) : beyond("a root");
    const length = inner.sqrt(norm);
    const half = divide(inner.one, inner.integer(2));
    const high = multiply(add(a, length), half);
    const u = inner.sqrt(isSquare(high) ? high : multiply(subtract(a, length), half));
    return complex(u, divide(multiply(b, half), u));
  };
  /** The sign of H(z) - H(-z) for a made-up function H is odd in z. */
  const step = (x: Complex<E>): Complex<E> => {
    const { real: a, imaginary: b } = x;
    if (b === undefined) return real(inner.step(a));
    if (!formal) return beyond("a sign");
    const there = inner.general("sign", 0, [], [a, b]);
    return real(inner.step(subtract(there, inner.general("sign", 0, [], [negate(a), negate(b)]))));
  };

  const opposite = (x: Complex<E>): Complex<E> => ({
    real: negate(x.real),
    imaginary: x.imaginary === undefined ? undefined : negate(x.imaginary),
  });
  const plus = both(add);
  const minus = both(subtract);
  /** H(z) - H(-z) for a made-up function H: odd. */
  const odd = (name: "tanh" | "normal" | "angle", x: Complex<E>): Complex<E> =>
    minus(made(name, x), made(name, opposite(x)));
  /** H(z)/H(-z) for a made-up function H: exp(-z) = 1/exp(z). */
  const exp = (x: Complex<E>): Complex<E> =>
    x.imaginary === undefined ? real(inner.exp(x.real)) : over(made("exp", x), made("exp", opposite(x)));
  const half = real(divide(inner.one, inner.integer(2)));
  const angle = (x: Complex<E>): { readonly sin: Complex<E>; readonly cos: Complex<E> } => {
    if (x.imaginary === undefined) return { sin: real(inner.sin(x.real)), cos: real(inner.cos(x.real)) };
    // The tangent of half the angle, so that all laws of one angle hold.
    const t = odd("angle", x);
    const square = times(t, t);
    const below = plus(one, square);
    return { sin: over(plus(t, t), below), cos: over(minus(one, square), below) };
  };
  const sign = (x: Complex<E>): Complex<E> => {
    if (x.imaginary === undefined) return real(inner.sign(x.real));
    const found = step(x);
    return { ...found, real: subtract(add(found.real, found.real), inner.one) };
  };

  return {
    zero: real(zero),
    one,
    integer: value => real(inner.integer(value)),
    rational: value => real(inner.rational(value)),
    add: plus,
    subtract: minus,
    negate: opposite,
    multiply: times,
    divide: over,
    // -1 is no square: of the numbers of the prime field that are not both 0, the squares do not add up to 0.
    divides: x => inner.divides(x.real) || (x.imaginary !== undefined && inner.divides(x.imaginary)),
    pow: raise,
    raise: (x, y) =>
      x.imaginary === undefined && y.imaginary === undefined
        ? real(inner.raise(x.real, y.real))
        : beyond("a real power"),
    exp,
    log: x => (x.imaginary === undefined ? real(inner.log(x.real)) : made("log", x)),
    sqrt: root,
    tanh: x => (x.imaginary === undefined ? real(inner.tanh(x.real)) : odd("tanh", x)),
    sin: x => angle(x).sin,
    cos: x => angle(x).cos,
    abs: x => times(sign(x), x),
    sign,
    step,
    normal: x => (x.imaginary === undefined ? real(inner.normal(x.real)) : plus(half, odd("normal", x))),
    density: x => times(real(inner.density(zero)), exp(opposite(times(half, times(x, x))))),
    function: (name, order, { real: a, imaginary: b }) =>
      b === undefined ? real(inner.function(name, order, a)) : madeUp(name, order, [], [a, b]),
    general: (name, entry, by, args) => {
      const reals = args.map(arg => arg.real);
      if (args.every(arg => arg.imaginary === undefined)) return real(inner.general(name, entry, by, reals));
      return madeUp(
        name,
        entry,
        by,
        args.flatMap(arg => [arg.real, arg.imaginary ?? zero]),
      );
    },
    random: (key, entry) => real(inner.random(key, entry)),
    equal: (x, y) => inner.equal(x.real, y.real) && inner.equal(x.imaginary ?? zero, y.imaginary ?? zero),
    show: x =>
      x.imaginary === undefined ? inner.show(x.real) : `${inner.show(x.real)} + ${inner.show(x.imaginary)} ι`,
  };
};
