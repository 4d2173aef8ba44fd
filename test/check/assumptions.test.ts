// The assumptions that a system can be under, from weak to strong.
import { expect, test } from "vitest";
import { ASSUMPTIONS } from "../../src/check/assumptions.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";

const instancesOf = (text: string): readonly string[] => {
  const system = readSystem(text);
  return ASSUMPTIONS.flatMap(({ id, of }) =>
    of(system).map(({ latex, suppose, system: other }) => {
      const supposed = Object.entries(suppose).map(([kind, names]) => `${kind} ${[...names].join()}`);
      const objective = other?.equations.find(({ left }) => left === system.objective)?.right;
      const formulas = [...(other?.functions.values() ?? [])].flatMap(({ name, definition }) =>
        definition ? [`${name} ${showTerm(definition.body)}`] : [],
      );
      return [id, latex, ...supposed, ...formulas, ...(objective ? [showTerm(objective)] : [])].join(" | ");
    }),
  );
};

const OBJECTIVE = "lambda * (1 / T) * sum(t, 1, T, eta[t] * ell(g(h[t]), y[t]))";

test("of a recurrent net", () => {
  expect(
    instancesOf(`
      system net
      horizon T
      function phi elementwise
      function g elementwise
      function ell(2) -> 1
      W: n n parameter
      U: n d parameter
      lambda: 1 constant
      c: n constant
      eta[t]: 1 constant for t = 1..T
      x[t]: d data for t = 1..T
      y[t]: n label for t = 1..T
      h[t]: n for t = 0..T
      s: n n
      L: 1
      h[t] = phi(W * h[t-1] + U * x[t] + c) for t = 1..T
      s = W * W
      L = ${OBJECTIVE}
      objective L
    `),
  ).toEqual([
    "initial-zero | h_{0} = 0 | zero h",
    "zero-constant | \\lambda = 0 | zero lambda",
    "symmetric | W = W^\\top | symmetric W",
    `named-function | \\phi = \\tanh | phi tanh(phi.argument) | ${OBJECTIVE}`,
    `named-function | \\phi = \\mathrm{logistic} | phi logistic(phi.argument) | ${OBJECTIVE}`,
    `named-function | g = \\tanh | g tanh(g.argument) | ${OBJECTIVE}`,
    `named-function | g = \\mathrm{logistic} | g logistic(g.argument) | ${OBJECTIVE}`,
    "loss-at-the-end | L_t = 0 \\; (t < T) | lambda * (1 / T) * (eta[T] * ell(g(h[T]), y[T]))",
    "identity-function | \\phi = \\mathrm{id} | identities phi",
    "identity-function | g = \\mathrm{id} | identities g",
  ]);
});

test.each([
  ["a sum over no horizon", "sum(t, 1, 3, r[t])"],
  ["a sum that ends before the horizon", "sum(t, 1, T-1, r[t])"],
  ["a product", "product(t, 1, T, r[t])"],
  ["sums in a sum", "sum(t, 1, T, sum(i, 1, t, r[i]))"],
  ["one member", "r[T]"],
])("the loss does not end where the objective is %s", (_, objective) => {
  expect(
    instancesOf(`
      system plain
      horizon T
      r[t]: 1 data for t = 1..T
      L: 1
      L = ${objective}
      objective L
    `),
  ).toEqual([]);
});
