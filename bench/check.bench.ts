import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../scripts/files.ts";
import { checkNote } from "../src/check/check.ts";
import { courtFor } from "../src/check/court.ts";
import { finished, judgeChain } from "../src/check/judging.ts";
import { repairForward } from "../src/check/repairs/forward.ts";
import { chainsOf } from "../src/note/claims/chains.ts";
import { type ReadNote, readNote } from "../src/note/read.ts";
import { NOTES, writeNote } from "../test/corpus-notes/write.ts";
import type { Suite } from "./measure.ts";

const SEED = "derivations/seed-note/note.md";
const seed = readFileSync(join(ROOT, SEED), "utf8");

/** Milliseconds of each verdict of a note with its counterexample and mended form; reading and deriving are not in them. */
const verdictsOf = (read: ReadNote): readonly number[] => {
  const { note, repairs } = repairForward(read);
  return note.parts.flatMap(part => {
    if (!part.forward) return [];
    const chains = chainsOf(part.definitions, part.claims, part.forward.typing.prepared);
    const court = courtFor(note.text, part.forward, part.definitions, chains, {
      damaged: repairs.length > 0,
      language: "en",
    });
    return chains.flatMap(chain => {
      const start = performance.now();
      const { links } = judgeChain(court, chain, chains, "en");
      const judged = (performance.now() - start) / links.length;
      return links.map(said => {
        const from = performance.now();
        finished(court, said);
        return judged + performance.now() - from;
      });
    });
  });
};

const notes = await Promise.all(NOTES.map(note => readNote(writeNote(note).text)));

/** A note with mistakes ends the command as a crash does: what it prints shows that it ran, and that is what was timed. */
const command = (printed: RegExp, ...args: readonly string[]): void => {
  const { stdout, stderr } = spawnSync(process.execPath, ["dist/cli/main.js", ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (!printed.test(stdout)) throw new Error(`gradnote ${args.join(" ")} (npm run build?): ${stderr}`);
};

export const suite: Suite = {
  title: "check",
  cases: [
    { name: "the command, asked for its version", run: () => command(/^\d+\.\d+/u, "--version") },
    {
      name: "the command on the seed note, from cold",
      run: () => command(/^\d+ equations: /mu, "check", SEED),
      against: "the command, asked for its version",
    },
    { name: "the seed note, read and judged", run: async () => checkNote(await readNote(seed)) },
  ],
  spreads: [{ name: "a verdict of the public notes", run: () => notes.flatMap(verdictsOf) }],
};
