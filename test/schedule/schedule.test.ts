import { describe, expect, test } from "vitest";
import type { Derivation } from "../../src/derive/gradient.ts";
import { printProgram } from "../../src/emit/typescript/file.ts";
import { EVERYWHERE } from "../../src/expr/domain.ts";
import { type Node, Scope, symbol } from "../../src/expr/node.ts";
import { named } from "../../src/expr/polynomial.ts";
import type { SymbolEntry, System } from "../../src/expr/system.ts";
import { call } from "../../src/ops/call.ts";
import { loopOrder } from "../../src/schedule/costs.ts";
import type { Program, Statement } from "../../src/schedule/program.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { productOf } from "../../src/tensor/product.ts";
import { readSystem } from "../../src/term/system.ts";
import { load } from "../generate/model.ts";

/** A derivation without gradients: only the forward pass is scheduled. */
const forwardOnly = (system: System): Derivation => ({ system, abbreviations: [], gradients: [] });

const programOf = (system: System | string): Program => {
  const scheduled = schedule(forwardOnly(typeof system === "string" ? readSystem(system) : system));
  if (!scheduled.ok) throw new Error(scheduled.diagnostics.map(({ code, message }) => `${code} ${message}`).join());
  return scheduled.value;
};

/** The loops over the note's indices, outermost first: "t up", and inside brackets what each holds. */
const loopsOf = (statements: readonly Statement[]): string =>
  statements
    .flatMap(s => {
      if (s.kind === "remark") return [s.lines[0]?.split(/[[ ]/u)[0] ?? ""];
      if (s.kind === "if") return [`if(${loopsOf(s.body)})`];
      return s.kind === "for" && !s.index.startsWith("~") ? [`${s.index} ${s.direction}(${loopsOf(s.body)})`] : [];
    })
    .join(" ");

const orderOf = (text: string): readonly string[] =>
  programOf(`horizon T N\nL: 1\n${text}\nobjective L`).forward.map(loopsOf);

describe("loops follow the reads", () => {
  test.each([
    ["back in time", "a[t]: h for t = 0..T\na[t] = tanh(a[t-1]) for t = 1..T\nL = squarednorm(a[T])", ["t up(a)", "L"]],
    [
      "ahead in time",
      "a[t]: h for t = 1..T + 1\na[t] = tanh(a[t+1]) for t = 1..T\nL = squarednorm(a[1])",
      ["t down(a)", "L"],
    ],
    [
      "equations are sorted, whatever their order",
      "a: h data\nb: h\nc: h\nL = inner(c, b)\nc = tanh(b)\nb = tanh(a)",
      ["b", "c", "L"],
    ],
    [
      "families that need each other share a loop",
      "a[t]: h for t = 0..T\nb[t]: h for t = 1..T\na[t] = tanh(b[t]) for t = 1..T\nb[t] = tanh(a[t-1]) for t = 1..T\nL = squarednorm(a[T])",
      ["t up(b a)", "L"],
    ],
    [
      "what a recurrence does not need stays outside of it",
      "W: h h parameter\nx[t]: h data for t = 1..T\nu[t]: h for t = 1..T\na[t]: h for t = 0..T\nv[t]: h for t = 1..T\nu[t] = W * x[t] for t = 1..T\na[t] = tanh(u[t] + a[t-1]) for t = 1..T\nv[t] = W * a[t] for t = 1..T\nL = sum(t, 1, T, squarednorm(v[t]))",
      ["t up(u)", "t up(a)", "t up(v)", "L"],
    ],
    [
      "layers and time, both going up",
      "a[l, t]: h for l = 0..N, t = 0..T\na[l, t] = a[l-1, t] + tanh(a[l, t-1]) for l = 1..N, t = 1..T\nL = squarednorm(a[N, T])",
      ["l up(t up(a))", "L"],
    ],
    [
      "layers up, time down",
      "a[l, t]: h for l = 0..N, t = 1..T + 1\na[l, t] = a[l-1, t] + tanh(a[l, t+1]) for l = 1..N, t = 1..T\nL = squarednorm(a[N, 1])",
      ["l up(t down(a))", "L"],
    ],
    [
      "the whole layer below, whatever the time",
      "a[l, t]: h for l = 0..N, t = 1..T\na[l, t] = sum(s, 1, T, tanh(a[l-1, s])) for l = 1..N, t = 1..T\nL = squarednorm(a[N, 1])",
      ["l up(t up(a))", "L"],
    ],
    [
      "a first member of its own",
      "c: h data\na[t]: h for t = 0..T\na[0] = tanh(c)\na[t] = tanh(a[t-1]) for t = 1..T\nL = squarednorm(a[T])",
      ["a", "t up(a)", "L"],
    ],
  ])("%s", (_, text, loops) => {
    const sized = text.replaceAll(/: h\b/gu, ": n");
    expect(orderOf(sized.replaceAll(/: n h /gu, ": n n "))).toEqual(loops);
  });

  test("a family that reads ahead of another is moved in their common loop, not refused", () => {
    const text =
      "a[t]: n for t = -1..T\nb[t]: n for t = 1..T + 1\nb[t] = tanh(a[t-2]) for t = 1..T + 1\na[t] = tanh(b[t+1]) for t = 1..T\nL = squarednorm(a[T])";
    expect(orderOf(text)[0]).toMatch(/^t up\(/u);
  });

  test.each([
    ["itself at the same index", "a[t]: n for t = 1..T\na[t] = tanh(a[t]) for t = 1..T\nL = squarednorm(a[T])"],
    ["both neighbours", "a[t]: n for t = 0..T + 1\na[t] = a[t-1] + a[t+1] for t = 1..T\nL = squarednorm(a[T])"],
    [
      "a sum over its own family",
      "a[t]: n for t = 1..T\na[t] = sum(s, 1, T, a[s]) for t = 1..T\nL = squarednorm(a[T])",
    ],
  ])("a family that reads %s has no order", (_, text) => {
    const scheduled = schedule(forwardOnly(readSystem(`horizon T\nL: 1\n${text}\nobjective L`)));
    expect(scheduled.ok ? [] : scheduled.diagnostics.map(({ code }) => code)).toEqual(["G001"]);
  });
});

describe("what is given", () => {
  const givenOf = (text: string): readonly string[] =>
    programOf(`horizon T\n${text}\nL: 1\nL = squarednorm(a[T])\nobjective L`).given.map(
      ({ buffer, where }) =>
        `${buffer.symbol?.node.name}: ${where.map(alternative => alternative.map(c => c.key).join(" & ")).join(" | ")}`,
    );

  test("is what no equation computes", () => {
    expect(givenOf("a[t]: n for t = 0..T\na[t] = tanh(a[t-1]) for t = 1..T")).toEqual(["a: -t & t"]);
    expect(givenOf("a[t]: n for t = 0..T + 1\na[t] = tanh(a[t-1]) for t = 1..T")).toEqual([
      "a: -t & t | -T + t - 1 & T - t + 1",
    ]);
    expect(givenOf("c: n data\na[t]: n for t = 0..T\na[0] = tanh(c)\na[t] = tanh(a[t-1]) for t = 1..T")).toEqual([
      "c: ",
    ]);
  });
});

describe("the innermost loop of a product runs along memory", () => {
  const axes = (text: string, sizes: string): readonly string[] => {
    const [left, result] = text.split("->") as [string, string];
    const extents = new Map([...sizes].map(letter => [letter, named(letter)] as const));
    const shape = (letters: string) => [...letters].map(letter => named(letter));
    const factors = left.split(",").map(letters => ({
      of: { kind: "integer", value: named("n"), sizes: shape(letters), names: new Set<string>() } as const,
      axes: [...letters],
    }));
    return loopOrder(productOf(factors, [...result], extents));
  };
  test.each([
    ["ik,k->i", "ik", ["i", "k"]],
    ["ki,k->i", "ik", ["k", "i"]],
    ["ik,kj->ij", "ijk", ["i", "k", "j"]],
    ["ki,kj->ij", "ijk", ["i", "k", "j"]],
    ["ik,jk->ij", "ijk", ["i", "j", "k"]],
    ["i,j->ij", "ij", ["i", "j"]],
    ["ij,ij->", "ij", ["i", "j"]],
  ])("%s", (text, sizes, order) => {
    expect(axes(text, sizes)).toEqual(order);
  });
});

describe("depth", () => {
  const build = (depth: number, wrap: (inner: Node, W: Node, v: Node) => Node): System => {
    const scope = new Scope();
    const n = named("n");
    const [W, v, L] = [symbol(scope, "W", [n, n]), symbol(scope, "v", [n]), symbol(scope, "L")];
    let term: Node = v;
    for (let i = 0; i < depth; i++) term = wrap(term, W, v);
    const entry = (node: typeof W, role: SymbolEntry["role"]): readonly [string, SymbolEntry] => [
      node.name,
      { node, latex: node.name, role, indices: [], domain: EVERYWHERE, shapeFrom: "declared" },
    ];
    return {
      name: "deep",
      scope,
      symbols: new Map([entry(W, "parameter"), entry(v, "parameter"), entry(L, "defined")]),
      functions: new Map(),
      sizes: new Map([["n", { name: "n", latex: "n", role: "dimension", least: 1 }]]),
      equations: [{ left: L, right: call("inner", [term, v]), indices: [], over: EVERYWHERE }],
      objective: L,
    };
  };

  test.each([
    ["functions of functions", (inner: Node) => call("tanh", [inner])],
    ["sums to the left", (inner: Node, _: Node, v: Node) => call("add", [inner, v])],
    ["sums to the right", (inner: Node, _: Node, v: Node) => call("add", [v, inner])],
    ["differences", (inner: Node, _: Node, v: Node) => call("subtract", [v, inner])],
  ] as const)("20,000 levels of %s are written without a deep expression", (_, wrap) => {
    const program = programOf(build(20_000, wrap));
    const { text } = printProgram(program, "f64");
    expect(Math.max(...text.split("\n").map(line => line.length))).toBeLessThan(6_000);
    const model = load(text)({ n: 2 });
    model.parameters.v?.set([0.25, -0.5]);
    expect(Number.isFinite(model.forward())).toBe(true);
  });

  test("2,000 matrix products compute each vector once", () => {
    const { text } = printProgram(programOf(build(2_000, (inner, W) => call("matmul", [W, inner]))), "f64");
    const model = load(text)({ n: 2 });
    model.parameters.v?.set([1, 0]);
    model.parameters.W?.set([0, 1, 1, 0]);
    expect(model.forward()).toBe(1);
  });
});
