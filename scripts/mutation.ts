/**
 * Mutation testing: small changes to the source, and which of them the tests notice.
 *
 *     npm run mutation -- [--sample 300] [--seed 1] [--most 60] [--seconds 120] [--tests test/exact,test/check] [file, folder or file:line …]
 *
 * Without names it mutates the files in which equality and verdicts are decided. Stryker's mutators make the mutants, all
 * of them in one instrumented copy of the project; the tests run in that copy (mutation/runner.ts). With --sample so many
 * are drawn by the seed. A mutant that is noticed by none of the tests that import its file, nor by the first --most others
 * that reach it, counts as survived. What only runs while modules are loaded is tried in a fresh process for each mutant, for
 * so many --seconds.
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
/** The verdicts of the corpus are found before its tests run, so that no mutant can be tried on them. */
const LEFT_OUT = ["test/check/corpus.test.ts"];
const PROCESSES = 2;
/** A try that takes so much longer than the test does by itself has no end. */
const PATIENCE = { seconds: 30, factor: 20 };

type Mutant = Awaited<ReturnType<Instrumenter["instrument"]>>["mutants"][number];
type Fate = "killed" | "timeout" | "refused" | "survived" | "not reached";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    most: { type: "string", default: "60" },
    seconds: { type: "string", default: "120" },
    tests: { type: "string", default: "test/exact,test/check" },
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
const mutants = instrumented.mutants.filter(({ status }) => status === undefined);

const sandbox = mkdtempSync(join(tmpdir(), "gradnote-mutation-"));
const ASIDE = new Set(["node_modules", ".git", "dist", "coverage", "out"].map(name => join(ROOT, name)));
cpSync(ROOT, sandbox, { recursive: true, filter: path => !ASIDE.has(path) });
symlinkSync(join(ROOT, "node_modules"), join(sandbox, "node_modules"));
for (const { name, content } of instrumented.files) writeFileSync(join(sandbox, name), content);

const tests = options.tests.split(",");

/** The files of tests that import a file of the source. */
const importersOf = (source: string): readonly string[] => {
  const importing = new RegExp(`from "[./]+/${source.replaceAll(".", "[.]")}"`, "u");
  return filesUnder("test").filter(
    path => path.endsWith(".test.ts") && importing.test(readFileSync(join(ROOT, path), "utf8")),
  );
};
const importers = new Map(paths.map(path => [path, importersOf(path)]));
const near = Object.fromEntries(mutants.map(({ id, fileName }) => [id, importers.get(fileName) ?? []]));

/** Runs the tests in the copy; `limit` says after how many seconds without a word they are given up. */
const runTests = (
  order: Order,
  limit: () => number,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly end: "passed" | "failed" | "stuck"; readonly output: string }> => {
  const file = `${order.log}.order`;
  writeFileSync(file, JSON.stringify(order));
  writeFileSync(order.log, "");
  const args = ["run", "--config", "scripts/mutation/vitest.config.ts", "--bail", "1", ...order.tests];
  const leftOut = LEFT_OUT.filter(path => !tests.includes(path)).flatMap(path => ["--exclude", path]);
  const child = spawn(process.execPath, [join(ROOT, "node_modules/vitest/vitest.mjs"), ...args, ...leftOut], {
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

const fates = new Map<string, Fate>();
const [reached, loaded] = [new Set<string>(), new Set<string>()];

/** Tries some of the mutants, in one process after another until every test has been finished. */
const tryAll = async (ids: readonly string[], log: string): Promise<void> => {
  const finished: string[] = [];
  const failures = new Map<string, number>();
  const isSecond = (what: string): boolean => {
    failures.set(what, (failures.get(what) ?? 0) + 1);
    return failures.get(what) === 2;
  };
  const patience = (): number => {
    const last = readLog(log).at(-1);
    return last?.kind === "tried" ? PATIENCE.seconds + (PATIENCE.factor * last.milliseconds) / 1000 : 1200;
  };
  for (;;) {
    const living = ids.filter(id => !fates.has(id));
    const { end, output } = await runTests(
      { mutants: living, finished, tests, near, most: Number(options.most), log },
      patience,
    );
    const entries = readLog(log);
    for (const entry of entries) {
      if (entry.kind === "killed" || entry.kind === "timeout") fates.set(entry.mutant, entry.kind);
      else if (entry.kind === "finished") finished.push(entry.test);
      else if (entry.kind === "reached") for (const mutant of entry.mutants) reached.add(mutant);
      else if (entry.kind === "loaded") for (const mutant of entry.mutants) loaded.add(mutant);
    }
    if (end === "passed") return;
    const last = entries.at(-1);
    if (last?.kind === "tried") fates.set(last.mutant, end === "stuck" ? "timeout" : "killed");
    else if (last?.kind === "spoiled") {
      if (isSecond(last.mutant)) fates.set(last.mutant, "killed");
    } else if (last?.kind !== "broken" || isSecond(last.test))
      throw new Error(`the tests fail without mutants\n${output}`);
  }
};

/** All tests, those that import what a mutant changes first. */
const nearFirst = (id: string): readonly string[] => [...(near[id] ?? []), ...tests];

/** Tries a mutant that modules run into while they are loaded. */
const tryFresh = async (id: string, log: string): Promise<void> => {
  const order = { mutants: [], finished: [], tests: nearFirst(id), near: {}, most: 0, log };
  const start = Date.now();
  const left = (): number => (Date.now() - start > Number(options.seconds) * 1000 ? 0 : 1200);
  const { end } = await runTests(order, left, { __STRYKER_ACTIVE_MUTANT__: id });
  if (end === "failed") fates.set(id, "killed");
};

process.stdout.write(`${mutants.length} of ${places.length} mutants in ${sandbox}\n`);
const lanes = Array.from({ length: PROCESSES }, (_, lane) => join(sandbox, `mutation-${lane}.log`));
await Promise.all(
  lanes.map((log, lane) =>
    tryAll(
      mutants.filter((_, i) => i % PROCESSES === lane).map(({ id }) => id),
      log,
    ),
  ),
);
const fresh = mutants.map(({ id }) => id).filter(id => loaded.has(id) && !fates.has(id));
await Promise.all(
  lanes.map(async log => {
    for (let id = fresh.shift(); id !== undefined; id = fresh.shift()) await tryFresh(id, log);
  }),
);

/** The mutants that the compiler refuses, each written beside its file: nobody could commit them. */
const refusedOf = (of: readonly Mutant[]): ReadonlySet<string> => {
  // Instrumented files say other types to those that import them.
  for (const path of paths) cpSync(join(ROOT, path), join(sandbox, path));
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
  return new Set(stdout.split("\n").flatMap(line => copies.get(line.split("(")[0] as string) ?? []));
};

const refused = refusedOf(mutants.filter(({ id }) => !fates.has(id)));
for (const id of refused) fates.set(id, "refused");

const fateOf = ({ id }: Mutant): Fate =>
  fates.get(id) ?? (reached.has(id) || loaded.has(id) ? "survived" : "not reached");

const isNoticed = (mutant: Mutant): boolean => fateOf(mutant) === "killed" || fateOf(mutant) === "timeout";
/** Mutants that do not compile are left out of every share. */
const isValid = (mutant: Mutant): boolean => fateOf(mutant) !== "refused";

const FATES = ["killed", "timeout", "refused", "survived", "not reached"] as const;
const row = (name: string, of: readonly Mutant[]): string => {
  const counts = FATES.map(fate => of.filter(mutant => fateOf(mutant) === fate).length);
  const valid = of.filter(isValid);
  const share = valid.length > 0 ? `${((100 * valid.filter(isNoticed).length) / valid.length).toFixed(1)} %` : "";
  return `| ${[name, of.length, ...counts, share].join(" | ")} |`;
};

for (const mutant of mutants) {
  const fate = fateOf(mutant);
  if (isNoticed(mutant) || !isValid(mutant)) continue;
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
process.stdout.write(`\n| file | mutants | ${FATES.join(" | ")} | noticed |\n|---|---|---|---|---|---|---|---|\n`);
for (const path of paths)
  process.stdout.write(
    `${row(
      path,
      mutants.filter(({ fileName }) => fileName === path),
    )}\n`,
  );
process.stdout.write(`${row("all", mutants)}\n`);
if (options.sample) {
  const n = mutants.filter(isValid).length;
  const share = mutants.filter(isNoticed).length / n;
  // Wilson's interval at 95 %.
  const z = 1.96;
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  const [low, high] = [middle - half, middle + half].map(bound => (100 * bound).toFixed(1));
  process.stdout.write(`of all: ${low} % to ${high} % (95 %)\n`);
}
rmSync(sandbox, { recursive: true });
