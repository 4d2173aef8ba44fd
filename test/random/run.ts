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
  const common = { assignments: 1, seeds: [seed], largestBound: Number.POSITIVE_INFINITY } as const;
  const lines = seed % 8 === 0 ? "longest" : "none";
  const horizon = 1 + (seed % 5);
  const outcomes = [
    checkDerivation(derivation, { ...common, longest: 5, lines }),
    checkDerivation(derivation, { ...common, shortest: horizon, longest: horizon, dimension: 1, lines: "none" }),
  ];
  const wrong = outcomes.find(({ verdict }) => verdict !== "agrees");
  if (!wrong || wrong.verdict === "agrees") return undefined;
  const what = wrong.verdict === "cannot-tell" ? wrong.reason : wrong.faults.map(({ message }) => message).join("; ");
  return { seed, what, system: showSystem(system) };
};
