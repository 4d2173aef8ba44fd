import { describe, expect, test } from "vitest";
import { interval } from "../../src/expr/domain.ts";
import { minus, named, type Polynomial, plus, times, valueAt } from "../../src/expr/polynomial.ts";
import { always, isEmpty, project, reduce } from "../../src/schedule/affine.ts";
import { Chance } from "../random/chance.ts";

const NAMES = ["t", "s", "T"];
const LARGEST = 5;

/** Every point with entries from -LARGEST to LARGEST. */
const POINTS: readonly ReadonlyMap<string, number>[] = (() => {
  const range = Array.from({ length: 2 * LARGEST + 1 }, (_, i) => i - LARGEST);
  return range.flatMap(t =>
    range.flatMap(s =>
      range.map(
        T =>
          new Map([
            ["t", t],
            ["s", s],
            ["T", T],
          ]),
      ),
    ),
  );
})();

const holds = (conditions: readonly Polynomial[], at: ReadonlyMap<string, number>): boolean =>
  conditions.every(c => valueAt(c, at) >= 0);

/** The box of POINTS, as conditions. */
const BOX = NAMES.flatMap(name => interval(name, -LARGEST, LARGEST).where);

const randomConditions = (chance: Chance): readonly Polynomial[] =>
  Array.from({ length: 1 + chance.below(4) }, () =>
    plus(...NAMES.map(name => times(chance.below(5) - 2, name)), chance.below(9) - 4),
  );

describe("random affine conditions, against every point of a box", () => {
  test("what is called empty has no point, and what has no point is mostly called empty", () => {
    const chance = new Chance(1);
    let [empty, found] = [0, 0];
    for (let round = 0; round < 300; round++) {
      const conditions = [...BOX, ...randomConditions(chance)];
      const none = !POINTS.some(at => holds(conditions, at));
      const proved = isEmpty(conditions);
      if (proved) expect(none).toBe(true);
      if (none) empty++;
      if (proved) found++;
    }
    expect(empty).toBeGreaterThan(10);
    expect(found / empty).toBeGreaterThan(0.9);
  });

  test("what is said to hold always holds at every point", () => {
    const chance = new Chance(2);
    let count = 0;
    for (let round = 0; round < 300; round++) {
      const given = [...BOX, ...randomConditions(chance)];
      const [claim] = randomConditions(chance) as [Polynomial];
      if (!always(given, claim)) continue;
      count++;
      expect(POINTS.filter(at => holds(given, at)).every(at => valueAt(claim, at) >= 0)).toBe(true);
    }
    expect(count).toBeGreaterThan(20);
  });

  test("projecting keeps every point, and reducing changes none", () => {
    const chance = new Chance(3);
    for (let round = 0; round < 100; round++) {
      const conditions = [...BOX, ...randomConditions(chance)];
      const projected = project(conditions, ["s"]);
      const reduced = reduce(conditions, []);
      expect(projected.some(c => c.monomials.some(m => m.names.includes("s")))).toBe(false);
      for (const at of POINTS) {
        if (holds(conditions, at)) expect(holds(projected, at)).toBe(true);
        expect(holds(reduced, at)).toBe(holds(conditions, at));
      }
    }
  });
});

test("products of sizes are unknowns of their own", () => {
  expect(isEmpty([minus(times("m", "n"), 3), minus(2, times("m", "n"))])).toBe(true);
  expect(isEmpty([minus(times("m", "n"), 3), minus(2, named("m"))])).toBe(false);
});
