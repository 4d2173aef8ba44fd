import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/exact/sample.ts";
import { readSystem } from "../../src/term/system.ts";

const NAMES = ["a", "b", "c", "d", "e", "f"];

const systemWith = (count: number): ReturnType<typeof readSystem> => {
  const names = NAMES.slice(0, count);
  return readSystem(
    [
      ...names.map(name => `v_${name}: ${name} parameter`),
      "L: 1",
      `L = ${names.map(name => `squarednorm(v_${name})`).join(" + ")}`,
    ].join("\n"),
  );
};

describe.each(NAMES.map((_, i) => i + 1))("with %i sizes", count => {
  const samples = samplesOf(systemWith(count), 5, {});

  test("every size has several values", () => {
    for (const name of NAMES.slice(0, count))
      expect(new Set(samples.map(({ sizes }) => sizes.get(name))).size, name).toBeGreaterThan(1);
  });

  test("all sizes of a sample differ and are at least 2", () => {
    for (const { sizes } of samples) {
      const values = NAMES.slice(0, count).map(name => sizes.get(name) as number);
      expect(new Set(values).size).toBe(count);
      expect(Math.min(...values)).toBeGreaterThan(1);
    }
  });

  test("there are three assignments", () => {
    expect(new Set(samples.map(({ sizes }) => JSON.stringify([...sizes]))).size).toBe(3);
  });
});
