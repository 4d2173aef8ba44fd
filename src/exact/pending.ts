/** What is to be computed before a value is there: an op by the term that it stands for, a lifted call slice by slice. */
import type { SymbolNode } from "../expr/node.ts";
import { NoValue } from "./arithmetic.ts";
import { type Grid, sliceOf, stackGrids } from "./grid.ts";
import { type Instruction, integerAt, type Places, type Plan } from "./plan.ts";

/**
 * A member that is still to be computed: its plan, the values of its free names, and what becomes of the result
 * (which may be that something else is to be computed first).
 */
export interface Pending<E> {
  readonly plan: Plan;
  readonly environment: readonly number[];
  readonly finish: (value: Grid<E>) => Grid<E> | Pending<E>;
  /** Values of the plan's metavariables, where it is the definition of an op. */
  readonly bound?: ReadonlyMap<SymbolNode, Grid<E>>;
}

export const isPending = <E>(found: Grid<E> | Pending<E>): found is Pending<E> => "plan" in found;

/** An op at given arguments, by the term that it stands for; with `inverse`, negative powers are those of the inverse. */
export const defined = <E>(
  { definition, integers }: Instruction & { kind: "define" | "along" },
  given: readonly Grid<E>[],
  environment: readonly number[],
  finish: Pending<E>["finish"],
  inverse?: (grid: Grid<E>) => Grid<E>,
): Pending<E> => {
  let values = given;
  const { plan, sizes, metas } = definition;
  const inner = new Array<number>(plan.places).fill(0);
  for (const [i, { place }] of plan.names.entries()) {
    const source = sizes[i];
    if (source?.from === "integer") {
      const value = integerAt(integers[source.argument] as Places, environment);
      const negative = source.isNatural && value < 0;
      if (negative && !inverse) throw new NoValue("negative-power", `an exponent of a power is ${value}`);
      if (negative && inverse) values = given.map(inverse);
      inner[place] = negative ? -value : value;
    } else if (source) inner[place] = (values[source.argument] as Grid<E>)[source.from];
  }
  return { plan, environment: inner, finish, bound: new Map(metas.map((meta, i) => [meta, values[i] as Grid<E>])) };
};

/** A lifted call: one slice after another, with nothing assumed of the op. */
export const sliceBySlice = <E>(
  instruction: Instruction & { kind: "along" },
  values: readonly Grid<E>[],
  environment: readonly number[],
): Pending<E> => {
  const { axis, stacked } = instruction;
  const first = values[stacked.indexOf(true)] as Grid<E>;
  const count = axis === "rows" ? first.rows : first.columns;
  const results: Grid<E>[] = [];
  const next = (): Pending<E> =>
    defined(
      instruction,
      values.map((grid, i) => (stacked[i] ? sliceOf(grid, axis, results.length) : grid)),
      environment,
      result => {
        results.push(result);
        return results.length < count ? next() : stackGrids(results, axis);
      },
    );
  return next();
};
