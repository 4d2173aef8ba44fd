import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CATALOGUE } from "../../src/base/catalogue.ts";
import { renderDiagnostic } from "../../src/base/render.ts";
import { Source } from "../../src/base/source.ts";
import { readNote } from "../../src/note/read.ts";

const FOLDER = "test/errors";
const NOTES = readdirSync(FOLDER)
  .filter(file => file.endsWith(".md"))
  .sort();

/** Met only after several guesses have been tried; no short note is known that leads there. */
const WITHOUT_A_NOTE = new Set(["S005"]);

const rendered = async (file: string): Promise<{ text: string; codes: readonly string[] }> => {
  const note = readFileSync(`${FOLDER}/${file}`, "utf8");
  const { diagnostics } = await readNote(note);
  const source = new Source("note.md", note);
  return {
    text: `${diagnostics.map(diagnostic => renderDiagnostic(source, diagnostic)).join("\n\n")}\n`,
    codes: diagnostics.map(({ code }) => code),
  };
};

describe("a bad note for each code", () => {
  test.each(NOTES)("%s", async file => {
    const { text, codes } = await rendered(file);
    expect(codes).toContain(file.replace(".md", ""));
    await expect(text).toMatchFileSnapshot(`${process.cwd()}/${FOLDER}/${file.replace(".md", ".golden.txt")}`);
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });

  test("no code of names, shapes and indices is without one", () => {
    const codes = Object.keys(CATALOGUE).filter(code => /^(?:[NSI]|R03)/u.test(code) && !WITHOUT_A_NOTE.has(code));
    expect(codes.filter(code => !NOTES.includes(`${code}.md`))).toEqual([]);
  });
});
