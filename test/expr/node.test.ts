import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interval } from "../../src/expr/domain.ts";
import { at, integerNode, type Node, number, over, Scope, substituteIndices, symbol } from "../../src/expr/node.ts";
import { named, type Polynomial, plus } from "../../src/expr/polynomial.ts";
import { replaceNodes, transform } from "../../src/expr/walk.ts";
import { call, opOf } from "../../src/ops/call.ts";
import { pullbackOf } from "../../src/term/faces.ts";
import { compileTemplates, instantiate } from "../../src/term/template.ts";

const scope = new Scope();
const [x, y] = [symbol(scope, "x", [], 1), symbol(scope, "y", [], 2)];
const FREE = ["s", "t", "~0", "~1", "$0"] as const;

/** A term as a tree of its own, with named binders: brute force needs no nodes. */
type Tree =
  | { readonly kind: "x"; readonly index: Polynomial }
  | { readonly kind: "y"; readonly index: readonly [Polynomial, Polynomial] }
  | { readonly kind: "integer"; readonly value: Polynomial }
  | { readonly kind: "add" | "hadamard"; readonly args: readonly [Tree, Tree] }
  | {
      readonly kind: "sum";
      readonly index: string;
      readonly lo: Polynomial;
      readonly hi: Polynomial;
      readonly body: Tree;
    };

const NAMES = [...FREE, "a", "b"];
const affine = fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: -2, max: 2 })).map(([name, c]) => plus(name, c));
const { tree } = fc.letrec<{ tree: Tree }>(tie => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("x" as const), index: affine }),
    fc.record({ kind: fc.constant("y" as const), index: fc.tuple(affine, affine) }),
    fc.record({ kind: fc.constant("integer" as const), value: affine }),
    fc.record({ kind: fc.constantFrom("add" as const, "hadamard" as const), args: fc.tuple(tie("tree"), tie("tree")) }),
    fc.record({
      kind: fc.constant("sum" as const),
      index: fc.constantFrom(...NAMES),
      lo: affine,
      hi: affine,
      body: tie("tree"),
    }),
  ),
}));

/** Bounds may not mention the index that they bound. */
const build = (t: Tree, rename: (index: string) => string = index => index): Node => {
  const go = (of: Tree, env: ReadonlyMap<string, Polynomial>): Node => {
    const sub = (p: Polynomial): Polynomial => (env.size === 0 ? p : substituteAll(p, env));
    switch (of.kind) {
      case "x":
        return at(x, [sub(of.index)]);
      case "y":
        return at(y, of.index.map(sub));
      case "integer":
        return call("hadamard", [integerNode(sub(of.value)), number(3)]);
      case "sum": {
        const index = rename(of.index);
        return over(
          "sum",
          index,
          interval(index, sub(outside(of.lo, of.index)), sub(outside(of.hi, of.index))),
          go(of.body, new Map([...env, [of.index, named(index)]])),
        );
      }
      default:
        return call(
          of.kind,
          of.args.map(arg => go(arg, env)),
        );
    }
  };
  return go(t, new Map());
};
const outside = (p: Polynomial, index: string): Polynomial =>
  p.monomials.some(m => m.names.includes(index)) ? named("T") : p;
const substituteAll = (p: Polynomial, env: ReadonlyMap<string, Polynomial>): Polynomial =>
  plus(
    ...p.monomials.map(m =>
      m.names.length === 1 ? (env.get(m.names[0] as string) ?? named(m.names[0] as string)) : m.coefficient,
    ),
  );

type Env = ReadonlyMap<string, number>;
const valueAt = (p: Polynomial, env: Env): number =>
  p.monomials.reduce(
    (sum, m) => sum + m.names.reduce((v, name) => v * (env.get(name) ?? Number.NaN), m.coefficient),
    0,
  );
const X = (i: number): number => (i * 7 + 3) % 11;
const Y = (i: number, j: number): number => (i * 5 - j * 3 + 1) % 13;
const ENV: Env = new Map([...NAMES.map((name, i) => [name, i - 2] as const), ["T", 3]]);

const treeValue = (t: Tree, env: Env): number => {
  switch (t.kind) {
    case "x":
      return X(valueAt(t.index, env));
    case "y":
      return Y(valueAt(t.index[0], env), valueAt(t.index[1], env));
    case "integer":
      return 3 * valueAt(t.value, env);
    case "sum": {
      const [lo, hi] = [valueAt(outside(t.lo, t.index), env), valueAt(outside(t.hi, t.index), env)];
      let sum = 0;
      for (let i = lo; i <= hi; i++) sum += treeValue(t.body, new Map([...env, [t.index, i]]));
      return sum;
    }
    default: {
      const [a, b] = t.args.map(arg => treeValue(arg, env)) as [number, number];
      return t.kind === "add" ? a + b : a * b;
    }
  }
};
const nodeValue = (node: Node, env: Env): number => {
  switch (node.kind) {
    case "number":
      return Number(node.value.numerator);
    case "integer":
      return valueAt(node.value, env);
    case "at":
      return node.of === x
        ? X(valueAt(node.index[0] as Polynomial, env))
        : Y(valueAt(node.index[0] as Polynomial, env), valueAt(node.index[1] as Polynomial, env));
    case "call": {
      const [a, b] = node.args.map(arg => nodeValue(arg, env)) as [number, number];
      return node.op === "add" ? a + b : a * b;
    }
    case "over": {
      let sum = 0;
      for (let i = -40; i <= 40; i++) {
        const inner = new Map([...env, [node.index, i]]);
        if (node.domain.where.every(c => valueAt(c, inner) >= 0)) sum += nodeValue(node.body, inner);
      }
      return sum;
    }
    default:
      throw new Error(`no value for ${node.kind}`);
  }
};
const same = (a: number, b: number): void => expect(a + 0).toBe(b + 0);
const RUNS = { numRuns: Number(process.env.GRADNOTE_RUNS ?? 300) };

describe("nodes with binders", () => {
  test("mean what their tree means", () => {
    fc.assert(
      fc.property(tree, t => void same(nodeValue(build(t), ENV), treeValue(t, ENV))),
      RUNS,
    );
  });
  test("are one node however their bound indices are called", () => {
    let n = 0;
    fc.assert(
      fc.property(tree, t => void expect(build(t, index => `${index}_${n++}`)).toBe(build(t))),
      RUNS,
    );
  });
  test("have exactly the free names of their tree", () => {
    fc.assert(
      fc.property(tree, t => {
        for (const name of build(t).free) {
          expect(NAMES.includes(name) || name === "T").toBe(true);
          expect(name.startsWith("#")).toBe(false);
        }
      }),
      RUNS,
    );
  });
  test("substitute free indices without capture", () => {
    fc.assert(
      fc.property(tree, affine, affine, (t, forS, forT) => {
        const moved = substituteIndices(
          build(t),
          new Map([
            ["s", forS],
            ["t", forT],
          ]),
        );
        same(
          nodeValue(moved, ENV),
          treeValue(t, new Map([...ENV, ["s", valueAt(forS, ENV)], ["t", valueAt(forT, ENV)]])),
        );
      }),
      RUNS,
    );
  });
  test("survive an empty transformation, and one that inserts free names of other walks", () => {
    const inserted = call("add", [at(x, [named("~0")]), at(x, [named("~1")])]);
    const value = nodeValue(inserted, ENV);
    fc.assert(
      fc.property(tree, t => {
        const node = build(t);
        expect(transform(node, {})).toBe(node);
        expect(transform(node, { over: (fold, index, domain, body) => over(fold, index, domain, body) })).toBe(node);
        const replaced = replaceNodes(node, new Map([[at(x, [named("s")]) as Node, inserted]]));
        const by = (of: Tree, env: Env, bound: boolean): number => {
          if (of.kind === "x" && of.index.key === "s" && !bound) return value;
          if (of.kind === "sum") {
            const [lo, hi] = [valueAt(outside(of.lo, of.index), env), valueAt(outside(of.hi, of.index), env)];
            let sum = 0;
            for (let i = lo; i <= hi; i++)
              sum += by(of.body, new Map([...env, [of.index, i]]), bound || of.index === "s");
            return sum;
          }
          if (of.kind !== "add" && of.kind !== "hadamard") return treeValue(of, env);
          const [a, b] = [by(of.args[0], env, bound), by(of.args[1], env, bound)];
          return of.kind === "add" ? a + b : a * b;
        };
        same(nodeValue(replaced, ENV), by(t, ENV, false));
      }),
      RUNS,
    );
  });
});

describe("templates with sums inside", () => {
  test("do not capture free indices of what is put in", () => {
    const [template] = compileTemplates(["sum(s, 1, 3, A + sum(t, 1, s, A .* A))"], { A: "1" });
    fc.assert(
      fc.property(fc.constantFrom(...FREE), name => {
        const A = at(x, [named(name)]);
        const node = instantiate(template as NonNullable<typeof template>, {
          nodes: new Map([["A", A]]),
          integers: new Map(),
        });
        const a = nodeValue(A, ENV);
        same(nodeValue(node, ENV), 3 * a + 6 * a * a);
        expect(node.free).toEqual([name]);
      }),
    );
  });
  test("a pullback of a power inside sums, nested twice, keeps the outer indices", () => {
    const m = named("m");
    const M = symbol(scope, "M", [m, m], 1);
    const inside = at(M, [named("~0")]);
    const G = over("sum", "t", interval("t", 1, plus("~0", 1)), at(M, [plus("t", "~1")]));
    const power = call("matpower", [inside, integerNode(plus("~0", "s"))]);
    const once = pullbackOf(opOf("matpower"), power.args, power.attributes, 0, G, power) as Node;
    expect(once.free).toEqual(["s", "~0", "~1"]);
    const outer = call("matpower", [once, integerNode(named("~2"))]);
    const twice = pullbackOf(opOf("matpower"), outer.args, outer.attributes, 0, once, outer) as Node;
    expect(twice.free).toEqual(["s", "~0", "~1", "~2"]);
    // Renamed, it is the same term: no bound name depends on the free ones.
    const renamed = new Map(["~0", "~1", "~2"].map((name, i) => [name, named(`u${i}`)]));
    const [A, k] = [substituteIndices(inside, renamed), named("u0")];
    const again = pullbackOf(
      opOf("matpower"),
      [A, integerNode(plus(k, "s"))],
      {},
      0,
      substituteIndices(G, renamed),
      A,
    ) as Node;
    expect(substituteIndices(once, renamed)).toBe(again);
  });
});

test("symbols of two scopes do not mix", () => {
  const other = symbol(new Scope(), "x");
  expect(() => call("add", [other, symbol(scope, "c")])).toThrow(/two scopes/u);
});

test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "#0", "T", "i"])(
  "the name %j is a name like others",
  name => {
    const own = new Scope();
    const node = symbol(own, name, [named(name)]);
    expect(symbol(own, name, [named(name)])).toBe(node);
    expect(own.size).toBe(1);
    expect(own.hasSymbol(`${name}_`)).toBe(false);
    expect(() => symbol(own, name)).toThrow(/another shape/u);
  },
);
