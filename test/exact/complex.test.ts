// Numbers with an imaginary part over the prime field: their laws, their roots, and what is made up for them.
import { describe, expect, test } from "vitest";
import { NoValue } from "../../src/exact/arithmetic.ts";
import { type Complex, withRoots } from "../../src/exact/complex.ts";
import { primeField } from "../../src/exact/field.ts";
import type { Prime } from "../../src/exact/prime.ts";

const field = primeField(12);
const a = withRoots(field);
const formal = withRoots(field, true);
type Element = Complex<Prime>;

const some = (key: string): Element => ({ real: field.random(key, 0), imaginary: field.random(key, 1) });
const plain = (key: string): Element => ({ real: field.random(key, 0), imaginary: undefined });
const KEYS = Array.from({ length: 12 }, (_, i) => String(i));
/** Pairs of numbers with and without imaginary parts. */
const PAIRS = KEYS.flatMap(key =>
  [some, plain].flatMap(x => [some, plain].map(y => [x(`x${key}`), y(`y${key}`)] as const)),
);
const ι: Element = { real: field.zero, imaginary: field.one };
/** What is 0 is left out. */
const isTidy = ({ imaginary }: Element): boolean => imaginary === undefined || !field.equal(imaginary, field.zero);
const same = (x: Element, y: Element): void => {
  expect(a.show(x)).toBe(a.show(y));
  expect(isTidy(x)).toBe(true);
};

describe("arithmetic", () => {
  test("ι² = -1", () => same(a.multiply(ι, ι), a.integer(-1)));
  test("numbers are sums of their parts", () => {
    const z = some("z");
    const imaginary = { real: z.imaginary as Prime, imaginary: undefined };
    same(a.add({ real: z.real, imaginary: undefined }, a.multiply(ι, imaginary)), z);
    same(a.add(a.multiply(imaginary, ι), { real: z.real, imaginary: undefined }), z);
    expect(a.show({ real: field.integer(3), imaginary: field.integer(-4) })).toBe("3 + -4 ι");
    expect(a.show(a.integer(3))).toBe("3");
  });
  test("sums and differences undo each other", () => {
    for (const [x, y] of PAIRS) {
      same(a.subtract(a.add(x, y), y), x);
      same(a.add(a.subtract(x, y), y), x);
      same(a.add(x, a.negate(x)), a.zero);
      same(a.subtract(x, y), a.negate(a.subtract(y, x)));
    }
  });
  test("products commute, distribute, and are undone by quotients", () => {
    for (const [x, y] of PAIRS) {
      same(a.multiply(x, y), a.multiply(y, x));
      same(a.multiply(x, a.add(x, y)), a.add(a.multiply(x, x), a.multiply(x, y)));
      same(a.divide(a.multiply(x, y), y), x);
      same(a.multiply(a.divide(x, y), y), x);
    }
  });
  test("powers are products", () => {
    for (const x of [some("p"), plain("p")]) {
      same(a.pow(x, 0), a.one);
      let power = a.one;
      for (let exponent = 1; exponent < 12; exponent++) {
        power = a.multiply(power, x);
        same(a.pow(x, exponent), power);
        same(a.multiply(a.pow(x, -exponent), power), a.one);
      }
    }
  });
  test("one divides by all but 0", () => {
    expect([some("d"), plain("d"), ι, a.zero].map(a.divides)).toEqual([true, true, true, false]);
    expect(() => a.divide(a.one, a.zero)).toThrow(NoValue);
  });
  test("numbers are equal in both parts", () => {
    const z = some("e");
    const [higher, right] = [a.add(z, ι), a.add(z, a.one)];
    expect([z, higher, right].map(other => a.equal(z, other))).toEqual([true, false, false]);
    expect([a.equal(a.zero, ι), a.equal(ι, a.zero)]).toEqual([false, false]);
    expect(a.equal(a.one, { real: field.one, imaginary: field.zero })).toBe(true);
  });
});

describe("roots", () => {
  test("of every number of the prime field", () => {
    const roots = KEYS.map(plain).map(x => {
      same(a.multiply(a.sqrt(x), a.sqrt(x)), x);
      return a.sqrt(x).imaginary;
    });
    // Half of them are squares there.
    expect(new Set(roots.map(part => part === undefined)).size).toBe(2);
    same(a.sqrt(a.zero), a.zero);
    same(a.sqrt(a.integer(-1)), ι);
  });
  test("of every square", () => {
    for (const z of KEYS.map(some)) {
      const square = a.multiply(z, z);
      const root = a.sqrt(square);
      same(a.multiply(root, root), square);
      expect([a.show(z), a.show(a.negate(z))]).toContain(a.show(root));
    }
  });
  test("of other numbers are none, or made up", () => {
    const others = KEYS.map(some).filter(z => field.step(a.multiply(z, conjugate(z)).real) !== field.one);
    expect(others.length).toBeGreaterThan(2);
    for (const z of others) {
      expect(() => a.sqrt(z)).toThrow("a root outside of the prime field");
      const root = formal.sqrt(z);
      expect(root.imaginary).toBeDefined();
      same(root, formal.sqrt(a.add(a.subtract(z, a.one), a.one)));
    }
    expect(new Set(others.map(z => a.show(formal.sqrt(z)))).size).toBe(others.length);
  });
  const conjugate = ({ real, imaginary }: Element): Element => ({ real, imaginary: field.negate(imaginary as Prime) });
});

describe("signs", () => {
  test("of numbers of the prime field are its own", () => {
    for (const x of KEYS.map(plain)) {
      expect(a.show(a.step(x))).toBe(field.show(field.step(x.real)));
      expect(a.show(a.sign(x))).toBe(field.show(field.sign(x.real)));
      same(a.abs(x), { real: field.abs(x.real), imaginary: undefined });
    }
  });
  test("of others are none, with a reason that says to draw again", () => {
    for (const f of [a.step, a.sign, a.abs]) expect(() => f(some("s"))).toThrow("a sign outside of the prime field");
    try {
      a.step(some("s"));
    } catch (error) {
      expect(error).toMatchObject({ reason: "no-root", redraw: true });
    }
  });
  test("of others that are made up are odd, and some of them positive", () => {
    const steps = KEYS.map(some).map(z => {
      same(formal.sign(a.negate(z)), a.negate(formal.sign(z)));
      same(formal.add(formal.step(z), formal.step(a.negate(z))), a.one);
      same(formal.subtract(formal.multiply(a.integer(2), formal.step(z)), a.one), formal.sign(z));
      same(formal.abs(z), formal.multiply(formal.sign(z), z));
      return a.show(formal.step(z));
    });
    expect(new Set(steps)).toEqual(new Set(["0", "1"]));
    // Both parts decide.
    const z = some("z");
    const moved = [a.one, ι].map(by =>
      KEYS.map((_, i) => a.show(formal.step(a.add(z, a.multiply(by, a.integer(i)))))).join(),
    );
    expect(new Set([...moved, KEYS.map(() => a.show(formal.step(z))).join()]).size).toBe(3);
  });
});

describe("functions beyond the prime field", () => {
  const z = some("f");
  const minus = a.negate(z);
  test("keep their laws", () => {
    same(a.multiply(a.exp(z), a.exp(minus)), a.one);
    same(a.tanh(minus), a.negate(a.tanh(z)));
    same(a.add(a.normal(z), a.normal(minus)), a.one);
    same(a.sin(minus), a.negate(a.sin(z)));
    same(a.cos(minus), a.cos(z));
    same(a.add(a.pow(a.sin(z), 2), a.pow(a.cos(z), 2)), a.one);
    same(a.density(minus), a.density(z));
    const half = a.divide(a.multiply(z, z), a.integer(-2));
    same(a.density(z), a.multiply(a.density(a.zero), a.exp(half)));
  });
  test("are those of the prime field inside of it", () => {
    const x = plain("f");
    for (const f of ["exp", "log", "tanh", "sin", "cos", "normal", "density"] as const)
      same(a[f](x), { real: field[f](x.real), imaginary: undefined });
    same(a.function("f", 1, x), { real: field.function("f", 1, x.real), imaginary: undefined });
    same(a.raise(x, x), { real: field.raise(x.real, x.real), imaginary: undefined });
    same(a.general("f", 1, [0], [x, x]), {
      real: field.general("f", 1, [0], [x.real, x.real]),
      imaginary: undefined,
    });
    same(a.random("f", 3), { real: field.random("f", 3), imaginary: undefined });
  });
  test("differ from each other and at every other number, in both parts", () => {
    const values = [z, a.add(z, a.one), a.add(z, ι)].flatMap(x => [
      a.exp(x),
      a.log(x),
      a.tanh(x),
      a.sin(x),
      a.cos(x),
      a.normal(x),
      a.density(x),
      a.function("f", 0, x),
      a.function("f", 1, x),
      a.function("g", 0, x),
      a.general("h", 0, [], [a.one, x]),
      a.general("h", 1, [], [a.one, x]),
      a.general("h", 0, [1], [a.one, x]),
      a.general("h", 0, [], [x, a.one]),
    ]);
    const parts = values.flatMap(({ real, imaginary }) => [real, imaginary as Prime]);
    expect(new Set(parts.map(field.show)).size).toBe(2 * values.length);
  });
  test("are the same at the same number", () => {
    const again = a.subtract(a.add(z, a.one), a.one);
    same(a.log(again), a.log(z));
    same(a.general("h", 0, [], [again]), a.general("h", 0, [], [z]));
  });
  test("but real powers are none", () => {
    expect(() => a.raise(z, a.one)).toThrow("a real power outside of the prime field");
    expect(() => a.raise(a.one, z)).toThrow("a real power outside of the prime field");
  });
});
