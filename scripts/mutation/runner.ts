import { appendFileSync } from "node:fs";
import { type RunnerTestCase, TestRunner } from "vitest";
import { type Entry, readOrder } from "./order.ts";

/** What instrumented code and the runner share. */
interface Shared {
  activeMutant?: string;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number;
  /** How often each mutant was passed: while modules were loaded, and in each test. */
  mutantCoverage: {
    readonly static: Record<string, number>;
    readonly perTest: Record<string, Record<string, number>>;
  };
}

const NONE = "none";
/** A mutant that is passed so many times as often as the test passes the place without it runs for ever. */
const LONGEST = 100;

const order = readOrder();
const living = new Set(order.mutants);
const finished = new Set(order.finished);
const tries = new Map<string, number>();
const loaded = new Set<string>();

const global = globalThis as { __stryker__?: Partial<Shared> };
global.__stryker__ ??= {};
const shared = global.__stryker__ as Shared;
shared.mutantCoverage ??= { static: {}, perTest: {} };
const { static: whileLoading, perTest } = shared.mutantCoverage;

const write = (entry: Entry): void => appendFileSync(order.log, `${JSON.stringify(entry)}\n`);

/**
 * Runs each test as ever, and then once more with each mutant that it passes and that no test has killed. Modules are
 * loaded once for all of it, which is what makes a mutant cheap; so what a mutant left behind is looked for after
 * each kill.
 */
export default class MutantRunner extends TestRunner {
  override onCollectStart(file: Parameters<TestRunner["onCollectStart"]>[0]): void {
    shared.currentTestId = undefined;
    super.onCollectStart(file);
  }

  override async onBeforeRunSuite(suite: Parameters<TestRunner["onBeforeRunSuite"]>[0]): Promise<void> {
    shared.currentTestId = "hooks";
    const news = Object.keys(whileLoading).filter(mutant => !loaded.has(mutant));
    for (const mutant of news) loaded.add(mutant);
    if (news.length > 0) write({ kind: "loaded", mutants: news });
    await super.onBeforeRunSuite(suite);
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const body = TestRunner.getTestFn(test) as () => Promise<void>;
    const name = `${test.file.name} ${test.fullTestName}`;
    if (process.env["__STRYKER_ACTIVE_MUTANT__"] !== undefined) return await body();
    if (finished.has(name)) return;
    const hits: Record<string, number> = {};
    perTest[name] = hits;
    shared.activeMutant = NONE;
    shared.currentTestId = name;
    const start = performance.now();
    try {
      await body();
    } catch (error) {
      write({ kind: "broken", test: name });
      if (tries.size > 0) process.kill(process.pid, "SIGKILL");
      throw error;
    } finally {
      shared.currentTestId = "mutants";
    }
    const milliseconds = performance.now() - start;
    write({ kind: "reached", mutants: Object.keys(hits) });
    if (!test.fails)
      for (const mutant of Object.keys(hits)) {
        if (!living.has(mutant)) continue;
        if (!order.near[mutant]?.includes(test.file.name)) {
          const tried = tries.get(mutant) ?? 0;
          if (tried >= order.most) continue;
          tries.set(mutant, tried + 1);
        }
        write({ kind: "tried", mutant, test: name, milliseconds });
        if (await this.#passes(test, body, mutant, hits[mutant] as number)) continue;
        const kind = (shared.hitCount ?? 0) > (shared.hitLimit ?? 0) ? "timeout" : "killed";
        if (!(await this.#passes(test, body, NONE, Number.POSITIVE_INFINITY))) {
          write({ kind: "spoiled", mutant, test: name });
          process.kill(process.pid, "SIGKILL");
        }
        living.delete(mutant);
        write({ kind, mutant, test: name });
      }
    write({ kind: "finished", test: name });
    await this.onBeforeTryTask(test);
  }

  async #passes(test: RunnerTestCase, body: () => Promise<void>, mutant: string, hits: number): Promise<boolean> {
    await this.onBeforeTryTask(test);
    shared.activeMutant = mutant;
    shared.hitCount = 0;
    shared.hitLimit = hits * LONGEST;
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
