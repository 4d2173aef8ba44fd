// Rebuilds every committed file that is made from another one.
//   npm run regenerate              writes them all
//   npm run regenerate -- --check   writes nothing, exits 1 when one is out of date
//   npm run grammar                 the parsers alone
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesUnder, ROOT } from "./files.ts";

/** A committed file and how its text comes about. */
interface Generated {
  readonly path: string;
  readonly from: string;
  readonly make: () => string;
}

const PARSERS = [
  { from: "grammar/equation.ne", path: "src/parse/equation.grammar.ts" },
  { from: "grammar/term.ne", path: "src/term/term.grammar.ts" },
];

/** The derivations are made by the program itself, as its users call it. */
const COMMAND = "dist/cli/main.js";

const check = process.argv.includes("--check");
const grammarsOnly = process.argv.includes("--grammars");

const run = (script: string, args: readonly string[]): string => {
  const done = spawnSync(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (done.status !== 0) throw new Error(`${script} ${args.join(" ")} failed\n${done.stderr}`);
  return done.stdout;
};

const parsers: readonly Generated[] = PARSERS.filter(({ from }) => existsSync(join(ROOT, from))).map(
  ({ from, path }) => ({
    path,
    from,
    make: () => run("node_modules/nearley/bin/nearleyc.js", [from]),
  }),
);

/** A grammar that PARSERS does not know would never be compiled. */
const strangers = filesUnder("grammar").filter(
  path => path.endsWith(".ne") && !PARSERS.some(({ from }) => from === path),
);

const outdated: string[] = [];
for (const { path, from, make } of parsers) {
  const text = make();
  const file = join(ROOT, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  outdated.push(`${path} (from ${from})`);
  if (!check) writeFileSync(file, text);
}

for (const path of strangers) console.error(`no row of PARSERS in scripts/regenerate.ts compiles ${path}`);
for (const line of outdated) console.log(`${check ? "out of date" : "written"}: ${line}`);
console.log(`${parsers.length} parsers, ${outdated.length} ${check ? "out of date" : "written"}`);

const notes = grammarsOnly ? [] : filesUnder("derivations").filter(path => path.endsWith("/note.md"));
let failed = strangers.length > 0 || (check && outdated.length > 0);
if (notes.length > 0 && !existsSync(join(ROOT, COMMAND))) {
  console.error(`${COMMAND} is missing: run npm run build first`);
  failed = true;
} else {
  for (const note of notes) {
    const folder = note.slice(0, note.lastIndexOf("/"));
    const tail = check ? ["--check"] : [];
    const wrote = spawnSync(process.execPath, [COMMAND, "derive", note, "-o", folder, ...tail], {
      cwd: ROOT,
      stdio: "inherit",
    });
    if (wrote.status !== 0) failed = true;
    console.log(`${folder}: ${wrote.status === 0 ? (check ? "up to date" : "derived") : `exit ${wrote.status}`}`);
  }
}
process.exitCode = failed ? 1 : 0;
