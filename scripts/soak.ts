// The long runs: the property tests with many more cases than npm test gives them. Hours, not minutes.
//   npm run soak [-- part of a file's name …]
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./files.ts";

const COUNTS = {
  GRADNOTE_TERMS: "100000",
  GRADNOTE_RUNS: "10000",
  GRADNOTE_WILD: "5000",
  GRADNOTE_DAMAGE: "20000",
  GRADNOTE_LEVELS: "100000",
  GRADNOTE_SUMMANDS: "10000",
  GRADNOTE_MUTANTS: "100000",
  GRADNOTE_SLIPS: "500",
  GRADNOTE_REWRITINGS: "100000",
};

const FILES = [
  "test/term/read-show",
  "test/mathjs",
  "test/expr",
  "test/derive/property",
  "test/note/hostile",
  "test/mutation",
];

const wanted = process.argv.slice(2);
const files = FILES.filter(file => wanted.length === 0 || wanted.some(part => file.includes(part)));
const run = spawnSync(
  process.execPath,
  [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--testTimeout", "36000000", ...files],
  { cwd: ROOT, stdio: "inherit", env: { ...COUNTS, ...process.env } },
);
process.exit(run.status ?? 1);
