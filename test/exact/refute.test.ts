// Counterexamples in small numbers, and the real numbers that they are made of.
import { describe, expect, test } from "vitest";
import { realNumbers } from "../../src/exact/real.ts";
import { type Refutation, refute } from "../../src/exact/refute.ts";
import { SMALL_FUNCTIONS, smallNumbers } from "../../src/exact/small.ts";
import { Witness } from "../../src/exact/witness.ts";
import { readSystem } from "../../src/term/system.ts";
import { stated } from "../check/stated.ts";
import { RNN } from "../systems/rnn.ts";

const rnn = readSystem(RNN);
const witness = new Witness(rnn);
const refuted = (left: string, right: string, low = "1", high = "T"): Refutation | undefined =>
  refute(witness, stated(rnn, left, right, ["t", low, high]));

describe("a counterexample", () => {
  test("has the smallest sizes at which the sides differ", () => {
    expect(refuted("o[t]", "2 * W_yh * h[t]")).toMatchObject({ sizes: { T: 1, h: 1, d: 1, q: 1 }, index: { t: 1 } });
    expect(refuted("W_hh * h[t]", "W_hh' * h[t]")).toMatchObject({ sizes: { T: 1, h: 2, d: 2, q: 2 } });
    expect(refuted("h[t]", "h[t] + (t - 1) * ones(h, 1)")).toMatchObject({ sizes: { T: 2, h: 1 }, index: { t: 2 } });
    expect(refuted("h[t]", "h[t] + (t - 1) * (t - 2) * ones(h, 1)")).toMatchObject({
      sizes: { T: 3 },
      index: { t: 3 },
    });
  });
  test("has whole numbers, what is given, and both sides as they come out", () => {
    const found = refuted("o[t]", "3 * W_yh * h[t]") as Refutation;
    const value = (name: string): number => found.given[name]?.[0]?.[0] as number;
    const names = Object.keys(found.given);
    expect(names.filter(name => /^[oL]/u.test(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(["W_yh", "W_hx", "W_hh"]));
    const flat = Object.values(found.given).flat(2);
    expect(flat.every(x => [1, -1, 2].includes(x))).toBe(true);
    const [start, input] = names
      .filter(name => /^[hx]/u.test(name))
      .sort()
      .map(value) as [number, number];
    const state = (value("W_hx") * input + value("W_hh") * start) ** 2;
    expect(found.left).toEqual([[value("W_yh") * state]]);
    expect(found.right).toEqual([[3 * value("W_yh") * state]]);
    expect(found.functions).toEqual({ phi: SMALL_FUNCTIONS.elementwise, ell: SMALL_FUNCTIONS.general });
  });
  test("is none where the sides agree or lie outside", () => {
    expect(refuted("o[t]", "W_yh * h[t]")).toBeUndefined();
    expect(refuted("h[t]", "h[t+1]", "T", "T")).toBeUndefined();
    expect(refuted("h[t]", "h[t] / (T - T)")).toBeUndefined();
  });
  test("may lie beside points at which one side does not exist", () => {
    expect(refuted("h[t]", "2 * h[t+1]")).toMatchObject({ sizes: { T: 2 }, index: { t: 1 } });
    expect(refuted("h[t]", "2 * h[t-2]")).toMatchObject({ sizes: { T: 2 }, index: { t: 2 } });
  });
  test("tells shapes apart", () => {
    const found = refuted("h[t]", "h[t]'") as Refutation;
    expect([found.left.length, found.right.length]).toEqual([2, 1]);
  });
  test("holds what is supposed", () => {
    const equation = stated(rnn, "W_hh * h[t]", "W_hh' * h[t]", ["t", "1", "T"]);
    expect(refute(witness, equation, { symmetric: new Set(["W_hh"]) })).toBeUndefined();
  });
  test("is in real numbers where whole ones show nothing, and then says nothing of functions", () => {
    // u² is even; the function that is taken among real numbers is not.
    const found = refuted("phi(h[t])", "phi(-h[t])") as Refutation;
    expect(found.functions).toEqual({});
    expect(found.left).not.toEqual(found.right);
  });
});

describe("small counterexamples in full", () => {
  const system = readSystem(
    "system s\n A: m n parameter\n x: n data\n b: m data\n f: m\n L: 1\n f = A * x + b\n L = squarednorm(f)\n objective L",
  );
  const by = new Witness(system);
  const found = (left: string, right: string) => refute(by, stated(system, left, right));
  test("have the smallest numbers among the draws", () => {
    expect(found("f", "A * x")).toEqual({
      sizes: { m: 1, n: 1 },
      index: {},
      functions: {},
      given: { A: [[-1]], x: [[1]], b: [[1]] },
      left: [[0]],
      right: [[-1]],
    });
    expect(found("f .* f", "f")).toMatchObject({ left: [[9]], right: [[3]] });
    expect(found("exp(f)", "f")).toMatchObject({ left: [[1]], right: [[0]] });
    expect(found("A * x", "A * x .* b .* b")).toMatchObject({ left: [[1]], right: [[4]] });
    expect(found("partial(L, A)", "f * x'")).toMatchObject({ left: [[2]], right: [[1]] });
  });
  test("hold what either side needs, and no more", () => {
    expect(Object.keys(found("A", "2 * A")?.given ?? {})).toEqual(["A"]);
    expect(Object.keys(found("A * x", "2 * (A * x)")?.given ?? {})).toEqual(["A", "x"]);
  });
  test("are larger where small sizes show nothing", () => {
    expect(found("f", "f + (m - 1) * b")).toEqual({
      sizes: { m: 2, n: 2 },
      index: {},
      functions: {},
      given: {
        A: [
          [1, 2],
          [2, 1],
        ],
        x: [[2], [-1]],
        b: [[2], [-1]],
      },
      left: [[2], [2]],
      right: [[4], [1]],
    });
    expect(found("f", "f + (n - 1) * (n - 2) * b")).toMatchObject({ sizes: { m: 2, n: 3 } });
    expect(found("x'", "x")).toMatchObject({ left: [[1, 1]], right: [[1], [1]] });
  });
  test("are real numbers in the end", () => {
    expect(refuted("phi(h[t])", "phi(-h[t])")).toMatchObject({
      sizes: { T: 1, h: 1, d: 1, q: 1 },
      given: { W_hx: [[expect.closeTo(0.79359)]], "h[0]": [[expect.closeTo(0.2731)]] },
      left: [[expect.closeTo(1.03792)]],
      right: [[expect.closeTo(0.42733)]],
    });
  });
  test("are none where one side has no value, whatever the sizes", () => {
    expect(found("f", "f / (m - m)")).toBeUndefined();
    expect(found("f", "inverse(x * x' - x * x') * x")).toBeUndefined();
  });
});

describe("real numbers", () => {
  const real = realNumbers(7);
  test("are those of the machine", () => {
    const [a, b] = [0.7, -1.3];
    expect(real.add(a, b)).toBe(a + b);
    expect(real.subtract(a, b)).toBe(a - b);
    expect(real.multiply(a, b)).toBe(a * b);
    expect(real.divide(a, b)).toBe(a / b);
    expect(real.negate(a)).toBe(-a);
    expect(real.pow(a, -3)).toBe(a ** -3);
    expect(real.raise(a, b)).toBe(a ** b);
    for (const f of ["exp", "log", "sqrt", "tanh", "sin", "cos", "abs"] as const) expect(real[f](a)).toBe(Math[f](a));
    expect([a, b, 0, -0].map(real.sign)).toEqual([1, -1, 0, 0]);
    expect([a, b, 0].map(real.step)).toEqual([1, 0, 0]);
    expect([a, 0].map(real.divides)).toEqual([true, false]);
    expect(real.integer(3)).toBe(3);
    expect(real.show(a)).toBe("0.7");
  });
  test("are equal up to rounding, against the larger one", () => {
    expect(real.equal(1, 1 + 1e-12)).toBe(true);
    expect(real.equal(1, 1 + 1e-6)).toBe(false);
    expect(real.equal(1e12, 1e12 + 1)).toBe(true);
    expect(real.equal(0, 1e-10)).toBe(true);
    expect(real.equal(-1e12, 1e12)).toBe(false);
    expect(realNumbers(1, { tolerance: 0.1 }).equal(1, 1.05)).toBe(true);
  });
  test("are drawn apart from 0, of both signs, or positive alone", () => {
    const draw = (positive: boolean): readonly number[] =>
      Array.from({ length: 200 }, (_, i) => realNumbers(7, { positive }).random("a", i));
    expect(draw(true).every(x => x >= 0.1 && x < 1)).toBe(true);
    expect(draw(false).every(x => Math.abs(x) >= 0.1 && Math.abs(x) < 1)).toBe(true);
    expect(draw(false).filter(x => x < 0).length).toBeGreaterThan(50);
    expect(draw(false).filter(x => x > 0).length).toBeGreaterThan(50);
    expect(new Set(draw(false)).size).toBe(200);
    expect(real.random("a", 1)).not.toBe(real.random("b", 1));
    expect(real.random("a", 1)).not.toBe(realNumbers(8).random("a", 1));
  });

  const STEP = 1e-5;
  const slope = (f: (x: number) => number, at: number): number => (f(at + STEP) - f(at - STEP)) / (2 * STEP);
  describe.each([
    ["of the machine", real],
    ["small", smallNumbers(7)],
  ] as const)("%s", (_, numbers) => {
    test("have functions whose derivatives are theirs", () => {
      for (const order of [0, 1, 2, 3, 4])
        expect(numbers.function("f", order + 1, 0.4)).toBeCloseTo(
          slope(x => numbers.function("f", order, x), 0.4),
          5,
        );
    });
    test("have functions of several arguments whose partial derivatives are theirs", () => {
      const at = [0.3, -0.8, 1.1];
      const along = (by: readonly number[], place: number) =>
        slope(
          x =>
            numbers.general(
              "g",
              1,
              by,
              at.map((own, i) => (i === place ? x : own)),
            ),
          at[place] as number,
        );
      for (const by of [[], [0], [2], [1, 1]])
        for (const place of [0, 1, 2]) {
          const both = [...by, place].sort();
          expect(numbers.general("g", 1, both, at)).toBeCloseTo(along(by, place), 5);
        }
      expect(numbers.general("g", 0, [], at)).not.toBe(numbers.general("g", 1, [], at));
    });
  });
  test("of different functions differ, unless they are small", () => {
    expect(real.function("f", 0, 0.4)).not.toBe(real.function("g", 0, 0.4));
    expect(smallNumbers(1).function("f", 0, 3)).toBe(9);
    expect(smallNumbers(1).general("f", 1, [], [1, 2])).toBe(5);
  });
  test("that are small are 1, −1 and 2", () => {
    const drawn = Array.from({ length: 100 }, (_, i) => smallNumbers(3).random("a", i));
    expect(new Set(drawn)).toEqual(new Set([1, -1, 2]));
    expect(smallNumbers(4).random("a", 1)).toBe(smallNumbers(4).random("a", 1));
  });
});
