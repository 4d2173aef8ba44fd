// Whole notes, with all that is said of their equations, one line for each: what is said of one depends on the others.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const FOLDER = new URL("whole/", import.meta.url);

const sayOf = (report: EquationReport): string => {
  const { latex, because, under, repairs, mended, spoiledBy } = report;
  const outcome = outcomeOf(report);
  return [
    latex.replace(/\s+/gu, " "),
    // How it was shown does not matter.
    `${outcome}${outcome === "holds" ? "" : `: ${because}`}`,
    ...under.map(each => `under ${each}`),
    ...repairs.map(({ from, to, evidence }) => `${from} → ${to}: ${evidence}`),
    ...(mended ? [`${mended.edit ?? "as derived"}: ${mended.latex}`] : []),
    ...(mended?.under ?? []).map(each => `which holds under ${each}`),
    ...(mended?.general === undefined ? [] : [`in general: ${mended.general}`]),
    ...spoiledBy.map(id => `spoiled by ${id}`),
  ].join("\n  ");
};

test.each(readdirSync(FOLDER))("%s", async file => {
  const [note = "", said] = readFileSync(new URL(file, FOLDER), "utf8").split("\n## Said\n\n");
  const { equations } = checkNote(await readNote(note));
  expect(`${equations.map(sayOf).join("\n\n")}\n`).toBe(said);
});
