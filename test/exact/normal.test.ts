import { expect, test } from "vitest";
import { normalDensity, normalDistribution } from "../../src/exact/normal.ts";
import { realNumbers } from "../../src/replay/numbers.ts";

// Abramowitz and Stegun 1964, Handbook of Mathematical Functions, tables 26.1 and 26.2.
test.each([
  [0, 0.5],
  [1, 0.841344746068543],
  [-1, 0.158655253931457],
  [2.5, 0.99379033467422],
  [3, 0.99865010196837],
  [-3, 0.00134989803163],
])("Φ(%f) is %f", (x, value) => {
  expect(Math.abs(normalDistribution(x) - value)).toBeLessThan(1e-14);
});

test("tails keep their digits", () => {
  // -log10 Q(x) of the same book, table 26.2.
  for (const [x, digits] of [
    [5, 6.54265],
    [10, 23.11805],
    [30, 197.30921],
  ] as const)
    expect(-Math.log10(normalDistribution(-x))).toBeCloseTo(digits, 5);
  expect(normalDistribution(-40)).toBeGreaterThanOrEqual(0);
  expect(normalDistribution(Number.POSITIVE_INFINITY)).toBe(1);
  expect(normalDistribution(Number.NaN)).toBeNaN();
});

test("the density is the derivative, also where series and continued fraction meet", () => {
  for (const x of [-8, -3.00001, -3, -2.99999, -0.5, 0, 1.5, 3, 6]) {
    const slope = (normalDistribution(x + 1e-4) - normalDistribution(x - 1e-4)) / 2e-4;
    expect(Math.abs(slope - normalDensity(x))).toBeLessThan(1e-8 * (1 + normalDensity(x)));
  }
});

test("the replay's own integral agrees", () => {
  const { named } = realNumbers(() => undefined);
  for (const x of [-6, -2, -0.3, 0, 1, 4]) expect(named("normal", x)).toBeCloseTo(normalDistribution(x), 12);
});
