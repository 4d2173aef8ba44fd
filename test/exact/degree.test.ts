// What degrees are counted of: numerators, factors of denominators, and values of functions as variables of their own.
import { describe, expect, test } from "vitest";
import type { Arithmetic } from "../../src/exact/arithmetic.ts";
import { boundOf, type Degree, degrees } from "../../src/exact/degree.ts";
import { primeField } from "../../src/exact/field.ts";
import type { Prime } from "../../src/exact/prime.ts";
import { rational } from "../../src/expr/rational.ts";

type Formula = <E>(a: Arithmetic<E>, x: E, y: E, z: E) => E;

const field = primeField(2);
/** The degree above, and below those of the factors with their exponents. */
const counted = (formula: Formula) => {
  const { arithmetic, count } = degrees(field);
  const [x, y, z] = ["x", "y", "z"].map(name => arithmetic.random(name, 0)) as [
    Degree<Prime>,
    Degree<Prime>,
    Degree<Prime>,
  ];
  const { value, above, below } = formula(arithmetic, x, y, z);
  const factors = [...below.values()].map(({ degree, exponent }) => `${degree}^${exponent}`).join(" ");
  return { value, form: factors === "" ? `${above}` : `${above} / ${factors}`, ...count() };
};

const FORMULAS: readonly (readonly [form: string, formula: Formula])[] = [
  ["0", a => a.zero],
  ["0", a => a.add(a.one, a.integer(5))],
  ["0", a => a.rational(rational(2n, 3n))],
  ["0", a => a.multiply(a.one, a.integer(5))],
  ["1", (_, x) => x],
  ["1", (a, x) => a.negate(x)],
  ["1", (a, x, y) => a.subtract(x, y)],
  ["2", (a, x, y) => a.add(x, a.multiply(x, y))],
  ["2", (a, x, y) => a.subtract(a.multiply(x, y), x)],
  ["1 / 1^1", (a, x, y) => a.divide(x, y)],
  ["1", (a, x) => a.divide(x, a.integer(3))],
  ["2", (a, x, _, z) => a.divide(x, a.divide(a.one, z))],
  ["2 / 1^1", (a, x, y, z) => a.divide(x, a.divide(y, z))],
  ["1 / 1^1", (a, x, y, z) => a.add(a.divide(x, z), a.divide(y, z))],
  ["2 / 1^1", (a, x, y, z) => a.add(x, a.divide(y, z))],
  ["2 / 1^1", (a, x, y, z) => a.subtract(a.divide(y, z), x)],
  ["2 / 1^1 1^1", (a, x, y, z) => a.add(a.divide(x, y), a.divide(x, z))],
  ["2 / 1^2", (a, x, y) => a.multiply(a.divide(x, y), a.divide(x, y))],
  ["1 / 1^2", (a, x, y) => a.multiply(a.divide(x, y), a.divide(a.one, y))],
  ["2 / 1^2", (a, x, y) => a.add(a.multiply(x, a.pow(y, -2)), a.multiply(x, a.pow(y, -1)))],
  ["2 / 1^2", (a, x, y) => a.add(a.multiply(x, a.pow(y, -1)), a.multiply(x, a.pow(y, -2)))],
  ["1 / 1^3", (a, x, y) => a.divide(a.multiply(x, a.pow(y, -2)), y)],
  ["7", (a, x, y) => a.pow(a.add(x, y), 7)],
  ["3 / 1^3", (a, x, y) => a.pow(a.divide(x, y), 3)],
  ["2 / 1^2", (a, x, y) => a.pow(a.divide(x, y), -2)],
  ["0", (a, x, y) => a.pow(a.divide(x, y), 0)],
  // Equal values are one factor, in whatever order they were made …
  ["0 / 1^1", (a, x, y) => a.add(a.divide(a.one, a.add(x, y)), a.divide(a.one, a.add(y, x)))],
  [
    "2 / 1^1",
    (a, x, y, z) => a.add(a.divide(a.one, a.divide(a.divide(z, x), y)), a.divide(a.one, a.divide(a.divide(z, y), x))),
  ],
  // … but not where one of them has another numerator.
  ["2 / 1^1 2^1", (a, x, _, z) => a.add(a.divide(a.one, x), a.divide(a.one, a.divide(a.multiply(x, z), z)))],
  [
    "4 / 2^1 2^1",
    (a, x, y, z) => a.add(a.divide(y, a.divide(a.multiply(x, z), z)), a.divide(z, a.divide(a.multiply(x, y), y))),
  ],
  [
    "7 / 4^1 4^1",
    (a, x, y, z) => {
      // x y² z / (y² z) and x y z² / (y z²).
      const under = (p: number, q: number): typeof x => {
        const above = a.multiply(x, a.multiply(a.pow(y, p), a.pow(z, q)));
        return a.divide(a.one, a.multiply(above, a.multiply(a.pow(y, -p), a.pow(z, -q))));
      };
      return a.add(under(2, 1), under(1, 2));
    },
  ],
  ["1 / 1^1 1^1", (a, x, y) => a.add(a.divide(a.one, x), a.divide(a.one, y))],
  ["2 / 2^1", (a, x, y) => a.divide(a.abs(x), a.add(a.multiply(x, y), y))],
  ["2", (a, x) => a.abs(x)],
  ["2 / 1^1", (a, x, y) => a.abs(a.divide(x, y))],
  ["1", (a, x, y) => a.exp(a.divide(x, y))],
  ["1", (a, x) => a.function("f", 0, a.pow(x, 3))],
  ["1", (a, x, y) => a.general("f", 0, [], [x, a.multiply(x, y)])],
  ["1", (a, x, y) => a.raise(x, y)],
  ["2", (a, x) => a.density(x)],
  ["2 / 2^1", (a, x) => a.sin(x)],
  ["4 / 2^2", (a, x) => a.multiply(a.sin(x), a.cos(x))],
  ["2 / 2^1", (a, x) => a.add(a.sin(x), a.cos(x))],
  ["4 / 2^1 2^1", (a, x, y) => a.add(a.sin(x), a.cos(y))],
];

test.each(FORMULAS)("a formula of degrees %s, number %#", (form, formula) => {
  const { value, form: found } = counted(formula);
  expect(found).toBe(form);
  const [x, y, z] = ["x", "y", "z"].map(name => field.random(name, 0)) as [Prime, Prime, Prime];
  expect(field.show(value)).toBe(field.show(formula(field, x, y, z)));
});

describe("of a whole evaluation", () => {
  test.each<[functions: number, Formula]>([
    [0, (a, x, y) => a.multiply(x, y)],
    [1, (a, x) => a.add(a.exp(x), a.exp(x))],
    [2, (a, x, y) => a.add(a.exp(x), a.exp(y))],
    [2, (a, x) => a.add(a.exp(x), a.log(x))],
    [2, (a, x) => a.add(a.tanh(x), a.normal(x))],
    [2, (a, x) => a.add(a.sqrt(a.multiply(x, x)), a.step(x))],
    [1, (a, x) => a.add(a.sign(x), a.abs(x))],
    [1, (a, x) => a.add(a.sin(x), a.cos(x))],
    [2, (a, x, y) => a.add(a.sin(x), a.sin(y))],
    [2, (a, x) => a.density(x)],
    [3, (a, x, y) => a.add(a.density(x), a.density(y))],
    [2, (a, x) => a.add(a.function("f", 0, x), a.function("f", 1, x))],
    [2, (a, x, y) => a.add(a.function("f", 0, x), a.function("f", 0, y))],
    [2, (a, x) => a.add(a.function("f", 0, x), a.function("g", 0, x))],
    [1, (a, x) => a.add(a.general("f", 0, [0, 1], [x, x]), a.general("f", 0, [0, 1], [x, x]))],
    [2, (a, x) => a.add(a.general("f", 0, [0, 1], [x, x]), a.general("f", 0, [1, 1], [x, x]))],
    [2, (a, x) => a.add(a.general("f", 0, [1], [x, x]), a.general("f", 1, [1], [x, x]))],
    [2, (a, x, y) => a.add(a.general("f", 0, [], [x, y]), a.general("f", 0, [], [y, x]))],
    [2, (a, x, y) => a.add(a.raise(x, y), a.raise(y, x))],
  ])("%i values of functions, number %#", (functions, formula) => expect(counted(formula).functions).toBe(functions));

  test("the largest sum of degrees above and below", () => {
    const { arithmetic: a, count } = degrees(field);
    expect(count()).toEqual({ functions: 0, degree: 0 });
    const [x, y] = [a.random("x", 0), a.random("y", 0)];
    expect(count()).toEqual({ functions: 0, degree: 1 });
    a.divide(a.pow(x, 3), y);
    expect(count()).toEqual({ functions: 0, degree: 4 });
    a.multiply(x, y);
    expect(count()).toEqual({ functions: 0, degree: 4 });
    a.sin(x);
    a.multiply(a.pow(x, 2), a.sin(y));
    expect(count()).toEqual({ functions: 2, degree: 6 });
  });

  test("the chance that something wrong agrees: (N² + 1) d / p", () => {
    expect(boundOf({ functions: 3, degree: 5 })).toBe(50 / 2 ** 61);
    expect(boundOf({ functions: 0, degree: 0 })).toBe(1 / 2 ** 61);
  });
});

test("what is asked of values is asked of those of the field", () => {
  const { arithmetic: a } = degrees(field);
  const x = a.random("x", 0);
  expect([a.divides(x), a.divides(a.subtract(x, x))]).toEqual([true, false]);
  expect([a.equal(x, a.negate(a.negate(x))), a.equal(x, a.negate(x))]).toEqual([true, false]);
  expect(a.show(a.integer(-3))).toBe("-3");
});
