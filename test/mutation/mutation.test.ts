// Right equations with one thing changed: each is flagged, or is equal to what it was made from, which is proved apart.
import { beforeAll, describe, expect, test } from "vitest";
import { mendByEdit } from "../../src/check/edits/mend.ts";
import { equalTerms } from "../../src/exact/equal.ts";
import { refute } from "../../src/exact/refute.ts";
import { showTerm } from "../../src/term/show.ts";
import { Chance } from "../random/chance.ts";
import { KINDS, type Mutant, mutantsOf } from "./mutants.ts";
import { derivedRights, publishedRights, type Right } from "./rights.ts";

const SEED = Number(process.env.GRADNOTE_SEED ?? 1);
/** Mutants of each equation: all of them in the long run. */
const EACH = Number(process.env.GRADNOTE_MUTANTS ?? 2);
const SLIPS = Number(process.env.GRADNOTE_SLIPS ?? 25);

let rights: readonly Right[] = [];
beforeAll(async () => {
  rights = [...(await derivedRights()), ...(await publishedRights())];
}, 120_000);

/** So many of a list, each once. */
const some = <T>(chance: Chance, from: readonly T[], most: number): readonly T[] => {
  const left = [...from];
  const taken: T[] = [];
  while (taken.length < most && left.length > 0) taken.push(...left.splice(chance.below(left.length), 1));
  return taken;
};

/** Equal at random values of every name in it, whatever the system says of them: another evaluation than the judge's. */
const isEquivalent = ({ suppose }: Right, { equation }: Mutant, right: Right["equation"]["right"]): boolean =>
  equalTerms(equation.right, right, {
    draws: 20,
    seed: 77,
    suppose: Object.fromEntries([...(suppose.symmetric ?? [])].map(name => [name, "symmetric" as const])),
  }).equal === true;

test("there are at least 40 right equations, and all are found right", () => {
  expect(rights.length).toBeGreaterThanOrEqual(40);
  const other = rights.filter(({ witness, equation, suppose }) => witness.judge(equation, suppose).verdict !== "equal");
  expect(other.map(({ name }) => name)).toEqual([]);
});

test("single mutants are flagged, and those that are not are equal to the original", () => {
  const chance = new Chance(SEED);
  const kinds = new Map<string, number>(KINDS.map(kind => [kind, 0]));
  const [survivors, unproved]: [string[], string[]] = [[], []];
  let [tried, different, undecided, refuted] = [0, 0, 0, 0];
  const wronglyRefuted: string[] = [];
  for (const right of rights) {
    const { witness, equation, suppose, name } = right;
    const isRefuted = witness.sieve(equation, suppose);
    for (const mutant of some(chance, mutantsOf(equation, witness.system), EACH)) {
      tried++;
      kinds.set(mutant.kind, (kinds.get(mutant.kind) ?? 0) + 1);
      const { verdict } = witness.judge(mutant.equation, suppose);
      const early = isRefuted(mutant.equation.right);
      if (early) refuted++;
      if (early && verdict === "equal") wronglyRefuted.push(`${name}: ${showTerm(mutant.equation.right)}`);
      if (verdict === "different" || verdict === "outside") different++;
      else if (verdict === "cannot-tell" || verdict === "empty") undecided++;
      else {
        const line = `${name}, ${mutant.kind}: ${showTerm(mutant.equation.right)}`;
        survivors.push(line);
        if (!isEquivalent(right, mutant, equation.right)) unproved.push(line);
      }
    }
  }
  process.stdout.write(
    `seed ${SEED}: ${tried} mutants of ${rights.length} right equations: ${different} wrong, ${undecided} undecided, ${survivors.length} equal; ${refuted} refuted at one sample\n${[...kinds].map(([kind, count]) => `  ${kind} ${count}`).join("\n")}\n${survivors.map(line => `  ${line.slice(0, 200)}\n`).join("")}`,
  );
  expect(unproved).toEqual([]);
  // One sample tells most, and never calls wrong what is right.
  expect(wronglyRefuted).toEqual([]);
  expect(refuted).toBeGreaterThan(0.9 * different);
  expect(undecided).toBeLessThanOrEqual(tried / 1000);
});

describe("single slips", () => {
  test("are refuted in real numbers, and mended by one edit in at least 9 of 10", () => {
    const chance = new Chance(SEED + 1);
    const missed: string[] = [];
    const unrefuted: string[] = [];
    let tried = 0;
    while (tried < SLIPS) {
      const right = chance.pick(rights);
      const { witness, equation, suppose, derivation, name } = right;
      const mutants = mutantsOf(equation, witness.system);
      if (mutants.length === 0 || mutants.length > 400) continue;
      const kind = chance.pick([...new Set(mutants.map(each => each.kind))]);
      const mutant = chance.pick(mutants.filter(each => each.kind === kind));
      if (witness.judge(mutant.equation, suppose).verdict !== "different") continue;
      tried++;
      const line = `${name}, ${kind}: ${showTerm(mutant.equation.right)}`;
      if (!refute(witness, mutant.equation, suppose)) unrefuted.push(line);
      const mend = mendByEdit({ witness, derivation }, mutant.equation, suppose);
      if (!mend) missed.push(line);
      else expect(witness.judge(mend.equation, suppose).verdict).toBe("equal");
    }
    process.stdout.write(
      `${tried - missed.length} of ${tried} slips mended\n${missed.map(line => `  ${line}\n`).join("")}`,
    );
    expect(missed.length).toBeLessThanOrEqual(tried / 10);
    expect(unrefuted).toEqual([]);
  });
});
