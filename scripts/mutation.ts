/**
 * Mutation testing: small changes to the source, and which of them the tests notice.
 *
 *     npm run mutation -- [--sample 300] [--seed 1] [--seconds 30] [--alone 90] [--tests test/exact,test/check] [file, folder or file:line …]
 *
 * Without names it mutates the files in which equality and verdicts are decided. Stryker's mutators make the mutants, all
 * of them in one instrumented copy of the project; the tests run in that copy (mutation/runner.ts). With --sample so many
 * are drawn by the seed. What the compiler refuses is left out. Each test runs once to see which mutants it passes and how
 * long it takes; then each mutant is tried on the tests that pass it: on all those of the files that import what it changes,
 * and on others for so many --seconds of tests, those first that pass most in little time. What is passed while modules or
 * tests are loaded, or kept by them from then on, is tried in a process of its own, for so many seconds --alone. What no
 * test notices has survived.
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { Chance } from "../test/random/chance.ts";
import { filesUnder, ROOT } from "./files.ts";
import { type Entry, ORDER, type Order } from "./mutation/order.ts";

const DECIDING = [
  "src/exact/equal.ts",
  "src/exact/outcome.ts",
  "src/check/verdict.ts",
  "src/check/judge.ts",
  "src/check/court.ts",
  "src/check/proof.ts",
];
/** Where tests can pass what is mutated. */
const TESTS =
  "exact,check,cases,closed,corpus,derive,document,errors,forward,higher,known,mutation,note,ops,payloads,random,replay,report,rewrite,rules,structured,tensor,written";
/** Minutes for one test. */
const LEFT_OUT = /^test\/random\/part-/u;
const PROCESSES = 2;
/** A try that takes so much longer than the test does by itself has no end. */
const PATIENCE = { seconds: 30, factor: 20 };

type Mutant = Awaited<ReturnType<Instrumenter["instrument"]>>["mutants"][number];
type Fate = "killed" | "timeout" | "survived" | "not reached";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "30" },
    alone: { type: "string", default: "90" },
    tests: { type: "string", default: TESTS.replaceAll(/\w+/gu, "test/$&") },
  },
});

const SILENT = new Proxy({}, { get: () => () => false }) as ConstructorParameters<typeof Instrumenter>[0];

/** The files with the mutants of some of the places at which there are mutants, counted through all files. */
const instrument = (paths: readonly string[], isChosen: (place: number) => boolean) => {
  let place = 0;
  // Asked once for every mutant, which makes it the place to choose them.
  const excludedMutations = Object.assign([], { includes: () => !isChosen(place++) });
  return new Instrumenter(SILENT).instrument(
    paths.map(name => ({ name, mutate: true, content: readFileSync(join(ROOT, name), "utf8") })),
    { plugins: null, ignorers: [], excludedMutations },
  );
};

/** So many of the places, each once. */
const draw = (places: readonly number[], count: number, chance: Chance): readonly number[] => {
  const left = [...places];
  const drawn: number[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(chance.below(left.length), 1));
  return drawn;
};

const named = (positionals.length > 0 ? positionals : DECIDING).map(name => {
  const [path = "", line] = name.split(":");
  return { paths: path.endsWith(".ts") ? [path] : filesUnder(path), line: line && Number(line) };
});
const paths = [...new Set(named.flatMap(each => each.paths))].sort();
const isNamed = ({ fileName, location }: Mutant): boolean =>
  named.some(({ paths: some, line }) => some.includes(fileName) && (!line || location.start.line + 1 === line));

const all = (await instrument(paths, () => true)).mutants;
const places = all.flatMap((mutant, place) => (isNamed(mutant) ? [place] : []));
const chosen = new Set(
  options.sample ? draw(places, Number(options.sample), new Chance(Number(options.seed))) : places,
);
const instrumented = await instrument(paths, place => chosen.has(place));
const candidates = instrumented.mutants.filter(({ status }) => status === undefined);

const sandbox = mkdtempSync(join(tmpdir(), "gradnote-mutation-"));
const ASIDE = new Set(["node_modules", ".git", "dist", "coverage", "out"].map(name => join(ROOT, name)));
cpSync(ROOT, sandbox, { recursive: true, filter: path => !ASIDE.has(path) });
symlinkSync(join(ROOT, "node_modules"), join(sandbox, "node_modules"));

const say = (text: string): boolean => process.stdout.write(`${text}\n`);
say(`${candidates.length} of ${places.length} mutants in ${sandbox}`);

/** The mutants that the compiler refuses, each written beside its file: nobody could commit them. */
const refusedOf = (of: readonly Mutant[]): ReadonlySet<string> => {
  const copies = new Map<string, string>();
  for (const mutant of of) {
    const { start, end } = mutant.location;
    const lines = readFileSync(join(ROOT, mutant.fileName), "utf8").split("\n");
    const before = [...lines.slice(0, start.line), lines[start.line]?.slice(0, start.column)].join("\n");
    const after = [lines[end.line]?.slice(end.column), ...lines.slice(end.line + 1)].join("\n");
    const copy = mutant.fileName.replace(/ts$/u, `mutant${mutant.id}.ts`);
    copies.set(copy, mutant.id);
    writeFileSync(join(sandbox, copy), before + mutant.replacement + after);
  }
  const args = ["--noEmit", "--pretty", "false", "--noUnusedLocals", "false", "--noUnusedParameters", "false"];
  const { stdout } = spawnSync(join(ROOT, "node_modules/.bin/tsc"), args, {
    cwd: sandbox,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  for (const copy of copies.keys()) rmSync(join(sandbox, copy));
  return new Set(stdout.split("\n").flatMap(line => copies.get(line.split("(")[0] as string) ?? []));
};

const refused = refusedOf(candidates);
const mutants = candidates.filter(({ id }) => !refused.has(id));
say(`${refused.size} do not compile`);
// Only now: instrumented files say other types to those that import them.
for (const { name, content } of instrumented.files) writeFileSync(join(sandbox, name), content);

const tests = options.tests
  .split(",")
  .flatMap(name => (name.endsWith(".ts") ? [name] : filesUnder(name)))
  .filter(path => path.endsWith(".test.ts") && !LEFT_OUT.test(path));

/** The files of tests that import a file of the source. */
const importersOf = (source: string): ReadonlySet<string> => {
  const importing = new RegExp(`from "[./]+/${source.replaceAll(".", "[.]")}"`, "u");
  return new Set(tests.filter(path => importing.test(readFileSync(join(ROOT, path), "utf8"))));
};
const importers = new Map(paths.map(path => [path, importersOf(path)]));
const near = new Map(mutants.map(({ id, fileName }) => [id, importers.get(fileName) as ReadonlySet<string>]));

/** Runs the tests in the copy; `limit` says after how many seconds without a word they are given up. */
const runTests = (
  order: Order,
  limit: () => number,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly end: "passed" | "failed" | "stuck"; readonly output: string }> => {
  const file = `${order.log}.order`;
  writeFileSync(file, JSON.stringify(order));
  writeFileSync(order.log, "");
  const args = ["run", "--config", "scripts/mutation/vitest.config.ts", "--bail", "1"];
  const child = spawn(process.execPath, [join(ROOT, "node_modules/vitest/vitest.mjs"), ...args], {
    cwd: sandbox,
    detached: true,
    env: { ...process.env, CI: "1", [ORDER]: file, ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", text => (output += text));
  let stuck = false;
  const watch = setInterval(() => {
    if ((Date.now() - statSync(order.log).mtimeMs) / 1000 < limit()) return;
    stuck = true;
    process.kill(-(child.pid as number), "SIGKILL");
  }, 1000);
  return new Promise(resolve =>
    child.on("close", status => {
      clearInterval(watch);
      resolve({ end: stuck ? "stuck" : status === 0 ? "passed" : "failed", output });
    }),
  );
};

const readLog = (log: string): readonly Entry[] =>
  readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .filter(line => line !== "")
    .map(line => JSON.parse(line));

interface Reach {
  readonly test: string;
  readonly file: string;
  readonly milliseconds: number;
  /** All that it passes. */
  readonly mutants: readonly string[];
}
/** What passes each mutant: tests, and files of tests while they are loaded or with what is kept from before. */
const reaches = new Map<string, Reach[]>(mutants.map(({ id }) => [id, []]));
const alone = new Map<string, Set<string>>();
const loaded = new Set<string>();
const tryAlone = (mutant: string, file: string): void => {
  alone.set(mutant, (alone.get(mutant) ?? new Set()).add(file));
};
const durations = new Map(tests.map(file => [file, 0]));

const lanes = Array.from({ length: PROCESSES }, (_, lane) => join(sandbox, `mutation-${lane}.log`));
const LONG = 1200;

/** Runs some of the tests once. */
const measure = async (files: readonly string[], log: string): Promise<void> => {
  const { end, output } = await runTests({ files, decided: [], finished: [], log }, () => LONG);
  if (end !== "passed") throw new Error(`the tests fail without mutants\n${output}`);
  for (const entry of readLog(log)) {
    if (entry.kind === "loaded")
      for (const mutant of entry.mutants) {
        tryAlone(mutant, entry.file);
        loaded.add(mutant);
      }
    if (entry.kind !== "reached") continue;
    const { test, file, milliseconds, hits } = entry;
    durations.set(file, (durations.get(file) ?? 0) + milliseconds);
    const passed = Object.keys(hits).filter(mutant => reaches.has(mutant));
    for (const mutant of passed) reaches.get(mutant)?.push({ test, file, milliseconds, mutants: passed });
  }
};
await Promise.all(
  lanes.map((log, lane) =>
    measure(
      tests.filter((_, i) => i % PROCESSES === lane),
      log,
    ),
  ),
);
const quickFirst = [...tests].sort((a, b) => (durations.get(a) as number) - (durations.get(b) as number));
say(`tests: ${(quickFirst.reduce((sum, file) => sum + (durations.get(file) as number), 0) / 1000).toFixed(0)} s`);

const fates = new Map<string, Fate>();

/** Tests in an order in which each passes most that those before it did not, for its time: many go one and the same way. */
const mostNew = function* (tests: readonly Reach[]): Generator<Reach> {
  const passed = new Set<string>();
  // Of those that pass nothing new the quickest comes first.
  const gainOf = ({ mutants, milliseconds }: Reach): number =>
    (mutants.filter(mutant => !passed.has(mutant)).length + 0.01) / (milliseconds + 1);
  const queue = tests.map(reach => ({ reach, gain: gainOf(reach) })).sort((a, b) => b.gain - a.gain);
  for (let first = queue.shift(); first; first = queue.shift()) {
    const { reach } = first;
    const gain = gainOf(reach);
    if (gain < first.gain) {
      const at = queue.findIndex(other => other.gain < gain);
      queue.splice(at < 0 ? queue.length : at, 0, { reach, gain });
      continue;
    }
    for (const mutant of reach.mutants) passed.add(mutant);
    yield reach;
  }
};

/** The tests that a mutant is tried on. */
const testsOf = (mutant: string): readonly Reach[] => {
  const all = reaches.get(mutant) ?? [];
  const isNear = ({ file }: Reach): boolean => near.get(mutant)?.has(file) ?? false;
  const chosen = all.filter(isNear);
  let left = Number(options.seconds) * 1000;
  for (const reach of mostNew(all.filter(each => !isNear(each)))) {
    left -= reach.milliseconds;
    if (left < 0) break;
    chosen.push(reach);
  }
  return chosen;
};

/** Tries some of the mutants, in one process after another until every test has been finished. */
const tryAll = async (ids: readonly string[], log: string): Promise<void> => {
  const plan: Record<string, string[]> = {};
  const files = new Set<string>();
  for (const id of ids)
    for (const { test, file } of testsOf(id)) {
      plan[test] = [...(plan[test] ?? []), id];
      files.add(file);
    }
  const finished: string[] = [];
  const spoilers = new Set<string>();
  const patience = (): number => {
    const last = readLog(log).at(-1);
    return last?.kind === "tried" ? PATIENCE.seconds + (PATIENCE.factor * last.milliseconds) / 1000 : LONG;
  };
  while (files.size > 0) {
    const { end, output } = await runTests(
      { files: quickFirst.filter(file => files.has(file)), plan, decided: [...fates.keys()], finished, log },
      patience,
    );
    const entries = readLog(log);
    for (const entry of entries) {
      if (entry.kind === "killed" || entry.kind === "timeout") fates.set(entry.mutant, entry.kind);
      else if (entry.kind === "finished") finished.push(entry.test);
      else if (entry.kind === "hidden") tryAlone(entry.mutant, entry.file);
    }
    if (end === "passed") return;
    const last = entries.at(-1);
    if (last?.kind === "tried") fates.set(last.mutant, end === "stuck" ? "timeout" : "killed");
    // It needs what tests before it have left.
    else if (last?.kind === "broken") finished.push(last.test);
    else if (last?.kind !== "spoiled") throw new Error(`the tests fail without mutants\n${output}`);
    // The test may have been spoiled by another mutant before it the first time.
    else if (spoilers.has(last.mutant)) fates.set(last.mutant, "killed");
    else spoilers.add(last.mutant);
  }
};

/** Tries a mutant in a process of its own, on the files that need one; on all where it may be the source that passes it. */
const tryFresh = async (id: string, log: string): Promise<void> => {
  const placeOf = (file: string): number => (near.get(id)?.has(file) ? 0 : alone.get(id)?.has(file) ? 1 : 2);
  const files = quickFirst
    .filter(file => loaded.has(id) || alone.get(id)?.has(file))
    .sort((a, b) => placeOf(a) - placeOf(b));
  const start = Date.now();
  const left = (): number => (Date.now() - start > Number(options.alone) * 1000 ? 0 : LONG);
  const order = { files, decided: [], finished: [], log };
  const { end } = await runTests(order, left, { __STRYKER_ACTIVE_MUTANT__: id });
  if (end === "failed") fates.set(id, "killed");
};

await Promise.all(
  lanes.map((log, lane) =>
    tryAll(
      mutants.filter((_, i) => i % PROCESSES === lane).map(({ id }) => id),
      log,
    ),
  ),
);
const fresh = mutants.map(({ id }) => id).filter(id => alone.has(id) && !fates.has(id));
say(`${fates.size} noticed, ${fresh.length} to be tried alone`);
await Promise.all(
  lanes.map(async log => {
    for (let id = fresh.shift(); id !== undefined; id = fresh.shift()) await tryFresh(id, log);
  }),
);

const fateOf = ({ id }: Mutant): Fate =>
  fates.get(id) ?? (alone.has(id) || reaches.get(id)?.length ? "survived" : "not reached");

const isNoticed = (mutant: Mutant): boolean => fateOf(mutant) === "killed" || fateOf(mutant) === "timeout";

const FATES = ["killed", "timeout", "survived", "not reached"] as const;
const row = (name: string, of: readonly Mutant[]): string => {
  const counts = FATES.map(fate => of.filter(mutant => fateOf(mutant) === fate).length);
  const share = of.length > 0 ? `${((100 * of.filter(isNoticed).length) / of.length).toFixed(1)} %` : "";
  return `| ${[name, of.length, ...counts, share].join(" | ")} |`;
};

for (const mutant of mutants) {
  const fate = fateOf(mutant);
  if (isNoticed(mutant)) continue;
  const { fileName, location, mutatorName, replacement } = mutant;
  const { start, end } = location;
  const source = readFileSync(join(ROOT, fileName), "utf8")
    .split("\n")
    .slice(start.line, end.line + 1);
  const text = source.join("\n").slice(start.column, source.length === 1 ? end.column : undefined);
  const short = (code: string): string => code.replace(/\s+/gu, " ").slice(0, 100);
  process.stdout.write(`${fate}: ${fileName}:${start.line + 1}:${start.column + 1} ${mutatorName}\n`);
  process.stdout.write(`  - ${short(text)}\n  + ${short(replacement)}\n`);
}
process.stdout.write(`\n| file | mutants | ${FATES.join(" | ")} | noticed |\n|---|---|---|---|---|---|---|\n`);
for (const path of paths)
  process.stdout.write(
    `${row(
      path,
      mutants.filter(({ fileName }) => fileName === path),
    )}\n`,
  );
process.stdout.write(`${row("all", mutants)}\n`);
if (options.sample) {
  const n = mutants.length;
  const share = mutants.filter(isNoticed).length / n;
  // Wilson's interval at 95 %.
  const z = 1.96;
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  const [low, high] = [middle - half, middle + half].map(bound => (100 * bound).toFixed(1));
  process.stdout.write(`of all: ${low} % to ${high} % (95 %)\n`);
}
rmSync(sandbox, { recursive: true });
