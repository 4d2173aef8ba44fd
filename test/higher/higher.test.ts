import { describe, expect, test } from "vitest";
import {
  type CheckedHessians,
  type CheckedJacobians,
  type DerivedMap,
  deriveHessians,
  deriveJacobian,
} from "../../src/derive/higher.ts";
import { checkVariation } from "../../src/exact/variation.ts";
import { type Node, number } from "../../src/expr/node.ts";
import { familyOf } from "../../src/expr/system.ts";
import { contextOf } from "../../src/latex/names.ts";
import { toLatex } from "../../src/latex/print.ts";
import { call } from "../../src/ops/call.ts";
import { readSystem } from "../../src/term/system.ts";
import { RNN } from "../systems/rnn.ts";

const jacobianOf = (text: string, of: string, wrt: string, shift?: readonly number[]): CheckedJacobians => {
  const derived = deriveJacobian(readSystem(text), { of, wrt: [{ name: wrt, ...(shift ? { shift } : {}) }] });
  if (!derived.ok) throw new Error(derived.diagnostics[0]?.message);
  return derived.value;
};

const hessiansOf = (text: string, wrt?: readonly string[]): CheckedHessians => {
  const derived = deriveHessians(readSystem(text), wrt ? { wrt } : {});
  if (!derived.ok) throw new Error(derived.diagnostics[0]?.message);
  return derived.value;
};

const shown = (system: CheckedJacobians["system"], map: DerivedMap | undefined): string =>
  map && map.value.kind !== "entries" ? toLatex(map.value.term, contextOf(system)) : "entries";

const system = (lines: string): string => `system s\n${lines}\nL: 1\nL = total(f)\nobjective L\n`;

describe("Jacobians", () => {
  test.each([
    ["z: n data\nf: n\nf = softmax(z)", "z", "\\operatorname{diag}(f) - f f^\\top"],
    [
      "x: n data\nW: m n data\nU: p m data\nb: m data\nf: p\nf = tanh(U * exp(W * x + b))",
      "x",
      "\\operatorname{diag}(1 - f \\odot f) U \\operatorname{diag}(a) W",
    ],
    ["x: n data\nA: n n data\nf: 1\nf = x' * A * x", "x", "x^\\top (A^\\top + A)"],
    ["x: n data\nf: n\nf = x * (x' * x)", "x", "2 x x^\\top + (x^\\top x) I_n"],
    ["c: 1 data\nA: n n data\nf: n n\nf = inverse(c * A)", "c", "-f A f"],
    ["x: n data\ny: n data\nf: n\nf = x .* y - x ./ y", "x", "\\operatorname{diag}(y - \\mathbf{1}_n \\oslash y)"],
    [
      "x: n data\nA: m n data\nf: m\nf = A * (x .* (A' * (A * x)))",
      "x",
      "A \\operatorname{diag}(x) A^\\top A + A \\operatorname{diag}(A^\\top A x)",
    ],
  ])("of %s by %s", (lines, wrt, expected) => {
    const { system: own, maps } = jacobianOf(system(lines), "f", wrt);
    expect(shown(own, maps[0])).toBe(expected);
  });

  test("of a recurrent net's output by the input of a step before pass every step once", () => {
    const { system: own, maps } = jacobianOf(RNN, "o", "x", [-1]);
    expect(shown(own, maps[0])).toBe(
      "W_{yh} \\operatorname{diag}(\\phi'(z_t)) W_{hh} \\operatorname{diag}(\\phi'(z_{t-1})) W_{hx}",
    );
    expect(maps[0]?.over.where.map(({ key }) => key)).toEqual(["T - t", "t - 2"]);
  });
});

describe("Hessians", () => {
  test.each([
    ["A: n n data\nx: n parameter\nL: 1\nL = x' * A * x", "A + A^\\top"],
    ["X: k n data\ny: k data\nx: n parameter\nL: 1\nL = squarednorm(X * x - y) / 2", "X^\\top X"],
    ["X: k n data\ny: k data\nx: n parameter\nL: 1\nL = total(log(ones(k, 1) + exp(X * x))) - y' * X * x", undefined],
    [
      "X: k n data\ny: k data\nx: n parameter\np: k\nL: 1\np = logistic(X * x)\nL = -(y' * log(p)) - total(log(ones(k, 1) - p))",
      undefined,
    ],
  ])("of %s", (lines, expected) => {
    const { system: own, blocks, without } = hessiansOf(`system s\n${lines}\nobjective L\n`, ["x"]);
    expect(without).toEqual([]);
    expect(blocks).toHaveLength(1);
    if (expected !== undefined) expect(shown(own, blocks[0])).toBe(expected);
    expect(shown(own, blocks[0])).not.toContain("entries");
  });

  test("of several parameters come as blocks, mixed ones above the diagonal", () => {
    const { system: own, blocks } = hessiansOf(
      "system s\nA: m n data\na: m parameter\nb: n parameter\nL: 1\nL = a' * A * (b .* b)\nobjective L\n",
    );
    expect(blocks.map(block => [block.gradientBy?.name, familyOf(block.wrt).name, shown(own, block)])).toEqual([
      ["a", "b", "2 A \\operatorname{diag}(b)"],
      ["b", "b", "2 \\operatorname{diag}(A^\\top a)"],
    ]);
  });
});

const RECURRENT = `
  system recurrent
  horizon T
  function phi elementwise
  W: n n parameter
  U: n d parameter
  x[t]: d data for t = 1..T
  y[t]: n target for t = 1..T
  h[t]: n for t = 0..T
  L: 1
  h[t] = phi(W * h[t-1] + U * x[t]) for t = 1..T
  L = sum(t, 1, T, halfsquarederror(h[t], y[t]))
  objective L
`;

describe("Hessian-vector products of a recurrent net", () => {
  const found = hessiansOf(RECURRENT);
  const context = contextOf(found.system);
  const lines = [...found.varied.equations.values()].map(
    ({ left, right }) => `${toLatex(left, context)} = ${toLatex(right, context)}`,
  );

  test("run forwards and backwards like its gradient", () => {
    expect(lines).toContain("\\dot{z}_t = \\dot{U} x_t + W \\dot{h}_{t-1} + \\dot{W} h_{t-1}");
    expect(lines).toContain("\\dot{h}_t = \\dot{z}_t \\odot \\phi'(z_t)");
    expect(lines.some(line => line.startsWith("\\dot{\\overline{W}} = \\sum_{t=1}^{T}"))).toBe(true);
  });

  test("are all there is: no block of the Hessian is a finite formula", () => {
    expect(found.blocks).toEqual([]);
    expect(found.without.map(({ code }) => code)).toEqual(["D006", "D006", "D006"]);
  });

  test("are noticed when a tangent is spoiled", () => {
    const claimFor = (spoil: (node: Node) => Node, at: number) => {
      const own = [...found.varied.equations.values()];
      const { equations } = found.system;
      const spoiled = equations.map(each => (each === own[at] ? { ...each, right: spoil(each.right) } : each));
      const tangentOf = (name: string) =>
        found.varied.tangents.get(found.system.symbols.get(name)?.node as never)?.node;
      return checkVariation({
        forward: found.gradient.system,
        system: { ...found.system, equations: spoiled },
        tangents: {
          directions: new Map(found.variables.map(node => [node, tangentOf(node.name) as never])),
          forward: new Map([[found.gradient.system.symbols.get("h")?.node as never, tangentOf("h") as never]]),
          backward: new Map(
            [...found.adjoint.adjoints].map(([of, { node }]) => [of, found.varied.tangents.get(node)?.node]),
          ),
        },
      }).verdict;
    };
    expect(claimFor(node => node, 0)).toBe("agrees");
    for (let at = 0; at < found.varied.equations.size; at++) {
      // The tangent of the objective is read by nothing.
      const [given] = [...found.varied.equations][at] as [{ left: Node }, unknown];
      if (given.left === found.system.objective) continue;
      expect([at, claimFor(node => call("negate", [node]), at)]).toEqual([at, "disagrees"]);
    }
  });
});

describe("a spoiled matrix is noticed", () => {
  test.each([
    ["twice", (node: Node) => call("scale", [number(2), node])],
    ["transposed", (node: Node) => call("transpose", [node])],
  ])("%s", (_, spoil) => {
    const { system: own, maps } = jacobianOf(system("x: n data\nA: n n data\nf: n\nf = tanh(A * x)"), "f", "x");
    const [map] = maps as [DerivedMap];
    const claim = (term: Node) =>
      checkVariation({ forward: own, system: own, maps: [{ ...map, value: { kind: "matrix", term } }] }).verdict;
    if (map.value.kind !== "matrix") throw new Error("the Jacobian is no matrix");
    expect(claim(map.value.term)).toBe("agrees");
    expect(claim(spoil(map.value.term))).toBe("disagrees");
  });
});

describe("what has no formula is refused with a reason", () => {
  test.each([
    ["D006", RNN, "o", "W_hh"],
    ["D009", RNN, "o", "y"],
    ["D005", RNN, "o", "nothing"],
    ["D005", RNN, "x", "W_hh"],
    ["D007", RNN, "L", "x"],
  ])("%s", (code, text, of, wrt) => {
    expect(deriveJacobian(readSystem(text), { of, wrt: [{ name: wrt }] })).toMatchObject({
      ok: false,
      diagnostics: [{ code }],
    });
  });

  test("D008 in more summands than anybody reads", () => {
    const terms = Array.from({ length: 260 }, (_, k) => `x .^ ${k + 3} .* y .^ ${k + 2}`).join(" + ");
    const text = system(`x: n data\ny: n data\nf: n\nf = ${terms}`);
    expect(deriveJacobian(readSystem(text), { of: "f", wrt: [{ name: "x" }] })).toMatchObject({
      diagnostics: [{ code: "D008" }],
    });
  });

  test("D007 by a family, and D005 of what is no scalar", () => {
    expect(deriveHessians(readSystem(RECURRENT), { wrt: ["x"] })).toMatchObject({ diagnostics: [{ code: "D007" }] });
    expect(deriveHessians(readSystem(RECURRENT), { of: "h" })).toMatchObject({ diagnostics: [{ code: "D005" }] });
  });
});
