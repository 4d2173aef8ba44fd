import { Bench } from "tinybench";

/** One thing to be timed. */
export interface Case {
  readonly name: string;
  /** The case of the same file that this one is compared with; its own ratio is 1. */
  readonly against?: string;
  /** What one call gets through, for a rate: characters, nodes, systems. */
  readonly amount?: { readonly count: number; readonly of: string };
  readonly run: () => unknown;
  /** Done before each call, and not timed. */
  readonly prepare?: () => void;
}

/** Things of one kind, each timed by itself: what most of them take, and what almost all of them stay below. */
export interface Spread {
  readonly name: string;
  /** Milliseconds of each. */
  readonly run: () => readonly number[];
}

/** What a file of bench/ exports as `suite`. */
export interface Suite {
  readonly title: string;
  readonly cases: readonly Case[] | Promise<readonly Case[]>;
  readonly spreads?: readonly Spread[];
}

export interface Row {
  readonly suite: string;
  readonly name: string;
  /** Milliseconds of one call. */
  readonly median: number;
  readonly fastest: number;
  readonly ratio: { readonly against: string; readonly value: number } | undefined;
  readonly rate: { readonly perSecond: number; readonly of: string } | undefined;
}

/**
 * Times the cases of a suite in one run, twice in turn, so that a machine that slows down slows them all; each case's
 * figures are its better round. Ratios are taken between medians of this same run.
 */
export async function measure({ title, cases, spreads = [] }: Suite): Promise<readonly Row[]> {
  const all = await cases;
  const figures = new Map<string, { median: number; fastest: number }>();
  for (let round = 0; round < 2; round += 1) {
    // A few calls of what takes long are enough: by its default a bench makes 64 of each.
    const bench = new Bench({ name: title, time: 300, warmupTime: 100, iterations: 8, warmupIterations: 2 });
    for (const { name, run, prepare } of all) bench.add(name, run, prepare ? { beforeEach: prepare } : {});
    await bench.run();
    for (const task of bench.tasks) {
      const { result } = task;
      if (result.state !== "completed") {
        throw new Error(`${title}: ${task.name} ${result.state}`, {
          cause: "error" in result ? result.error : undefined,
        });
      }
      const { p50, min } = result.latency;
      const before = figures.get(task.name);
      if (before === undefined || p50 < before.median) figures.set(task.name, { median: p50, fastest: min });
    }
  }
  const rows = all.map(({ name, against, amount }): Row => {
    const { median, fastest } = figureOf(figures, title, name);
    return {
      suite: title,
      name,
      median,
      fastest,
      ratio: against === undefined ? undefined : { against, value: median / figureOf(figures, title, against).median },
      rate: amount && { perSecond: (amount.count * 1000) / median, of: amount.of },
    };
  });
  return [...rows, ...spreads.flatMap(spread => percentiles(title, spread))];
}

const PERCENTILES = [50, 99] as const;
const ROUNDS = 5;

/** The percentiles of a spread over several rounds, once it is warm. */
function percentiles(suite: string, { name, run }: Spread): readonly Row[] {
  run();
  const rounds = Array.from({ length: ROUNDS }, () => [...run()].sort((a, b) => a - b));
  return PERCENTILES.map((percent): Row => {
    const found = rounds
      .map(times => times[Math.min(times.length - 1, Math.floor((times.length * percent) / 100))] ?? 0)
      .sort((a, b) => a - b);
    return {
      suite,
      name: `${name}, p${percent}`,
      median: found[Math.floor(ROUNDS / 2)] ?? 0,
      fastest: found[0] ?? 0,
      ratio: undefined,
      rate: undefined,
    };
  });
}

function figureOf<T>(figures: ReadonlyMap<string, T>, title: string, name: string): T {
  const figure = figures.get(name);
  if (figure === undefined) throw new Error(`${title} has no case called ${name}`);
  return figure;
}
