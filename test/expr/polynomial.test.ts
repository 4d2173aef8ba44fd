import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  coefficientOf,
  constantPart,
  constantValue,
  integer,
  minus,
  named,
  namesIn,
  negative,
  type Polynomial,
  plus,
  soleName,
  substitute,
  times,
  valueAt,
  ZERO,
} from "../../src/expr/polynomial.ts";

const NAMES = ["a", "b", "T", "constructor"] as const;

const polynomials: fc.Arbitrary<Polynomial> = fc
  .array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.array(fc.constantFrom(...NAMES), { maxLength: 3 })), {
    maxLength: 5,
  })
  .map(parts => plus(...parts.map(([c, names]) => names.reduce((p: Polynomial, name) => times(p, name), integer(c)))));
const points = fc
  .record(Object.fromEntries(NAMES.map(name => [name, fc.integer({ min: -9, max: 9 })])))
  .map(values => new Map(Object.entries(values) as [string, number][]));

describe("polynomials", () => {
  test("have one key for one function, and are a commutative ring", () => {
    fc.assert(
      fc.property(polynomials, polynomials, polynomials, (p, q, r) => {
        const pairs: readonly (readonly [Polynomial, Polynomial])[] = [
          [plus(p, q), plus(q, p)],
          [times(p, q), times(q, p)],
          [times(p, plus(q, r)), plus(times(p, q), times(p, r))],
          [times(times(p, q), r), times(p, times(q, r))],
          [plus(plus(p, q), r), plus(p, plus(q, r))],
          [minus(plus(p, q), q), p],
          [plus(p, negative(p)), ZERO],
          [minus(p, q), negative(minus(q, p))],
        ];
        for (const [x, y] of pairs) expect(x.key).toBe(y.key);
      }),
    );
  });
  test("evaluate as they are written", () => {
    fc.assert(
      fc.property(polynomials, polynomials, points, (p, q, at) => {
        expect(valueAt(plus(p, q), at)).toBe(valueAt(p, at) + valueAt(q, at));
        expect(valueAt(times(p, q), at)).toBe(valueAt(p, at) * valueAt(q, at) + 0);
        expect(valueAt(minus(p, q), at)).toBe(valueAt(p, at) - valueAt(q, at));
      }),
    );
  });
  test("substitute all names at once", () => {
    fc.assert(
      fc.property(polynomials, polynomials, polynomials, points, (p, q, r, at) => {
        const exchanged = substitute(
          p,
          new Map([
            ["a", q],
            ["b", r],
          ]),
        );
        expect(valueAt(exchanged, at)).toBe(valueAt(p, new Map([...at, ["a", valueAt(q, at)], ["b", valueAt(r, at)]])));
      }),
    );
    const swap = new Map([
      ["a", named("b")],
      ["b", named("a")],
    ]);
    expect(substitute(minus("a", "b"), swap).key).toBe(minus("b", "a").key);
  });
  test("different functions have different keys", () => {
    fc.assert(
      fc.property(polynomials, polynomials, (p, q) => {
        const grid = [-3, -1, 0, 1, 2, 5];
        const agree = grid.every(a =>
          grid.every(b =>
            grid.every(c => {
              const at = new Map<string, number>([
                ["a", a],
                ["b", b],
                ["T", c],
                ["constructor", a + 2 * b - c + 11],
              ]);
              return valueAt(p, at) === valueAt(q, at);
            }),
          ),
        );
        // A polynomial that vanishes on the grid need not be 0, but equal keys must agree.
        if (p.key === q.key) expect(agree).toBe(true);
        if (!agree) expect(p.key).not.toBe(q.key);
      }),
      { numRuns: 50 },
    );
  });
  test("tell their coefficients", () => {
    fc.assert(
      fc.property(polynomials, points, (p, at) => {
        const c = coefficientOf(p, "a");
        if (c !== undefined) {
          const [zero, one] = [0, 1].map(x => valueAt(p, new Map([...at, ["a", x]]))) as [number, number];
          expect(one - zero).toBe(c);
        }
        expect(constantPart(p)).toBe(valueAt(p, new Map(NAMES.map(name => [name, 0]))));
        expect(constantValue(p) === undefined).toBe(namesIn(p).length > 0);
        const only = soleName(p);
        if (only !== undefined) expect(p.key).toBe(named(only).key);
      }),
    );
  });
  test("refuse numbers beyond exact integers", () => {
    let p = integer(3);
    expect(() => {
      for (let i = 0; i < 10; i++) p = times(p, p);
    }).toThrow(/exact integers/u);
  });
});

test("a name without letters is a mistake of ours", () => {
  expect(() => named("")).toThrow(/without letters/u);
});
