// Rebuilds every committed file that is made from another one.
//   npm run regenerate              writes them all
//   npm run regenerate -- --check   writes nothing, exits 1 when one is out of date
//   npm run grammar                 the parsers alone
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { checkCommand } from "../src/cli/check.ts";
import { deriveCommand } from "../src/cli/derive.ts";
import { generateCommand } from "../src/cli/generate.ts";
import { filesUnder, ROOT } from "./files.ts";

const INDEX = "derivations/README.md";
const COMPILER = "node_modules/nearley/bin/nearleyc.js";

const check = process.argv.includes("--check");
const grammarsOnly = process.argv.includes("--grammars");

/** What came of one file, as a line for the reader. */
interface Outcome {
  readonly failed: boolean;
  readonly line: string;
}
const fine = (line: string): Outcome => ({ failed: false, line });
const bad = (line: string): Outcome => ({ failed: true, line });

const node = (...args: readonly string[]) =>
  spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });

/** grammar/term.ne becomes src/parse/term.grammar.ts, byte for byte what nearley's compiler prints. */
function regenerateParser(grammar: string, parser: string): Outcome {
  const compiled = node(COMPILER, grammar);
  // The compiler prints its complaints to stderr, and a warning there is a mistake in the grammar.
  if (compiled.status !== 0 || compiled.stderr !== "") return bad(`${grammar}: ${compiled.stderr}`);
  const file = join(ROOT, parser);
  if (existsSync(file) && readFileSync(file, "utf8") === compiled.stdout) return fine(`${parser}: up to date`);
  if (check) return bad(`${parser}: out of date, run npm run grammar`);
  writeFileSync(file, compiled.stdout);
  return fine(`${parser}: written`);
}

/**
 * Writes the document and the code beside a note, or compares them with what stands there: the commands themselves, in one
 * process for all notes. What is wrong they say on standard error.
 */
async function regenerateDerivation(note: string): Promise<Outcome> {
  const folder = note.slice(0, note.lastIndexOf("/"));
  const how = check ? { check: true as const } : {};
  const codes = [
    await deriveCommand(note, { out: folder, wrt: [], format: "md", ...how }),
    await generateCommand(note, { out: `${folder}/gradients.ts`, target: "ts", dtype: "f64", ...how }),
  ];
  if (codes.every(code => code === 0)) return fine(`${folder}: ${check ? "up to date" : "written"}`);
  return bad(`${folder}: ${check ? "run npm run regenerate" : "failed"}`);
}

/** A note beside which an annotated copy stands is there to be judged, not derived. */
const REPORT = "note.check.html";
const isJudged = (note: string): boolean => existsSync(join(ROOT, dirname(note), REPORT));

/** Writes the annotated copy, in the language of the gallery, or compares. Findings are what such a note is there for. */
async function regenerateReport(note: string): Promise<Outcome> {
  const folder = dirname(note);
  const code = await checkCommand([note], { format: "html", language: "en", out: folder, check });
  if (code === 0 || (code === 1 && !check)) return fine(`${folder}: ${check ? "up to date" : "written"}`);
  return bad(`${folder}: ${check ? "run npm run regenerate" : "failed"}`);
}

process.chdir(ROOT);
const grammars = filesUnder("grammar").filter(path => path.endsWith(".ne"));
const parserOf = (grammar: string): string => `src/parse/${basename(grammar, ".ne")}.grammar.ts`;
const made = new Set(grammars.map(parserOf));
const orphans = filesUnder("src").filter(path => path.endsWith(".grammar.ts") && !made.has(path));
const notes = grammarsOnly ? [] : filesUnder("derivations").filter(path => path.endsWith("/note.md"));

/** The gallery's index is written by hand: it must have a line for every derivation. */
const indexOutcomes = (): readonly Outcome[] => {
  const index = existsSync(join(ROOT, INDEX)) ? readFileSync(join(ROOT, INDEX), "utf8") : "";
  const links = notes.map(note => {
    const folder = basename(dirname(note));
    return { folder, link: `](${folder}/${isJudged(note) ? REPORT : "derivation.md"})` };
  });
  const missing = links.filter(({ link }) => !index.includes(link));
  return missing.map(({ folder }) => bad(`${INDEX}: no line for ${folder}; add one that says what it shows`));
};

const outcomes: Outcome[] = [
  ...grammars.map(grammar => regenerateParser(grammar, parserOf(grammar))),
  ...orphans.map(path => bad(`${path}: no grammar makes it`)),
];
for (const note of notes) outcomes.push(await (isJudged(note) ? regenerateReport : regenerateDerivation)(note));
outcomes.push(...indexOutcomes());
for (const { line } of outcomes) console.log(line);
process.exit(outcomes.some(({ failed }) => failed) ? 1 : 0);
