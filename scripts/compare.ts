/**
 * The public derivatives of test/cases/matrix.json, put to gradnote, SymPy, mathjs and Compute Engine in one run: right, wrong,
 * silently zero or unsupported, and the time for all cases that a tool answers.
 *
 *     npm run compare [-- FOLDER]     FOLDER: where @cortex-js/compute-engine is installed; it is no dependency of gradnote
 *                                     (mkdir ce && cd ce && npm init -y && npm install @cortex-js/compute-engine)
 *
 * SymPy (Python 3 with NumPy and SymPy) gets matrix expressions, see compare.py. The other two know scalars: they get every
 * entry written out at sizes of two and differentiate it by every entry of the variable; that counts as right where all
 * values at a random point agree with central differences of the entry itself.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { derivative, type MathNode, parse } from "mathjs";
import { CASES, judge } from "../test/cases/judge.ts";

type Verdict = "right" | "wrong" | "silent zero" | "unsupported";
interface Answer {
  readonly verdict: Verdict;
  readonly milliseconds: number;
}
interface Components {
  readonly f: readonly string[];
  readonly latex: readonly string[];
  readonly wrt: readonly string[];
  readonly values: Readonly<Record<string, number>>;
  readonly direction: readonly string[];
  readonly order: 1 | 2;
}
/** A formula of one number, and how a tool differentiates and evaluates it. */
interface ScalarTool {
  readonly read: (components: Components, entry: number) => unknown;
  readonly derive: (formula: unknown, by: string) => unknown;
  readonly value: (formula: unknown, values: Readonly<Record<string, number>>) => number;
}

const python = (what: string): Record<string, unknown> => {
  const script = fileURLToPath(new URL("compare.py", import.meta.url));
  const { stdout, stderr, status } = spawnSync("python3", [script, what], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};

const STEP = 1e-5;
/** A tool that takes longer for a case, or is to read more, does not answer it. */
const SECONDS = 5;
const LONGEST = 5_000;
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-4 * Math.max(1, Math.abs(a), Math.abs(b));

/** Central differences of the entry, of its first order or for Hessians of the derivative by the first variable. */
const slope = (tool: ScalarTool, formula: unknown, by: string, values: Components["values"]): number => {
  const at = (step: number): number => tool.value(formula, { ...values, [by]: (values[by] as number) + step });
  return (at(STEP) - at(-STEP)) / (2 * STEP);
};

const asked = (tool: ScalarTool, components: Components): Verdict => {
  let zero = false;
  const start = performance.now();
  if (components.f.some(({ length }) => length > LONGEST)) return "unsupported";
  for (const [entry] of components.f.entries()) {
    const formula = tool.read(components, entry);
    for (const by of components.wrt) {
      if (performance.now() - start > 1000 * SECONDS) return "unsupported";
      const first = tool.derive(formula, by);
      const pairs: (readonly [unknown, unknown, string])[] = [[first, formula, by]];
      if (components.order === 2)
        for (const other of components.wrt) pairs.push([tool.derive(first, other), first, other]);
      for (const [found, of, variable] of pairs) {
        const [ours, theirs] = [tool.value(found, components.values), slope(tool, of, variable, components.values)];
        if (!Number.isFinite(ours)) return "unsupported";
        if (close(ours, theirs)) continue;
        if (ours !== 0) return "wrong";
        zero = true;
      }
    }
  }
  return zero ? "silent zero" : "right";
};

const timed = (ask: () => Verdict): Answer => {
  const start = performance.now();
  try {
    return { verdict: ask(), milliseconds: performance.now() - start };
  } catch {
    return { verdict: "unsupported", milliseconds: performance.now() - start };
  }
};

const MATHJS: ScalarTool = {
  read: ({ f }, entry) => parse(f[entry] as string),
  derive: (formula, by) => derivative(formula as MathNode, by),
  value: (formula, values) => Number((formula as MathNode).evaluate({ ...values })),
};

/** What is used of Compute Engine. */
interface Boxed {
  readonly subs: (values: Record<string, number>) => Boxed;
  readonly N: () => { readonly re: number; readonly numericValue: unknown };
  readonly evaluate: () => Boxed;
}
interface Engine {
  readonly parse: (latex: string) => Boxed;
  readonly box: (expression: unknown) => Boxed;
  readonly expr?: (expression: unknown) => Boxed;
}

/** A new engine for every case: what it infers of a name in one must not reach another. */
const computeEngine = async (folder: string): Promise<(() => ScalarTool) | undefined> => {
  try {
    const home = join(folder, "node_modules", "@cortex-js", "compute-engine");
    const { exports } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    const path = join(home, exports["."].import.default ?? exports["."].import);
    const { ComputeEngine } = (await import(pathToFileURL(path).href)) as { ComputeEngine: new () => Engine };
    return () => {
      const engine = new ComputeEngine();
      const box = (expression: unknown): Boxed => (engine.expr ? engine.expr(expression) : engine.box(expression));
      const named = (latex: string): string => latex.replace(/\bv\w+/gu, name => `\\mathrm{${name}}`);
      return {
        read: ({ latex }, entry) => engine.parse(named(latex[entry] as string)),
        derive: (formula, by) => box(["D", formula, by]).evaluate(),
        value: (formula, values) => Number((formula as Boxed).subs({ ...values }).N().re),
      };
    };
  } catch (error) {
    process.stderr.write(`Compute Engine is left out: ${(error as Error).message.split("\n")[0]}\n`);
    return undefined;
  }
};

const components = python("components") as Record<string, Components | { readonly why: string } | null>;
const scalar = (make: () => ScalarTool): ReadonlyMap<string, Answer> =>
  new Map(
    CASES.map(({ id }) => {
      const own = components[id];
      const tool = make();
      return [id, own && "f" in own ? timed(() => asked(tool, own)) : { verdict: "unsupported", milliseconds: 0 }];
    }),
  );

const ours = new Map<string, Answer>();
for (const row of CASES) {
  const start = performance.now();
  const { verdict } = await judge(row);
  const milliseconds = performance.now() - start;
  ours.set(row.id, { verdict: verdict === "right" || verdict === "wrong" ? verdict : "unsupported", milliseconds });
}
const tools = new Map<string, ReadonlyMap<string, Answer>>([["gradnote", ours]]);
tools.set("SymPy", new Map(Object.entries(python("sympy") as Record<string, Answer>)));
tools.set(
  "mathjs",
  scalar(() => MATHJS),
);
const engine = await computeEngine(process.argv[2] ?? ".");
if (engine) tools.set("Compute Engine", scalar(engine));

const VERDICTS: readonly Verdict[] = ["right", "wrong", "silent zero", "unsupported"];
const lines = [...tools].map(([name, answers]) => {
  const all = [...answers.values()];
  const counts = VERDICTS.map(verdict => all.filter(answer => answer.verdict === verdict).length);
  const times = all.filter(({ verdict }) => verdict === "right").map(({ milliseconds }) => milliseconds);
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  return `| ${name} | ${counts.join(" | ")} | ${median.toFixed(median < 10 ? 1 : 0)} ms |`;
});
process.stdout.write(
  `| tool | ${VERDICTS.join(" | ")} | median time |\n|---|---|---|---|---|---|\n${lines.join("\n")}\n`,
);
if (process.argv.includes("--each"))
  for (const { id } of CASES)
    process.stdout.write(`${[id, ...[...tools.values()].map(answers => answers.get(id)?.verdict)].join("  ")}\n`);
