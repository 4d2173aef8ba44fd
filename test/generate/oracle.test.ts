import { describe, expect, test } from "vitest";
import type { Derivation } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import type { System } from "../../src/expr/system.ts";
import { readSystem } from "../../src/term/system.ts";
import { randomSystem } from "../random/systems.ts";
import { CORPUS } from "../systems/corpus.ts";
import type { Sizes } from "./model.ts";
import { differences } from "./oracle.ts";

/** Horizons as given, every other size another small number. */
const sizesOf = (system: System, horizon: number): Sizes => {
  let next = 2;
  return Object.fromEntries(
    [...system.sizes.values()].map(({ name, role, least }) => [
      name,
      role === "horizon" ? Math.max(least, horizon) : next++,
    ]),
  );
};

describe.each(Object.keys(CORPUS))("%s", name => {
  const system = readSystem(CORPUS[name] as string);
  const derivation = derive(system);
  test.each([1, 2, 5])("values and gradients at horizon %i are those of the evaluator", horizon => {
    expect(differences(derivation, system, sizesOf(system, horizon), horizon)).toEqual([]);
  });
});

test("80 random systems compute what the evaluator computes", () => {
  const wrong: string[] = [];
  let finite = 0;
  for (let seed = 1; seed <= 80; seed++) {
    const system = randomSystem(seed);
    const derivation: Derivation = derive(system);
    const found = differences(derivation, system, sizesOf(system, 2 + (seed % 3)), seed);
    if (found) finite++;
    wrong.push(...(found ?? []).map(text => `seed ${seed}: ${text}`));
  }
  expect(wrong).toEqual([]);
  expect(finite).toBeGreaterThan(30);
});
