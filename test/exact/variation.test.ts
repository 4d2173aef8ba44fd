// Jacobians, Hessians and tangents in small systems, held to forward mode.
import { describe, expect, test } from "vitest";
import { SIGN_DRAWS } from "../../src/exact/plan.ts";
import type { Sampling } from "../../src/exact/sample.ts";
import {
  type ClaimedMap,
  type ClaimedProducts,
  type ClaimedTangents,
  type ClaimedValue,
  checkVariation,
} from "../../src/exact/variation.ts";
import { EVERYWHERE, interval } from "../../src/expr/domain.ts";
import type { AtNode, Node, SymbolNode } from "../../src/expr/node.ts";
import { polynomial } from "../../src/expr/polynomial.ts";
import type { System } from "../../src/expr/system.ts";
import { readTerm } from "../../src/term/read.ts";
import { readSystem } from "../../src/term/system.ts";

const QUICK: Sampling = { longest: 3, assignments: 1, seeds: [1] };

const written = (lines: string) => {
  const system = readSystem(`system s\n${lines}\nobjective L\n`);
  const symbols = new Map([...system.symbols].map(([name, { node }]) => [name, node]));
  const term = (text: string): Node => readTerm(text, { symbols, functions: system.functions });
  return { system, term, symbol: (name: string) => symbols.get(name) as SymbolNode };
};

type Written = ReturnType<typeof written>;

/** What is said of one claim about the derivative of one member by another. */
const said = (
  { system, term }: Written,
  [of, wrt]: readonly [of: string, wrt: string],
  value: ClaimedValue,
  rest: Partial<ClaimedMap> = {},
  options = QUICK,
) =>
  checkVariation(
    {
      forward: system,
      system,
      maps: [
        {
          of: term(of) as SymbolNode | AtNode,
          wrt: term(wrt) as SymbolNode | AtNode,
          indices: [],
          over: EVERYWHERE,
          value,
          ...rest,
        },
      ],
    },
    options,
  );

describe("a Jacobian as a matrix", () => {
  const net = written("x: n data\nA: m n data\nf: m\nL: 1\nf = tanh(A * x)\nL = total(f)");
  const judge = (wrt: string, text: string) => said(net, ["f", wrt], { kind: "matrix", term: net.term(text) });
  test("by a vector", () => {
    expect(judge("x", "diag(ones(m, 1) - f .* f) * A").verdict).toBe("agrees");
    expect(judge("x", "diag(ones(m, 1) + f .* f) * A")).toEqual({
      verdict: "disagrees",
      message: 'the derivative of f by x is wrong at [["n",2],["m",3]]',
    });
    expect(judge("x", "A' * diag(ones(m, 1) - f .* f)")).toEqual({
      verdict: "cannot-tell",
      reason: "a matrix of 2 × 3 entries stands for 3 × 2",
    });
  });
  test("has a row for each entry and a column for each entry of the variable", () => {
    expect(judge("x", "ones(m, 1)")).toMatchObject({ reason: "a matrix of 3 × 1 entries stands for 3 × 2" });
    expect(judge("x", "ones(1, n)")).toMatchObject({ reason: "a matrix of 1 × 2 entries stands for 3 × 2" });
  });
  test("by a matrix has its entries column by column", () => {
    expect(judge("A", "diag(ones(m, 1) - f .* f) * kronecker(x', identity(m))").verdict).toBe("agrees");
    expect(judge("A", "diag(ones(m, 1) - f .* f) * kronecker(identity(m), x')").verdict).toBe("disagrees");
    const matrix = written("X: m n data\nB: n k data\nF: m k\nL: 1\nF = X * B\nL = total(F)");
    const of = (text: string) => said(matrix, ["F", "X"], { kind: "matrix", term: matrix.term(text) }).verdict;
    expect(of("kronecker(B', identity(m))")).toBe("agrees");
    expect(of("kronecker(identity(m), B')")).toBe("disagrees");
  });
  test("of something that does not vary is 0", () => {
    const still = written("x: n data\ny: n data\nf: n\nL: 1\nf = y\nL = total(f)");
    const of = (text: string) => said(still, ["f", "x"], { kind: "matrix", term: still.term(text) }).verdict;
    expect([of("zeros(n, n)"), of("identity(n)")]).toEqual(["agrees", "disagrees"]);
  });
  // So many numbers are never all squares in the prime field.
  const many: Sampling = { ...QUICK, dimension: 12 };
  test("of roots", () => {
    const root = written("x: n data\nf: n\nL: 1\nf = x / norm(x) + sqrt(x) .* sqrt(x)\nL = total(f)");
    const of = (text: string) =>
      said(root, ["f", "x"], { kind: "matrix", term: root.term(`${text} + identity(n)`) }, {}, many).verdict;
    expect(of("identity(n) / norm(x) - x * x' / norm(x)^3")).toBe("agrees");
    expect(of("identity(n) / norm(x) + x * x' / norm(x)^3")).toBe("disagrees");
  });
  test("with roots in the system alone", () => {
    const root = written("x: n data\nf: n\nL: 1\nf = sqrt(x) .* sqrt(x)\nL = total(f)");
    const of = (text: string) => said(root, ["f", "x"], { kind: "matrix", term: root.term(text) }, {}, many).verdict;
    expect([of("identity(n)"), of("2 * identity(n)")]).toEqual(["agrees", "disagrees"]);
  });
  test("of what has a kink is drawn on both of its sides", () => {
    const kinked = written("x: 1 data\nf: 1\nL: 1\nf = relu(x)\nL = f");
    const of = (text: string) => said(kinked, ["f", "x"], { kind: "matrix", term: kinked.term(text) });
    expect([of("1").verdict, of("0").verdict]).toEqual(["disagrees", "disagrees"]);
    const found = of("step(x)");
    if (found.verdict !== "agrees") throw new Error(found.verdict);
    expect(found.certificate.signs).toBeGreaterThanOrEqual(SIGN_DRAWS);
  });
  test("with roots in the claim alone", () => {
    const square = written("x: n data\nf: n\nL: 1\nf = x .* x .* x\nL = total(f)");
    const of = (text: string) =>
      said(square, ["f", "x"], { kind: "matrix", term: square.term(text) }, {}, many).verdict;
    expect(of("3 * diag(sqrt(x) .^ 4)")).toBe("agrees");
    expect(of("3 * diag(sqrt(x) .^ 3)")).toBe("disagrees");
  });
});

describe("members", () => {
  const net = written(`
    horizon T
    W: n n data
    x[t]: n data for t = 1..T
    h[t]: n for t = 0..T
    L: 1
    h[t] = W * h[t-1] + x[t] .* x[t] for t = 1..T
    L = total(h[T])`);
  const over = (low: number) => ({ indices: ["t"], over: interval("t", low, "T") });
  const judge = (wrt: string, text: string, low = 1) =>
    said(net, ["h[t]", wrt], { kind: "matrix", term: net.term(text) }, over(low));
  test("are those of the claim's points", () => {
    expect(judge("h[t-1]", "W").verdict).toBe("agrees");
    expect(judge("h[t-1]", "W'").verdict).toBe("disagrees");
    expect(judge("h[t-2]", "W * W", 2).verdict).toBe("agrees");
    expect(judge("x[t]", "2 * diag(x[t])").verdict).toBe("agrees");
    expect(judge("x[t]", "2 * diag(x[1])")).toEqual({
      verdict: "disagrees",
      message: 'the derivative of h[2] by x[2] is wrong at [["T",2],["n",3]]',
    });
    expect(judge("x[1]", "2 * W^(t - 1) * diag(x[1])").verdict).toBe("agrees");
    expect(judge("h[t]", "identity(n)").verdict).toBe("agrees");
  });
  test("outside of the index domain have no derivative", () => {
    expect(judge("h[t-2]", "W * W").verdict).toBe("disagrees");
    expect(judge("x[t]", "2 * diag(x[t+1])")).toEqual({
      verdict: "cannot-tell",
      reason: "x[2] lies outside of the index domain",
    });
  });
});

describe("other forms of a Jacobian", () => {
  test("a derivative by a scalar has the shape of what is differentiated", () => {
    const scaled = written("c: 1 data\nX: m n data\nF: m n\nL: 1\nF = (c * c) * X\nL = total(F)");
    const of = (text: string) => said(scaled, ["F", "c"], { kind: "derivative", term: scaled.term(text) }).verdict;
    expect([of("(2 * c) * X"), of("c * X")]).toEqual(["agrees", "disagrees"]);
  });
  test("a map is applied to its direction", () => {
    const map = written("X: m n data\nD: m n data\nB: n k data\nF: m k\nL: 1\nF = (X .* X) * B\nL = total(F)");
    const of = (text: string) =>
      said(map, ["F", "X"], { kind: "applied", term: map.term(text), direction: map.symbol("D") }).verdict;
    expect([of("(2 * X .* D) * B"), of("(X .* D) * B"), of("(2 * X .* X) * B")]).toEqual([
      "agrees",
      "disagrees",
      "disagrees",
    ]);
  });
});

describe("a map entry by entry", () => {
  type Factor = readonly [of: string, axes: string];
  const judge = (
    net: Written,
    [of, wrt]: readonly [string, string],
    extents: Readonly<Record<string, string>>,
    product: {
      readonly factors: readonly Factor[];
      readonly rows: string;
      readonly columns: string;
      readonly sums?: ClaimedProducts["products"][number]["sums"];
    },
    rest: Partial<ClaimedMap> = {},
  ) => {
    const list = (text: string): readonly string[] => text.split(" ").filter(Boolean);
    const { factors, rows, columns, sums = [] } = product;
    const map: ClaimedProducts = {
      extents: new Map(Object.entries(extents).map(([axis, extent]) => [axis, polynomial(extent)])),
      products: [
        {
          factors: factors.map(([term, axes]) => ({ of: net.term(term), axes: list(axes) })),
          rows: list(rows),
          columns: list(columns),
          sums,
        },
      ],
    };
    return said(net, [of, wrt], { kind: "entries", map }, rest).verdict;
  };
  test("has a factor for each array", () => {
    const net = written("X: k l data\nA: m k data\nB: l n data\nF: m n\nL: 1\nF = A * X * B\nL = total(F)");
    const extents = { i: "m", j: "n", p: "k", q: "l" };
    const of = (A: string, B: string, rows = "i j", columns = "p q") =>
      judge(net, ["F", "X"], extents, {
        factors: [
          ["A", A],
          ["B", B],
        ],
        rows,
        columns,
      });
    expect(of("i p", "q j")).toBe("agrees");
    expect(
      judge(net, ["F", "X"], extents, {
        factors: [
          ["2 * A", "i p"],
          ["B", "q j"],
        ],
        rows: "i j",
        columns: "p q",
      }),
    ).toBe("disagrees");
    expect(
      judge(net, ["F", "X"], extents, {
        factors: [
          ["A'", "p i"],
          ["B'", "j q"],
        ],
        rows: "i j",
        columns: "p q",
      }),
    ).toBe("agrees");
  });
  test("has two axes of one unit tensor as one", () => {
    const net = written("x: n data\nf: n\nL: 1\nf = x .* x\nL = total(f)");
    const of = (factor: string) =>
      judge(net, ["f", "x"], { i: "n" }, { factors: [[factor, "i"]], rows: "i", columns: "i" });
    expect([of("2 * x"), of("3 * x")]).toEqual(["agrees", "disagrees"]);
  });
  test("has factors that are numbers, and sums over axes of their own", () => {
    const net = written("c: 1 data\nx: n data\nA: m n data\nf: m\nL: 1\nf = (c * c) * (A * x)\nL = total(f)");
    const by = (wrt: string, factors: readonly Factor[], columns: string) =>
      judge(net, ["f", wrt], { i: "m", j: "n" }, { factors, rows: "i", columns });
    expect(
      by(
        "x",
        [
          ["c * c", ""],
          ["A", "i j"],
        ],
        "j",
      ),
    ).toBe("agrees");
    expect(
      by(
        "x",
        [
          ["c", ""],
          ["A", "i j"],
        ],
        "j",
      ),
    ).toBe("disagrees");
    expect(
      by(
        "c",
        [
          ["2 * c", ""],
          ["A", "i j"],
          ["x", "j"],
        ],
        "",
      ),
    ).toBe("agrees");
  });
  test("has sums over indices, at each point of the claim", () => {
    const net = written(`
      horizon T
      v: n data
      x[t]: n data for t = 1..T
      z[t]: n for t = 1..T
      L: 1
      z[t] = sum(s, 1, t, x[s]) .* v for t = 1..T
      L = sum(t, 1, T, total(z[t]))`);
    const of = (low: number | string, high: string, factor = "x[s]") =>
      judge(
        net,
        ["z[t]", "v"],
        { i: "n" },
        { factors: [[factor, "i"]], rows: "i", columns: "i", sums: [{ index: "s", domain: interval("s", low, high) }] },
        { indices: ["t"], over: interval("t", 1, "T") },
      );
    expect(of(1, "t")).toBe("agrees");
    expect(of(1, "T")).toBe("disagrees");
    expect(of("t", "t")).toBe("disagrees");
    expect(of(1, "t", "x[t]")).toBe("disagrees");
  });
  test("may take roots", () => {
    const net = written("x: n data\nf: n\nL: 1\nf = x .* x\nL = total(f)");
    const of = (factor: string) =>
      judge(net, ["f", "x"], { i: "n" }, { factors: [[factor, "i"]], rows: "i", columns: "i" });
    expect([of("2 * (sqrt(x) .* sqrt(x))"), of("2 * sqrt(x)")]).toEqual(["agrees", "disagrees"]);
  });
});

describe("a Hessian", () => {
  const form = written(
    "A: n n data\nB: n m data\nx: n parameter\nw: m parameter\nL: 1\nL = x' * A * x + (x' * B * (w .* w)) * 3",
  );
  const judge = (rows: string, columns: string, text: string) =>
    said(form, ["L", columns], { kind: "matrix", term: form.term(text) }, { gradientBy: form.symbol(rows) });
  test("has the rows of one variable and the columns of another", () => {
    expect(judge("x", "x", "A + A'").verdict).toBe("agrees");
    expect(judge("x", "x", "2 * A")).toEqual({
      verdict: "disagrees",
      message: 'the derivative of L by x is wrong at [["n",2],["m",3]]',
    });
    expect(judge("x", "w", "6 * B * diag(w)").verdict).toBe("agrees");
    expect(judge("w", "x", "6 * diag(w) * B'").verdict).toBe("agrees");
    expect(judge("w", "w", "6 * diag(B' * x)").verdict).toBe("agrees");
    expect(judge("w", "w", "3 * diag(B' * x)").verdict).toBe("disagrees");
  });
  test("is 0 where nothing is quadratic", () => {
    const linear = written("a: n data\nx: n parameter\nL: 1\nL = a' * x");
    const of = (text: string) =>
      said(linear, ["L", "x"], { kind: "matrix", term: linear.term(text) }, { gradientBy: linear.symbol("x") }).verdict;
    expect([of("zeros(n, n)"), of("a * a'")]).toEqual(["agrees", "disagrees"]);
  });
});

/** A system without some of its symbols. */
const without = (system: System, isLeftOut: (name: string) => boolean): System => ({
  ...system,
  symbols: new Map([...system.symbols].filter(([name]) => !isLeftOut(name))),
  equations: system.equations.filter(({ left }) => !isLeftOut(left.kind === "at" ? left.of.name : left.name)),
});

/** Tangents dh of h, and dgh of the gradient by h. */
const tangentsOf = (lines: string, names: Partial<Record<keyof ClaimedTangents, string>>) => {
  const { system, symbol } = written(lines);
  const list = (key: keyof ClaimedTangents) => (names[key] ?? "").split(" ").filter(Boolean);
  return checkVariation(
    {
      forward: without(system, name => /^d/u.test(name)),
      system,
      tangents: {
        directions: new Map(list("directions").map(name => [symbol(name), symbol(`d${name}`)])),
        forward: new Map(list("forward").map(name => [symbol(name), symbol(`d${name}`)])),
        backward: new Map(
          list("backward").map(name => {
            const still = name.endsWith("?");
            const own = still ? name.slice(0, -1) : name;
            return [symbol(own), still ? undefined : symbol(`dg${own}`)];
          }),
        ),
      },
    },
    QUICK,
  );
};

describe("tangents", () => {
  const squares = (da = "2 * x .* dx", dga = "2 * da", dgx = "12 * x .* x .* dx", names = {}) =>
    tangentsOf(
      `x: n parameter\na: n\nL: 1\na = x .* x\nL = total(a .* a)\ndx: n data\nda: n\ndga: n\ndgx: n\nda = ${da}\ndga = ${dga}\ndgx = ${dgx}`,
      { directions: "x", forward: "a", backward: "a x", ...names },
    );
  test("of forward equations and of gradients", () => {
    expect(squares().verdict).toBe("agrees");
    expect(squares("x .* dx")).toEqual({
      verdict: "disagrees",
      message: 'the tangent of a is wrong at [["n",2]]',
    });
    expect(squares("2 * x .* dx + unit(n, 2)")).toMatchObject({
      message: 'the tangent of a is wrong at [["n",2]]',
    });
    expect(squares(undefined, "3 * da")).toEqual({
      verdict: "disagrees",
      message: 'the tangent of the adjoint of a is wrong at [["n",2]]',
    });
    expect(squares(undefined, undefined, "x .* x .* dx")).toEqual({
      verdict: "disagrees",
      message: 'the tangent of the adjoint of x is wrong at [["n",2]]',
    });
    expect(squares(undefined, undefined, undefined, { backward: "a? x" })).toMatchObject({
      message: 'the tangent of the adjoint of a is wrong at [["n",2]]',
    });
    expect(squares(undefined, undefined, undefined, { directions: "" })).toMatchObject({
      message: 'the tangent of a is wrong at [["n",2]]',
    });
  });
  test("of a gradient that is said not to vary, and of what does not vary", () => {
    const linear = (backward: string, da = "2 * x .* dx") =>
      tangentsOf(
        `x: n parameter\nc: n data\na: n\nL: 1\na = x .* x\nL = total(c .* a)\ndx: n data\nda: n\ndgx: n\nda = ${da}\ndgx = 2 * c .* dx`,
        { directions: "x", forward: "a", backward },
      ).verdict;
    expect([linear("a? x"), linear("a?"), linear("x")]).toEqual(["agrees", "agrees", "agrees"]);
    expect(linear("a? x?")).toBe("disagrees");
  });
  const recurrent = (dh = "W * dh[t-1] + dW * h[t-1]", dgW = "sum(t, 1, T, dgh[t] * h[t-1]' + g[t] * dh[t-1]')") =>
    tangentsOf(
      `horizon T
      W: n n parameter
      c: n data
      h[t]: n for t = 0..T
      L: 1
      h[t] = W * h[t-1] for t = 1..T
      L = c' * h[T]
      dW: n n data
      dh[t]: n for t = 0..T
      g[t]: n for t = 0..T
      dgh[t]: n for t = 0..T
      dgW: n n
      dh[t] = ${dh} for t = 1..T
      g[T] = c
      g[t] = W' * g[t+1] for t = 0..T-1
      dgh[T] = zeros(n, 1)
      dgh[t] = W' * dgh[t+1] + dW' * g[t+1] for t = 0..T-1
      dgW = ${dgW}`,
      { directions: "W", forward: "h", backward: "h W" },
    );
  test("of every member; given states do not vary", () => {
    expect(recurrent().verdict).toBe("agrees");
    expect(recurrent(undefined, "sum(t, 2, T, dgh[t] * h[t-1]' + g[t] * dh[t-1]')")).toMatchObject({
      message: 'the tangent of the adjoint of W is wrong at [["T",2],["n",3]]',
    });
    expect(recurrent("W * dh[t-1] + t * dW * h[t-1]")).toMatchObject({
      message: 'the tangent of h[2] is wrong at [["T",2],["n",3]]',
    });
  });
});

describe("an answer", () => {
  const net = written(
    "horizon T\nc: 1 data\nx[t]: n data for t = 1..T\nf[t]: n for t = 1..T\nL: 1\nf[t] = c * x[t] for t = 1..T\nL = total(f[T])",
  );
  const claim = { kind: "matrix", term: net.term("c * identity(n)") } as const;
  const over = { indices: ["t"], over: interval("t", 1, "T") };
  test("of agreement says what was tried", () => {
    expect(said(net, ["f[t]", "x[t]"], claim, over, { longest: 2, assignments: 1 })).toEqual({
      verdict: "agrees",
      certificate: {
        method: "forward mode over the field of 2^61 - 1 elements, nested for second derivatives",
        horizons: [1, 2],
        sizes: [
          { T: 1, n: 2 },
          { T: 2, n: 3 },
        ],
        seeds: [1009, 2019, 1011, 2021],
        samples: 4,
        bound: 3 / 2 ** 61,
      },
    });
    const still = written("x: n data\nf: n\nL: 1\nf = 2 * x\nL = total(f)");
    expect(said(still, ["f", "x"], { kind: "matrix", term: still.term("2 * identity(n)") })).toMatchObject({
      certificate: { horizons: [], sizes: [{ n: 2 }], seeds: [1009] },
    });
  });
  test("tries horizons that are long enough for the constants of the system and of the claim", () => {
    const longest = (low: number) => {
      const found = said(
        net,
        ["f[t]", "x[t]"],
        claim,
        { ...over, over: interval("t", low, "T") },
        { assignments: 1, seeds: [1] },
      );
      return found.verdict === "agrees" ? found.certificate.horizons.at(-1) : undefined;
    };
    expect([longest(1), longest(4)]).toEqual([5, 11]);
  });
  test("is none where there is nothing to try, or where it would say nothing", () => {
    expect(said(net, ["f[t]", "x[t]"], claim, over, { shortest: 4, longest: 3 })).toEqual({
      verdict: "cannot-tell",
      reason: "there is no size to try",
    });
    const steep = written("x: 1 data\nf: 1\nL: 1\nf = x^35184372088832\nL = f");
    const claimed = { kind: "derivative", term: steep.term("35184372088832 * x^35184372088831") } as const;
    expect(said(steep, ["f", "x"], claimed)).toMatchObject({
      verdict: "cannot-tell",
      reason: expect.stringMatching(/^something wrong could agree with probability 0.00/u),
    });
  });
  test("is that of the first claim that is wrong", () => {
    const map = { of: net.term("f[t]") as AtNode, wrt: net.term("x[t]") as AtNode, ...over, value: claim };
    const wrong = { ...map, value: { ...claim, term: net.term("identity(n)") } };
    const judge = (maps: readonly ClaimedMap[]) =>
      checkVariation({ forward: net.system, system: net.system, maps }, QUICK).verdict;
    expect([judge([map, map]), judge([map, wrong]), judge([])]).toEqual(["agrees", "disagrees", "agrees"]);
  });
});
