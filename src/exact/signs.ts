/** Where signs decide (max, |x|), or a label, a draw shows one case of several: samples are added until all were drawn often. */
import type { SymbolNode } from "../expr/node.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { redrawn } from "./draw.ts";
import type { Grid } from "./grid.ts";
import { SIGN_DRAWS, takesRoots, takesSigns } from "./plan.ts";
import { type Family, type Program, plansOf } from "./program.ts";
import { pointsOf } from "./region.ts";
import type { Sample } from "./sample.ts";
import { type Index, SystemWorld } from "./world.ts";

export interface Drawn {
  readonly samples: readonly Sample[];
  /** How often the signs of each equation were drawn, at least; absent where none decides. */
  readonly signs?: number;
}

/** An arithmetic that collects what it was asked the sign of. */
const asking = <E>(inner: Arithmetic<E>): { readonly arithmetic: Arithmetic<E>; readonly asked: Set<string> } => {
  const asked = new Set<string>();
  const noted =
    (take: (a: E) => E) =>
    (a: E): E => {
      asked.add(inner.show(a));
      return take(a);
    };
  const { sign, step, abs } = inner;
  return { arithmetic: { ...inner, sign: noted(sign), step: noted(step), abs: noted(abs) }, asked };
};

const isLabel = ({ entry: { distribution } }: Family): boolean =>
  distribution === "label" || distribution === "row labels";

/**
 * The signs that one equation depends on at a sample, and the labels of one name: of the one with fewest; infinite where
 * none is there.
 */
const fewestAt = <E>(
  families: readonly Family[],
  program: Program,
  { sizes }: Sample,
  inner: Arithmetic<E>,
): number => {
  const values = new SystemWorld<E>({ program, arithmetic: inner, sizes });
  let fewest = Number.POSITIVE_INFINITY;
  for (const family of families) {
    const { symbol, routines } = family;
    // What the equation reads is known before: the signs that are asked for are its own.
    const members = values.members(symbol).map(index => values.member(symbol, index));
    const labels = members.map(({ rows }) => (family.entry.distribution === "row labels" ? rows : 1));
    if (isLabel(family) && labels.length > 0)
      fewest = Math.min(
        fewest,
        labels.reduce((sum, each) => sum + each),
      );
    const { arithmetic, asked } = asking(inner);
    const known = (of: SymbolNode, index: Index): Grid<E> | undefined => values.stored(of, index);
    const world = new SystemWorld<E>({ program, arithmetic, sizes, known });
    for (const routine of routines.filter(({ plan }) => takesSigns([plan])))
      for (const index of pointsOf(world.polytope(routine.region))) world.value(routine, index);
    if (asked.size > 0) fewest = Math.min(fewest, asked.size);
  }
  return fewest;
};

/**
 * The samples, and so many in all: the same sizes with other seeds, the last ones first, before them all: the last sample
 * stays the largest.
 */
export const repeated = (samples: readonly Sample[], count: number): readonly Sample[] => {
  const more: Sample[] = [];
  for (let i = 1; more.length < count - samples.length && samples.length > 0; i++) {
    const { sizes, seed } = samples.at(-1 - ((i - 1) % samples.length)) as Sample;
    more.push({ sizes, seed: seed + 7919 * i });
  }
  return [...more, ...samples];
};

/** Whether a system's values depend on signs or labels. */
export const isByCases = (program: Program): boolean =>
  takesSigns(plansOf(program)) || [...program.families.values()].some(isLabel);

/** The samples, with as many more at the same sizes as it takes to draw the signs of every equation, and every label, often. */
export const drawnOften = (program: Program, samples: readonly Sample[]): Drawn => {
  const families = [...program.families.values()].filter(
    family => isLabel(family) || takesSigns(family.routines.map(({ plan }) => plan)),
  );
  if (families.length === 0) return { samples };
  const roots = takesRoots(plansOf(program));
  const counts = samples.map(sample => {
    try {
      return redrawn(roots, sample.seed, inner => fewestAt(families, program, sample, inner));
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      return 0;
    }
  });
  if (!counts.some(Number.isFinite)) return { samples };
  const finite = (count = 0): number => (Number.isFinite(count) ? count : 0);
  let signs = counts.reduce((sum, count) => sum + finite(count), 0);
  let more = 0;
  for (; signs < SIGN_DRAWS && more < SIGN_DRAWS; more++) signs += finite(counts.at(-1 - (more % counts.length)));
  return { samples: repeated(samples, samples.length + more), ...(takesSigns(plansOf(program)) ? { signs } : {}) };
};
