import { describe, expect, test } from "vitest";
import type { Arithmetic } from "../../src/exact/arithmetic.ts";
import { NoValue } from "../../src/exact/arithmetic.ts";
import { withRoots } from "../../src/exact/complex.ts";
import { boundOf, degrees } from "../../src/exact/degree.ts";
import { type Dual, dual } from "../../src/exact/dual.ts";
import { primeField } from "../../src/exact/field.ts";
import {
  add,
  fromBigInt,
  invert,
  multiply,
  negate,
  ONE,
  P,
  type Prime,
  power,
  primeOf,
  sign,
  subtract,
  toBigInt,
} from "../../src/exact/prime.ts";
import { realNumbers } from "../../src/exact/real.ts";
import { rational } from "../../src/expr/rational.ts";
import { Chance } from "../random/chance.ts";

const chance = new Chance(61);
const word = (): number => chance.below(2 ** 32 - 1) | 0;
const some = (): Prime => primeOf(word(), word());
/** Numbers at the ends of limbs, where carries go wrong. */
const EDGES = [
  0n,
  1n,
  2n,
  P - 1n,
  P - 2n,
  2n ** 21n - 1n,
  2n ** 21n,
  2n ** 42n - 1n,
  2n ** 42n,
  2n ** 60n,
  P - 2n ** 21n,
  P - 2n ** 42n,
  P - 2n ** 42n + 1n,
];

describe("the prime field against big integers", () => {
  const cases = [
    ...EDGES.flatMap(a => EDGES.map(b => [fromBigInt(a), fromBigInt(b)] as const)),
    ...Array.from({ length: 20_000 }, () => [some(), some()] as const),
  ];
  const wrapped = (value: bigint): bigint => ((value % P) + P) % P;
  test.each([
    ["sums", add, (a: bigint, b: bigint) => a + b],
    ["differences", subtract, (a: bigint, b: bigint) => a - b],
    ["products", multiply, (a: bigint, b: bigint) => a * b],
  ] as const)("%s", (_, f, exact) => {
    expect(cases.filter(([a, b]) => toBigInt(f(a, b)) !== wrapped(exact(toBigInt(a), toBigInt(b))))).toEqual([]);
  });
  test("inverses, powers and opposites", () => {
    const nonZero = cases
      .map(([a]) => a)
      .filter(a => toBigInt(a) !== 0n)
      .slice(-500);
    expect(nonZero.filter(a => toBigInt(multiply(a, invert(a))) !== 1n)).toEqual([]);
    expect(nonZero.filter(a => toBigInt(power(a, 5)) !== toBigInt(a) ** 5n % P)).toEqual([]);
    expect(nonZero.filter(a => toBigInt(add(a, negate(a))) !== 0n)).toEqual([]);
  });
  test("the sign is multiplicative and odd", () => {
    const pairs = cases.slice(-300);
    expect(pairs.filter(([a, b]) => sign(multiply(a, b)) !== sign(a) * sign(b))).toEqual([]);
    expect(pairs.filter(([a]) => sign(negate(a)) !== -sign(a))).toEqual([]);
    expect([sign(fromBigInt(0n)), sign(ONE)]).toEqual([0, 1]);
  });
});

/** The laws that every arithmetic keeps, for elements that have values. */
const LAWS: readonly (readonly [name: string, sides: <E>(a: Arithmetic<E>, x: E, y: E) => readonly [E, E]])[] = [
  ["distributive", ({ add, multiply }, x, y) => [multiply(x, add(x, y)), add(multiply(x, x), multiply(x, y))]],
  ["quotients", ({ divide, multiply }, x, y) => [multiply(divide(x, y), y), x]],
  ["powers", ({ pow, multiply, divide, one }, x) => [pow(x, -2), divide(one, multiply(x, x))]],
  ["tanh is odd", ({ tanh, negate }, x) => [tanh(negate(x)), negate(tanh(x))]],
  ["exp(-x) = 1/exp(x)", ({ exp, negate, divide, one }, x) => [exp(negate(x)), divide(one, exp(x))]],
  ["sin is odd", ({ sin, negate }, x) => [sin(negate(x)), negate(sin(x))]],
  ["cos is even", ({ cos, negate }, x) => [cos(negate(x)), cos(x)]],
  [
    "sin² + cos² = 1",
    ({ sin, cos, multiply, add, one }, x) => [add(multiply(sin(x), sin(x)), multiply(cos(x), cos(x))), one],
  ],
  ["|x| = sign(x) x", ({ abs, sign, multiply }, x) => [abs(x), multiply(sign(x), x)]],
  [
    "what one may divide by",
    ({ divides, divide, zero, one }, x) => [divides(x) && !divides(zero) ? divide(x, x) : zero, one],
  ],
  ["the square of a root", ({ sqrt, multiply }, x) => [multiply(sqrt(x), sqrt(x)), x]],
  [
    "√(x²) = |x|",
    ({ sqrt, multiply, step, negate, subtract }, x) => [
      sqrt(multiply(x, x)),
      subtract(multiply(x, step(x)), multiply(x, step(negate(x)))),
    ],
  ],
];

describe.each(LAWS)("%s", (_, sides) => {
  const holds = <E>(arithmetic: Arithmetic<E>, key: string): boolean => {
    const [x, y] = [arithmetic.random(`${key} x`, 0), arithmetic.random(`${key} y`, 0)];
    const [left, right] = sides(arithmetic, x, y);
    return arithmetic.equal(left, right);
  };
  const keys = Array.from({ length: 20 }, (_, i) => String(i));
  test("with roots", () => expect(keys.every(key => holds(withRoots(primeField(3)), key))).toBe(true));
  test("in dual numbers", () => expect(keys.every(key => holds(dual(withRoots(primeField(4))), key))).toBe(true));
  test("in doubles", () => expect(keys.every(key => holds(realNumbers(5, { positive: true }), key))).toBe(true));
});

describe("beyond the prime field", () => {
  const arithmetic = withRoots(primeField(6));
  // One of x and -x has no root in the prime field, so that the sum of their roots has an imaginary part.
  const roots = Array.from({ length: 20 }, (_, i) => {
    const x = arithmetic.random("x", i);
    return arithmetic.add(arithmetic.sqrt(x), arithmetic.sqrt(arithmetic.negate(x)));
  });
  const ODD_AND_EVEN = LAWS.filter(([name]) => /odd|even|exp|sin²/u.test(name));
  test.each(ODD_AND_EVEN)("%s", (_, sides) => {
    for (const x of roots) {
      expect(x.imaginary).toBeDefined();
      const [left, right] = sides(arithmetic, x, x);
      expect(arithmetic.equal(left, right)).toBe(true);
    }
  });
});

describe("slopes are derivatives", () => {
  const real = realNumbers(1);
  const up = dual(real);
  const FUNCTIONS: readonly (readonly [string, <E>(a: Arithmetic<E>, x: E) => E])[] = [
    ["exp", (a, x) => a.exp(x)],
    ["log", (a, x) => a.log(x)],
    ["sqrt", (a, x) => a.sqrt(x)],
    ["tanh", (a, x) => a.tanh(x)],
    ["sin", (a, x) => a.sin(x)],
    ["cos", (a, x) => a.cos(x)],
    ["abs", (a, x) => a.abs(a.negate(x))],
    ["a cube", (a, x) => a.pow(x, 3)],
    ["a quotient", (a, x) => a.divide(a.one, a.add(x, a.one))],
    ["a quotient by a number", (a, x) => a.divide(a.multiply(x, x), a.integer(3))],
    ["a quotient of both", (a, x) => a.divide(a.exp(x), a.add(x, a.one))],
    ["a number less x", (a, x) => a.subtract(a.one, x)],
    ["x less a number", (a, x) => a.subtract(a.multiply(x, x), a.one)],
    ["a difference", (a, x) => a.subtract(a.multiply(x, x), a.exp(x))],
    ["a product with a number", (a, x) => a.multiply(a.multiply(a.integer(2), x), a.integer(3))],
    ["-x²", (a, x) => a.negate(a.multiply(x, x))],
    ["x⁰", (a, x) => a.pow(x, 0)],
    ["x⁻²", (a, x) => a.pow(x, -2)],
    ["x^3.5", (a, x) => a.raise(x, a.rational(rational(7n, 2n)))],
    ["2^x", (a, x) => a.raise(a.integer(2), x)],
    ["x^x", (a, x) => a.raise(x, x)],
    ["Φ", (a, x) => a.normal(x)],
    ["Φ′", (a, x) => a.density(x)],
    ["a sign times x", (a, x) => a.multiply(a.sign(x), x)],
    ["a step times x", (a, x) => a.multiply(a.step(x), x)],
    ["f(x, x)", (a, x) => a.general("f", 2, [], [x, x, a.one])],
    ["a number", (a, x) => a.add(a.random("x", 1), a.multiply(x, a.zero))],
    ["φ′", (a, x) => a.function("phi", 1, x)],
    ["f(x, x²)", (a, x) => a.general("f", 2, [], [x, a.multiply(x, x)])],
    ["∂f/∂y (x, x²)", (a, x) => a.general("f", 2, [1], [x, a.multiply(x, x)])],
  ];
  test.each(FUNCTIONS)("of %s, by differences", (_, f) => {
    const [x, h] = [0.7, 1e-5];
    const difference = (f(real, x + h) - f(real, x - h)) / (2 * h);
    expect(f(up, { value: x, slope: 1 }).slope).toBeCloseTo(difference, 6);
  });
});

test("equal arguments have equal values, other ones others", () => {
  const field = primeField(9);
  const x = field.random("x", 0);
  expect(
    field.equal(
      field.function("phi", 0, x),
      field.function("phi", 0, field.subtract(field.add(x, field.one), field.one)),
    ),
  ).toBe(true);
  const different = [
    field.function("phi", 0, x),
    field.function("phi", 1, x),
    field.function("psi", 0, x),
    field.function("phi", 0, field.one),
    field.exp(x),
  ];
  expect(new Set(different.map(field.show)).size).toBe(different.length);
});

test("what has no value says so", () => {
  const field = primeField(9);
  expect(() => field.divide(field.one, field.zero)).toThrow(NoValue);
  expect(() => withRoots(field).step({ real: field.one, imaginary: field.one })).toThrow(NoValue);
});

test("second derivatives do not depend on the order in which one varies", () => {
  const field = primeField(4);
  const up = dual(dual(field));
  const [x, y] = [field.random("x", 0), field.random("y", 0)];
  const [inner, outer]: readonly Dual<Dual<Prime>>[] = [
    { value: { value: x, slope: field.one }, slope: undefined },
    { value: { value: y, slope: undefined }, slope: { value: field.one, slope: undefined } },
  ];
  const plain = { value: { value: y, slope: undefined }, slope: undefined };
  const mixed = (args: readonly unknown[]) =>
    field.show(up.general("f", 0, [], args as readonly Dual<Dual<Prime>>[]).slope?.slope ?? field.zero);
  const expected = field.show(field.general("f", 0, [0, 2], [x, y, y]));
  expect(mixed([inner, plain, outer])).toBe(expected);
  expect(mixed([inner, plain, plain])).toBe("0");
  const turned = field.show(field.general("f", 0, [0, 2], [y, y, x]));
  expect(mixed([outer, plain, inner])).toBe(turned);
});

test("numbers are the same on every machine", () => {
  const field = primeField(7);
  const [x, y] = [field.random("x", 0), field.random("x", 1)];
  const values = [
    x,
    y,
    ...(["exp", "log", "tanh", "sin", "cos", "normal", "density"] as const).map(f => field[f](x)),
    field.raise(x, y),
    field.function("f", 1, x),
    field.general("f", 1, [0, 2], [x, y, x]),
  ];
  expect(values.map(field.show)).toEqual([
    "-393513294283915669",
    "375736848836529488",
    "-725334489543266444",
    "709119457419684298",
    "-688048145402349961",
    "163652538148404354",
    "-403272502273507666",
    "292407012161717467",
    "-389737067088633264",
    "-161643617537216851",
    "-52009278926041426",
    "762088564518639176",
  ]);
});

describe("the prime field", () => {
  const field = primeField(5);
  const xs = Array.from({ length: 20 }, (_, i) => field.random("x", i));
  const same = (x: Prime, y: Prime): void => expect(field.show(x)).toBe(field.show(y));
  test("has the values that everybody knows", () => {
    const { zero, one } = field;
    for (const f of ["tanh", "sin", "abs", "sign", "step", "sqrt"] as const) same(field[f](zero), zero);
    for (const f of ["exp", "cos"] as const) same(field[f](zero), one);
    same(field.log(one), zero);
    same(field.normal(zero), field.rational(rational(1n, 2n)));
    same(field.multiply(field.rational(rational(-2n, 6n)), field.integer(3)), field.integer(-1));
    expect([0, 5, -5, 2 ** 21, -(2 ** 52)].map(value => field.show(field.integer(value)))).toEqual([
      "0",
      "5",
      "-5",
      "2097152",
      "-4503599627370496",
    ]);
    expect(() => field.integer(2 ** 53)).toThrow("is not an integer");
    expect(() => field.integer(2 ** 30 + 0.5)).toThrow("is not an integer");
  });
  test("keeps the laws of functions on both sides of 0", () => {
    for (const x of xs) {
      const minus = field.negate(x);
      same(field.multiply(field.exp(x), field.exp(minus)), field.one);
      same(field.add(field.normal(x), field.normal(minus)), field.one);
      same(field.density(x), field.density(minus));
      same(field.tanh(minus), field.negate(field.tanh(x)));
      same(field.abs(minus), field.abs(x));
      same(field.abs(x), field.multiply(field.sign(x), x));
      same(field.subtract(field.step(x), field.step(minus)), field.sign(x));
    }
  });
  test("has real powers that are powers for whole exponents", () => {
    const [x, y, b] = xs as [Prime, Prime, Prime];
    for (const exponent of [0, 1, 2, 5, -1, -3]) {
      same(field.raise(x, field.integer(exponent)), field.pow(x, exponent));
      same(
        field.raise(x, field.add(b, field.integer(exponent))),
        field.multiply(field.raise(x, b), field.pow(x, exponent)),
      );
    }
    same(field.raise(x, field.negate(b)), field.divide(field.one, field.raise(x, b)));
    same(field.raise(field.multiply(x, y), b), field.multiply(field.raise(x, b), field.raise(y, b)));
  });
  test("says what has no value", () => {
    expect(() => field.raise(field.zero, field.one)).toThrow("a real power of 0");
    expect(() => field.log(field.zero)).toThrow("the logarithm of 0");
    expect(() => field.divide(field.one, field.zero)).toThrow("a divisor is 0 at this draw");
    expect(() => field.pow(field.zero, -1)).toThrow("a divisor is 0 at this draw");
    const other = xs.find(x => !field.equal(field.step(x), field.one)) as Prime;
    expect(() => field.sqrt(other)).toThrow("a number without a square root in the prime field");
    expect(new NoValue("outside", "").redraw).toBe(false);
    expect([new NoValue("no-root", ""), new NoValue("division-by-zero", "")].map(({ redraw }) => redraw)).toEqual([
      true,
      true,
    ]);
  });
  test("tells keys, entries, orders and places apart", () => {
    const [x, y] = xs as [Prime, Prime];
    const values = [
      field.random("a", 0),
      field.random("a", 1),
      field.random("b", 0),
      primeField(6).random("a", 0),
      field.function("f", 0, x),
      field.function("f", 1, x),
      field.general("f", 0, [], [x]),
      field.general("f", 1, [], [x]),
      field.general("f", 0, [0], [x]),
      field.general("f", 0, [1], [x]),
      field.general("f", 0, [0, 0], [x]),
      field.general("f", 0, [], [x, y]),
      field.general("f", 0, [], [y, x]),
    ];
    expect(new Set(values.map(field.show)).size).toBe(values.length);
  });
});

test("degrees: a sum over one denominator keeps it, a function is one variable however often it is called", () => {
  const { arithmetic: a, count } = degrees(primeField(2));
  const [x, y, z] = ["x", "y", "z"].map(name => a.random(name, 0)) as [
    ReturnType<typeof a.random>,
    ReturnType<typeof a.random>,
    ReturnType<typeof a.random>,
  ];
  a.add(a.divide(x, z), a.divide(y, z));
  expect(count()).toEqual({ functions: 0, degree: 2 });
  for (let i = 0; i < 3; i++) a.multiply(a.exp(x), a.exp(x));
  expect(count()).toEqual({ functions: 1, degree: 2 });
  a.pow(a.add(x, y), 7);
  expect(count()).toEqual({ functions: 1, degree: 7 });
  expect(boundOf({ functions: 1000, degree: 100 })).toBeLessThan(1e-10);
});
