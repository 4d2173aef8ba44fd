import type { Reporter, TestModule } from "vitest/node";

/**
 * Prints, last of all, one plain line: how many tests passed and how many failed. A file that could not be loaded
 * and an error outside of every test count as failures; tests that were skipped count as neither.
 */
export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strays: readonly unknown[]): void {
    let passed = 0;
    let failed = strays.length;
    let skipped = 0;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failed += 1;
        else skipped += 1;
      }
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
    }
    process.once("exit", () => {
      process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
    });
  }
}
