// Index domains at given sizes: which points lie inside.
import { describe, expect, test } from "vitest";
import { isInside, pointsOf, polynomialAt, polytopeAt, regionOf } from "../../src/exact/region.ts";
import { domain } from "../../src/expr/domain.ts";
import { minus, type Polynomial, plus, times } from "../../src/expr/polynomial.ts";
import { readSize } from "../../src/shape/signature.ts";

const size = (name: string): number | undefined => ({ n: 4, T: 3 })[name];
const read = (text: string): Polynomial => {
  const [factor = "", name] = text.split(" * ");
  return name ? times(Number(factor), name) : readSize(text);
};
/** Conditions a ≤ b. */
const polytope = (indices: readonly string[], conditions: readonly (readonly [low: string, high: string])[]) =>
  polytopeAt(regionOf(domain(conditions.map(([low, high]) => minus(read(high), read(low)))), indices), size);
const points = (...given: Parameters<typeof polytope>): string =>
  pointsOf(polytope(...given))
    .map(point => point.join())
    .join(" ");

describe("points", () => {
  test.each<[points: string, indices: string, conditions: string]>([
    ["1 2 3", "t", "1 <= t, t <= T"],
    ["2 3", "t", "t <= T, 2 <= t"],
    ["", "t", "2 <= t, t <= 1"],
    ["1", "t", "1 <= t, t <= 1"],
    ["-1 0 1", "t", "-1 <= t, t <= 1"],
    ["2 3", "t", "3 <= 2 * t, 2 * t <= 7"],
    ["-3 -2", "t", "-7 <= 2 * t, 2 * t <= -3"],
    ["1,1 1,2 1,3 2,2 2,3 3,3", "s t", "1 <= s, s <= t, t <= T"],
    ["1,1 2,1 2,2 3,1 3,2 3,3", "s t", "1 <= t, t <= s, s <= T"],
    ["1,2 2,1", "s t", "1 <= s, 1 <= t, s+t <= 3, 3 <= s+t"],
    ["1,1,3 1,2,3 2,2,3", "r s t", "1 <= r, r <= s, s <= t-1, t <= T, 3 <= t"],
    ["3,3,3,3", "q r s t", "q <= T, r <= q, s <= r, t <= s, T <= t"],
    ["", "s t", "1 <= s, s <= t, t <= 0"],
    ["", "s t", "1 <= t, t <= 2, s <= t, 3 <= s"],
    // Two at a time.
    ["0,0 1,2 2,4", "s t", "2 * s <= t, t <= 2 * s, 0 <= s, t <= n"],
  ])("%s", (expected, indices, conditions) => {
    const list = conditions.split(", ").map(condition => condition.split(" <= ") as [string, string]);
    expect(points(indices.split(" "), list)).toBe(expected);
    expect(points(indices.split(" "), [...list].reverse())).toBe(expected);
  });

  test("of no index: one, where sizes fulfil the conditions", () => {
    expect(pointsOf(polytope([], [["T", "n"]]))).toEqual([[]]);
    expect(pointsOf(polytope([], [["n", "T"]]))).toEqual([]);
  });

  test("do not exist without bounds", () => {
    expect(() => points(["t"], [["1", "t"]])).toThrow("an index has no bound");
    expect(() => points(["t"], [["t", "1"]])).toThrow("an index has no bound");
    expect(() =>
      points(
        ["s", "t"],
        [
          ["1", "s"],
          ["s", "T"],
        ],
      ),
    ).toThrow("an index has no bound");
    // Narrowed again and again, but never to nothing.
    const endless = [
      ["s+1", "t"],
      ["t", "s"],
      ["0", "s"],
    ] as const;
    expect(() => points(["s", "t"], endless)).toThrow("an index has no bound");
  });

  test("beyond a bound that shrinks by one at a time are few", () => {
    expect(
      points(
        ["s", "t"],
        [
          ["s+1", "t"],
          ["t", "s"],
          ["0", "s"],
          ["t", "2 * n"],
        ],
      ),
    ).toBe("");
  });
});

test("a point is inside where every condition holds, also with equality", () => {
  const triangle = polytope(
    ["s", "t"],
    [
      ["1", "s"],
      ["s", "t"],
      ["t", "T"],
    ],
  );
  expect(triangle).toMatchObject({ rank: 2 });
  expect(
    [
      [1, 1],
      [3, 3],
      [0, 1],
      [2, 1],
      [1, 4],
    ].map(point => isInside(triangle, point)),
  ).toEqual([true, true, false, false, false]);
});

test("polynomials have values where every name has one", () => {
  expect(polynomialAt(plus(times(times("n", "n"), times(3, "T")), minus("T", 5)), size)).toBe(4 * 4 * 3 * 3 + 3 - 5);
  expect(polynomialAt(minus(2, 2), size)).toBe(0);
  expect(() => polynomialAt(times("n", "m"), size)).toThrow("nothing gives m a value");
  expect(() => polytopeAt(regionOf(domain([minus("m", "t")]), ["t"]), size)).toThrow("nothing gives m a value");
});

test("conditions are affine in the indices", () => {
  expect(() => regionOf(domain([times("t", "t")]), ["t"])).toThrow("is not affine in t");
  expect(regionOf(domain([minus(times("n", "n"), times(2, "t"))]), ["s", "t"]).rows).toMatchObject([
    { coefficients: [0, -2], rest: { key: times("n", "n").key } },
  ]);
});
