/** Derives random systems and holds each derivation to forward mode over the prime field. */
import { derive } from "../../src/derive/index.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { showSystem } from "./show.ts";
import { randomSystem } from "./systems.ts";

export interface Mismatch {
  readonly seed: number;
  readonly what: string;
  readonly system: string;
}

const BASE = 20260000;

/** The seeds of a part of the run; all of them together are what CI tries. */
export const seedsOf = (part: number, parts: number, systems: number): readonly number[] =>
  Array.from({ length: systems }, (_, i) => BASE + i).filter(seed => seed % parts === part);

/** Undefined where everything agrees: at T = 1 … 5 with sizes all different, and at one horizon with sizes 1. */
export const mismatchOf = (seed: number): Mismatch | undefined => {
  const system = randomSystem(seed);
  const derivation = derive(system);
  const lines = seed % 8 === 0 ? "longest" : "none";
  const wrong = checkDerivation(derivation, {
    longest: 5,
    assignments: 1,
    ones: [1 + (seed % 5)],
    seeds: [seed],
    largestBound: Number.POSITIVE_INFINITY,
    lines,
  });
  if (wrong.verdict === "agrees") return undefined;
  const what = wrong.verdict === "cannot-tell" ? wrong.reason : wrong.faults.map(({ message }) => message).join("; ");
  return { seed, what, system: showSystem(system) };
};
