import { expect, test } from "vitest";
import { type Node, number, Scope, symbol } from "../../src/expr/node.ts";
import { named } from "../../src/expr/polynomial.ts";
import { postorder } from "../../src/expr/walk.ts";
import { call } from "../../src/ops/call.ts";
import { runPhase } from "../../src/rewrite/rewrite.ts";
import { canonical } from "../../src/rules/canonical.ts";
import { SIMPLIFY, simplify } from "../../src/rules/simplify.ts";

const scope = new Scope();
const n = named("n");
const W = symbol(scope, "W", [n, n]);
const c = symbol(scope, "c");
const vectors = Array.from({ length: 10_000 }, (_, i) => symbol(scope, `v${i}`, [n]));
const [x = W] = vectors;

const nest = (levels: number, wrap: (inner: Node) => Node): Node => {
  let node: Node = x;
  for (let level = 0; level < levels; level++) node = wrap(node);
  return node;
};
const sizeOf = (node: Node): number => postorder(node).length;

test.each<[number, string, (inner: Node) => Node]>([
  [100_000, "signs", inner => call("negate", [inner])],
  [100_000, "matrix products", inner => call("matmul", [W, inner])],
  [20_000, "functions and ones", inner => call("tanh", [call("scale", [number(1), inner])])],
  [20_000, "sums with zeros", inner => call("add", [inner, call("scale", [number(0), inner])])],
  [3_000, "products with scalars between", inner => call("matmul", [W, call("scale", [c, inner])])],
])("%d levels of %s need no stack, and uses of laws in proportion", (levels, _, wrap) => {
  const short = runPhase(nest(levels / 100, wrap), SIMPLIFY);
  const long = runPhase(nest(levels, wrap), SIMPLIFY);
  expect(long.uses.length).toBeLessThanOrEqual(105 * short.uses.length);
  expect(sizeOf(long.node)).toBeLessThanOrEqual(105 * sizeOf(short.node));
});

test.each<[string, (term: Node, i: number) => Node, number]>([
  ["different terms", term => term, 0],
  ["terms with a factor one", term => call("scale", [number(1), term]), 10_000],
  ["terms, every other one zero", (term, i) => (i % 2 ? call("scale", [number(0), term]) : term), 10_000],
  ["equal terms", () => x, 30_000],
  ["terms with signs", (term, i) => (i % 2 ? call("negate", [term]) : term), 5_000],
])("a sum of 10,000 %s", (_, make, uses) => {
  const sum = vectors.map(make).reduce((left, right) => call("add", [left, right]));
  expect(runPhase(sum, SIMPLIFY).uses.length).toBeLessThanOrEqual(uses);
});

test("a long sum has one canonical form in both orders", () => {
  const terms = vectors.slice(0, 2_000);
  const forwards = terms.reduce<Node>((left, right) => call("add", [left, right]), x);
  const backwards = [...terms].reverse().reduce<Node>((left, right) => call("add", [right, left]), x);
  expect(canonical(forwards)).toBe(canonical(backwards));
});

test("64 doublings stay small", () => {
  const doubled = nest(64, inner => call("add", [inner, inner]));
  const { node, steps } = simplify(doubled);
  expect(node).toBe(call("scale", [number(2n ** 64n), x]));
  expect(steps.length).toBeLessThanOrEqual(3);
  const squared = nest(64, inner => call("hadamard", [inner, call("tanh", [inner])]));
  expect(sizeOf(simplify(squared).node)).toBeLessThanOrEqual(200);
  const chained = nest(64, inner => call("matmul", [call("matmul", [W, W]), inner]));
  expect(sizeOf(simplify(chained).node)).toBeLessThanOrEqual(200);
  let power: Node = W;
  for (let i = 0; i < 64; i++) power = call("matmul", [power, power]);
  expect(sizeOf(simplify(call("scale", [number(1), call("matmul", [power, x])])).node)).toBeLessThanOrEqual(200);
  expect(sizeOf(canonical(call("matmul", [power, x])))).toBeLessThanOrEqual(400);
});
