/** A pullback against forward mode: the one comparison that every op must stand. */
import { type Arithmetic, NoValue } from "../../src/exact/arithmetic.ts";
import { planOf } from "../../src/exact/compile.ts";
import { withRoots } from "../../src/exact/complex.ts";
import { type Dual, dual } from "../../src/exact/dual.ts";
import { primeField } from "../../src/exact/field.ts";
import { fillGrid, type Grid, mapGrid } from "../../src/exact/grid.ts";
import { Machine, type World } from "../../src/exact/machine.ts";
import { environmentOf } from "../../src/exact/plan.ts";
import type { Node, SymbolNode } from "../../src/expr/node.ts";
import { valueAt } from "../../src/expr/polynomial.ts";

type Sizes = ReadonlyMap<string, number>;
export type Values<E> = (of: SymbolNode) => Grid<E>;

const refuse = (): never => {
  throw new NoValue("undefined", "no partial derivatives here");
};

/** A term at given values of its symbols. */
export const evaluate = <E>(arithmetic: Arithmetic<E>, term: Node, sizes: Sizes, values: Values<E>): Grid<E> => {
  const world: World<E> = {
    read: values,
    partial: refuse,
    chain: refuse,
    size: name => sizes.get(name),
    identities: new Set(),
  };
  const plan = planOf(term, new Map());
  return new Machine(arithmetic, world).run(plan, environmentOf(plan, world.size));
};

export const randomValues =
  <E>(arithmetic: Arithmetic<E>, sizes: Sizes): Values<E> =>
  of => {
    const [rows = 1, columns = 1] = of.shape.map(size => valueAt(size, sizes));
    return fillGrid(rows, columns, entry => arithmetic.random(of.name, entry));
  };

/** Σ_r G_r ∂Y_r/∂arg_e for every entry e, one forward pass each. */
export const pulledForward = <E>(
  arithmetic: Arithmetic<E>,
  term: Node,
  G: SymbolNode,
  arg: SymbolNode,
  sizes: Sizes,
  values: Values<E>,
): Grid<E> => {
  const { add, multiply, zero, one } = arithmetic;
  const cotangent = values(G).entries;
  const { rows, columns } = values(arg);
  return fillGrid(rows, columns, entry => {
    const lifted: Values<Dual<E>> = of => {
      const grid = mapGrid(values(of), (value): Dual<E> => ({ value, slope: undefined }));
      return of === arg
        ? { ...grid, entries: grid.entries.map((x, i) => (i === entry ? { value: x.value, slope: one } : x)) }
        : grid;
    };
    const slopes = evaluate(dual(arithmetic), term, sizes, lifted).entries;
    return slopes.reduce(
      (sum, { slope }, r) => (slope === undefined ? sum : add(sum, multiply(cotangent[r] as E, slope))),
      zero,
    );
  });
};

/** Whether a pullback is right, exactly, at some draws over the prime field. */
export const holds = (term: Node, G: SymbolNode, arg: SymbolNode, pulled: Node, sizes: Sizes, draws = 3): boolean => {
  for (let draw = 0, tries = 0; draw < draws; tries++) {
    const arithmetic = withRoots(primeField(31 * tries + 7));
    const values = randomValues(arithmetic, sizes);
    try {
      const [expected, found] = [
        pulledForward(arithmetic, term, G, arg, sizes, values),
        evaluate(arithmetic, pulled, sizes, values),
      ];
      if (expected.rows !== found.rows || expected.columns !== found.columns) return false;
      if (!expected.entries.every((x, i) => arithmetic.equal(x, found.entries[i] as typeof x))) return false;
      draw++;
    } catch (error) {
      if (!(error instanceof NoValue) || !error.redraw || tries > draws + 16) throw error;
    }
  }
  return true;
};
