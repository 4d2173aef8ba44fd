import { defineConfig } from "vitest/config";
import type { TestSpecification } from "vitest/node";
import { readOrder } from "./order.ts";

/** Files in the order that they are named in, so that quick ones kill before slow ones run. */
class AsNamed {
  #placeOf(path: string): number {
    const { tests } = readOrder();
    const place = tests.findIndex(test => path.includes(`/${test}`));
    return place < 0 ? tests.length : place;
  }
  sort(files: TestSpecification[]): TestSpecification[] {
    return [...files].sort(
      (a, b) => this.#placeOf(a.moduleId) - this.#placeOf(b.moduleId) || (a.moduleId < b.moduleId ? -1 : 1),
    );
  }
  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

export default defineConfig({
  root: process.cwd(),
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 1,
    isolate: false,
    runner: "scripts/mutation/runner.ts",
    sequence: { sequencer: AsNamed },
    testTimeout: 600_000,
    reporters: ["dot"],
  },
});
