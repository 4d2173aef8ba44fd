// Matching is modulo what the table says of ops, so what it says must hold where derivations are checked.
import { expect, test } from "vitest";
import { exactlyEqual } from "../../src/exact/equal.ts";
import { OPS } from "../../src/ops/index.ts";

const SQUARE = { A: "n n", B: "n n", C: "n n" };
const SIDES = {
  associative: (op: string) => [`${op}(${op}(A, B), C)`, `${op}(A, ${op}(B, C))`],
  commutative: (op: string) => [`${op}(A, B)`, `${op}(B, A)`],
} as const;

const rows = OPS.filter(op => op.args.length === 2).flatMap(({ name, laws }) =>
  (laws ?? []).map(law => [`${name} is ${law}`, SIDES[law](name)] as const),
);

test.each(rows)("%s", (_, [left, right]) => {
  expect(exactlyEqual(left as string, right as string, SQUARE)).toBe(true);
});

test("a claim that does not hold is noticed", () => {
  expect(exactlyEqual("subtract(subtract(A, B), C)", "subtract(A, subtract(B, C))", SQUARE)).toBe(false);
  expect(exactlyEqual("max(max(A, B), C)", "max(A, max(B, C))", SQUARE)).toBe(false);
  expect(exactlyEqual("matmul(A, B)", "matmul(B, A)", SQUARE)).toBe(false);
});
