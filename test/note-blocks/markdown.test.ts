import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Block, Formula } from "../../src/note/blocks/block.ts";
import { readBlocks } from "../../src/note/blocks/read.ts";
import { readEquation } from "../../src/parse/equation.ts";

const formulasOf = (blocks: readonly Block[]): readonly Formula[] =>
  blocks.flatMap(block =>
    block.kind === "display"
      ? [block.formula]
      : block.kind === "code"
        ? []
        : block.pieces.flatMap(piece => (piece.kind === "formula" ? [piece.formula] : [])),
  );

/** Blocks as short lines: what they are and what they hold. */
const lines = async (text: string, format: "md" | "tex" = "md"): Promise<string[]> =>
  (await readBlocks(text, format)).blocks.map(block => {
    if (block.kind === "code") return `code ${block.language}`;
    if (block.kind === "display")
      return `display ${block.formula.number === null ? "" : `(${block.formula.number.text}) `}${block.formula.text.trim().replace(/\s+/gu, " ")}`;
    const inside = block.pieces
      .map(piece =>
        piece.kind === "text"
          ? piece.text.trim().replace(/\s+/gu, " ")
          : `${piece.formula.number === null ? "" : `(${piece.formula.number.text}) `}$${piece.formula.text}$`,
      )
      .filter(part => part !== "")
      .join(" ");
    return `${block.kind === "heading" ? "#".repeat(block.level) : block.item ? "-" : "¶"} ${inside}`;
  });

const places = async (text: string): Promise<string[]> =>
  (await readBlocks(text, "md")).blocks
    .filter(block => block.kind === "display")
    .map(block => `${block.system}/${block.section}`);

describe("formulas are found however they are written", () => {
  test.each([
    ["dollars in words", "Let $x$ and $ y $ be.", ["¶ Let $x$ and $ y $ be."]],
    ["a display in a line of its own", "a\n\n$$x = y$$\n\nb", ["¶ a", "display x = y", "¶ b"]],
    ["a display within words", "so $$x = y$$ and", ["¶ so", "display x = y", "¶ and"]],
    ["fences of dollars", "$$\nx = y\n$$", ["display x = y"]],
    [
      "an environment right behind the dollars",
      "$$\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}$$\n\ntext",
      ["display \\begin{aligned} a &= b \\\\ &= c \\end{aligned}", "¶ text"],
    ],
    [
      "lines that Markdown would take for lists and headings",
      "\\[\na = b\n+ c\n- d\n= e\n> f\n# g\n\\]",
      ["display a = b + c - d = e > f # g"],
    ],
    ["empty lines inside", "$$\na\n\n= b\n$$", ["display a = b"]],
    ["two displays in one line", "$$a$$ $$b$$", ["display a", "display b"]],
    ["\\( \\) and \\[ \\]", "by \\(x\\) and \\[y\\]", ["¶ by $x$ and", "display y"]],
    ["doubled backslashes", "by \\\\(x\\\\) and \\\\[y \\\\]", ["¶ by $x$ and", "display y"]],
    ["bare environments", "\\begin{align*}\na &= b\n\\end{align*}", ["display \\begin{align*} a &= b \\end{align*}"]],
    [
      "nested environments",
      "\\begin{equation}\\begin{split}a\\end{split}\\end{equation}",
      ["display \\begin{equation}\\begin{split}a\\end{split}\\end{equation}"],
    ],
    ["math fences", "```math\nx = y\n```", ["display x = y"]],
    ["quoted dollars", "by $`x`$ so", ["¶ by $x$ so"]],
    ["code is passed over", "```python\nx = '$y$'\n```\n\n`$a$` $b$", ["code python", "¶ `$a$` $b$"]],
    ["comments are passed over", "<!-- $a$ --> $b$", ["¶ <!-- $a$ --> $b$"]],
    ["money is no formula", "it costs $5 and then $10 more", ["¶ it costs $5 and then $10 more"]],
    ["escaped dollars", "a \\$ b $c$", ["¶ a \\$ b $c$"]],
    ["text with a formula inside a display", "$$ a \\text{ if $b$ } $$", ["display a \\text{ if $b$ }"]],
    ["lists", "- one $a$\n- two\n  $$b$$\n  more", ["- one $a$", "- two", "display b", "- more"]],
    ["quotations", "> so\n> $$a\n> = b$$\n> end", ["¶ so", "display a = b", "¶ end"]],
    ["indented displays", "text\n\n    $$a = b$$\n", ["¶ text", "display a = b"]],
    [
      "numbers typed in front",
      "(2) $h = f(z)$\n\n(3) $$a$$\n\nc) $b$",
      ["¶ (2) (2) $h = f(z)$", "display (3) a", "¶ c) (c) $b$"],
    ],
    ["headings", "# A $x$\n\nB\n===\n\n### C", ["# A $x$", "# B", "### C"]],
    ["emphasis stays in the words", "**FP:** $x$", ["¶ **FP:** $x$"]],
    ["CRLF and a byte order mark", "\uFEFF# A\r\n\r\n$$\r\na\r\n= b\r\n$$\r\n", ["# A", "display a = b"]],
  ] as const)("%s", async (_, text, expected) => expect(await lines(text)).toEqual(expected));

  test("a display that does not end is told, the rest stands", async () => {
    const note = await readBlocks("$$ a = b\n\ntext $x$\n\n$$c$$", "md");
    expect(note.diagnostics.map(one => [one.code, one.spans[0]?.span])).toEqual([["R004", { start: 0, end: 2 }]]);
    expect(formulasOf(note.blocks).map(formula => formula.text)).toEqual(["x", "c"]);
  });

  test("definitions are collected and are no formulas", async () => {
    const note = await readBlocks(
      "$$\\newcommand{\\R}{\\mathbb{R}} \\DeclareMathOperator{\\diag}{diag} \\def\\dd#1#2{\\frac{\\partial #1}{\\partial #2}}$$\n\n\\newcommand\\norm[2][2]{\\|#2\\|_{#1}}\n\n$x \\in \\R$",
      "md",
    );
    expect([...note.macros]).toEqual([
      ["\\R", { parameters: 0, body: "\\mathbb{R}" }],
      ["\\diag", { parameters: 0, body: "\\operatorname{diag}" }],
      ["\\dd", { parameters: 2, body: "\\frac{\\partial #1}{\\partial #2}" }],
      ["\\norm", { parameters: 2, optional: "2", body: "\\|#2\\|_{#1}" }],
    ]);
    expect(formulasOf(note.blocks).map(formula => formula.text)).toEqual(["x \\in \\R"]);
  });
});

describe("systems and sections", () => {
  test.each([
    [
      "marks below a bullet",
      "$$c$$\n\n• 例: 感知机\n\nFP:\n\n$$a$$\n\nBP:\n\n$$b$$\n\n- RNN\n\nFP:\n\nFP:\n\n$$d$$\n\nBP:\n\n$$e$$",
      ["/other", "感知机/forward", "感知机/backward", "RNN/forward", "RNN/backward"],
    ],
    [
      "headings that are marks",
      "# MLP\n\n## Forward pass\n\n$$a$$\n\n## Backward pass\n\n$$b$$\n\n# RNN\n\n## 前向传播\n\n$$c$$\n\n## 反向传播\n\n$$d$$",
      ["MLP/forward", "MLP/backward", "RNN/forward", "RNN/backward"],
    ],
    [
      "one system has the note to itself",
      "# Notes\n\n$$x$$\n\n## Model\n\n$$a$$\n\n## Backward\n\n$$b$$",
      ["Notes/other", "Notes/other", "Notes/backward"],
    ],
    ["no marks, one system", "# A\n\n$$a$$\n\n# B\n\n$$b$$", ["/other", "/other"]],
    [
      "names in the marks",
      "## LSTM 前向传播\n\n$$a$$\n\n## LSTM 反向传播\n\n$$b$$\n\n## GRU 前向传播\n\n$$c$$",
      ["LSTM/forward", "LSTM/backward", "GRU/forward"],
    ],
    ["a second FP: behind a BP:", "FP:\n$$a$$\nBP:\n$$b$$\nFP:\n$$c$$", ["/forward", "/backward", "System 2/forward"]],
    ["marks inside a paragraph", "some words\nFP:\n$$a$$\nmore\n**BP**:\n$$b$$", ["/forward", "/backward"]],
    ["marks in the same line", "FP: $$a$$ BP: $$b$$", ["/forward", "/backward"]],
    [
      "systems that the front matter names",
      "---\ngradnote:\n  systems:\n    B: { objective: L }\n---\n# A\n\n$$a$$\n\n# B\n\n$$b$$",
      ["/other", "B/other"],
    ],
  ] as const)("%s", async (_, text, expected) => {
    const found = await places(text);
    expect(found.length).toBe(expected.length);
    expect(found).toEqual(expected);
  });
});

describe("the seed note as it is", async () => {
  const text = readFileSync(new URL("seed.md", import.meta.url), "utf8");
  const note = await readBlocks(text, "md");
  test("has its two systems", () => expect(note.systems).toEqual(["", "正则化的多层感知机", "RNN"]));
  test("has its displays in their sections", () => {
    const count = (system: string, section: string): number =>
      note.blocks.filter(block => block.kind === "display" && block.system === system && block.section === section)
        .length;
    expect([
      count("正则化的多层感知机", "forward"),
      count("正则化的多层感知机", "backward"),
      count("RNN", "forward"),
      count("RNN", "backward"),
    ]).toEqual([5, 7, 3, 12]);
  });
  test("gives numbers to inline formulas", () =>
    expect(formulasOf(note.blocks).find(formula => formula.text === "h = f(z)")?.number?.text).toBe("2"));
  test("is read without a complaint, every formula", () => {
    expect(note.diagnostics).toEqual([]);
    for (const formula of formulasOf(note.blocks)) {
      const result = readEquation(formula.text, new Map(), { base: formula.base });
      expect(result.ok ? result.value.diagnostics : result.diagnostics).toEqual([]);
    }
  });
});

describe("every formula and every word is where it says", () => {
  const NOTES = [
    readFileSync(new URL("seed.md", import.meta.url), "utf8"),
    "> q $a\n> b$ and $$c\n> = d$$\n> > deeper\n> > $$e\n> > > f$$",
    "1. one\n   $$a\n   b$$\n2. $c$\n\n   - $d$\r\n\r\n     $$\r\n     e\r\n     $$\r\n",
    "\uFEFF---\ngradnote:\n  objective: J\n---\n\n$x$ words\n\n\\begin{align}\na &= b\\\\\nc &= d\n\\end{align}",
  ];
  test.each(NOTES.map((text, at) => [at, text] as const))("note %i", async (_, text) => {
    const note = await readBlocks(text, "md");
    expect(formulasOf(note.blocks).length).toBeGreaterThan(1);
    for (const formula of formulasOf(note.blocks)) {
      const slice = text.slice(formula.base, formula.base + formula.text.length);
      expect(slice.length).toBe(formula.text.length);
      // Only marks of quotations may differ, and only where the formula has a space instead.
      for (let at = 0; at < slice.length; at++)
        if (slice[at] !== formula.text[at]) expect([slice[at], formula.text[at]]).toEqual([">", " "]);
      expect(formula.span.start).toBeLessThanOrEqual(formula.base);
      expect(formula.span.end).toBeGreaterThanOrEqual(formula.base + formula.text.length);
    }
    let last = 0;
    for (const block of note.blocks) {
      expect(block.span.start).toBeGreaterThanOrEqual(last);
      last = block.span.end;
      if (block.kind === "display" || block.kind === "code") continue;
      for (const piece of block.pieces) {
        if (piece.kind !== "text") continue;
        expect(piece.text.length).toBe(piece.span.end - piece.span.start);
        expect(text.slice(piece.span.start, piece.span.end).replace(/>/gu, " ")).toBe(piece.text.replace(/>/gu, " "));
      }
    }
  });
});
