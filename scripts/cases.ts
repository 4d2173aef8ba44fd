/**
 * What gradnote prints for the public derivatives of test/cases/matrix.json, held against finite differences by an
 * evaluator of LaTeX that shares nothing with it. Needs Python 3 with NumPy.
 *
 *     npx tsx scripts/cases.ts [--show]     --show: ours beside the published answers
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CASES, judge } from "../test/cases/judge.ts";

const answers: Record<string, { latex: string; where: (readonly [string, string])[] }> = {};
for (const row of CASES) {
  const { ours, names = [], why } = await judge(row);
  if (ours) {
    const where = ours.where.map(({ name, latex }) => [name, latex] as const);
    answers[row.id] = { latex: ours.latex, where: [...names, ...where] };
  }
  if (process.argv.includes("--show"))
    process.stdout.write(
      `${row.id} (${row.kind})\n  ours      ${ours?.latex ?? why}\n  published ${row.expected_latex}\n`,
    );
}

const folder = mkdtempSync(join(tmpdir(), "gradnote-"));
try {
  const file = join(folder, "answers.json");
  writeFileSync(file, JSON.stringify(answers, null, 1));
  const evaluator = fileURLToPath(new URL("evaluate_latex.py", import.meta.url));
  for (const [what, ...more] of [
    ["published answers"],
    ["ours", file],
    ["ours, spoiled", file, "--spoiled"],
  ] as const) {
    const { stdout, stderr, status, error } = spawnSync("python3", [evaluator, ...more], { encoding: "utf8" });
    process.stdout.write(`${what}: ${stdout}${stderr}${error ? `${error.message}\n` : ""}`);
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
