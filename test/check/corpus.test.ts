import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { type EquationReport, VERDICTS, type Verdict } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { NOTES, writeNote } from "../corpus-notes/write.ts";

/** What is most against a row comes first. */
const WORST: readonly Verdict[] = [
  "wrong",
  "undefined",
  "holds-under",
  "unreadable",
  "cannot-tell",
  "incomplete",
  "convention",
  "repaired",
  "holds",
  "proved",
  "definition",
];

interface Line {
  readonly id: string;
  readonly truth: "right" | "wrong" | "unknown";
  readonly ours: Verdict | "no claim";
  readonly because: string;
}

const truthOf = (correct: boolean | "unknown"): Line["truth"] =>
  correct === "unknown" ? "unknown" : correct ? "right" : "wrong";

const worstOf = (links: readonly EquationReport[]): EquationReport | undefined =>
  [...links].sort((a, b) => WORST.indexOf(a.verdict) - WORST.indexOf(b.verdict))[0];

const linesOf = async (note: (typeof NOTES)[number]): Promise<readonly Line[]> => {
  const { text, rows } = writeNote(note);
  const { equations } = checkNote(await readNote(text), { language: "en" });
  return rows
    .filter(({ kind }) => kind === "backward")
    .map(({ id, at, span }): Line => {
      const links = equations.filter(each => each.span.start >= span.start && each.span.start < span.end);
      const worst = worstOf(links);
      const truth = truthOf((note.bp[at] as (typeof note.bp)[number]).correct);
      return worst
        ? { id, truth, ours: worst.verdict, because: worst.because }
        : { id, truth, ours: "no claim", because: "" };
    });
};

const isAlarm = ({ ours }: Line): boolean => ours !== "no claim" && VERDICTS[ours].level === "error";
const isOpen = ({ ours }: Line): boolean => ours === "no claim" || ours === "cannot-tell" || ours === "unreadable";
const summaryOf = (lines: readonly Line[]): string =>
  [...WORST, "no claim" as const]
    .map(verdict => [lines.filter(({ ours }) => ours === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${verdict}`)
    .join(", ");

const found = new Map<string, readonly Line[]>();
const lines = (): readonly Line[] => NOTES.flatMap(({ id }) => found.get(id) ?? []);
const right = (): readonly Line[] => lines().filter(({ truth }) => truth === "right");
const wrong = (): readonly Line[] => lines().filter(({ truth }) => truth === "wrong");

const TABLE = "corpus.txt";
const WIDTH = Math.max(...NOTES.flatMap(note => writeNote(note).rows.map(({ id }) => id.length)));
const show = ({ id, truth, ours, because }: Line): string =>
  `${id.padEnd(WIDTH)}  ${truth.padEnd(7)}  ${ours.padEnd(11)}  ${because}`.trimEnd();
const rows = readFileSync(new URL(TABLE, import.meta.url), "utf8").split("\n");

// Each note in a test of its own, so that a change shows in which. After `vitest -u` these know the old table once more.
test.each(NOTES.map(note => [note.id, note] as const))("the equations of %s", async (id, note) => {
  found.set(id, await linesOf(note));
  expect(found.get(id)?.map(show)).toEqual(rows.filter(row => row.startsWith(`${id}/`)));
});

test("the table of the equations of the public notes", async () => {
  const table = [
    ...lines().map(show),
    "",
    `right (${right().length}): ${summaryOf(right())}`,
    `wrong (${wrong().length}): ${summaryOf(wrong())}`,
    `open: ${lines().filter(isOpen).length} of ${lines().length}`,
    "",
  ].join("\n");
  await expect(table).toMatchFileSnapshot(TABLE);
});

describe("what is reached so far", () => {
  test("no right equation is called otherwise", () => {
    expect(
      right()
        .filter(isAlarm)
        .map(({ id }) => id),
    ).toEqual([]);
  });
  test("right equations are found right", () => {
    expect(right().filter(line => !isAlarm(line) && !isOpen(line)).length).toBeGreaterThanOrEqual(99);
  });
  test("wrong equations are found wrong", () => {
    expect(wrong().filter(isAlarm).length).toBeGreaterThanOrEqual(24);
    expect(
      wrong()
        .filter(line => !isAlarm(line) && !isOpen(line))
        .map(({ id }) => id),
    ).toEqual([]);
  });
});
