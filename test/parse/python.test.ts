import { readFileSync } from "node:fs";
import nearley from "nearley";
import { describe, expect, test } from "vitest";
import { type CodeToken, LEXER, tokenise } from "../../src/parse/python.build.ts";
import grammar from "../../src/parse/python.grammar.ts";
import type { CodeLine } from "../../src/parse/python.syntax.ts";
import { readPython } from "../../src/parse/python.ts";

/** How many readings a production has of a text. */
const readingsOf = (text: string, production: string): number => {
  const lexer = tokenise();
  lexer.reset(text);
  const tokens = [...lexer]
    .filter(({ type }) => type !== "space")
    .map(({ type, value, text: written, offset }): CodeToken => {
      return { type, value, text: written, start: offset, end: offset + written.length };
    });
  const rules = nearley.Grammar.fromCompiled({ ...grammar, ParserStart: production } as nearley.CompiledRules);
  const parser = new nearley.Parser(rules, { lexer: LEXER as unknown as nearley.Lexer });
  LEXER.tokens = tokens;
  try {
    parser.feed("");
  } catch {
    return 0;
  }
  return parser.results.length;
};

const examples: { production: string; text: string; count: number }[] = [];
let waiting: { text: string; count: number }[] = [];
for (const line of readFileSync(new URL("../../grammar/python.ne", import.meta.url), "utf8").split("\n")) {
  const example = /^#([+-]) (.*)$/u.exec(line);
  const production = /^(\w+) ->/u.exec(line)?.[1];
  if (example !== null) waiting.push({ text: example[2] as string, count: example[1] === "+" ? 1 : 0 });
  else if (production !== undefined) {
    examples.push(...waiting.map(one => ({ production, ...one })));
    waiting = [];
  }
}

describe("the examples in the grammar have one reading, or none", () => {
  test("there are some of both", () => {
    expect(new Set(examples.map(({ count }) => count)).size).toBe(2);
    expect(examples.length).toBeGreaterThan(30);
  });
  test.each(examples.map(one => [one.production, one.text, one] as const))("%s: %s", (_, __, one) => {
    expect(readingsOf(one.text, one.production)).toBe(one.count);
  });
});

const outline = (lines: readonly CodeLine[], depth = 0): readonly string[] =>
  lines.flatMap(({ statements, word, body }) => [
    `${" ".repeat(depth)}${word} ${statements?.map(({ kind }) => kind).join(" ") ?? "-"}`,
    ...outline(body, depth + 1),
  ]);

describe("lines", () => {
  test.each([
    ["brackets hold lines together", "a = (b +\n     c)\nd = e", ["a assignment", "d assignment"]],
    ["a backslash does so too", "a = b + \\\n    c", ["a assignment"]],
    ["a semicolon parts them", "a = b; c = d", ["a assignment", "c assignment"]],
    ["a body on the line of its head", "for i in x: a = b", ["for for", " a assignment"]],
    [
      "bodies within bodies",
      "def f(x):\n  while True:\n    a = x\n  return a\nb = c",
      ["def def", " while while", "  a assignment", " return return", "b assignment"],
    ],
    [
      "texts and remarks hide what is in them",
      's = "a # b"  # c = d\nt = """\nu = v\n"""',
      ["s assignment", "t assignment"],
    ],
    ["prompts of a session", ">>> a = b\n>>> for i in c:\n...     d = i", ["a assignment", "for for", " d assignment"]],
    [
      "what is no assignment",
      "import numpy as np\nprint(x)\nassert a == b\na: int = 3\n$ = 1",
      ["import -", "print -", "assert -", "a -", "$ = 1 -"],
    ],
  ])("%s", (_, text, lines) => expect(outline(readPython(text))).toEqual(lines));

  test("every tree knows its place in the note", () => {
    const text = "a = np.dot(b.T, c[range(n), y]) - 2";
    const [line] = readPython(text, 100);
    const [statement] = line?.statements ?? [];
    expect(statement?.kind === "assignment" && statement.value.span).toEqual({ start: 104, end: 100 + text.length });
  });

  test("long and deep code is read in linear time", () => {
    const started = performance.now();
    readPython(
      `${Array.from({ length: 3_000 }, (_, i) => `a${i} = b + c * d`).join("\n")}\nx = ${"(".repeat(900)}y${")".repeat(900)}`,
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
