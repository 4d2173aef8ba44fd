import { describe, expect, test } from "vitest";
import { exactlyEqual } from "../../src/exact/equal.ts";

describe("terms that are equal", () => {
  test.each<[string, string, Record<string, string>]>([
    ["(A * B)'", "B' * A'", { A: "m k", B: "k n" }],
    ["A * (B * C)", "(A * B) * C", { A: "m k", B: "k n", C: "n q" }],
    ["A^k * A", "A^(k + 1)", { A: "n n" }],
    ["A^k * A^j", "A^(j + k)", { A: "n n" }],
    ["sum(s, 0, k, A^s) * (identity(n) - A)", "identity(n) - A^(k + 1)", { A: "n n" }],
    ["sum(t, 1, k, sum(s, t, k, s * A))", "sum(s, 1, k, (s * s) * A)", { A: "n n" }],
    ["product(s, 1, k, A * B)", "(A * B)^k", { A: "n n", B: "n n" }],
    ["diag(v) * A", "(v * ones(1, n)) .* A", { v: "m", A: "m n" }],
    ["inner(A, B)", "inner(ones(m, 1), A .* B * ones(n, 1))", { A: "m n", B: "m n" }],
    ["norm(c * A)", "sqrt(c * c) * norm(A)", { A: "m n", c: "1" }],
    ["sqrt(v .* v)", "v .* step(v) - v .* step(-v)", { v: "n" }],
    ["norm(A) * norm(A)", "squarednorm(A)", { A: "m n" }],
    ["tanh(-A)", "-tanh(A)", { A: "m n" }],
    ["logistic(-A)", "ones(m, n) - logistic(A)", { A: "m n" }],
    ["(c / d) * A", "c * A / d", { A: "m n", c: "1", d: "1" }],
    ["A .^ 3 ./ A", "A .* A", { A: "m n" }],
    ["outer(a, b)'", "outer(b, a)", { a: "m", b: "n" }],
    ["diagonal(A * B)", "A .* B' * ones(k, 1)", { A: "m k", B: "k m" }],
  ])("%s = %s", (left, right, where) => expect(exactlyEqual(left, right, where)).toBe(true));
});

describe("terms that are not", () => {
  test.each<[string, string, Record<string, string>]>([
    ["A * B", "B * A", { A: "n n", B: "n n" }],
    ["A", "A'", { A: "n n" }],
    ["A^k", "A^(k + 1)", { A: "n n" }],
    ["relu(A)", "A", { A: "m n" }],
    ["sqrt(v .* v)", "v", { v: "n" }],
    ["exp(A)", "A", { A: "m n" }],
    ["sum(s, 0, k, A^s)", "sum(s, 1, k, A^s)", { A: "n n" }],
    ["product(s, 1, k, A^s * B)", "reversedproduct(s, 1, k, A^s * B)", { A: "n n", B: "n n" }],
    ["2 * A", "3 * A", { A: "m n" }],
    ["diag(v)", "v * ones(1, n)", { v: "n" }],
  ])("%s ≠ %s", (left, right, where) => expect(exactlyEqual(left, right, where)).toBe(false));
});

test("what is supposed of a matrix is used, and only then", () => {
  expect(exactlyEqual("A", "A'", { A: "n n" }, { suppose: { A: "symmetric" } })).toBe(true);
  expect(exactlyEqual("A * B", "B * A", { A: "n n", B: "n n" }, { suppose: { A: "diagonal", B: "diagonal" } })).toBe(
    true,
  );
});

test("an exponent that may be 0 is told from one that may not", () => {
  const [left, right, where] = ["A^k", "A * A^(k - 1)", { A: "n n" }] as const;
  expect(() => exactlyEqual(left, right, where)).toThrow("an exponent of a power is -1");
  expect(exactlyEqual(left, right, where, { integers: { k: [1, 5] } })).toBe(true);
});
