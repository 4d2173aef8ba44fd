/** The exact check of ∂h_t/∂h_k: only the defining equation of the earlier member varies. */
import type { Domain } from "../expr/domain.ts";
import type { Node, SymbolNode } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { type Dual, dual } from "./dual.ts";
import { equalGrids, fillGrid } from "./grid.ts";
import { type Program, type Routine, routineOf } from "./program.ts";
import { pointsOf, polynomialAt, regionOf } from "./region.ts";
import type { Sample } from "./sample.ts";
import { memberName, SystemWorld, towardsEntry } from "./world.ts";

/** ∂of/∂of between two members, the second with `former`, which names a `letter`, in the place of the index of the recurrence. */
export interface ClaimedTransition {
  readonly of: SymbolNode;
  readonly indices: readonly string[];
  readonly place: number;
  readonly letter: string;
  readonly former: Polynomial;
  readonly over: Domain;
  readonly value: Node;
  readonly transpose?: Node;
}

export interface PreparedTransition {
  readonly claim: ClaimedTransition;
  readonly routine: Routine;
  readonly transpose?: Routine;
}

export const prepareTransition = (claim: ClaimedTransition, { functions }: Program): PreparedTransition => {
  const { value, transpose, over, indices, letter } = claim;
  const prepared = (node: Node): Routine => routineOf(node, regionOf(over, [...indices, letter]), functions);
  return { claim, routine: prepared(value), ...(transpose ? { transpose: prepared(transpose) } : {}) };
};

/** At most this many pairs of members are looked at in one sample; other ones in other samples. */
const MOST_PAIRS = 4;

/** What is wrong with ∂h_t/∂h_k: the defining equation of h_k alone varies, one entry after the other. */
export const transitionFault = <E>(
  { program, transitions }: { readonly program: Program; readonly transitions: readonly PreparedTransition[] },
  arithmetic: Arithmetic<E>,
  { sizes, seed }: Sample,
): string | undefined => {
  const values = new SystemWorld<E>({ program, arithmetic, sizes });
  for (const { claim, routine, transpose } of transitions) {
    const { of, indices, place, letter, former } = claim;
    const names = [...indices, letter];
    const points = pointsOf(values.polytope(routine.region));
    const chosen = points.filter(
      (_, i) => points.length <= MOST_PAIRS || (i + seed) % Math.ceil(points.length / MOST_PAIRS) === 0,
    );
    for (const point of chosen) {
      const later = point.slice(0, indices.length);
      const nameAt = (name: string): number | undefined =>
        names.includes(name) ? point[names.indexOf(name)] : sizes.get(name);
      const earlier = later.map((entry, i) => (i === place ? polynomialAt(former, nameAt) : entry));
      const count = values.member(of, earlier).entries.length;
      const columns = fillGrid(count, 1, varied => {
        const perturb = towardsEntry(arithmetic, of, earlier, varied);
        const world = new SystemWorld<Dual<E>>({ program, arithmetic: dual(arithmetic), sizes, perturb });
        return world.member(of, later).entries.map(({ slope }) => slope ?? arithmetic.zero);
      }).entries;
      const expected = fillGrid(count, count, at => (columns[at % count] as E[])[Math.floor(at / count)] as E);
      const turned = fillGrid(count, count, at => (columns[Math.floor(at / count)] as E[])[at % count] as E);
      const pair = `the derivative of ${memberName(of, later)} by ${memberName(of, earlier)}`;
      try {
        if (
          equalGrids(arithmetic, expected, values.value(routine, point)) &&
          (!transpose || equalGrids(arithmetic, turned, values.value(transpose, point)))
        )
          continue;
      } catch (error) {
        if (!(error instanceof NoValue) || error.redraw) throw error;
        return `${pair}: ${error.message}`;
      }
      return `${pair} is wrong at ${[...sizes].map(([name, value]) => `${name} = ${value}`).join(", ")}`;
    }
  }
  return undefined;
};
