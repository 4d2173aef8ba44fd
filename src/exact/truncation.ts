/**
 * Truncated gradients against forward mode: what lies outside of a recurrence reads each of its members from a world of
 * its own, in which members further back than the window are given and do not vary.
 */
import { compare, type Place } from "./blame.ts";
import { constant, type Dual, dual } from "./dual.ts";
import { innerProduct, mapGrid, zipGrids } from "./grid.ts";
import type { Fault } from "./outcome.ts";
import type { PreparedTruncation } from "./prepared.ts";
import { isInside, polynomialAt } from "./region.ts";
import { Trial } from "./trial.ts";
import { type Index, SystemWorld } from "./world.ts";

/** Windows are tried up to this length where their length is a symbol of its own: below, at and above the horizons. */
const LONGEST_WINDOW = 3;

type Recurrence = PreparedTruncation["claim"]["recurrences"][number];
type Varied = PreparedTruncation["gradients"][number];

/** dL when the members that the given formulas speak of vary, in the trial's directions. */
const slopeOf = <E>(place: Place<E>, trial: Trial<E>, truncation: PreparedTruncation, varied: readonly Varied[]): E => {
  const { prepared, arithmetic, sizes, suppose } = place;
  const { recurrences, window } = truncation.claim;
  const steps = polynomialAt(window, trial.size);
  const byFamily = new Map(varied.map(each => [each.wrt, each]));
  const common = {
    program: prepared.program,
    arithmetic: dual(arithmetic),
    sizes,
    ...(suppose ? { suppose } : {}),
    perturb: (of: Varied["wrt"], index: Index, value: ReturnType<SystemWorld<Dual<E>>["member"]>) => {
      const own = byFamily.get(of);
      if (!own?.routines.some(({ region }) => isInside(trial.backward.polytope(region), index))) return value;
      const direction = mapGrid(trial.direction(of, index), (slope): Dual<E> => ({ value: arithmetic.zero, slope }));
      return zipGrids(value, direction, common.arithmetic.add);
    },
  };
  const worlds = new Map<Recurrence, Map<number, SystemWorld<Dual<E>>>>();
  /** As the member at `position` sees its recurrence. */
  const worldAt = (recurrence: Recurrence, position: number): SystemWorld<Dual<E>> => {
    const { families, direction } = recurrence;
    const own = worlds.get(recurrence) ?? new Map<number, SystemWorld<Dual<E>>>();
    worlds.set(recurrence, own);
    let world = own.get(position);
    if (!world) {
      world = new SystemWorld<Dual<E>>({
        ...common,
        known: (of, index) => {
          const along = families.get(of);
          if (along === undefined) return undefined;
          const back = direction === "down" ? position - (index[along] as number) : (index[along] as number) - position;
          return back > steps ? mapGrid(trial.backward.member(of, index), constant) : undefined;
        },
      });
      own.set(position, world);
    }
    return world;
  };
  const outside = new SystemWorld<Dual<E>>({
    ...common,
    known: (of, index) => {
      const recurrence = recurrences.find(({ families }) => families.has(of));
      const along = recurrence?.families.get(of);
      return recurrence && along !== undefined
        ? worldAt(recurrence, index[along] as number).member(of, index)
        : undefined;
    },
  });
  const { slope } = outside.member(prepared.program.system.objective, []).entries[0] as Dual<E>;
  return slope ?? arithmetic.zero;
};

/** Σ ⟨formula, direction⟩ over the members that the formulas speak of. */
const claimedSlope = <E>({ arithmetic }: Place<E>, trial: Trial<E>, varied: readonly Varied[]): E =>
  varied.reduce(
    (sum, { wrt, routines }) =>
      routines.reduce(
        (inner, routine) =>
          trial
            .membersIn(wrt, routine.region)
            .reduce(
              (all, index) =>
                arithmetic.add(
                  all,
                  innerProduct(arithmetic, trial.backward.value(routine, index), trial.direction(wrt, index)),
                ),
              inner,
            ),
        sum,
      ),
    arithmetic.zero,
  );

/** Truncated gradients at one sample: all of them together, and where that fails one after the other. */
export const checkTruncation = <E>(given: Place<E>): readonly Fault[] => {
  const { truncation } = given.prepared;
  if (!truncation) return [];
  const { own, gradients } = truncation;
  const sizes = own === undefined ? given.sizes : new Map(given.sizes).set(own, 1 + (given.seed % LONGEST_WINDOW));
  const place: Place<E> = { ...given, sizes };
  const trial = new Trial(place);
  const scalar = (entry: E) => ({ rows: 1, columns: 1, entries: [entry] });
  const faultIn = (varied: readonly Varied[]): Fault | undefined =>
    compare(
      place,
      { subject: "truncation", wrt: (varied[0] as Varied).wrt, index: [] },
      {
        expected: () => scalar(slopeOf(place, trial, truncation, varied)),
        found: () => scalar(claimedSlope(place, trial, varied)),
      },
    );
  const together = gradients.length > 0 ? faultIn(gradients) : undefined;
  if (!together) return [];
  for (const gradient of gradients) {
    const fault = faultIn([gradient]);
    if (fault) return [fault];
  }
  return [together];
};
