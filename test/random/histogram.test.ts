import { expect, test } from "vitest";
import { OPS } from "../../src/ops/index.ts";
import { type Traits, traitsOf } from "./histogram.ts";
import { seedsOf } from "./run.ts";
import { showSystem } from "./show.ts";
import { randomSystem } from "./systems.ts";
import { PRODUCTIONS } from "./terms.ts";

/** The least share of systems with a trait. */
const SHARES: Readonly<Record<string, readonly [trait: keyof Traits, least: number]>> = {
  "two or more coupled families": ["coupled", 0.3],
  "matrix-valued states": ["matrixState", 0.1],
  "lag 2": ["lagTwo", 0.1],
  "reads ahead in time": ["readsAhead", 0.1],
  "windowed or triangular sums": ["windowed", 0.15],
  "constant-index reads at both ends": ["bothEnds", 0.1],
  "two indices": ["twoIndices", 0.1],
  "shared parameters": ["shared", 0.5],
};

const FOLDS = [{ name: "sum" }, { name: "product" }, { name: "reversed-product" }];

test("the random systems are as varied as they must be", { timeout: 120_000 }, () => {
  const systems = seedsOf(0, 1, 10_000);
  const counts = new Map<string, number>();
  const count = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const nodes: number[] = [];
  for (const seed of systems) {
    const traits = traitsOf(randomSystem(seed));
    for (const [key, value] of Object.entries(traits)) if (value === true) count(key);
    for (const op of traits.inner) count(`${op} inside`);
    for (const op of traits.outer) count(`${op} outside`);
    nodes.push(...traits.nodes);
  }
  nodes.sort((a, b) => a - b);
  const median = nodes[nodes.length >> 1] as number;
  // Gradients, pullbacks and chain rules are what derivations are made of; no forward equation holds them.
  const forward = [...OPS.filter(({ noDerivative }) => noDerivative === undefined), ...FOLDS];
  const table = [
    `${systems.length} systems from seed ${systems[0]}, ${nodes.length} equations, median ${median} nodes`,
    ...Object.entries(SHARES).map(
      ([name, [trait, least]]) =>
        `${name}: ${(((counts.get(trait) ?? 0) / systems.length) * 100).toFixed(1)} % (at least ${least * 100} %)`,
    ),
    ...forward.map(
      ({ name }) =>
        `${name}: ${counts.get(`${name} inside`) ?? 0} inside, ${counts.get(`${name} outside`) ?? 0} outside`,
    ),
  ];
  process.stdout.write(`${table.join("\n")}\n`);
  for (const [name, [trait, least]] of Object.entries(SHARES))
    expect((counts.get(trait) ?? 0) / systems.length, name).toBeGreaterThanOrEqual(least);
  // Every op has its share of the systems, whatever other ops there are: more of them leave less for each.
  const least = Math.floor(systems.length / PRODUCTIONS.length);
  expect(least).toBeGreaterThan(50);
  for (const { name } of forward) {
    expect(counts.get(`${name} inside`) ?? 0, `${name} inside`).toBeGreaterThanOrEqual(least);
    expect(counts.get(`${name} outside`) ?? 0, `${name} outside`).toBeGreaterThanOrEqual(least);
  }
  expect(median).toBeGreaterThanOrEqual(12);
});

test("the same seed gives the same system", () => {
  const [first, second] = [randomSystem(7), randomSystem(7)];
  expect(showSystem(first)).toBe(showSystem(second));
});
