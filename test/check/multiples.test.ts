// Multiples of a gradient, and the sign of the factor.
import { describe, expect, test } from "vitest";
import { differenceOf, isMultiple, isUphill, withoutDecay } from "../../src/check/multiples.ts";
import { Witness } from "../../src/exact/witness.ts";
import type { Node } from "../../src/expr/node.ts";
import { readTerm } from "../../src/term/read.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";

const system = readSystem(`
  system fit
  A: n d data
  y: n data
  w: d parameter
  c: 1 parameter
  r: n
  L: 1
  r = A * w - c * y
  L = 1/2 * (r' * r)
  objective L
`);
const witness = new Witness(system);
const symbols = new Map([...system.symbols].map(([name, { node }]) => [name, node]));
const read = (text: string): Node => readTerm(text, { symbols, functions: system.functions });
const BY_W = read("partial(L, w)");
const BY_C = read("partial(L, c)");

describe("of an array, by any factor", () => {
  test.each([
    ["A' * r", true],
    ["-(A' * r)", true],
    ["c * (A' * r)", true],
    ["(y' * y) * (A' * r)", true],
    ["A' * y", false],
    ["w .* (A' * r)", false],
    ["0 * w", false],
    ["y", false],
    ["A", false],
  ])("%s", (text, is) => expect(isMultiple(witness, read(text), BY_W)).toBe(is));
});

describe("of a number, by one that is made of a number and a size", () => {
  test.each([
    ["-(y' * r)", true],
    ["y' * r", true],
    ["2 * (y' * r)", true],
    ["-1/2 * (y' * r)", true],
    ["n * (y' * r)", true],
    ["(y' * r) / d", true],
    ["2 * (y' * r) / n", true],
    ["3 * (y' * r)", false],
    ["c * (y' * r)", false],
    ["y' * y", false],
  ])("%s", (text, is) => expect(isMultiple(witness, read(text), BY_C)).toBe(is));
});

describe("uphill", () => {
  test.each([
    ["A' * r", true],
    ["2 * (A' * r)", true],
    ["1/2 * (A' * r)", true],
    ["n * (A' * r)", true],
    ["(A' * r) / n", true],
    ["-(A' * r)", false],
    ["-2 * (A' * r)", false],
    ["c * (A' * r)", false],
  ])("%s", (text, is) => expect(isUphill(witness, read(text), BY_W)).toBe(is));
});

describe("without decay", () => {
  test.each([
    ["-(A' * r) - w", true],
    ["-(A' * r) - 2 * w", true],
    ["-(A' * r) - 1/2 * w", true],
    ["-(A' * r) - w / n", true],
    ["-(A' * r) + w", false],
    ["-(A' * r) - 3 * w", false],
  ])("%s", (text, is) => {
    const rest = withoutDecay(witness, read(text), read("w"), BY_W);
    expect(rest !== undefined).toBe(is);
    if (rest) expect(isMultiple(witness, rest, BY_W)).toBe(true);
  });
});

test("a difference", () => expect(showTerm(differenceOf(read("w"), BY_W))).toBe("w - partial(L, w)"));
