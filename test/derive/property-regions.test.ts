/** Splitting ranges into regions, against every integer point. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DiagnosticError } from "../../src/base/diagnostic.ts";
import {
  eliminate,
  fixedIndices,
  isEmpty,
  onlyFixed,
  reduceDomain,
  splitRegions,
  type ValidFrom,
} from "../../src/derive/regions.ts";
import { type Domain, domain, intersect, interval } from "../../src/expr/domain.ts";
import { named, plus, times } from "../../src/expr/polynomial.ts";
import { holds, integerAt } from "./brute.ts";

const SIZES = new Map([
  ["T", 1],
  ["n", 1],
]);
const INDICES = ["i", "j"];
const slope = fc.constantFrom(-1, 0, 0, 1);
const condition = fc
  .tuple(slope, slope, slope, fc.constantFrom(-1, 0, 0, 0, 1), fc.integer({ min: -3, max: 4 }))
  .map(([a, b, c, d, e]) => plus(times(a, "i"), times(b, "j"), times(c, "T"), times(d, "n"), e));
const some: fc.Arbitrary<Domain> = fc.array(condition, { maxLength: 4 }).map(domain);
const wholes: fc.Arbitrary<Domain> = fc.constantFrom(
  intersect(interval("i", 1, "T"), interval("j", 0, "T")),
  intersect(interval("i", 0, plus("T", 1)), interval("j", "i", plus("T", 1))),
  intersect(interval("i", -1, "T"), interval("j", 1, "n")),
  intersect(interval("i", 0, "j"), interval("j", 1, plus("T", "n"))),
);

const at = (T: number, n: number): readonly ReadonlyMap<string, number>[] =>
  Array.from({ length: 10 }, (_, i) => i - 2).flatMap(i =>
    Array.from(
      { length: 10 },
      (_, j) =>
        new Map([
          ["i", i],
          ["j", j - 2],
          ["T", T],
          ["n", n],
        ]),
    ),
  );
const POINTS = [1, 2, 3, 5].flatMap(T => [1, 3].flatMap(n => at(T, n)));
const covered = (from: ValidFrom, point: ReadonlyMap<string, number>): boolean =>
  [...from].every(([name, least]) => (point.get(name) as number) >= least);
const RUNS = { numRuns: Number(process.env.GRADNOTE_RUNS ?? 60) };

describe("regions", () => {
  test("are disjoint, cover the whole and hold the right items, from the horizons on that are told", () => {
    fc.assert(
      fc.property(wholes, fc.array(some, { maxLength: 3 }), fc.boolean(), (whole, items, always) => {
        const from: ValidFrom = new Map();
        const parts = items.map((over, item) => ({ over, item }));
        try {
          const regions = splitRegions(whole, INDICES, parts, SIZES, always ? undefined : from);
          for (const point of POINTS) {
            if (!covered(from, point)) continue;
            const here = regions.filter(region => holds(region.over, point));
            expect(here).toHaveLength(holds(whole, point) ? 1 : 0);
            if (here[0]) expect(here[0].items).toEqual(parts.filter(p => holds(p.over, point)).map(p => p.item));
          }
        } catch (error) {
          if (!(error instanceof DiagnosticError) || error.diagnostic.code !== "D003") throw error;
        }
      }),
      RUNS,
    );
  });
  test("that are called empty are empty", () => {
    let empty = 0;
    fc.assert(
      fc.property(wholes, some, fc.boolean(), (whole, d, always) => {
        const from: ValidFrom = new Map();
        if (!isEmpty(intersect(whole, d), INDICES, SIZES, always ? undefined : from)) return;
        empty++;
        for (const point of POINTS)
          if (covered(from, point) && holds(whole, point)) expect(holds(d, point)).toBe(false);
      }),
      { numRuns: 250 },
    );
    expect(empty).toBeGreaterThan(20);
  });
  test("lose only conditions that follow", () => {
    fc.assert(
      fc.property(some, wholes, (d, given) => {
        const reduced = reduceDomain(d, given, SIZES);
        for (const point of POINTS) if (holds(given, point)) expect(holds(reduced, point)).toBe(holds(d, point));
      }),
      RUNS,
    );
  });
  test("project to what some value of the index satisfies", () => {
    fc.assert(
      fc.property(wholes, some, (whole, d) => {
        const all = intersect(whole, d);
        const shadow = { where: eliminate(all, ["j"]) };
        for (const point of POINTS) if (holds(all, point)) expect(holds(shadow, point)).toBe(true);
      }),
      RUNS,
    );
  });
  test("fix an index only where it has that value", () => {
    fc.assert(
      fc.property(wholes, fc.array(condition, { minLength: 1, maxLength: 2 }), (whole, equalities) => {
        const d = intersect(whole, domain(equalities.flatMap(e => [e, times(-1, e)])));
        const fixed = fixedIndices(d, INDICES);
        const from: ValidFrom = new Map();
        const short = onlyFixed(d, INDICES, fixed, SIZES, from);
        for (const value of fixed.values()) for (const name of fixed.keys()) expect(value.key).not.toContain(name);
        for (const point of POINTS) {
          if (holds(d, point)) for (const [name, value] of fixed) expect(integerAt(value, point)).toBe(point.get(name));
          if (covered(from, point)) expect(holds(short, point)).toBe(holds(d, point));
        }
      }),
      RUNS,
    );
  });
});

test("a name that is no size is an index", () => {
  expect(isEmpty(domain([plus(named("q"), -3), plus(times(-1, "q"), 1)]), ["q"], SIZES, undefined)).toBe(true);
});
