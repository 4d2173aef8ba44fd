import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Affine,
  boundsOf,
  contains,
  type Domain,
  domain,
  equalityOf,
  implies,
  intersect,
  interval,
  NOWHERE,
  rangeAt,
  sameDomain,
  solveFor,
  substituteDomain,
} from "../../src/expr/domain.ts";
import { integer, minus, named, plus, substitute, times, valueAt } from "../../src/expr/polynomial.ts";

const slope = fc.constantFrom(-1, 0, 1);
/** a i + b j + c T + d with a, b in {-1, 0, 1}. */
const conditions: fc.Arbitrary<Affine> = fc
  .tuple(slope, slope, slope, fc.integer({ min: -4, max: 4 }))
  .map(([a, b, c, d]) => plus(times(a, "i"), times(b, "j"), times(c, "T"), d));
const domains: fc.Arbitrary<Domain> = fc.array(conditions, { maxLength: 5 }).map(domain);

const POINTS: readonly ReadonlyMap<string, number>[] = [1, 2, 3, 5].flatMap(T =>
  [-6, -2, -1, 0, 1, 2, 3, 6].flatMap(i =>
    [-6, -2, -1, 0, 1, 2, 3, 6].map(
      j =>
        new Map([
          ["i", i],
          ["j", j],
          ["T", T],
        ]),
    ),
  ),
);

describe("domains", () => {
  test("intersect as sets", () => {
    fc.assert(
      fc.property(domains, domains, (a, b) => {
        for (const at of POINTS) expect(contains(intersect(a, b), at)).toBe(contains(a, at) && contains(b, at));
        expect(sameDomain(intersect(a, b), intersect(b, a))).toBe(true);
        expect(sameDomain(intersect(a, a), a)).toBe(true);
      }),
    );
  });
  test("are nowhere when a constant condition fails", () => {
    expect(domain([integer(-1), named("i")])).toBe(NOWHERE);
    expect(domain([integer(0), integer(7)]).where).toEqual([]);
  });
  test("bounds of an index and the rest say the same as the domain", () => {
    fc.assert(
      fc.property(domains, d => {
        const { lower, upper, rest } = boundsOf(d, "i");
        for (const at of POINTS) {
          const i = at.get("i") as number;
          const inside =
            lower.every(lo => i >= valueAt(lo, at)) && upper.every(hi => i <= valueAt(hi, at)) && contains(rest, at);
          expect(inside).toBe(contains(d, at));
        }
      }),
    );
  });
  test("the range of an index is every integer point on its line", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), slope, fc.integer({ min: -9, max: 9 })), { maxLength: 4 }),
        fc.integer({ min: -5, max: 5 }),
        (rows, j) => {
          const box = interval("i", -20, 20);
          const d = intersect(box, domain(rows.map(([a, b, c]) => plus(times(a, "i"), times(b, "j"), c))));
          const expected = Array.from({ length: 41 }, (_, k) => k - 20).filter(i =>
            contains(
              d,
              new Map([
                ["i", i],
                ["j", j],
              ]),
            ),
          );
          const [lo, hi] = rangeAt(d, "i", new Map([["j", j]]));
          expect(Array.from({ length: Math.max(0, hi - lo + 1) }, (_, k) => lo + k)).toEqual(expected);
        },
      ),
    );
  });
  test("a solved index map hits its target", () => {
    fc.assert(
      fc.property(conditions, conditions, (map, target) => {
        const value = solveFor(map, "i", target);
        if (value) expect(substitute(map, new Map([["i", value]])).key).toBe(target.key);
        else expect(map.key.includes("i")).toBe(false);
      }),
    );
    expect(solveFor(times(2, "i"), "i", named("j"))).toBeUndefined();
  });
  test("what is implied holds everywhere in the domain", () => {
    let [yes, no] = [0, 0];
    fc.assert(
      fc.property(domains, conditions, (d, c) => {
        if (implies(d, c)) {
          yes++;
          for (const at of POINTS) if (contains(d, at)) expect(valueAt(c, at)).toBeGreaterThanOrEqual(0);
        } else no++;
      }),
      { numRuns: 500 },
    );
    expect(Math.min(yes, no)).toBeGreaterThan(20);
  });
  test("substitution moves the points", () => {
    fc.assert(
      fc.property(domains, conditions, (d, value) => {
        const moved = substituteDomain(d, new Map([["i", value]]));
        for (const at of POINTS)
          expect(contains(moved, at)).toBe(contains(d, new Map([...at, ["i", valueAt(value, at)]])));
      }),
    );
  });
  test("equalities hold where both sides are equal", () => {
    fc.assert(
      fc.property(conditions, conditions, (a, b) => {
        const d = domain(equalityOf(a, b));
        for (const at of POINTS) expect(contains(d, at)).toBe(valueAt(minus(a, b), at) === 0);
      }),
    );
  });
});
