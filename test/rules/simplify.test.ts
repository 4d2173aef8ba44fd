import { expect, test } from "vitest";
import { Scope, symbol } from "../../src/expr/node.ts";
import { integer, named } from "../../src/expr/polynomial.ts";
import { canonical } from "../../src/rules/canonical.ts";
import { findLaw } from "../../src/rules/index.ts";
import { simplify } from "../../src/rules/simplify.ts";
import { type Names, readTerm } from "../../src/term/read.ts";
import { showTerm } from "../../src/term/show.ts";

const scope = new Scope();
const [m, n] = [named("m"), named("n")];
const names: Names = {
  symbols: new Map(
    [
      symbol(scope, "A", [m, n]),
      symbol(scope, "B", [m, n]),
      symbol(scope, "W", [n, n]),
      symbol(scope, "v", [n]),
      symbol(scope, "x", [n]),
      symbol(scope, "r", [integer(1), n]),
      symbol(scope, "lambda"),
      symbol(scope, "c"),
      symbol(scope, "h", [n], 1),
      symbol(scope, "g", [n], 1),
      symbol(scope, "a", [], 1),
      symbol(scope, "L"),
      symbol(scope, "S"),
    ].map(s => [s.name, s] as const),
  ),
  functions: new Map([
    ["phi", { kind: "elementwise", result: [] }],
    ["ell", { kind: "general", result: [] }],
  ]),
};
const read = (text: string) => readTerm(text, names);

test.each([
  ["1 * A", "A"],
  ["(2 * ((lambda / 2) * 1)) * W", "lambda * W"],
  ["(2 * (lambda / 2 * partial(L, S))) * W", "(lambda * partial(L, S)) * W"],
  ["W' * ((1 / T) * gradient(ell, 1, v, x))", "(1 / T) * (W' * gradient(ell, 1, v, x))"],
  ["(1 / T) * (2 * A)", "(2 / T) * A"],
  ["(2 * c) / 2", "c"],
  ["(6 * c) / (4 * lambda)", "(3 * c) / (2 * lambda)"],
  ["(2 * c) / (2 * T)", "c / T"],
  ["(6 * c) / (4 * T * lambda)", "(3 * c) / (2 * T * lambda)"],
  ["4 / (6 * T * lambda)", "2 / (3 * T * lambda)"],
  ["c / T - lambda / T", "(c - lambda) / T"],
  ["-(c * (A - B))", "c * (B - A)"],
  ["(c * lambda) / (c * T)", "lambda / T"],
  ["(1 / 2) * lambda", "lambda / 2"],
  ["c / (2 / 3)", "(3 * c) / 2"],
  ["(1 / 3) / c", "1 / (3 * c)"],
  ["A / c", "(1 / c) * A"],
  ["A + A + B", "2 * A + B"],
  ["A + B + A", "2 * A + B"],
  ["3 * A - A", "2 * A"],
  ["A - A", "zeros(m, n)"],
  ["A + B - A", "B"],
  ["B - A + A", "B"],
  ["-(-A) + -B", "A - B"],
  ["-A + B", "B - A"],
  ["(-2) * v + x", "x - 2 * v"],
  ["v .* (-x)", "-(v .* x)"],
  ["W * (-x)", "-(W * x)"],
  ["x * c'", "c * x"],
  ["matmul(partial(L, S) * lambda, r)", "(partial(L, S) * lambda) * r"],
  ["matmul(x, c)", "c * x"],
  ["outer(x, c)", "c * x"],
  ["(x * v')'", "v * x'"],
  ["(W' * x)'", "x' * W"],
  ["(W' * W' * x)'", "x' * W * W"],
  ["diag(v) * x", "x .* v"],
  ["W * diag(v) * W * x", "W * ((W * x) .* v)"],
  ["A .* ones(m, n) + zeros(m, n)", "A"],
  ["W * W^3", "W^4"],
  ["W^k * W^2 * x", "W^(k + 2) * x"],
  ["(W^2)^k", "W^(2*k)"],
  ["W^0 * x", "x"],
  ["lambda * lambda * lambda", "lambda .^ 3"],
  ["c .^ 1 * (c .^ 0 * v)", "c * v"],
  ["sum(t, 1, T, (1 / T) * (h[t] * g[t]'))", "(1 / T) * sum(t, 1, T, h[t] * g[t]')"],
  ["sum(t, 1, T, ((a[t] / T) * h[t]) * x')", "(1 / T) * sum(t, 1, T, a[t] * (h[t] * x'))"],
  ["sum(t, 1, T, c * a[t])", "c * sum(t, 1, T, a[t])"],
  ["sum(t, 1, T, -h[t])", "-sum(t, 1, T, h[t])"],
  ["sum(t, 3, 2, h[t])", "zeros(n, 1)"],
  ["sum(t, T, T, h[t])", "h[T]"],
  ["sum(t, 1, T, 0 * h[t])", "zeros(n, 1)"],
  ["sum(t, 1, T, sum(i, 1, t, 2 * h[i]))", "2 * sum(t, 1, T, sum(i, 1, t, h[i]))"],
])("%s is written %s", (text, expected) => {
  const { node, steps } = simplify(read(text));
  expect(showTerm(node)).toBe(showTerm(read(expected)));
  expect(steps.length).toBeGreaterThan(0);
  expect(steps[0]?.before).toBe(read(text));
  expect(steps.at(-1)?.after).toBe(node);
  expect(simplify(node)).toEqual({ node, steps: [] });
});

test.each([
  "W' * (v .* x) + W' * x",
  "A - 2 * B",
  "(1 / T) * v",
  "sum(t, 1, T, h[t] * g[t]')",
  "-(A + B)",
  "3 * A + B - A",
  "(lambda / 2) * A",
])("%s stays as it is", text => expect(simplify(read(text))).toEqual({ node: read(text), steps: [] }));

test("a term that does not depend on the index is counted where the count is known to be no less than 0", () => {
  const term = read("sum(t, 1, T, x)");
  expect(simplify(term).node).toBe(term);
  expect(simplify(term, { sizes: new Set(["T"]) }).node).toBe(read("T * x"));
  const shorter = read("sum(t, 3, T, x)");
  expect(simplify(shorter, { sizes: new Set(["T"]) }).node).toBe(shorter);
});

test("a symmetric matrix loses its transpose", () => {
  const symmetric = new Set([read("W")]);
  expect(simplify(read("W' * x"), { symmetric }).node).toBe(read("W * x"));
});

test("the steps are few, name laws, and bookkeeping joins the step beside it", () => {
  const { steps } = simplify(read("(2 * ((lambda / 2) * 1)) * (W' * diag(v)' * W)"));
  expect(steps.map(step => step.rule)).toEqual(["transpose-of-diag"]);
  for (const step of steps) {
    expect(step.under?.length).toBeGreaterThan(1);
    for (const use of step.under ?? []) expect(findLaw(use.rule), use.rule).toBeDefined();
  }
});

test.each([
  ["A + B", "B + A"],
  ["A - B", "-(B - A)"],
  ["c * (A + B)", "c * B + c * A"],
  ["W' * (v + x)", "W' * x + W' * v"],
  ["(A' * B)'", "B' * A"],
  ["(W * x) .* v", "v .* (W * x)"],
  ["A / c", "(1 / c) * A"],
  ["(lambda / 2) * A + (lambda / 2) * A", "lambda * A"],
  ["x' * v", "inner(v, x)"],
  ["x * v'", "outer(x, v)"],
  ["sum(t, 1, T, h[t])", "sum(i, 0, T - 1, h[i + 1])"],
  ["sum(t, 1, T, W' * h[t] + W' * g[t])", "W' * (sum(t, 1, T, h[t]) + sum(i, 1, T, g[i]))"],
  ["x .* x .* x", "x .^ 3"],
  ["W * W * x", "W^2 * x"],
  ["(v + x) .* (v - x)", "v .^ 2 - x .^ 2"],
  ["2 * (c / lambda)", "(2 / lambda) * c"],
  ["diag(v) * x", "v .* x"],
])("%s and %s have one canonical form", (left, right) => {
  expect(showTerm(canonical(read(left)))).toBe(showTerm(canonical(read(right))));
});

test.each([
  ["A + B", "A - B"],
  ["W * x", "W' * x"],
  ["W * (v .* x)", "(W * v) .* x"],
  ["sum(t, 1, T, h[t])", "sum(t, 1, T - 1, h[t])"],
  ["phi(x)", "prime(phi, 1, x)"],
])("%s and %s have different ones", (left, right) => {
  expect(canonical(read(left))).not.toBe(canonical(read(right)));
});
