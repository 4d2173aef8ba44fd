// The annotated copy of a note: what stands in the note is text there, wherever it stands.
import { beforeAll, expect, test } from "vitest";
import type { CheckedNote } from "../../src/check/check.ts";
import { annotatedPage } from "../../src/emit/report/page/page.ts";
import { check, readNote, toAnnotated } from "../../src/index.ts";
import { readBlocks } from "../../src/note/blocks/read.ts";
import { HOSTILE } from "./hostile.ts";
import { strangers } from "./strangers.ts";

const NOTE = "$$L = w^2$$\n\n$$\\frac{\\partial L}{\\partial w} = w$$\n";
let report: CheckedNote;
beforeAll(async () => {
  report = await check(await readNote(NOTE));
});

const listed = HOSTILE.map(text => [JSON.stringify(text), text] as const);

test.each(listed)("a note with the words and the formula %s", async (_, text) => {
  const note = `# ${text}\n\n${text}\n\n- ${text}\n\n$${text}$\n\n$$\n${text}\n$$\n\n${NOTE}`;
  const { blocks } = await readBlocks(note, "md");
  const page = annotatedPage(note, blocks, report, { name: text, language: "en", nameLatex: () => text });
  expect(strangers(page)).toEqual([]);
});

test.each(listed)("what is said with %s in it", async (_, text) => {
  const { blocks } = await readBlocks(NOTE, "md");
  const equations = report.equations.map(equation => ({
    ...equation,
    because: text,
    readAs: text,
    under: [text],
    verdict: "wrong" as const,
    repairs: [{ from: text, to: text, evidence: text }],
    mended: { latex: text, edit: text, under: [text], general: text },
    counterexample: {
      sizes: { [text]: 1 },
      index: { [text]: 1 },
      functions: { [text]: text },
      given: { [text]: [[1]] },
      left: [[1, 2]],
      right: [[1], [2]],
    },
  }));
  for (const nameLatex of [() => undefined, () => text]) {
    const page = annotatedPage(NOTE, blocks, { ...report, equations }, { name: text, language: "zh", nameLatex });
    expect(strangers(page)).toEqual([]);
  }
});

test("a link that leads out of the page is noticed", () => {
  expect(strangers('<a href="https://example.com">x</a>')).toEqual(["a href"]);
  expect(strangers('<a href="#equation-1">x</a>')).toEqual([]);
});

test("every equation of the page has its verdict, in a word and a sign, and the words of the note are kept", async () => {
  const note = `Some words.\n\n${NOTE}\nMore **words**.\n`;
  const read = await readNote(note);
  const page = await toAnnotated(read, await check(read), { name: "note.md" });
  expect(page).toContain('<p class="words">Some words.</p>');
  expect(page).toContain('<p class="words">More <strong>words</strong>.</p>');
  expect(page.match(/<li id="equation-\d+" class="\w+"><p><span class="sign \w+" aria-hidden="true">/gu)).toHaveLength(
    2,
  );
  expect(page).toContain("<strong>wrong</strong>: the two sides differ.");
  expect(page).toContain('<a href="#equation-2">line 5</a>');
  expect(page).toContain("Numbers that show it");
  expect(page).not.toContain("<script");
});
