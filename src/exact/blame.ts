/** Finds the line at fault: every piece is judged with the true gradients of everything else. */
import { NoValue } from "./arithmetic.ts";
import type { Grid } from "./grid.ts";
import type { Fault, Subject } from "./outcome.ts";
import type { PreparedGradient } from "./prepared.ts";
import { Trial, type TrialSetting, trueGradients } from "./trial.ts";
import { type Index, memberName } from "./world.ts";

export interface Place<E> extends TrialSetting<E> {
  readonly seed: number;
}

/** What is compared with what. */
export interface Comparison<E> {
  readonly expected: () => Grid<E>;
  readonly found: () => Grid<E>;
}

type About = Pick<Fault, "subject" | "wrt" | "index"> & Partial<Pick<Fault, "which" | "rule">>;

const SAY: Readonly<Record<Subject, string>> = {
  piece: "the gradient by",
  contributions: "the sum of the paths to",
  chain: "the chain-rule line of",
  "closed form": "the closed form of the gradient by",
  truncation: "the truncated gradient by",
  structure: "the gradient under its convention by",
  step: "a step towards the gradient by",
  cover: "the pieces of the gradient by",
  missing: "the gradient by",
  sum: "the sum of all gradients up to",
};

const faultOf = <E>(
  { sizes, seed }: Place<E>,
  about: About,
  rest: Pick<Fault, "entry" | "expected" | "found"> & Partial<Fault>,
): Fault => ({
  ...about,
  ...rest,
  at: Object.fromEntries(sizes),
  seed,
  message:
    rest.message ??
    `${SAY[about.subject]} ${memberName(about.wrt, about.index)} is wrong at ${[...sizes].map(([name, value]) => `${name} = ${value}`).join(", ")}`,
});

/** Undefined where both are equal; a value that does not exist is a fault too, but for draws without a root. */
export const compare = <E>(place: Place<E>, about: About, { expected, found }: Comparison<E>): Fault | undefined => {
  const { equal, show } = place.arithmetic;
  const right = expected();
  let claimed: Grid<E>;
  try {
    claimed = found();
  } catch (error) {
    if (!(error instanceof NoValue) || error.redraw) throw error;
    return faultOf(place, about, {
      entry: 0,
      expected: "a value",
      found: error.message,
      reason: error.reason,
      message: `${SAY[about.subject]} ${memberName(about.wrt, about.index)}: ${error.message}`,
    });
  }
  if (right.rows !== claimed.rows || right.columns !== claimed.columns) {
    return faultOf(place, about, {
      entry: 0,
      expected: `${right.rows} × ${right.columns}`,
      found: `${claimed.rows} × ${claimed.columns}`,
    });
  }
  const entry = right.entries.findIndex((x, i) => !equal(x, claimed.entries[i] as E));
  return entry < 0
    ? undefined
    : faultOf(place, about, {
        entry,
        expected: show(right.entries[entry] as E),
        found: show(claimed.entries[entry] as E),
      });
};

/** The contributions to a member's gradient that are wrong by themselves. */
const wrongContributions = <E>(
  place: Place<E>,
  trial: Trial<E>,
  gradient: PreparedGradient,
  index: Index,
): readonly number[] =>
  trial.contributionsAt(gradient, index).flatMap(contribution => {
    const { claim, routine } = contribution;
    const reader = claim.reader.kind === "at" ? claim.reader.of : claim.reader;
    const readers = trial.readers(contribution, gradient.claim.indices, index);
    const fault = compare(
      place,
      { subject: "contributions", wrt: gradient.wrt, index },
      {
        expected: () => trial.contracted(reader, readers, gradient.wrt, index),
        found: () => trial.backward.value(routine, index),
      },
    );
    return fault ? [gradient.contributions.indexOf(contribution)] : [];
  });

/** The gradients at fault, each at its first wrong member. */
export const blame = <E>(place: Place<E>): readonly Fault[] => {
  const truth = trueGradients(place);
  const trial = new Trial({ ...place, truth });
  trial.objectiveSlope();
  return place.prepared.gradients.flatMap(gradient => {
    const { wrt } = gradient;
    for (const index of trial.forward.members(wrt)) {
      const expected = (): Grid<E> => trial.adjoint(wrt, index);
      const pieces = trial.piecesAt(gradient, index);
      if (trial.isPiecewise(gradient) && pieces.length !== 1) {
        const message = `${pieces.length === 0 ? "no piece holds" : "several pieces hold"} at ${memberName(wrt, index)}`;
        return [
          faultOf(
            place,
            { subject: "cover", wrt, index },
            { entry: 0, expected: "1", found: String(pieces.length), message },
          ),
        ];
      }
      const [piece] = pieces;
      const which = gradient.pieces.findIndex(({ routine }) => routine === piece);
      const fault =
        (piece && trial.isPiecewise(gradient)
          ? compare(
              place,
              { subject: "piece", wrt, index, which },
              { expected, found: () => trial.backward.value(piece, index) },
            )
          : undefined) ??
        compare(
          place,
          { subject: "contributions", wrt, index },
          { expected, found: () => trial.contributed(gradient, index) },
        );
      if (fault) return [{ ...fault, contributions: wrongContributions(place, trial, gradient, index) }];
    }
    return [];
  });
};
