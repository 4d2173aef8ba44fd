// Findings as workflow commands of GitHub.
import { expect, test } from "vitest";
import { check, readNote, reportGithub } from "../../src/index.ts";
import { NOTE } from "./notes.ts";

const linesFor = async (name: string): Promise<readonly string[]> =>
  reportGithub([{ name, text: NOTE, report: await check(await readNote(NOTE)) }])
    .trimEnd()
    .split("\n");

test("each finding is one command with its place and title", async () => {
  const lines = await linesFor("note.md");
  for (const line of lines)
    expect(line).toMatch(
      /^::(?:error|warning|notice) file=note\.md,line=\d+,endLine=\d+,col=\d+(?:,endColumn=\d+)?,title=[^,:]+::[^\n]+$/u,
    );
  expect(lines[0]).toMatch(
    /^::error file=note\.md,line=7,endLine=7,col=41,endColumn=41,title=V004 wrong::the two sides differ\./u,
  );
});

test("a file's name cannot end a property or a command", async () => {
  const [line] = await linesFor("a,b:c%\n::error::x.md");
  expect(line).toMatch(/^::error file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax\.md,line=7,/u);
});

test("messages follow the language of the report", async () => {
  const report = await check(await readNote(NOTE), { language: "zh" });
  const [line] = reportGithub([{ name: "note.md", text: NOTE, report }]).split("\n");
  expect(line).toMatch(/::[^:]*\p{Script=Han}/u);
  expect(line).toContain("正确的形式是");
});
