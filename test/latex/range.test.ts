import { expect, test } from "vitest";
import { domain, intersect, interval } from "../../src/expr/domain.ts";
import { minus, plus } from "../../src/expr/polynomial.ts";
import { rational } from "../../src/expr/rational.ts";
import { powerOfTen, rationalLatex } from "../../src/latex/integers.ts";
import { indexLatex } from "../../src/latex/names.ts";
import { conditionsLatex, rangesLatex } from "../../src/latex/range.ts";

test.each([
  [interval("t", "T", "T"), "t = T"],
  [interval("t", 1, minus("T", 1)), "1 \\le t < T"],
  [interval("t", 1, "T"), "1 \\le t \\le T"],
  [interval("t", 0, 0), "t = 0"],
  [intersect(interval("t", 1, "T"), interval("t", minus("i", 2), "T")), "\\max(1, i-2) \\le t \\le T"],
  [intersect(interval("t", 1, "T"), domain([minus("T", 3)])), "1 \\le t \\le T, T \\ge 3"],
])("a domain is told as its conditions (%#)", (over, expected) => {
  expect(conditionsLatex({}, over, ["t"]).join(", ")).toBe(expected);
});

test("conditions of several indices stand in the order of the indices", () => {
  const over = intersect(interval("l", 1, "N"), interval("t", "l", "T"));
  expect(conditionsLatex({}, over, ["l", "t"]).join(", ")).toBe("1 \\le l \\le N, l \\le t \\le T");
  expect(rangesLatex({}, over, ["l", "t"])).toBe("l = 1, \\ldots, N,\\; t = l, \\ldots, T");
});

test.each([
  [minus(plus("T", "t"), "i"), "T+t-i"],
  [minus("i", "t"), "i-t"],
  [minus(1, "t"), "1-t"],
  [plus(minus("j", "n"), 1), "j-n+1"],
  [minus(0, "t"), "-t"],
])("index expressions begin with what is positive (%#)", (value, expected) => {
  expect(indexLatex({}, value)).toBe(expected);
});

test("numbers are fractions or decimals, whichever people write", () => {
  expect(rationalLatex(rational(1, 3)).text).toBe("\\frac{1}{3}");
  expect(rationalLatex(rational(1, 100)).text).toBe("0.01");
  expect(rationalLatex(rational(25, 10)).text).toBe("\\frac{5}{2}");
  expect(powerOfTen(3e-15)).toBe("10^{-14}");
});
