import { appendFileSync } from "node:fs";
import { type RunnerTestCase, TestRunner } from "vitest";
import { type Entry, readOrder } from "./order.ts";

/** What instrumented code and the runner share. */
interface Shared {
  activeMutant?: string;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number;
  /** How often each mutant was passed, under each `currentTestId`. */
  mutantCoverage: { readonly static: Record<string, number>; readonly perTest: Record<string, Record<string, number>> };
}

const NONE = "none";
/** A mutant that is passed so many times as often as the test passes the place without it runs for ever. */
const LONGEST = 100;

const order = readOrder();
const decided = new Set(order.decided);
const finished = new Set(order.finished);

const global = globalThis as { __stryker__?: Partial<Shared> };
global.__stryker__ ??= {};
const shared = global.__stryker__ as Shared;
shared.mutantCoverage ??= { static: {}, perTest: {} };
const { perTest } = shared.mutantCoverage;
const isOne = process.env["__STRYKER_ACTIVE_MUTANT__"] !== undefined;

const write = (entry: Entry): void => appendFileSync(order.log, `${JSON.stringify(entry)}\n`);

/**
 * Without a plan, runs each test as ever and writes down which mutants it passes. With one, runs each test as ever and then
 * once more with each mutant that is planned for it and that no test has killed. Modules are loaded once for all of it,
 * which is what makes a mutant cheap; so what a mutant left behind is looked for after each kill, and what was kept from
 * before, so that the mutant was not passed at all, is written down.
 */
export default class MutantRunner extends TestRunner {
  override onCollectStart(file: Parameters<TestRunner["onCollectStart"]>[0]): void {
    perTest["loading"] = {};
    shared.currentTestId = "loading";
    super.onCollectStart(file);
  }

  override async onBeforeRunSuite(suite: Parameters<TestRunner["onBeforeRunSuite"]>[0]): Promise<void> {
    const mutants = Object.keys(perTest["loading"] ?? {});
    if (!order.plan && mutants.length > 0) write({ kind: "loaded", file: suite.file.name, mutants });
    // Hooks of the suite count as its loading: only a fresh process runs them with a mutant.
    perTest["loading"] = {};
    shared.currentTestId = "loading";
    await super.onBeforeRunSuite(suite);
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const body = TestRunner.getTestFn(test) as () => Promise<void>;
    if (isOne) return await body();
    const file = test.file.name;
    const name = `${file} ${test.fullTestName}`;
    const mutants = (order.plan?.[name] ?? []).filter(mutant => !decided.has(mutant));
    if (order.plan && (mutants.length === 0 || finished.has(name))) return;
    const beforehand = Object.keys(perTest["loading"] ?? {});
    if (!order.plan && beforehand.length > 0) write({ kind: "loaded", file, mutants: beforehand });
    const hits: Record<string, number> = {};
    perTest[name] = hits;
    shared.activeMutant = NONE;
    shared.currentTestId = name;
    const start = performance.now();
    try {
      await body();
    } catch (error) {
      write({ kind: "broken", test: name });
      if (order.plan) process.kill(process.pid, "SIGKILL");
      throw error;
    } finally {
      shared.currentTestId = "trying";
      delete perTest[name];
    }
    const milliseconds = performance.now() - start;
    if (order.plan) await this.#tryAll(test, body, name, mutants, milliseconds, hits);
    else if (!test.fails) write({ kind: "reached", test: name, file, milliseconds, hits });
    perTest["loading"] = {};
    shared.currentTestId = "loading";
  }

  async #tryAll(
    test: RunnerTestCase,
    body: () => Promise<void>,
    name: string,
    mutants: readonly string[],
    milliseconds: number,
    hits: Readonly<Record<string, number>>,
  ): Promise<void> {
    for (const mutant of mutants) {
      write({ kind: "tried", mutant, test: name, milliseconds });
      if (await this.#passes(test, body, mutant, Math.max(hits[mutant] ?? 0, 1) * LONGEST)) {
        if (shared.hitCount === 0) write({ kind: "hidden", mutant, file: test.file.name });
        continue;
      }
      const kind = (shared.hitCount ?? 0) > (shared.hitLimit ?? 0) ? "timeout" : "killed";
      if (!(await this.#passes(test, body, NONE, Number.POSITIVE_INFINITY))) {
        write({ kind: "spoiled", mutant, test: name });
        process.kill(process.pid, "SIGKILL");
      }
      decided.add(mutant);
      write({ kind, mutant, test: name });
    }
    write({ kind: "finished", test: name });
    await this.onBeforeTryTask(test);
  }

  async #passes(test: RunnerTestCase, body: () => Promise<void>, mutant: string, limit: number): Promise<boolean> {
    await this.onBeforeTryTask(test);
    shared.activeMutant = mutant;
    shared.hitCount = 0;
    shared.hitLimit = limit;
    try {
      await body();
      this.onAfterTryTask(test);
      return true;
    } catch {
      return false;
    } finally {
      shared.activeMutant = NONE;
    }
  }
}
