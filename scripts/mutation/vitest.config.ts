import { defineConfig } from "vitest/config";
import type { TestSpecification } from "vitest/node";
import { readOrder } from "./order.ts";

const { files } = readOrder();

/** Files in the order that they are named in, so that quick ones kill before slow ones run. */
class AsNamed {
  sort(specifications: TestSpecification[]): TestSpecification[] {
    const placeOf = ({ moduleId }: TestSpecification): number => files.findIndex(file => moduleId.endsWith(`/${file}`));
    return [...specifications].sort((a, b) => placeOf(a) - placeOf(b));
  }
  shard(specifications: TestSpecification[]): TestSpecification[] {
    return specifications;
  }
}

export default defineConfig({
  root: process.cwd(),
  test: {
    include: [...files],
    pool: "forks",
    maxWorkers: 1,
    isolate: false,
    runner: "scripts/mutation/runner.ts",
    sequence: { sequencer: AsNamed },
    testTimeout: 600_000,
    reporters: ["dot"],
  },
});
