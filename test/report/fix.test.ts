// Mended copies: what is mended is right when it is checked again, and nothing else is changed.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withLetter } from "../../src/emit/report/letters.ts";
import { check, type Fixed, fix, levelOf, readNote } from "../../src/index.ts";

const fixed = async (text: string): Promise<Fixed> => {
  const note = await readNote(text);
  return fix(note, await check(note));
};

/** The lines of the copy that differ, as pairs. */
const changesIn = (before: string, after: string): readonly (readonly [string, string])[] => {
  const [a, b] = [before.split("\n"), after.split("\n")];
  expect(b).toHaveLength(a.length);
  return a.flatMap((line, i) => (line === b[i] ? [] : [[line, b[i] as string] as const]));
};

const FORWARD = "Some *words*,  kept.\r\n\n$$z = W x$$\n\n$$L = \\|z\\|^2$$\n\n";

test.each([
  [String.raw`$$\frac{\partial L}{\partial z} = z$$`, String.raw`$$\frac{\partial L}{\partial z} = 2 z$$`],
  [
    String.raw`$$\frac{\partial L}{\partial x} = 2 W^\top z = W^\top z$$`,
    String.raw`$$\frac{\partial L}{\partial x} = 2 W^\top z = 2 W^\top z$$`,
  ],
  [String.raw`$$\frac{\partial L}{\partial z} = 2 Z$$`, String.raw`$$\frac{\partial L}{\partial z} = 2 z$$`],
])("%s", async (wrong, right) => {
  const text = `${FORWARD}${wrong}\n\nThe end.`;
  const made = await fixed(text);
  expect(changesIn(text, made.text)).toEqual([[wrong, right]]);
  expect(made.report.clean).toBe(true);
});

test("a note without mistakes stays as it is", async () => {
  const text = `${FORWARD}$$\\frac{\\partial L}{\\partial z} = 2 z$$\n`;
  expect(await fixed(text)).toMatchObject({ text, mended: [] });
});

test("what cannot be mended is left, and the rest is mended", async () => {
  const text = `${FORWARD}$$\\frac{\\partial L}{\\partial z} = q$$\n\n$$\\frac{\\partial L}{\\partial z} = z$$\n`;
  const made = await fixed(text);
  expect(changesIn(text, made.text).map(([before]) => before)).toEqual(["$$\\frac{\\partial L}{\\partial z} = z$$"]);
});

test("the handwritten note: mended lines have nothing against them, the recursion has its factor", async () => {
  const text = readFileSync("derivations/seed-note/note.md", "utf8");
  const made = await fixed(text);
  const changed = changesIn(text, made.text);
  expect(changed.length).toBeGreaterThan(10);
  const lines = new Set(changed.map(([, after]) => after));
  const source = made.text.split("\n");
  for (const { span, verdict, repairs } of made.report.equations) {
    const line = source[made.text.slice(0, span.start).split("\n").length - 1] as string;
    if (lines.has(line) && levelOf(verdict) !== "ok") expect([line, verdict, repairs]).toEqual([]);
  }
  expect(changed.map(([, after]) => after).join()).toContain(String.raw`\odot \rho'(`);
}, 60_000);

test.each([
  [String.raw`\theta_1 + \theta`, String.raw`\theta`, "o", "o_1 + o"],
  ["l a + l_1", "l", String.raw`\ell`, String.raw`\ell a + \ell_1`],
  ["la", "l", String.raw`\ell`, String.raw`\ell a`],
  [String.raw`\text{all } \lambda l`, "l", "L", String.raw`\text{all } \lambda L`],
  ["0 = 10 + 0.5", "0", "o", "o = 10 + 0.5"],
])("%s with %s as %s", (latex, from, to, made) => expect(withLetter(latex, from, to)).toBe(made));
