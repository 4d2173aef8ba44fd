import { expect, test } from "vitest";
import { InternalError } from "../../src/base/diagnostic.ts";
import { derive } from "../../src/derive/index.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { FAULTS, type Fault } from "./faults.ts";
import { traitsOf } from "./histogram.ts";
import { seedsOf } from "./run.ts";
import { randomSystem } from "./systems.ts";

/** How many systems of the run a fault may pass unseen among those that hold its op. */
const PATIENCE = 120;

/** The first system of the run whose derivation is found wrong. */
const foundBy = ({ op, plant }: Fault): number | undefined => {
  let tried = 0;
  for (const seed of seedsOf(0, 1, 10_000)) {
    const system = randomSystem(seed);
    if (op) {
      const { inner, outer } = traitsOf(system);
      if (!inner.has(op) && !outer.has(op)) continue;
    }
    if (++tried > PATIENCE) return undefined;
    try {
      const derivation = plant(() => derive(system));
      const { verdict } = checkDerivation(derivation, {
        assignments: 1,
        seeds: [seed],
        longest: 5,
        lines: "none",
        largestBound: Number.POSITIVE_INFINITY,
      });
      if (verdict === "disagrees") return seed;
    } catch (error) {
      // A fault that makes an ill-shaped term is found at once, by the shapes.
      if (error instanceof InternalError) return seed;
      throw error;
    }
  }
  return undefined;
};

test("there are at least 40 faults, each with a name of its own", () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(40);
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
});

test.each(FAULTS.map(fault => [fault.name, fault] as const))("%s: found", (_, fault) => {
  expect(foundBy(fault)).toBeDefined();
});

test("without a fault nothing is found in the same systems", () => {
  const none: Fault = { name: "none", plant: run => run() };
  expect(foundBy(none)).toBeUndefined();
});
