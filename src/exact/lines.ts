/** The lines between the start and the end of a derivation: chain rules and single steps. */
import type { SymbolNode } from "../expr/node.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { compare, type Place } from "./blame.ts";
import { type Grid, zipGrids } from "./grid.ts";
import type { Fault } from "./outcome.ts";
import {
  type PreparedContribution,
  type PreparedGradient,
  prepareContribution,
  stepsOf,
  stepsOfBlock,
} from "./prepared.ts";
import { routineOf } from "./program.ts";
import { regionOf } from "./region.ts";
import type { Trial } from "./trial.ts";
import type { Index } from "./world.ts";

const total = <E>({ add }: Arithmetic<E>, grids: readonly Grid<E>[]): Grid<E> =>
  grids.reduce((a, b) => zipGrids(a, b, add));

/**
 * A chain-rule line against the value that it stands for. Where two reads of one equation meet in one member, prod
 * means both; then they are compared together. `all` are the contributions to this member.
 */
const chainFault = <E>(
  place: Place<E>,
  trial: Trial<E>,
  { wrt, claim }: PreparedGradient,
  all: readonly PreparedContribution[],
  contribution: PreparedContribution,
  index: Index,
): Fault | undefined => {
  const { chain, routine } = contribution;
  if (!chain) return undefined;
  const about = { subject: "chain", wrt, index, which: all.indexOf(contribution) } as const;
  const fault = compare(place, about, {
    expected: () => trial.backward.value(routine, index),
    found: () => trial.backward.value(chain, index),
  });
  if (!fault) return undefined;
  const { equation, reader } = contribution.claim;
  const together = all.filter(other => other.claim.equation === equation);
  if (together.length < 2) return fault;
  const points = new Map(
    together.flatMap(other => trial.readers(other, claim.indices, index)).map(point => [point.join(), point]),
  );
  return compare(place, about, {
    expected: () =>
      total(
        place.arithmetic,
        together.map(other => trial.backward.value(other.routine, index)),
      ),
    found: () => trial.contracted(reader.kind === "at" ? reader.of : reader, [...points.values()], wrt, index),
  });
};

/** The chain-rule lines of the summands of a gradient, and those of its pieces, which must add up to the piece. */
export const checkChains = <E>(place: Place<E>, trial: Trial<E>): readonly Fault[] => {
  const { functions } = place.prepared.program;
  for (const gradient of place.prepared.gradients) {
    const { wrt, claim } = gradient;
    for (const contribution of gradient.contributions) {
      for (const index of spread(trial.membersIn(wrt, contribution.routine.region))) {
        const fault = chainFault(place, trial, gradient, trial.contributionsAt(gradient, index), contribution, index);
        if (fault) return [fault];
      }
    }
    if (!trial.isPiecewise(gradient)) continue;
    for (const [which, piece] of gradient.pieces.entries()) {
      const parts = piece.claim.contributions.map(part =>
        prepareContribution(part, piece.claim.over, claim.indices, functions),
      );
      if (parts.length === 0) continue;
      for (const index of spread(trial.membersIn(wrt, piece.routine.region))) {
        const sum = compare(
          place,
          { subject: "contributions", wrt, index, which },
          {
            expected: () => trial.backward.value(piece.routine, index),
            found: () =>
              total(
                place.arithmetic,
                parts.map(({ routine }) => trial.backward.value(routine, index)),
              ),
          },
        );
        if (sum) return [sum];
        for (const part of parts) {
          const fault = chainFault(place, trial, gradient, parts, part, index);
          if (fault) return [fault];
        }
      }
    }
  }
  return [];
};

/** The first, a middle and the last of many points. */
const spread = (points: readonly Index[]): readonly Index[] =>
  points.length <= 3 ? points : ([points[0], points[points.length >> 1], points.at(-1)] as readonly Index[]);

/** Single steps: both sides at the first, a middle and the last member. Points at which the left side has no value are passed over. */
export const checkSteps = <E>(
  place: Place<E>,
  trialFor: (identity: string | undefined) => Trial<E>,
): readonly Fault[] => {
  const { functions } = place.prepared.program;
  const lists = [
    ...place.prepared.gradients.map(gradient => ({ wrt: gradient.wrt, steps: stepsOf(gradient.claim) })),
    ...place.prepared.blocks.map(block => ({ wrt: block.states[0] as SymbolNode, steps: stepsOfBlock(block) })),
  ];
  for (const { wrt, steps } of lists) {
    for (const { step, over, indices, assumes } of steps) {
      if (step.before === step.after) continue;
      const trial = trialFor(assumes);
      const region = regionOf(over, indices);
      const [before, after] = [routineOf(step.before, region, functions), routineOf(step.after, region, functions)];
      for (const index of spread(trial.membersIn(wrt, region))) {
        let expected: Grid<E>;
        try {
          expected = trial.backward.value(before, index);
        } catch (error) {
          if (error instanceof NoValue && error.reason === "outside") continue;
          throw error;
        }
        const fault = compare(
          place,
          { subject: "step", wrt, index, rule: step.rule },
          {
            expected: () => expected,
            found: () => trial.backward.value(after, index),
          },
        );
        if (fault) return [fault];
      }
    }
  }
  return [];
};
