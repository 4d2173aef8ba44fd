import { describe, expect, test } from "vitest";
import { lexiconOfOps } from "../../src/note/readings.ts";
import { readEquation } from "../../src/parse/equation.ts";
import { NOTES, writeNote } from "./write.ts";

const WRITTEN = NOTES.map(writeNote);

describe("the public notes as text", () => {
  test.each(WRITTEN.map(written => [written.note.id, written] as const))("%s", async (id, { text }) => {
    await expect(text).toMatchFileSnapshot(`${id}.md`);
  });

  test("each holds all of its equations, each where its row says", () => {
    for (const { note, text, rows } of WRITTEN) {
      expect(
        rows
          .filter(row => row.kind === "forward")
          .map(row => row.at)
          .toSorted((a, b) => a - b),
      ).toEqual([...note.fp.keys()]);
      expect(
        rows
          .filter(row => row.kind === "backward")
          .map(row => row.at)
          .toSorted((a, b) => a - b),
      ).toEqual([...note.bp.keys()]);
      for (const { span, latex } of rows) expect(text.slice(span.start, span.end)).toBe(latex);
    }
  });
});

/** More than one parse is an internal error of the reader, which throws. */
describe("each equation has exactly one parse, with the spellings of the ops", () => {
  test.each(WRITTEN.flatMap(({ rows }) => rows.map(row => [row.id, row] as const)))("%s", (_, { latex }) => {
    const result = readEquation(latex, lexiconOfOps());
    expect(result.ok && result.value.diagnostics).toEqual([]);
    expect(result.ok && result.value.statements.length).toBeGreaterThan(0);
  });
});
