// Values of terms at small arrays of whole numbers, and what is known of a term before it has one.
import { describe, expect, test } from "vitest";
import { integersOf, planner, planOf } from "../../src/exact/compile.ts";
import { type Dual, dual } from "../../src/exact/dual.ts";
import { kernelValue } from "../../src/exact/elimination.ts";
import { primeField } from "../../src/exact/field.ts";
import {
  distributionGrid,
  type Grid,
  readEinsum,
  sliceOf,
  stackGrids,
  windowOf,
  zipGrids,
} from "../../src/exact/grid.ts";
import { Machine, type World } from "../../src/exact/machine.ts";
import { environmentOf, type Functions, takesSigns } from "../../src/exact/plan.ts";
import type { Prime } from "../../src/exact/prime.ts";
import { realNumbers } from "../../src/exact/real.ts";
import { smallNumbers } from "../../src/exact/small.ts";
import { type CallNode, type Node, Scope, type SymbolNode, symbol } from "../../src/expr/node.ts";
import type { FunctionEntry } from "../../src/expr/system.ts";
import { readSize } from "../../src/shape/signature.ts";
import { readTerm } from "../../src/term/read.ts";
import { readSystem } from "../../src/term/system.ts";

type Rows = readonly (readonly number[])[];

const SHAPES: Readonly<Record<string, string>> = {
  A: "m n",
  B: "n m",
  Q: "n n",
  v: "n",
  u: "n",
  w: "m",
  c: "1",
  d: "1",
};
const SIZES: Readonly<Record<string, number>> = { m: 2, n: 3, k: 2, j: 5 };
const VALUES: Readonly<Record<string, Rows>> = {
  A: [
    [1, 2, 3],
    [4, 5, 6],
  ],
  B: [
    [1, 0],
    [2, -1],
    [0, 3],
  ],
  Q: [
    [0, 1, 2],
    [1, 0, 0],
    [0, 3, 1],
  ],
  v: [[1], [-2], [3]],
  u: [[2], [0], [5]],
  w: [[1], [10]],
  c: [[2]],
  d: [[-3]],
};

const scope = new Scope();
const symbols = new Map(
  Object.entries(SHAPES).map(([name, shape]) => {
    const sizes = shape.split(" ").filter(size => size !== "1");
    return [
      name,
      symbol(
        scope,
        name,
        sizes.map(size => readSize(size)),
        0,
        "note",
      ),
    ] as const;
  }),
);
const read = (text: string, functions: ReadonlyMap<string, FunctionEntry> = new Map()): Node =>
  readTerm(text, { symbols, functions });

const gridOf = (rows: Rows): Grid<number> => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  entries: rows.flat(),
});
const rowsOf = ({ rows, columns, entries }: Grid<number>): Rows =>
  Array.from({ length: rows }, (_, i) => entries.slice(i * columns, (i + 1) * columns));
const refuse = (): never => {
  throw new Error("no derivative here");
};
const world: World<number> = {
  read: of => gridOf(VALUES[of.name] as Rows),
  partial: refuse,
  chain: refuse,
  size: name => SIZES[name],
  identities: new Set(["id"]),
};
const real = realNumbers(1);
const computed = (term: Node, functions: Functions = new Map()): Rows => {
  const plan = planOf(term, functions);
  const found = new Machine(real, world).run(plan, environmentOf(plan, world.size));
  return rowsOf(found).map(row => row.map(entry => Math.round(entry * 1e9) / 1e9 + 0));
};

describe("the value of", () => {
  test.each<[text: string, value: Rows]>([
    [
      "A * B",
      [
        [5, 7],
        [14, 13],
      ],
    ],
    [
      "A'",
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    [
      "A .* B'",
      [
        [1, 4, 0],
        [0, -5, 18],
      ],
    ],
    ["A * v", [[6], [12]]],
    [
      "v * w'",
      [
        [1, 10],
        [-2, -20],
        [3, 30],
      ],
    ],
    ["inner(v, u)", [[17]]],
    ["v' * u", [[17]]],
    [
      "c * A - A",
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      "A / c",
      [
        [0.5, 1, 1.5],
        [2, 2.5, 3],
      ],
    ],
    ["-w", [[-1], [-10]]],
    [
      "A .^ 2",
      [
        [1, 4, 9],
        [16, 25, 36],
      ],
    ],
    ["w .^ k", [[1], [100]]],
    [
      "diag(w)",
      [
        [1, 0],
        [0, 10],
      ],
    ],
    ["diagonal(Q)", [[0], [0], [1]]],
    ["trace(Q)", [[1]]],
    ["total(A)", [[21]]],
    [
      "Q^0",
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    ],
    [
      "Q^3",
      [
        [6, 7, 4],
        [1, 6, 2],
        [3, 6, 7],
      ],
    ],
    [
      "Q^k",
      [
        [1, 6, 2],
        [0, 1, 2],
        [3, 3, 1],
      ],
    ],
    [
      "inverse(Q)",
      [
        [0, 1, 0],
        [-0.2, 0, 0.4],
        [0.6, 0, -0.2],
      ],
    ],
    ["determinant(Q)", [[5]]],
    ["determinant(zeros(n, n))", [[0]]],
    ["largest(v)", [[3]]],
    ["maximiser(v)", [[0], [0], [1]]],
    ["maximiser(ones(n, 1))", [[0.333333333], [0.333333333], [0.333333333]]],
    ["largest(ones(n, 1) + 0 * v)", [[1]]],
    ["norm(w)", [[Math.round(Math.sqrt(101) * 1e9) / 1e9]]],
    ["relu(v)", [[1], [0], [3]]],
    ["step(v)", [[1], [0], [1]]],
    ["sign(v)", [[1], [-1], [1]]],
    ["abs(v)", [[1], [2], [3]]],
    ["max(v, u)", [[2], [0], [5]]],
    ["unit(n, 2)", [[0], [1], [0]]],
    ["entry(v, 3)", [[3]]],
    ["element(A, 2, 1)", [[4]]],
    ["row(A, 2)", [[4, 5, 6]]],
    ["column(A, 2)", [[2], [5]]],
    ["stack(w, v)", [[1], [10], [1], [-2], [3]]],
    [
      "beside(A, w)",
      [
        [1, 2, 3, 1],
        [4, 5, 6, 10],
      ],
    ],
    ["vec(A)", [[1], [4], [2], [5], [3], [6]]],
    [
      "kronecker(w', v)",
      [
        [1, 10],
        [-2, -20],
        [3, 30],
      ],
    ],
    [
      "kronecker(A, w)",
      [
        [1, 2, 3],
        [10, 20, 30],
        [4, 5, 6],
        [40, 50, 60],
      ],
    ],
    ["sum(t, 1, j, t)", [[15]]],
    ["sum(t, 1, j, t * t * w)", [[55], [550]]],
    ["sum(t, j, 1, w)", [[0], [0]]],
    ["sum(s, 1, 3, sum(t, s, 3, c * t))", [[28]]],
    ["sum(s, 1, j, w)", [[5], [50]]],
    [
      "product(t, 1, k, t * Q)",
      [
        [2, 12, 4],
        [0, 2, 4],
        [6, 6, 2],
      ],
    ],
    [
      "product(t, 1, 0, Q)",
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    ],
    ["mean(v)", [[0.666666667]]],
    [
      "outer(w, w)",
      [
        [1, 10],
        [10, 100],
      ],
    ],
    ["n * w", [[3], [30]]],
    ["(n - m) * w", [[1], [10]]],
    ["(2 / 4) * w", [[0.5], [5]]],
  ])("%s", (text, value) => expect(computed(read(text))).toEqual(value));

  test("a product, whose order is that of the index or the other", () => {
    const factor = "(Q + t * (v * u'))";
    expect(computed(read(`product(t, 0, 1, ${factor})`))).toEqual(computed(read("Q * (Q + v * u')")));
    expect(computed(read(`reversedproduct(t, 0, 1, ${factor})`))).toEqual(computed(read("(Q + v * u') * Q")));
    expect(computed(read("Q * (Q + v * u')"))).not.toEqual(computed(read("(Q + v * u') * Q")));
  });
});

const scalar = symbol(scope, "s", [], 0, "note");
const elementwise = (name: string, parameters: readonly SymbolNode[], body?: Node): FunctionEntry => ({
  name,
  latex: name,
  kind: "elementwise",
  arity: 1,
  result: [],
  ...(body ? { definition: { parameters, body } } : {}),
});
/** Functions with formulas in s, each of which may call those before it. */
const functionsOf = (formulas: Readonly<Record<string, string>>): ReadonlyMap<string, FunctionEntry> => {
  const functions = new Map<string, FunctionEntry>();
  for (const [name, formula] of Object.entries(formulas)) {
    const body = readTerm(formula, { symbols: new Map([...symbols, ["s", scalar]]), functions });
    functions.set(name, elementwise(name, [scalar], body));
  }
  return functions;
};

describe("a function with a formula", () => {
  const functions = functionsOf({ f: "c * s^3 + n", g: "f(s) + d * f(s)", h: "exp(s - s)", r: "sqrt(s * s) + g(s)" });
  test.each<[text: string, value: Rows]>([
    ["f(v)", [[5], [-13], [57]]],
    ["f(v + v)", [[19], [-125], [435]]],
    ["prime(f, 1, v)", [[6], [24], [54]]],
    ["prime(f, 2, v)", [[12], [-24], [36]]],
    ["prime(f, 4, v)", [[0], [0], [0]]],
    ["g(v)", [[-10], [26], [-114]]],
    ["prime(g, 1, v)", [[-12], [-48], [-108]]],
    ["h(v)", [[1], [1], [1]]],
    ["sum(t, 1, k, f(t * w))", [[5 + 19], [2003 + 16003]]],
  ])("%s", (text, value) => expect(computed(read(text, functions), functions)).toEqual(value));

  test("has what its formula and those that it calls read", () => {
    const used = (text: string) => [...planOf(read(text, functions), functions).scalars];
    expect(used("f(v)")).toEqual(expect.arrayContaining(["function", "pow"]));
    expect(used("r(v)")).toContain("sqrt");
    expect(used("g(v)")).not.toContain("sqrt");
    expect(planOf(read("g(v)", functions), functions).root).toMatchObject({
      formula: { reads: [symbols.get("d"), symbols.get("c")] },
    });
  });
  test("that is supposed to be the identity is that, and its slope is one", () => {
    const own = new Map([["id", elementwise("id", [])]]);
    const values = ["id(v)", "prime(id, 1, v)", "prime(id, 2, v)"].map(text => computed(read(text, own), own));
    expect(values).toEqual([VALUES["v"], [[1], [1], [1]], [[0], [0], [0]]]);
  });
  test("has one parameter", () => {
    const own = new Map([["f", elementwise("f", [scalar, scalar], scalar)]]);
    expect(() => planOf(read("f(v)", own), own)).toThrow("the formula of f does not have one parameter");
    const none = new Map([["f", elementwise("f", [], scalar)]]);
    expect(() => planOf(read("f(v)", none), none)).toThrow("the formula of f does not have one parameter");
  });
  test("does not lead back to itself", () => {
    const own = new Map([["f", elementwise("f", [])]]);
    const body = readTerm("1 + f(s)", { symbols: new Map([["s", scalar]]), functions: own });
    own.set("f", elementwise("f", [scalar], body));
    expect(() => planOf(read("f(v)", own), own)).toThrow("the formula of f leads back to itself");
  });
});

describe("an abstract function of several arguments", () => {
  // Half the sum of the squares of all entries, times its place among the entries of the value.
  const small = smallNumbers(1);
  const { functions } = readSystem(
    "system s\n function f(2) -> 1\n function F(2) -> n\n x: n data\n L: 1\n L = f(x, x)\n objective L",
  );
  const valued = (text: string): Rows => {
    const plan = planOf(read(text, functions), functions);
    return rowsOf(new Machine(small, world).run(plan, environmentOf(plan, world.size)));
  };
  test.each<[text: string, value: Rows]>([
    ["f(v, u)", [[21.5]]],
    ["F(w, v)", [[57.5], [115], [172.5]]],
    ["gradient(f, 1, A, v)", VALUES["A"] as Rows],
    ["gradient(f, 2, A, v)", VALUES["v"] as Rows],
    [
      "pull(F, 1, v, A, u)",
      [
        [6, 12, 18],
        [24, 30, 36],
      ],
    ],
    ["pull(F, 2, v, A, u)", [[12], [0], [30]]],
    [
      "jacobian(F, 1, A, u)",
      [
        [1, 4, 2, 5, 3, 6],
        [2, 8, 4, 10, 6, 12],
        [3, 12, 6, 15, 9, 18],
      ],
    ],
    [
      "jacobian(F, 2, A, w)",
      [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
    ],
  ])("%s", (text, value) => expect(valued(text)).toEqual(value));
});

describe("an op of vectors along an axis", () => {
  test.each<[text: string, value: Rows]>([
    ["rows(total, A)", [[6], [15]]],
    ["columns(total, A)", [[5, 7, 9]]],
    ["columns(inner, A, w)", [[41, 52, 63]]],
    ["rows(inner, A, v)", [[6], [12]]],
    ["rows(inner, A, A)", [[14], [77]]],
  ])("%s", (text, value) => expect(computed(read(text)).flat()).toEqual(value.flat()));
  test("has what the op comes down to", () => {
    expect(planOf(read("rows(softmax, A)"), new Map()).scalars).toContain("exp");
    expect(computed(read("rows(softmax, A - A)"))).toEqual(Array.from({ length: 2 }, () => Array(3).fill(0.333333333)));
    expect(computed(read("columns(softmax, A - A)"))).toEqual(Array.from({ length: 2 }, () => Array(3).fill(0.5)));
  });
});

describe("a plan", () => {
  const planned = (text: string) => planOf(read(text), new Map());
  test("says which functions a term comes down to, those of definitions included", () => {
    const used = (text: string): readonly string[] => [...planned(text).scalars];
    expect(used("A * B")).toEqual([]);
    expect(used("inverse(Q)")).toEqual([]);
    expect(used("norm(v)")).toContain("sqrt");
    expect(used("softmax(v)")).toContain("exp");
    expect(used("largest(v)")).toEqual(["step"]);
    expect(used("maximiser(v)")).toEqual(["step"]);
    expect([...used("exp(v) + tanh(v)")].sort()).toEqual(["add", "exp", "tanh"]);
    expect(["abs(v)", "sign(v)", "step(v)", "relu(v)", "exp(v)", "v"].map(text => takesSigns([planned(text)]))).toEqual(
      [true, true, true, true, false, false],
    );
    expect(takesSigns([planned("v"), planned("abs(v)")])).toBe(true);
  });
  test("names what is free in a term", () => {
    const names = (text: string) => planned(text).names.map(({ name }) => name);
    expect(names("sum(t, 1, j, t * w)").sort()).toEqual(["j", "m"]);
    expect(planned("sum(t, 1, j, t * w)").places).toBe(3);
    expect(names("Q^k").sort()).toEqual(["k", "n"]);
    expect(() => environmentOf(planned("Q^i"), world.size)).toThrow("nothing gives i a value");
  });
  test("computes an equal term once, also where another plan before it does", () => {
    expect(planned("A * v + A * v").registers).toBe(planned("A * v + w").registers - 1);
    const plan = planner(new Map());
    const first = plan(read("exp(A * v)"));
    const second = plan(read("tanh(A * v)"));
    expect(second.registers).toBe(first.registers + 1);
    const registers: (Grid<number> | undefined)[] = [];
    const machine = new Machine(real, world);
    machine.run(first, environmentOf(first, world.size), undefined, registers);
    expect(registers.length).toBe(first.registers);
    machine.run(second, environmentOf(second, world.size), undefined, registers);
    expect(registers.filter(Boolean).length).toBe(second.registers);
  });
  test("has exponents and sizes beside arrays", () => {
    const integers = (text: string) => integersOf(read(text) as CallNode).map(({ key }) => key);
    expect(integers("Q^k")).toEqual(["k"]);
    expect(integers("zeros(n, m)").sort()).toEqual(["m", "n"]);
    expect(integers("A * v")).toEqual([]);
  });
});

describe("there is no value", () => {
  const reason = (text: string, on = new Machine(real, world)): string => {
    const plan = planOf(read(text), new Map());
    try {
      on.run(plan, environmentOf(plan, world.size));
      return "a value";
    } catch (error) {
      return (error as Error).message;
    }
  };
  test("of a negative power, unless there are inverses", () => {
    expect(reason("Q^(m - n)")).toBe("an exponent of a power is -1");
    const plan = planOf(read("Q^(m - n - 1)"), new Map());
    const found = new Machine(real, { ...world, inverses: true }).run(plan, environmentOf(plan, world.size));
    expect(found.entries.map(entry => Math.round(entry * 25))).toEqual(
      computed(read("inverse(Q) * inverse(Q)"))
        .flat()
        .map(entry => Math.round(entry * 25)),
    );
  });
  test("of more steps than one may take", () => {
    expect(reason("sum(t, 1, j, t * w)", new Machine(real, world, 10))).toBe("the evaluation takes too many steps");
    expect(reason("sum(t, 1, j, t * w)", new Machine(real, world, 100))).toBe("a value");
  });
  test("of an inverse or a quotient in the prime field", () => {
    const field = primeField(1);
    const zeros = { ...world, read: (of: SymbolNode) => mapped(gridOf(VALUES[of.name] as Rows), field.integer) };
    const on = new Machine(field, zeros as never);
    expect(reason("inverse(zeros(n, n))", on as never)).toBe("a matrix is singular at this draw");
    expect(reason("inverse(v * u')", on as never)).toBe("a matrix is singular at this draw");
    expect(reason("c / (c - c)", on as never)).toBe("a divisor is 0 at this draw");
  });
  test("of an inverse whose divisors are slopes alone", () => {
    const field = primeField(1);
    const slope: Dual<Prime> = { value: field.zero, slope: field.one };
    const grid = { rows: 1, columns: 1, entries: [slope] };
    for (const kernel of ["determinant", "inverse"] as const)
      expect(() => kernelValue(dual(field), kernel, grid)).toThrow("a matrix is singular at this draw");
    const zero = { ...grid, entries: [{ value: field.zero, slope: undefined }] };
    expect(kernelValue(dual(field), "determinant", zero).entries).toEqual([{ value: field.zero, slope: undefined }]);
  });
  const mapped = <F>({ rows, columns, entries }: Grid<number>, f: (entry: number) => F): Grid<F> => ({
    rows,
    columns,
    entries: entries.map(f),
  });
});

describe("grids", () => {
  const grid = gridOf(VALUES["A"] as Rows);
  test("have windows, with zeros beyond their edges", () => {
    const window = (...at: [number, number, number, number]) =>
      rowsOf(windowOf(grid, [at[0], at[1]], [at[2], at[3]], 0));
    expect(window(0, 0, 2, 3)).toEqual(VALUES["A"]);
    expect(window(1, 1, 2, 3)).toEqual([
      [5, 6, 0],
      [0, 0, 0],
    ]);
    expect(window(-1, -1, 2, 2)).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(window(0, 3, 1, 1)).toEqual([[0]]);
    expect(window(2, 0, 1, 1)).toEqual([[0]]);
    expect(window(0, 0, 0, 2)).toEqual([]);
    expect(() => window(0, 0, -1, 2)).toThrow("a part of an array has -1 × 2 entries");
    expect(() => window(0, 0, 1, -2)).toThrow("a part of an array has 1 × -2 entries");
  });
  test("have slices, which become grids again", () => {
    expect([sliceOf(grid, "rows", 1), sliceOf(grid, "columns", 1)].map(rowsOf)).toEqual([
      [[4], [5], [6]],
      [[2], [5]],
    ]);
    for (const axis of ["rows", "columns"] as const) {
      const slices = Array.from({ length: grid[axis] }, (_, i) => sliceOf(grid, axis, i));
      expect(stackGrids(slices, axis)).toEqual(grid);
    }
  });
  test("correspond where they have one shape", () => {
    expect(zipGrids(grid, grid, (a, b) => a + b).entries).toEqual([2, 4, 6, 8, 10, 12]);
    const turned = { ...grid, rows: 3, columns: 2 };
    expect(() => zipGrids(grid, turned, (a, b) => a + b)).toThrow("entries of 2 × 3 and 3 × 2 do not correspond");
  });
  test("are distributions where their entries are put over a sum, and labels by signs", () => {
    const of = (rows: Rows, kind: Parameters<typeof distributionGrid>[2]) =>
      rowsOf(distributionGrid(real, gridOf(rows), kind));
    expect(
      of(
        [
          [1, 3],
          [4, 12],
        ],
        "vector",
      ),
    ).toEqual([
      [0.05, 0.15],
      [0.2, 0.6],
    ]);
    expect(
      of(
        [
          [1, 3],
          [4, 12],
        ],
        "rows",
      ),
    ).toEqual([
      [0.25, 0.75],
      [0.25, 0.75],
    ]);
    expect(
      of(
        [
          [1, 3],
          [4, 12],
        ],
        "columns",
      ),
    ).toEqual([
      [0.2, 0.2],
      [0.8, 0.8],
    ]);
    expect(of([[1], [-1], [-1]], "label")).toEqual([[1], [0], [0]]);
    expect(of([[-1], [1], [-1]], "label")).toEqual([[0], [1], [0]]);
    expect(of([[-1], [1], [1]], "label")).toEqual([[0], [0], [1]]);
    expect(
      of(
        [
          [9, 1, 1],
          [9, -1, -1],
        ],
        "row labels",
      ),
    ).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });
  test("are multiplied as a text of few letters says", () => {
    for (const text of ["ij", "ij,jk,kl->il", "ij->ijk", "ij,kl->"]) expect(() => readEinsum(text), text).toThrow();
    expect(() => readEinsum("ij,kj->ik")).not.toThrow();
  });
});
