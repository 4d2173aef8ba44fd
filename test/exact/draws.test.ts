// What equality is decided at: the sizes, integers and arrays that are drawn, how often, and what is said of a difference.
import { describe, expect, test } from "vitest";
import { type Equality, type EqualOptions, equalTerms, exactlyEqual, type Supposed } from "../../src/exact/equal.ts";
import { at, callNode, type Node, Scope, type SymbolNode, symbol } from "../../src/expr/node.ts";
import { integer, named } from "../../src/expr/polynomial.ts";
import type { FunctionEntry } from "../../src/expr/system.ts";
import { call } from "../../src/ops/call.ts";
import { readSize } from "../../src/shape/signature.ts";
import { readTerm } from "../../src/term/read.ts";
import { compileTemplates, type Template } from "../../src/term/template.ts";

const equality = (left: string, right: string, where: Record<string, string>, options: EqualOptions = {}): Equality => {
  const [a, b] = compileTemplates([left, right], where) as [Template, Template];
  return equalTerms(a.term, b.term, options);
};

const difference = (...args: Parameters<typeof equality>): Equality & { equal: false } => {
  const found = equality(...args);
  if (found.equal !== false) throw new Error(`${args[0]} and ${args[1]} do not differ`);
  return found;
};

const SEEDS = Array.from({ length: 60 }, (_, i) => i);

/** Everything that a name is drawn as. */
const drawn = (name: string, ...[left, right, where, options]: Parameters<typeof equality>): ReadonlySet<unknown> =>
  new Set(SEEDS.map(seed => difference(left, right, where, { ...options, seed }).at[name]));

describe("sizes", () => {
  test("are distinct primes, each of the first four where there are up to three of them", () => {
    for (const seed of SEEDS) {
      const { m, n } = difference("A", "2 * A", { A: "m n" }, { seed }).at;
      expect(m).not.toBe(n);
    }
    expect(drawn("m", "A", "2 * A", { A: "m n" })).toEqual(new Set([2, 3, 5, 7]));
    expect(drawn("m", "A * B * C", "A * (2 * B * C)", { A: "m n", B: "n p", C: "p m" })).toEqual(new Set([2, 3, 5, 7]));
  });
  test("are distinct however many there are", () => {
    const shapes = Array.from({ length: 12 }, (_, i) => [`v${i}`, `n${i}`] as const);
    const sum = shapes.map(([name]) => `squarednorm(${name})`).join(" + ");
    const { at: sizes } = difference(sum, "0", Object.fromEntries(shapes));
    expect(new Set(Object.values(sizes)).size).toBe(12);
    expect(Math.max(...Object.values(sizes))).toBeLessThanOrEqual(41);
  });
  test("do not depend on the order in which terms name them", () => {
    const [left, right, where] = ["A * B", "(2 * B' * A')'", { B: "n k", A: "m n" }] as const;
    const forth = difference(left, right, where).at;
    expect(difference(right, left, where).at).toEqual(forth);
    expect(Object.keys(forth)).toEqual(["k", "m", "n"]);
  });
  test("stay what they are where they are also counted with", () => {
    expect(drawn("n", "n * v", "v", { v: "n" })).toEqual(new Set([2, 3, 5, 7]));
    expect(equality("inner(ones(n, 1), v) + c", "inner(v, ones(n, 1)) + c", { v: "n", c: "1" }).equal).toBe(true);
    expect(equality("sum(i, 1, n, c)", "n * c", { c: "1", v: "n" }).equal).toBe(true);
  });
  test("of what is stacked are sums and products", () => {
    expect(equality("B", "2 * B", { B: "2*m+n k" })).toMatchObject({ equal: false });
    expect(equality("(B' * B)'", "B' * B", { B: "2*m+n k" }).equal).toBe(true);
  });
});

describe("integers", () => {
  test("run from 0 to 5 where nothing is said", () => {
    expect(drawn("k", "k * c", "k * c + 1", { c: "1" })).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });
  test("run from the first to the last number of their range", () => {
    const integers = { k: [3, 6], j: [-2, -2] } as const;
    expect(drawn("k", "k * c", "k * c + j", { c: "1" }, { integers })).toEqual(new Set([3, 4, 5, 6]));
    expect(drawn("j", "k * c", "k * c + j", { c: "1" }, { integers })).toEqual(new Set([-2]));
  });
  test("that only sizes of constants are made of are no primes", () => {
    expect(drawn("k", "c * trace(identity(k))", "k * c + 1", { c: "1" })).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });
  test("are named in the order of the alphabet", () => {
    expect(Object.keys(difference("k * c", "j * c + 1", { c: "1" }).at)).toEqual(["j", "k"]);
  });
});

describe("what is supposed of an array", () => {
  const holds = (left: string, right: string, where: Record<string, string>, suppose: Record<string, Supposed>) =>
    equality(left, right, where, { suppose }).equal;
  test("symmetric: the same as its transpose, and nothing else", () => {
    const [where, suppose] = [
      { A: "n n", B: "n n" },
      { A: "symmetric", B: "symmetric" },
    ] as const;
    expect(holds("A", "A'", where, suppose)).toBe(true);
    expect(holds("A * B", "B * A", where, suppose)).toBe(false);
    expect(holds("A", "diag(diagonal(A))", where, suppose)).toBe(false);
    expect(holds("A", "2 * A", where, suppose)).toBe(false);
    expect(holds("A * ones(n, 1)", "ones(n, 1)", where, suppose)).toBe(false);
    expect(holds("A", "A'", where, { B: "symmetric" })).toBe(false);
  });
  test("diagonal: zeros beside the diagonal, and anything on it", () => {
    const [where, suppose] = [{ A: "n n" }, { A: "diagonal" }] as const;
    expect(holds("A", "diag(diagonal(A))", where, suppose)).toBe(true);
    expect(holds("A", "zeros(n, n)", where, suppose)).toBe(false);
    expect(holds("A", "identity(n)", where, suppose)).toBe(false);
    expect(holds("A", "trace(A) / n * identity(n)", where, suppose)).toBe(false);
  });
  test("a distribution: sums of one, over all, over rows or over columns", () => {
    const where = { A: "m n", p: "n" };
    const [all, rows, columns] = ["inner(p, ones(n, 1))", "A * ones(n, 1)", "A' * ones(m, 1)"];
    expect(holds(all, "1", where, { p: "vector" })).toBe(true);
    expect(holds(all, "1", where, {})).toBe(false);
    expect(holds("p .* p", "p", where, { p: "vector" })).toBe(false);
    expect(holds(rows, "ones(m, 1)", where, { A: "rows" })).toBe(true);
    expect(holds(columns, "ones(n, 1)", where, { A: "rows" })).toBe(false);
    expect(holds(rows, "ones(m, 1)", where, { A: "columns" })).toBe(false);
    expect(holds(columns, "ones(n, 1)", where, { A: "columns" })).toBe(true);
  });
  test("a label: a one among zeros", () => {
    const [where, suppose] = [{ p: "n", v: "n" }, { p: "label" }] as const;
    expect(holds("inner(p, ones(n, 1))", "1", where, suppose)).toBe(true);
    expect(holds("p .* p", "p", where, suppose)).toBe(true);
    expect(holds("p", "v", where, suppose)).toBe(false);
  });
});

describe("members and derivatives", () => {
  const scope = new Scope();
  const [g, h] = [2, 1].map((rank, i) => symbol(scope, "gh"[i] as string, [readSize("n")], rank, "note")) as [
    SymbolNode,
    SymbolNode,
  ];
  const same = (a: readonly number[], b: readonly number[]) => {
    const of = a.length > 1 ? g : h;
    const members = [a, b].map(index => at(of, index.map(integer)));
    return equalTerms(members[0] as never, members[1] as never).equal;
  };
  test("a family has other values at other indices, and the same at the same ones", () => {
    expect(same([1], [2])).toBe(false);
    expect(same([1, 12], [11, 2])).toBe(false);
    const [k, two] = [at(h, [named("k")]), at(h, [integer(2)])];
    expect(equalTerms(k, two, { integers: { k: [2, 2] } }).equal).toBe(true);
  });
  test("two families have other values at one index", () => {
    const f = symbol(scope, "f", [readSize("n")], 1, "note");
    expect(equalTerms(at(f, [integer(1)]), at(h, [integer(1)])).equal).toBe(false);
  });
  test("a derivative of a scalar is an array of its own, total or immediate", () => {
    const where = { c: "1", d: "1", A: "m n", B: "m n" };
    expect(equality("partial(c, A) + B", "B + partial(c, A)", where).equal).toBe(true);
    expect(equality("partial(c, A)", "immediate(c, A)", where).equal).toBe(false);
    expect(equality("partial(c, A)", "partial(d, A)", where).equal).toBe(false);
    expect(equality("partial(c, A)", "partial(c, B)", where).equal).toBe(false);
    expect(equality("partial(c, A)", "A", where).equal).toBe(false);
  });
  test("a derivative of an array has no value by itself", () => {
    expect(equality("partial(v, c)", "v", { v: "n", c: "1" })).toEqual({
      equal: undefined,
      reason: "a partial derivative of an array stands alone",
    });
  });
  test("prod has no value outside of a system", () => {
    expect(equality("prod(v, partial(v, u))", "v", { v: "n", u: "n" })).toEqual({
      equal: undefined,
      reason: "prod has no value outside of a system",
    });
  });
});

test("functions are their formulas, in which sizes are what they are in the terms", () => {
  const scope = new Scope();
  const [u, v] = [symbol(scope, "u", [], 0, "note"), symbol(scope, "v", [readSize("n")], 0, "note")];
  const read = (text: string, functions: ReadonlyMap<string, FunctionEntry>): Node =>
    readTerm(text, { symbols: new Map([u, v].map(node => [node.name, node])), functions });
  const definition = { parameters: [u], body: read("n * u", new Map()) };
  const f: FunctionEntry = { name: "f", latex: "f", kind: "elementwise", arity: 1, result: [], definition };
  const functions = new Map([["f", f]]);
  const value = read("f(v)", functions);
  expect(equalTerms(value, read("n * v", functions), { functions }).equal).toBe(true);
  expect(equalTerms(value, v, { functions }).equal).toBe(false);
  expect(equalTerms(value, read("n * v", functions)).equal).toBe(false);
});

describe("what is said of a difference", () => {
  test("the first entry that differs, and its two values", () => {
    const found = difference("unit(n, 2) + ones(n, 1)", "ones(n, 1) + 0 * v", { v: "n" }, { seed: 3 });
    expect(found).toMatchObject({ entry: 1, values: ["2", "1"] });
  });
  test("an entry that one side does not have", () => {
    expect(difference("ones(n, 1) + 0 * v", "1", { v: "n" })).toMatchObject({ entry: 1, values: ["1", "nothing"] });
    expect(difference("1", "ones(n, 1) + 0 * v", { v: "n" })).toMatchObject({ entry: 0, values: ["1", "1"] });
  });
  test("the same on every machine, also after draws without a value", () => {
    const [signed, plain] = ["k * (sqrt(c) * step(sqrt(c)))", "j * relu(sqrt(c)) + 1"];
    const found = [0, 1, 2, 4, 5].map(seed => difference(signed, plain, { c: "1" }, { seed }).at);
    expect(found).toEqual([
      { j: 2, k: 2 },
      { j: 5, k: 2 },
      { j: 5, k: 1 },
      { j: 2, k: 3 },
      { j: 3, k: 2 },
    ]);
  });
  test("the same at each run with one seed, another with another", () => {
    const [left, right, where] = ["c * A^k", "(c + 1) * A^k", { A: "n n", c: "1" }] as const;
    const [first, second] = [difference(left, right, where), difference(left, right, where, { seed: 1 })];
    expect(second).toEqual(first);
    expect(difference(left, right, where, { seed: 2 })).not.toEqual(first);
  });
});

describe("draws", () => {
  /** How many are made: each asks for the range of k, which the terms name. */
  const attempts = (left: string, right: string, options: EqualOptions = {}) => {
    let count = 0;
    const integers = {
      get k() {
        count++;
        return [1, 5] as const;
      },
    };
    const found = equality(left, right, { c: "1", d: "1", A: "n n" }, { ...options, integers });
    return { found, count };
  };
  test("are six, or as many as are asked for", () => {
    expect(attempts("k * c", "c * k")).toMatchObject({ found: { equal: true, draws: 6 }, count: 6 });
    expect(attempts("k * c", "c * k", { draws: 3 })).toMatchObject({ found: { draws: 3 }, count: 3 });
  });
  test("end with the first difference", () => expect(attempts("k * c", "c").count).toBe(1));
  test("are repeated where one has no value, sixteen times in a row", () => {
    expect(attempts("k * c / (d - d)", "c")).toMatchObject({ found: { equal: undefined }, count: 17 });
  });
  test("each have a root of everything", () => {
    expect(equality("sqrt(v) .* sqrt(v)", "v", { v: "n" }).equal).toBe(true);
    expect(equality("v", "sqrt(v) .* sqrt(v)", { v: "n" }).equal).toBe(true);
  });
  test("without a sign are drawn again, in each of many seeds", () => {
    const { count, found } = attempts("k * (sqrt(c) * step(sqrt(c)))", "k * relu(sqrt(c))", { draws: 40 });
    expect(found.equal).toBe(true);
    expect(count).toBeGreaterThan(40);
  });
  test("are not repeated where no draw can have a value", () => {
    expect(attempts("A^(0 - k)", "A")).toMatchObject({ found: { equal: undefined }, count: 1 });
  });
});

test("a mistake of ours is no answer", () => {
  const scope = new Scope();
  const [a, b] = ["m", "n"].map(size => symbol(scope, size.toUpperCase(), [readSize(size)], 0, "note"));
  const sum = callNode("add", [a as SymbolNode, b as SymbolNode], {}, [readSize("m")]);
  expect(() => equalTerms(sum, a as SymbolNode)).toThrow();
  expect(() => exactlyEqual("c / (c - c)", "c", { c: "1" })).toThrow("a divisor is 0");
});

test("a number that is positive at the first draws is not always positive", () => {
  for (let k = 0; k < 200; k++) {
    const x = symbol(new Scope(), `x${k}`);
    expect(equalTerms(call("relu", [x]), x).equal, x.name).toBe(false);
  }
});
