import { expect, test } from "vitest";
import { integer, named, plus } from "../../src/expr/polynomial.ts";
import type { Alternative, Choice } from "../../src/note/choice.ts";
import { search } from "../../src/note/search.ts";
import { type Extent, SizeStore, type SizeTerm } from "../../src/note/sizes.ts";
import { Chance } from "../random/chance.ts";

const ONE = integer(1);
const SUM = plus("p", "q");
const KNOWN = [ONE, named("m"), named("n")];

interface Problem {
  readonly sizes: SizeStore;
  readonly choices: readonly Choice[];
}

/** Choices that join, widen, sum up and bind a few sizes; some exclude scalars, some arise only with others. */
const problemOf = (seed: number): Problem => {
  const chance = new Chance(seed);
  const sizes = new SizeStore();
  const terms = Array.from({ length: 5 }, () => sizes.fresh());
  const alternativeOn = (own: readonly number[]): Alternative => {
    const [a, b, c] = own as [number, number, number];
    const cost = chance.below(5) / 4;
    const ways: readonly ((store: SizeStore) => boolean)[] = [
      () => true,
      store => store.widen(a),
      store => store.unify(a, b),
      store => store.widen(a) && store.unify(b, c),
      store => store.unify(a, ONE) && store.widen(b),
      store => store.unify(c, KNOWN[(a + b) % 3] as SizeTerm),
      store => store.relate(a, named("p"), new Map([["p", b]])),
      store =>
        store.relate(
          c,
          SUM,
          new Map([
            ["p", a],
            ["q", b],
          ]),
        ),
    ];
    const extent: Extent = { rows: a, columns: b };
    const holds = (store: SizeStore): boolean | undefined => {
      const scalar = store.isScalar(extent);
      return scalar === undefined ? undefined : !scalar;
    };
    return { cost, impose: chance.pick(ways), ...(chance.happens(0.4) ? { holds } : {}) };
  };
  const choices = Array.from({ length: 8 }, (_, at): Choice => {
    const own = Array.from({ length: 3 }, () => chance.pick(terms));
    const alternatives = Array.from({ length: 1 + chance.below(3) }, () => alternativeOn(own));
    const guard =
      at > 1 && chance.happens(0.2) ? { choice: chance.below(at), alternative: chance.below(2) } : undefined;
    return {
      alternatives,
      touches: own,
      ...(chance.happens(0.5) ? { primary: true as const } : {}),
      ...(guard ? { guard } : {}),
    };
  });
  return { sizes, choices };
};

/** The least cost among all combinations that fit together. */
const leastOf = ({ sizes, choices }: Problem): number | undefined => {
  let least: number | undefined;
  const taken: (number | undefined)[] = [];
  const walk = (at: number, cost: number): void => {
    const choice = choices[at];
    if (!choice) {
      const holds = choices.every(({ alternatives }, i) => {
        const made = taken[i];
        return made === undefined || alternatives[made]?.holds?.(sizes) !== false;
      });
      if (holds && (least === undefined || cost < least)) least = cost;
      return;
    }
    if (choice.guard && taken[choice.guard.choice] !== choice.guard.alternative) {
      taken[at] = undefined;
      walk(at + 1, cost);
      return;
    }
    for (const [i, alternative] of choice.alternatives.entries()) {
      const mark = sizes.mark();
      taken[at] = i;
      if (alternative.impose(sizes)) walk(at + 1, cost + alternative.cost);
      sizes.undo(mark);
    }
    taken[at] = undefined;
  };
  walk(0, 0);
  return least;
};

test.each(Array.from({ length: 600 }, (_, seed) => [seed]))("finds the least cost of problem %i", seed => {
  const problem = problemOf(seed);
  const { best, exhausted } = search(problem.choices, problem.sizes, 1_000_000);
  expect(exhausted).toBe(false);
  expect(best?.cost).toBe(leastOf(problem));
});

test("what a choice that was made still excludes is part of the state that is remembered", () => {
  const sizes = new SizeStore();
  const [a, b] = [sizes.fresh(), sizes.fresh()];
  const holds = (store: SizeStore): boolean | undefined => {
    const scalar = store.isScalar({ rows: a, columns: b });
    return scalar === undefined ? undefined : !scalar;
  };
  const unitOr = (term: SizeTerm): Choice => ({
    touches: [a, b],
    alternatives: [
      { cost: 0, impose: store => store.unify(term, ONE) },
      { cost: 3, impose: store => store.widen(term) },
    ],
  });
  const first: Choice = {
    primary: true,
    touches: [a, b],
    alternatives: [
      { cost: 0, impose: () => true, holds },
      { cost: 1, impose: () => true },
    ],
  };
  expect(search([first, unitOr(a), unitOr(b)], sizes, 1_000).best).toMatchObject({ taken: [1, 0, 0], cost: 1 });
});

test("sizes are described by what is known of them, not by how that came to be", () => {
  const describe = (know: (store: SizeStore, terms: readonly [number, number, number]) => void): string => {
    const store = new SizeStore();
    const terms = [store.fresh(), store.fresh(), store.fresh()] as const;
    know(store, terms);
    return store.describe(terms);
  };
  const sum = (store: SizeStore, [a, b, c]: readonly [number, number, number]): boolean =>
    store.relate(
      a,
      SUM,
      new Map([
        ["p", b],
        ["q", c],
      ]),
    );
  const said = [
    describe(() => undefined),
    describe((store, [a]) => store.widen(a)),
    describe((store, [a, b]) => store.unify(a, b)),
    describe((store, [, b, c]) => store.unify(b, c)),
    describe((store, [a]) => store.unify(a, named("n"))),
    describe((store, [a]) => store.widen(a) && store.widen(a)),
    describe(sum),
  ];
  expect(new Set(said).size).toBe(said.length - 1);
  expect(describe((store, [a, b]) => store.unify(b, a))).toBe(said[2]);
});
