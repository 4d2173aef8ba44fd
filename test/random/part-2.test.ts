import { expect, test } from "vitest";
import { mismatchOf, seedsOf } from "./run.ts";

test("part 2 of 4: 2,500 random systems are derived without a mismatch", { timeout: 900_000 }, () => {
  const seeds = seedsOf(1, 4, 10_000);
  expect(seeds).toHaveLength(2500);
  for (const seed of seeds) expect(mismatchOf(seed)).toBeUndefined();
});
