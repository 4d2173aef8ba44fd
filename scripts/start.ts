// Derives the recurrent net of derivations/seed-rnn, checked, renders it, generates its code, and says where to look.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./files.ts";

const COMMAND = "dist/cli/main.js";
const NOTE = "derivations/seed-rnn/note.md";
const OUT = "out/seed-rnn";

/** Runs the program as a user would, shows the call, and gives its exit code. */
const gradnote = (...args: readonly string[]): number => {
  console.log(`\n$ npx gradnote ${args.join(" ")}`);
  return spawnSync(process.execPath, [COMMAND, ...args], { cwd: ROOT, stdio: "inherit" }).status ?? 2;
};

const missing = [COMMAND, NOTE].filter(path => !existsSync(join(ROOT, path)));
if (missing.length > 0) {
  console.error(`${missing.join(" and ")} missing: run npm ci first`);
  process.exit(2);
}

mkdirSync(join(ROOT, OUT), { recursive: true });
const worst = Math.max(
  gradnote("derive", NOTE, "-o", OUT),
  gradnote("derive", NOTE, "-o", OUT, "--format", "html"),
  gradnote("generate", NOTE, "--target", "ts", "-o", `${OUT}/gradients.ts`),
);
if (worst > 0) {
  console.error("\nSomething went wrong; the messages above say what.");
  process.exit(2);
}
console.log(`
The note          ${NOTE}
Its derivation    ${OUT}/derivation.md, and ${OUT}/derivation.html for a browser
Its code          ${OUT}/gradients.ts

Every derived equation was compared with forward-mode differentiation, exactly, before it was written.`);
