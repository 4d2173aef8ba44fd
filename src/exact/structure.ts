/**
 * Gradients by symmetric and diagonal matrices against forward mode: one member is moved along a random symmetric (or
 * diagonal) matrix, and the objective's slope is what the convention says that the gradient makes of that direction.
 */
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { compare, type Place } from "./blame.ts";
import type { ClaimedStructure } from "./claims.ts";
import { type Dual, dual } from "./dual.ts";
import { fillGrid, type Grid, innerProduct, mapGrid, scalarGrid } from "./grid.ts";
import type { Fault } from "./outcome.ts";
import type { Trial } from "./trial.ts";
import { type Index, randomMember, SystemWorld, structuredGrid } from "./world.ts";

/** What a gradient says of a direction: each pair of entries once where they are one variable. */
const slopeBy = <E>(
  arithmetic: Arithmetic<E>,
  convention: ClaimedStructure["convention"],
  gradient: Grid<E>,
  direction: Grid<E>,
): E => {
  if (convention !== "pairs") return innerProduct(arithmetic, gradient, direction);
  const above = fillGrid(direction.rows, direction.columns, place =>
    Math.floor(place / direction.columns) <= place % direction.columns
      ? (direction.entries[place] as E)
      : arithmetic.zero,
  );
  return innerProduct(arithmetic, gradient, above);
};

export const checkStructures = <E>(place: Place<E>, trial: Trial<E>): readonly Fault[] => {
  const { prepared, arithmetic, sizes, suppose } = place;
  const { system } = prepared.program;
  for (const { wrt, pieces } of prepared.gradients) {
    for (const [which, { claim, structured: routine }] of pieces.entries()) {
      const convention = claim.structured?.convention;
      if (!routine || !convention || convention === "independent") continue;
      const structure = convention === "diagonal" ? "diagonal" : "symmetric";
      for (const index of trial.membersIn(wrt, routine.region)) {
        const about = { subject: "structure", wrt, index, which } as const;
        const found = (): Grid<E> => trial.backward.value(routine, index);
        // Directions say nothing of what is skew, or stands beside the diagonal: there the gradient has the structure itself.
        const own = compare(place, about, {
          expected: () => structuredGrid(found(), structure, arithmetic.zero),
          found,
        });
        if (own) return [own];
        const fault = compare(place, about, {
          expected: () => {
            const direction = structuredGrid(
              randomMember(arithmetic, "structured direction", wrt, index, trial.size),
              structure,
              arithmetic.zero,
            );
            const world = new SystemWorld<Dual<E>>({
              program: prepared.program,
              arithmetic: dual(arithmetic),
              sizes,
              ...(suppose ? { suppose } : {}),
              perturb: (of, at, value) => (of === wrt && sameIndex(at, index) ? moved(value, direction) : value),
            });
            return mapGrid(world.member(system.objective, []), ({ slope }) => slope ?? arithmetic.zero);
          },
          found: () => {
            const gradient = found();
            if (gradient.rows !== gradient.columns) throw new NoValue("undefined", "the matrix is not square");
            const direction = structuredGrid(
              randomMember(arithmetic, "structured direction", wrt, index, trial.size),
              structure,
              arithmetic.zero,
            );
            return scalarGrid(slopeBy(arithmetic, convention, gradient, direction));
          },
        });
        if (fault) return [fault];
      }
    }
  }
  return [];
};

const sameIndex = (a: Index, b: Index): boolean => a.every((entry, i) => entry === b[i]);

const moved = <E>(value: Grid<Dual<E>>, direction: Grid<E>): Grid<Dual<E>> => ({
  ...value,
  entries: value.entries.map((x, i) => ({ value: x.value, slope: direction.entries[i] })),
});
