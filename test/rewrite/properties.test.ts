import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { equalTerms } from "../../src/exact/equal.ts";
import { domain } from "../../src/expr/domain.ts";
import { integerNode, type Node, number, over, Scope, symbol } from "../../src/expr/node.ts";
import { minus, named } from "../../src/expr/polynomial.ts";
import { rational } from "../../src/expr/rational.ts";
import { postorder } from "../../src/expr/walk.ts";
import { call } from "../../src/ops/call.ts";
import { runPhase } from "../../src/rewrite/rewrite.ts";
import { canonical } from "../../src/rules/canonical.ts";
import { SIMPLIFY, simplify } from "../../src/rules/simplify.ts";

const scope = new Scope();
const n = named("n");
const square = (name: string) => symbol(scope, name, [n, n]);
const column = (name: string) => symbol(scope, name, [n]);

/** Scalars, columns and square matrices of one size, built from each other. */
const { scalar, vector, matrix } = fc.letrec<{ scalar: Node; vector: Node; matrix: Node }>(tie => {
  const binary = (op: string, a: keyof typeof tie | string, b: string) =>
    fc.tuple(tie(a as never) as fc.Arbitrary<Node>, tie(b as never) as fc.Arbitrary<Node>).map(args => call(op, args));
  const unary = (op: string, a: string) => (tie(a as never) as fc.Arbitrary<Node>).map(arg => call(op, [arg]));
  const power = (op: string, a: string) =>
    fc
      .tuple(tie(a as never) as fc.Arbitrary<Node>, fc.constantFrom(0, 1, 2, 3))
      .map(([arg, k]) => call(op, [arg, number(k)]));
  const both = (kind: string) => [
    binary("add", kind, kind),
    binary("subtract", kind, kind),
    unary("negate", kind),
    binary("scale", "scalar", kind),
  ];
  const summed = (kind: string) =>
    (tie(kind as never) as fc.Arbitrary<Node>).map(body => {
      const t = named("t");
      return over("sum", "t", domain([minus(t, 1), minus(named("T"), t)]), call("scale", [integerNode(t), body]));
    });
  const option = { maxDepth: 4, withCrossShrink: true } as const;
  return {
    scalar: fc.oneof(
      option,
      fc.constantFrom<Node>(
        symbol(scope, "a"),
        symbol(scope, "b"),
        number(0),
        number(1),
        number(-2),
        number(rational(3, 4)),
        integerNode(named("T")),
      ),
      ...both("scalar"),
      binary("inner", "vector", "vector"),
      unary("transpose", "scalar"),
      power("power", "scalar"),
      (tie("scalar") as fc.Arbitrary<Node>).map(a => call("divide", [a, symbol(scope, "b")])),
    ),
    vector: fc.oneof(
      option,
      fc.constantFrom<Node>(
        column("x"),
        column("y"),
        call("ones", [integerNode(n), number(1)]),
        call("zeros", [integerNode(n), number(1)]),
      ),
      ...both("vector"),
      binary("matmul", "matrix", "vector"),
      binary("hadamard", "vector", "vector"),
      (tie("vector") as fc.Arbitrary<Node>).map(v => call("divide", [v, symbol(scope, "b")])),
      summed("vector"),
    ),
    matrix: fc.oneof(
      option,
      fc.constantFrom<Node>(square("A"), square("B"), call("identity", [integerNode(n)])),
      ...both("matrix"),
      binary("matmul", "matrix", "matrix"),
      unary("transpose", "matrix"),
      unary("diag", "vector"),
      binary("outer", "vector", "vector"),
      power("matpower", "matrix"),
    ),
  };
});

const any = fc.oneof(scalar, vector, matrix);
const options = { integers: { T: [0, 4] }, draws: 2 } as const;
const settings = { numRuns: 300, seed: 20_260_000 } as const;

test.prop([any], settings)("a simplified term is equal to the term, and stays as it is when simplified again", term => {
  const { node, steps } = simplify(term);
  expect(equalTerms(term, node, options).equal).not.toBe(false);
  expect(simplify(node)).toEqual({ node, steps: [] });
  for (const [i, step] of steps.entries()) expect(step.before).toBe(i === 0 ? term : steps[i - 1]?.after);
  expect(steps.length === 0 ? term : steps.at(-1)?.after).toBe(node);
});

test.prop([any], settings)("every single use of a law is an equality", term => {
  for (const { before, after } of runPhase(term, SIMPLIFY).uses) {
    expect(
      equalTerms(before, after, {
        ...options,
        draws: 1,
        integers: { T: [0, 4], "~0": [0, 4], "~1": [0, 4], "~2": [0, 4], "~3": [0, 4] },
      }).equal,
    ).not.toBe(false);
  }
});

test.prop([any], settings)("the uses of laws are few: at most eight for a node", term => {
  expect(runPhase(term, SIMPLIFY).uses.length).toBeLessThanOrEqual(8 * postorder(term).length);
});

test.prop([any], settings)("a run that is stopped after some uses has made just these", term => {
  const whole = runPhase(term, SIMPLIFY);
  const half = whole.uses.length >> 1;
  const part = runPhase(term, SIMPLIFY, {}, half);
  expect(part.uses).toEqual(whole.uses.slice(0, half));
  expect(equalTerms(term, part.node, options).equal).not.toBe(false);
});

test.prop([any], settings)("the canonical form is equal to the term", term => {
  expect(equalTerms(term, canonical(term), options).equal).not.toBe(false);
});
