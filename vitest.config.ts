import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // One worker a core: the suites are made of arithmetic, and more workers only wait for each other.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    reporters: ["default", "./scripts/tally.ts"],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/**/*.grammar.ts"],
      reporter: ["text-summary", "html"],
    },
  },
});
