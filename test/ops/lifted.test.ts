// What an op of vectors is along rows and columns: the exact evaluator takes slice after slice, everything else lifts terms.
import { describe, expect, test } from "vitest";
import { NoValue } from "../../src/exact/arithmetic.ts";
import { withRoots } from "../../src/exact/complex.ts";
import { primeField } from "../../src/exact/field.ts";
import { equalGrids, sliceOf, stackGrids } from "../../src/exact/grid.ts";
import { realNumbers } from "../../src/exact/real.ts";
import type { Node, SymbolNode } from "../../src/expr/node.ts";
import { number, Scope, symbol } from "../../src/expr/node.ts";
import { integer, named } from "../../src/expr/polynomial.ts";
import { AXES, axisOf, isEntrywise, liftedSignatures, membersOf } from "../../src/ops/along.ts";
import { call } from "../../src/ops/call.ts";
import { OPS } from "../../src/ops/index.ts";
import { expandDefinition, expandForCode, pullbackOf } from "../../src/term/faces.ts";
import { liftPlaces, liftTerm } from "../../src/term/lift.ts";
import { evaluate, holds, randomValues } from "./forward.ts";
import { liftedInstancesOf } from "./instances.ts";

const sizeNamed = (text: string) => (text === "1" ? integer(1) : named(text));

const liftable = OPS.filter(op => membersOf(op));

/** Whether two terms are equal over the prime field, at random values of their symbols. */
const agree = (a: Node, b: Node, sizes: ReadonlyMap<string, number>): boolean => {
  for (let tries = 0, draws = 0; draws < 2; tries++) {
    const arithmetic = withRoots(primeField(17 * tries + 3));
    const values = randomValues(arithmetic, sizes);
    try {
      const grids = [a, b].map(term => evaluate(arithmetic, term, sizes, values));
      if (!equalGrids(arithmetic, ...(grids as [never, never]))) return false;
      draws++;
    } catch (error) {
      if (!(error instanceof NoValue) || !error.redraw || tries > 20) throw error;
    }
  }
  return true;
};

test("there are ops of vectors, and matrix products are none", () => {
  expect(liftable.length).toBeGreaterThan(15);
  for (const name of ["matmul", "scale", "outer", "trace", "diagonal", "exp", "inverse"])
    expect(liftable.map(op => op.name)).not.toContain(name);
  for (const name of ["softmax", "layernorm", "logsumexp", "inner", "total", "norm", "crossentropy"])
    expect(liftable.map(op => op.name)).toContain(name);
});

describe.each(liftable.map(op => [op.name, op] as const))("%s", (_, op) => {
  const instances = liftedInstancesOf(op);

  test("is lifted along both axes", () => {
    for (const axis of AXES) expect(instances.some(({ node }) => axisOf(node.attributes) === axis)).toBe(true);
  });

  test.each(instances.map(instance => [instance.name, instance] as const))(
    "its definition and its code are what it is of every slice: %s",
    (__, { node, sizes }) => {
      const term = expandDefinition(op, node.args, node.attributes);
      if (term) {
        expect(agree(node, term, sizes)).toBe(true);
        expect(agree(node, call("scale", [number(2), term]), sizes)).toBe(false);
      }
      // Code has laws of its own (the largest exponent is taken away) that the prime field knows nothing of.
      const code = op.code === undefined ? undefined : expandForCode(op, node.args, node.attributes);
      if (code) {
        const real = realNumbers(3, { positive: true });
        const grids = [node, code].map(of => evaluate(real, of, sizes, randomValues(real, sizes)));
        expect(equalGrids(real, ...(grids as [never, never]))).toBe(true);
      }
    },
  );

  test.each(instances.map(instance => [instance.name, instance] as const))(
    "its pullback agrees with forward mode: %s",
    (__, { node, G, slots, sizes }) => {
      for (const slot of slots) {
        const pulled = pullbackOf(op, node.args, node.attributes, slot, G, node);
        if (!pulled) continue;
        const arg = node.args[slot] as SymbolNode;
        expect(pulled.shape).toEqual(arg.shape);
        expect(holds(node, G, arg, pulled, sizes, 2)).toBe(true);
        const isZero = holds(node, G, arg, call("scale", [number(0), pulled]), sizes, 1);
        expect(holds(node, G, arg, isZero ? call("add", [pulled, arg]) : call("negate", [pulled]), sizes, 1)).toBe(
          false,
        );
      }
    },
  );
});

describe("the faces by which primitives are lifted", () => {
  const rows = OPS.flatMap(op => (op.lift ?? []).flatMap(lift => AXES.map(axis => ({ op, lift, axis }))));
  test.each(rows.map(row => [`${row.op.name}: ${row.lift.of} along ${row.axis}`, row] as const))("%s", (_, row) => {
    const { op, lift, axis } = row;
    const scope = new Scope();
    const sizes = new Map([
      ["N", 5],
      ["n", 3],
      ["m", 2],
    ]);
    const single = liftPlaces(lift.of).map((place, i) => {
      return symbol(scope, op.args[i] as string, [place.rows, place.columns].map(sizeNamed));
    });
    const isStacked = liftPlaces(lift.of).map(place => place.isStacked);
    const term = call(op.name, single);
    const stacks = new Map<Node, Node>();
    single.forEach((meta, i) => {
      if (!isStacked[i]) return;
      const length = meta.shape.at(-1) ?? sizeNamed("1");
      const shape = axis === "rows" ? [named("N"), length] : [length, named("N")];
      stacks.set(meta, symbol(scope, `${meta.name}s`, shape));
    });
    const lifted = liftTerm(term, stacks, { axis, count: named("N") });
    const arithmetic = primeField(5);
    const values = randomValues(arithmetic, sizes);
    const found = evaluate(arithmetic, lifted, sizes, values);
    const slices = [0, 1, 2, 3, 4].map(at =>
      evaluate(arithmetic, term, sizes, of => {
        const stack = stacks.get(of) as SymbolNode | undefined;
        if (!stack) return values(of);
        const slice = sliceOf(values(stack), axis, at);
        return of.shape.length === 2 ? { ...slice, rows: 1, columns: slice.rows } : slice;
      }),
    );
    const columns = slices.map(grid => ({ ...grid, rows: grid.entries.length, columns: 1 }));
    expect(equalGrids(arithmetic, found, stackGrids(columns, axis))).toBe(true);
    expect(equalGrids(arithmetic, found, stackGrids([...columns].reverse(), axis))).toBe(false);
  });
});

test("a call that does not fit along an axis is refused", () => {
  const scope = new Scope();
  expect(() =>
    call("inner", [symbol(scope, "A", [named("m"), named("n")]), symbol(scope, "b", [named("m")])], { along: "rows" }),
  ).toThrow();
  expect(() => call("exp", [symbol(scope, "A", [named("m"), named("n")])], { along: "rows" })).toThrow();
  expect(isEntrywise(OPS.find(op => op.name === "transpose") as never)).toBe(false);
  expect(liftedSignatures(OPS.find(op => op.name === "layernorm") as never, "rows").map(s => s.text)).toEqual([
    "N n, N 1 -> N n",
    "N n, 1 -> N n",
  ]);
});
