/** Deep, shared and long terms: nothing recurses over a term, and work grows with the number of distinct nodes. */
import { describe, expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { pullBack } from "../../src/derive/pullback.ts";
import { domain, interval } from "../../src/expr/domain.ts";
import { at, type Node, number, over, Scope, substituteIndices, symbol } from "../../src/expr/node.ts";
import { named } from "../../src/expr/polynomial.ts";
import type { System } from "../../src/expr/system.ts";
import { postorder, readsIn, replaceNodes, transform } from "../../src/expr/walk.ts";
import { call } from "../../src/ops/call.ts";
import { simplify } from "../../src/rules/simplify.ts";
import { readSystem } from "../../src/term/system.ts";

/** 100,000 by GRADNOTE_LEVELS; a stack ends long before these. */
const LEVELS = Number(process.env.GRADNOTE_LEVELS ?? 20_000);
const scope = new Scope();
const n = named("n");
const [A, x] = [symbol(scope, "A", [n, n]), symbol(scope, "x", [n], 1)];

/** A (A (… tanh(A x[t]) …)), `levels` operations deep. */
const tower = (levels: number): Node => {
  let node: Node = at(x, [named("t")]);
  for (let i = 0; i < levels; i++) node = i % 2 === 0 ? call("matmul", [A, node]) : call("tanh", [node]);
  return node;
};

const plain = {
  wanted: (): boolean => true,
  result: (node: Node): Node => node,
  argument: (_: Node, argument: Node): Node => argument,
};

const pull = (node: Node): readonly Node[] => {
  let names = 0;
  return pullBack(node, symbol(scope, `G${node.shape.length}`, node.shape), {
    ...plain,
    fresh: () => `$${names++}`,
  }).map(read => read.adjoint);
};

const count = (roots: readonly Node[]): number => new Set(roots.flatMap(root => postorder(root))).size;

describe(`${LEVELS} levels of nesting`, () => {
  const deep = tower(LEVELS);
  test("are walked", () => {
    expect(postorder(deep)).toHaveLength(LEVELS + 3);
    expect(readsIn(deep)).toHaveLength(2);
  });
  test("are transformed", () => {
    expect(transform(deep, {})).toBe(deep);
    const other = symbol(scope, "B", [n, n]);
    const replaced = replaceNodes(deep, new Map([[A as Node, other as Node]]));
    expect(postorder(replaced)).toHaveLength(LEVELS + 3);
    expect(readsIn(replaced)).not.toContain(A);
  });
  test("have their indices substituted", () => {
    const moved = substituteIndices(deep, new Map([["t", named("s")]]));
    expect(moved.free).toEqual(["s"]);
    expect(substituteIndices(moved, new Map([["s", named("t")]]))).toBe(deep);
  });
  test("are bound by a sum and opened again", () => {
    const sum = over("sum", "t", interval("t", 1, "T"), deep);
    expect(sum).toBe(over("sum", "s", interval("s", 1, "T"), substituteIndices(deep, new Map([["t", named("s")]]))));
  });
  test("are pulled back, in nodes that grow with the levels", () => {
    const [small, large] = [count(pull(tower(1000))), count(pull(deep))];
    expect(large / small).toBeLessThan((LEVELS / 1000) * 1.01);
  });
  test("are simplified", () => {
    const doubled = call("negate", [call("negate", [deep])]);
    expect(simplify(doubled).node).toBe(simplify(deep).node);
  });
  test("of transposes fold away", () => {
    let node: Node = A;
    for (let i = 0; i < LEVELS; i++) node = call("transpose", [node]);
    expect(simplify(node).node).toBe(A);
  });
});

test("2,000 sums inside one another are walked and pulled back", () => {
  let node: Node = number(1);
  const c = symbol(scope, "c", [], 1);
  for (let i = 0; i < 2000; i++)
    node = over("sum", "t", interval("t", 1, "T"), call("add", [at(c, [named("t")]), node]));
  expect(node.height).toBe(2000);
  expect(transform(node, {})).toBe(node);
  expect(substituteIndices(node, new Map([["T", named("N")]])).free).toEqual(["N"]);
});

const doublings = (levels: number): Node => {
  let node: Node = symbol(scope, "v", [n]);
  for (let i = 0; i < levels; i++) node = call("add", [call("tanh", [node]), call("matmul", [A, node])]);
  return node;
};

describe("64 doublings", () => {
  test("pull back and simplify in nodes that grow with the doublings", () => {
    const size = (levels: number): number => {
      const adjoints = pull(doublings(levels));
      return count(adjoints) + count(adjoints.map(adjoint => simplify(adjoint).node));
    };
    const [some, many] = [size(16), size(64)];
    expect(many / some).toBeLessThan(4.5);
  });
  test.each(["add", "hadamard"])("of %s alone stay small", op => {
    let node: Node = symbol(scope, "v", [n]);
    for (let i = 0; i < 64; i++) node = call(op, [node, node]);
    const { node: simple } = simplify(node);
    expect(postorder(simple).length).toBeLessThan(200);
    expect(count(pull(node).map(adjoint => simplify(adjoint).node))).toBeLessThan(1000);
  });
});

const system = (...lines: readonly string[]): System =>
  readSystem(["system s", "horizon T", "function phi elementwise", "L: 1", ...lines].join("\n"));

const sizeOf = (read: System): number => {
  const { gradients } = derive(read);
  expect(gradients.every(g => g.pieces.length > 0)).toBe(true);
  return count(gradients.flatMap(g => g.pieces.map(piece => piece.value)));
};

/** 10,000 by GRADNOTE_SUMMANDS. */
const SUMMANDS = Number(process.env.GRADNOTE_SUMMANDS ?? 2500);

test(`an equation with ${SUMMANDS} summands`, () => {
  const summands = (length: number): System =>
    system(
      "h: n parameter",
      `W[t]: n n data for t = 1..${SUMMANDS}`,
      `L = squarednorm(${Array.from({ length }, (_, i) => `W[${i + 1}] * h`).join(" + ")})`,
    );
  const size = (length: number): number => {
    const { gradients } = derive(summands(length), { wrt: ["h"] });
    return count(gradients.flatMap(g => g.contributions.map(c => c.value)));
  };
  expect(size(SUMMANDS) / size(SUMMANDS / 5)).toBeLessThan(5.2);
});

test("300 equations in a chain", () => {
  const chain = (length: number): System =>
    system(
      "h_0: n data",
      ...Array.from({ length }, (_, i) => [`W_${i + 1}: n n parameter`, `h_${i + 1}: n`]).flat(),
      ...Array.from({ length }, (_, i) => `h_${i + 1} = phi(W_${i + 1} * h_${i})`),
      `L = squarednorm(h_${length})`,
    );
  expect(sizeOf(chain(300)) / sizeOf(chain(30))).toBeLessThan(10.5);
});

test("200 equations in one recurrence", () => {
  const ring = (length: number): System =>
    system(
      "W: n n parameter",
      ...Array.from({ length }, (_, i) => `h_${i}[t]: n for t = 0..T`),
      ...Array.from({ length }, (_, i) =>
        i === 0
          ? `h_0[t] = phi(W * h_${length - 1}[t - 1]) for t = 1..T`
          : `h_${i}[t] = phi(W * h_${i - 1}[t]) for t = 1..T`,
      ),
      `L = squarednorm(h_${length - 1}[T])`,
    );
  expect(sizeOf(ring(200)) / sizeOf(ring(20))).toBeLessThan(10.5);
  const { gradients } = derive(ring(200));
  expect(gradients.filter(g => g.recursion.length > 0)).toHaveLength(1);
});

test("an equation that reads one family at 20 places splits or is refused, and never runs away", () => {
  const reads = (length: number): System =>
    system(
      "x[t]: n parameter for t = 1..T + 100",
      `L = sum(t, 1, T, squarednorm(${Array.from({ length }, (_, i) => `x[t + ${i}]`).join(" + ")}))`,
    );
  expect(sizeOf(reads(5))).toBeGreaterThan(0);
  expect(() => sizeOf(reads(20))).toThrow(/D003/u);
});

test("guards and bounds of a deep domain are kept apart", () => {
  expect(domain(Array.from({ length: 1000 }, () => named("t"))).where).toHaveLength(1);
});
