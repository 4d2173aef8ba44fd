import fc from "fast-check";
import { expect, test } from "vitest";
import {
  productOf,
  rational,
  readRational,
  reciprocalOf,
  showRational,
  sumOf,
  toNumber,
} from "../../src/expr/rational.ts";

const big = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

test("rationals are a field in lowest terms", () => {
  fc.assert(
    fc.property(big, big, big, (a, b, c) => {
      const [x, y] = [rational(a, c === 0n ? 1n : c), rational(b, 7n)];
      expect(sumOf(x, y)).toEqual(sumOf(y, x));
      expect(productOf(x, sumOf(y, y))).toEqual(sumOf(productOf(x, y), productOf(x, y)));
      if (a !== 0n) expect(productOf(x, reciprocalOf(x))).toEqual(rational(1));
      expect(readRational(showRational(x))).toEqual(x);
    }),
  );
});

test.each([
  ["0.1", 0.1],
  ["-12.50", -12.5],
  ["1e-3", 0.001],
  ["1/3", 1 / 3],
  ["0", 0],
])("%s reads", (text, value) => {
  const read = readRational(text);
  expect(read && toNumber(read)).toBe(value);
});

test.each(["", "-", ".5", "1.", "1/0", "1e9999", "0x1", "NaN", "1".repeat(401)])("%j is no number", text => {
  expect(readRational(text)).toBeUndefined();
});

test.each([
  [10n ** 310n, 10n ** 5n, 1e305],
  [10n ** 5n, 10n ** 310n, 1e-305],
  [10n ** 400n, 10n ** 399n, 10],
  [-(10n ** 5000n), 10n ** 4999n, -10],
  [1n, 10n ** 400n, 0],
  [10n ** 400n, 1n, Number.POSITIVE_INFINITY],
  [-(10n ** 9000n), 1n, Number.NEGATIVE_INFINITY],
  [0n, 10n ** 400n, 0],
])("numbers longer than a double still have the right ratio", (numerator, denominator, expected) => {
  const value = toNumber(rational(numerator, denominator));
  if (expected === 0 || !Number.isFinite(expected)) expect(value).toBe(expected);
  else expect(value / expected).toBeCloseTo(1, 14);
});
