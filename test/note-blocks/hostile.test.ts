import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBlocks } from "../../src/note/blocks/read.ts";

const SEED = 20_180_731;

const check = async (text: string, format: "md" | "tex" = "md"): Promise<string> => {
  const note = await readBlocks(text, format);
  for (const { spans } of note.diagnostics) {
    for (const { span } of spans) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.start).toBeLessThanOrEqual(text.length);
      expect(span.end).toBeGreaterThanOrEqual(span.start);
    }
  }
  for (const block of note.blocks) {
    expect(block.span.end).toBeLessThanOrEqual(text.length);
    expect(block.span.start).toBeLessThan(block.span.end);
  }
  return note.diagnostics[0]?.code ?? "";
};

describe("large and deep notes are read or refused with a place", () => {
  test.each([
    ["five million characters", "a ".repeat(2_500_000), "R006"],
    ["quotations in quotations", `${">".repeat(20_000)} x`, "R006"],
    ["lists in lists", `${"- ".repeat(20_000)}x`, "R006"],
    ["a dollar a line", "$\n".repeat(20_000), ""],
    ["open displays", "$$ a $ ".repeat(20_001), "R004"],
    ["open brackets", "\\[ a ".repeat(100_000), "R004"],
    ["open environments", "\\begin{align} ".repeat(60_000), "R004"],
    ["backticks", Array.from({ length: 600 }, (_, at) => "`".repeat(at)).join(" "), ""],
    ["emphasis", "*a **b ".repeat(20_000), ""],
    ["square brackets", "[".repeat(50_000), ""],
    ["angles", "<a ".repeat(20_000), ""],
    ["comments", "<!-- ".repeat(50_000), ""],
    ["fences", "```\n".repeat(20_001), ""],
    ["NUL and lone surrogates", "a\u0000 $\uD800$ b\uDC00", ""],
    ["definitions", "\\newcommand{\\a}{b}".repeat(5_000), ""],
    ["definitions that do not end", "\\newcommand{\\a}{".repeat(2_000), ""],
    ["headings", "# a\n".repeat(3_000), ""],
    ["an empty note", "", ""],
  ])("%s", async (_, text, code) => expect(await check(text)).toBe(code));

  test.each([
    ["braces", "{".repeat(100_000), "R006"],
    ["environments", "\\begin{a}".repeat(100_000), "R006"],
    ["many characters", "a ".repeat(400_000), "R006"],
    ["a lone dollar", "$a", ""],
    ["a lone brace", "}", ""],
  ])("%s in a .tex file", async (_, text, code) => {
    const told = await check(text, "tex");
    if (code !== "") expect(told).toBe(code);
  });

  test("a note twenty times as long has twenty times as many blocks", async () => {
    const part =
      "# Part\n\nLet $W \\in \\mathbb{R}^{h \\times d}$ be a matrix.\n\n- one $x$\n- two\n\n$$\\begin{aligned}\nh_t &= W x_t \\\\\n&= z\n\\end{aligned}$$\n\n";
    const count = async (times: number): Promise<number> => (await readBlocks(part.repeat(times), "md")).blocks.length;
    expect(await count(400)).toBe(20 * (await count(20)));
  });
});

test("pieces of Markdown and LaTeX in any order never throw", async () => {
  const PIECES = [
    "$",
    "$$",
    "\\[",
    "\\]",
    "\\(",
    "\\)",
    "\\\\[",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "# ",
    "```",
    "~~~",
    "```math\n",
    "`",
    "a = b",
    "\\begin{align}",
    "\\end{align}",
    "FP:",
    "BP:",
    "**",
    "<!--",
    "-->",
    "---\n",
    "gradnote:\n",
    "\\newcommand",
    "{",
    "}",
    "\\R",
    "    ",
    "\t",
    "\r\n",
    "\\text{",
    "<p>",
    "|",
    "&amp;",
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }), async pieces => {
      await check(pieces.join(""));
    }),
    { numRuns: 1_500, seed: SEED },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }), async pieces => {
      await check(pieces.join(""), "tex");
    }),
    { numRuns: 500, seed: SEED },
  );
});
