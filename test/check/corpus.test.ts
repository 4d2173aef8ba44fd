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

const LINES: readonly Line[] = (
  await Promise.all(
    NOTES.map(async (note): Promise<readonly Line[]> => {
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
    }),
  )
).flat();

const isAlarm = ({ ours }: Line): boolean => ours !== "no claim" && VERDICTS[ours].level === "error";
const isOpen = ({ ours }: Line): boolean => ours === "no claim" || ours === "cannot-tell" || ours === "unreadable";
const right = LINES.filter(({ truth }) => truth === "right");
const wrong = LINES.filter(({ truth }) => truth === "wrong");

const summaryOf = (lines: readonly Line[]): string =>
  [...WORST, "no claim" as const]
    .map(verdict => [lines.filter(({ ours }) => ours === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${verdict}`)
    .join(", ");

test("the table of the equations of the public notes", async () => {
  const width = Math.max(...LINES.map(({ id }) => id.length));
  const table = [
    ...LINES.map(({ id, truth, ours, because }) =>
      `${id.padEnd(width)}  ${truth.padEnd(7)}  ${ours.padEnd(11)}  ${because}`.trimEnd(),
    ),
    "",
    `right (${right.length}): ${summaryOf(right)}`,
    `wrong (${wrong.length}): ${summaryOf(wrong)}`,
    `open: ${LINES.filter(isOpen).length} of ${LINES.length}`,
    "",
  ].join("\n");
  await expect(table).toMatchFileSnapshot("corpus.txt");
});

describe("what is reached so far", () => {
  test("no right equation is called otherwise", () => {
    expect(right.filter(isAlarm).map(({ id }) => id)).toEqual([]);
  });
  test("right equations are found right", () => {
    expect(right.filter(line => !isAlarm(line) && !isOpen(line)).length).toBeGreaterThanOrEqual(99);
  });
  test("wrong equations are found wrong", () => {
    expect(wrong.filter(isAlarm).length).toBeGreaterThanOrEqual(24);
    expect(wrong.filter(line => !isAlarm(line) && !isOpen(line)).map(({ id }) => id)).toEqual([]);
  });
});
