/** Numbers to replay with: whole numbers modulo the prime 2^61 − 1 with made-up functions, and doubles. Slow and plain. */

/** A draw that has no root or divisor where one is needed: another one is tried. */
export class Redraw extends Error {}
/** What this evaluator does not know. */
export class Unknown extends Error {}

export interface Numbers<E> {
  readonly fraction: (numerator: bigint, denominator: bigint) => E;
  readonly add: (a: E, b: E) => E;
  readonly subtract: (a: E, b: E) => E;
  readonly multiply: (a: E, b: E) => E;
  readonly divide: (a: E, b: E) => E;
  readonly isZero: (a: E) => boolean;
  readonly same: (a: E, b: E) => boolean;
  readonly named: (name: string, a: E) => E;
  /** An open function of one argument, or one of its derivatives. */
  readonly open: (name: string, order: number, a: E) => E;
  /** An entry of an open function of several, differentiated by the entries at these places. */
  readonly general: (name: string, entry: number, by: readonly number[], args: readonly E[]) => E;
  readonly given: (name: string, entry: number) => E;
  readonly show: (a: E) => string;
}

const P = (1n << 61n) - 1n;

/** 61 bits out of a text. */
export const hash = (text: string): bigint => {
  let [a, b] = [0x2545f491, 0x1b56c4e9];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1) ^ (b >>> 15);
    b = Math.imul(b ^ unit, 0x5f356495) ^ (a >>> 13);
  }
  for (let round = 0; round < 3; round++) {
    a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) + b;
    b = Math.imul(b ^ (b >>> 15), 0xc2b2ae35) ^ a;
  }
  return ((BigInt(a >>> 0) << 32n) | BigInt(b >>> 0)) % P;
};

const modulo = (a: bigint): bigint => ((a % P) + P) % P;
const power = (base: bigint, exponent: bigint): bigint => {
  let [result, square] = [1n, modulo(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
};
const invert = (a: bigint): bigint => {
  if (a === 0n) throw new Redraw("a divisor is 0");
  return power(a, P - 2n);
};
const HALF = (P + 1n) / 2n;

const legendre = (a: bigint): number => (a === 0n ? 0 : power(a, (P - 1n) / 2n) === 1n ? 1 : -1);

/** The field, in which every value that is left open follows from the key. */
export const primeNumbers = (key: string): Numbers<bigint> => {
  const draw = (...parts: readonly (string | number | bigint)[]): bigint => hash(`${key}|${parts.join("|")}`);
  const isLow = (a: bigint): boolean => a < P / 2n;
  const odd = (name: string, a: bigint): bigint =>
    a === 0n ? 0n : isLow(a) ? draw(name, a) : modulo(-draw(name, modulo(-a)));
  /** With t odd in a: (1 − t²)/(1 + t²) and 2t/(1 + t²). */
  const angle = (a: bigint): readonly [cos: bigint, sin: bigint] => {
    const t = odd("angle", a);
    const below = invert(modulo(1n + t * t));
    return [modulo((1n - t * t) * below), modulo(2n * t * below)];
  };
  const exp = (a: bigint): bigint => (a === 0n ? 1n : isLow(a) ? draw("exp", a) : invert(draw("exp", modulo(-a))));
  const functions: Readonly<Record<string, (a: bigint) => bigint>> = {
    exp,
    log: a => {
      if (a === 0n) throw new Redraw("the logarithm of 0");
      return a === 1n ? 0n : draw("log", a);
    },
    sqrt: a => {
      const root = power(a, (P + 1n) / 4n);
      if ((root * root) % P !== a) throw new Redraw("no root");
      return root;
    },
    tanh: a => odd("tanh", a),
    cos: a => angle(a)[0],
    sin: a => angle(a)[1],
    abs: a => modulo(BigInt(legendre(a)) * a),
    sign: a => modulo(BigInt(legendre(a))),
    step: a => (legendre(a) === 1 ? 1n : 0n),
    normal: a => (a === 0n ? HALF : isLow(a) ? draw("normal", a) : modulo(1n - draw("normal", modulo(-a)))),
    density: a => (draw("density") * exp(modulo(-HALF * a * a))) % P,
  };
  return {
    fraction: (numerator, denominator) => modulo(modulo(numerator) * invert(modulo(denominator))),
    add: (a, b) => (a + b) % P,
    subtract: (a, b) => modulo(a - b),
    multiply: (a, b) => (a * b) % P,
    divide: (a, b) => (a * invert(b)) % P,
    isZero: a => a === 0n,
    same: (a, b) => a === b,
    named: (name, a) => {
      const known = functions[name];
      if (!known) throw new Unknown(name);
      return known(a);
    },
    open: (name, order, a) => draw("open", name, order, a),
    general: (name, entry, by, args) => draw("general", name, entry, by.join(), ...args),
    given: (name, entry) => draw("given", name, entry),
    show: String,
  };
};

const density = (a: number): number => Math.exp((-a * a) / 2) / Math.sqrt(2 * Math.PI);

/** From 0 to a, by Simpson's rule. */
const integral = (f: (x: number) => number, a: number): number => {
  const panels = 2000;
  const at = (i: number): number => f((a * i) / panels) * (i === 0 || i === panels ? 1 : i % 2 === 0 ? 2 : 4);
  return (Array.from({ length: panels + 1 }, (_, i) => at(i)).reduce((x, y) => x + y, 0) * a) / panels / 3;
};

const REAL: Readonly<Record<string, (a: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  cos: Math.cos,
  sin: Math.sin,
  abs: Math.abs,
  sign: Math.sign,
  step: a => (a > 0 ? 1 : 0),
  normal: a => 0.5 + integral(density, Math.max(-9, Math.min(9, a))),
  density,
};

/** Doubles; open functions are squares. */
export const realNumbers = (given: (name: string, entry: number) => number | undefined): Numbers<number> => ({
  fraction: (numerator, denominator) => Number(numerator) / Number(denominator),
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  isZero: a => a === 0,
  same: (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)),
  named: (name, a) => {
    const known = REAL[name];
    if (!known) throw new Unknown(name);
    return known(a);
  },
  open: (_, order, a) => [a * a, 2 * a, 2][order] ?? 0,
  general: (_, entry, by, args) => {
    const [first, second, ...more] = by;
    if (first === undefined) return ((entry + 1) * args.reduce((sum, x) => sum + x * x, 0)) / 2;
    if (second === undefined) return (entry + 1) * (args[first] as number);
    return more.length === 0 && first === second ? entry + 1 : 0;
  },
  given: (name, entry) => {
    const value = given(name, entry);
    if (value === undefined) throw new Unknown(`${name} is not given`);
    return value;
  },
  show: String,
});
