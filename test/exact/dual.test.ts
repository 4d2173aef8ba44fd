// Forward mode in several directions at once is forward mode in each of them.
import { expect, test } from "vitest";
import type { Arithmetic } from "../../src/exact/arithmetic.ts";
import { constant, type Directions, type Dual, directions, dual, type Tangent } from "../../src/exact/dual.ts";
import { primeField } from "../../src/exact/field.ts";
import type { Prime } from "../../src/exact/prime.ts";

const field = primeField(7);
const [a, b, c, d] = [1, 2, 3, 4].map(entry => field.random("number", entry)) as [Prime, Prime, Prime, Prime];
const [four, nine] = [field.integer(4), field.integer(9)];

type Three<E> = readonly [E, E, E];

type Formula = <E>(of: Arithmetic<E>, x: E, y: E, root: E) => E;

const FORMULAS: Readonly<Record<string, Formula>> = {
  add: (of, x, y) => of.add(of.add(x, y), of.add(y, y)),
  subtract: (of, x, y) => of.subtract(of.subtract(x, y), x),
  negate: (of, x, y) => of.negate(of.add(x, y)),
  multiply: (of, x, y) => of.multiply(of.multiply(x, y), x),
  divide: (of, x, y) => of.divide(of.divide(x, y), of.multiply(y, x)),
  "divide one": (of, x) => of.divide(of.one, x),
  pow: (of, x, y) => of.add(of.pow(x, 3), of.pow(y, -2)),
  raise: (of, x, y) => of.raise(x, of.multiply(y, y)),
  exp: (of, x, y) => of.exp(of.multiply(x, y)),
  log: (of, x, y) => of.log(of.multiply(x, y)),
  sqrt: (of, _x, _y, root) => of.sqrt(root),
  tanh: (of, x, y) => of.tanh(of.add(x, y)),
  sin: (of, x, y) => of.sin(of.add(x, y)),
  cos: (of, x, y) => of.cos(of.add(x, y)),
  abs: (of, x, y) => of.abs(of.add(x, y)),
  sign: (of, x) => of.multiply(of.sign(x), x),
  step: (of, x) => of.multiply(of.step(x), x),
  normal: (of, x, y) => of.normal(of.multiply(x, y)),
  density: (of, x, y) => of.density(of.multiply(x, y)),
  function: (of, x, y) => of.function("phi", 1, of.multiply(x, y)),
  general: (of, x, y) => of.general("ell", 0, [1], [x, y, of.multiply(x, y), of.one]),
};

// The first number has a slope in the first direction and the last, the second in the last two, the root in the first.
const NUMBERS: readonly Tangent<Prime, Directions<Prime>>[] = [
  { value: a, slope: [a, undefined, b] },
  { value: b, slope: [undefined, c, d] },
  { value: four, slope: [nine, undefined, undefined] },
];

test.each(Object.entries(FORMULAS))("%s", (_, formula) => {
  const all = formula(directions(field), ...(NUMBERS as Three<Tangent<Prime, Directions<Prime>>>));
  for (const direction of [0, 1, 2]) {
    const alone = NUMBERS.map(({ value, slope }) => ({ value, slope: slope?.[direction] }));
    const one = formula(dual(field), ...(alone as unknown as Three<Dual<Prime>>));
    expect(all.value).toEqual(one.value);
    expect(all.slope?.[direction] ?? field.zero).toEqual(one.slope ?? field.zero);
  }
});

test("numbers are equal where all their slopes are, missing ones being 0", () => {
  const of = directions(field);
  const [x, y] = [
    { value: a, slope: [undefined, b] },
    { value: a, slope: [field.zero, b] },
  ];
  expect(of.equal(x, y)).toBe(true);
  expect(of.equal(x, constant(a))).toBe(false);
  expect(of.equal(constant(a), { value: a, slope: [field.zero, undefined] })).toBe(true);
  expect(of.equal(x, { value: b, slope: [undefined, b] })).toBe(false);
});
