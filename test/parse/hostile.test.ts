import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEquation } from "../../src/parse/equation.ts";
import type { Macros } from "../../src/parse/macros.ts";
import { nodesOf } from "../../src/parse/walk.ts";

const SEED = 20_180_731;

/** Every refusal has a place inside the text; every node of a reading too. Returns the code, "" when it reads. */
const check = (text: string, macros: Macros = new Map()): string => {
  const result = readEquation(text, new Map(), { macros });
  const diagnostics = result.ok ? result.value.diagnostics : result.diagnostics;
  for (const { spans } of diagnostics) {
    expect(spans.length).toBeGreaterThan(0);
    for (const { span } of spans) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeGreaterThanOrEqual(span.start);
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  }
  if (!result.ok) expect(diagnostics.length).toBeGreaterThan(0);
  else {
    for (const statement of result.value.statements) {
      let first: string | undefined;
      for (const node of nodesOf(statement.body))
        if (node.span.start < 0 || node.span.end > text.length || node.span.end < node.span.start)
          first ??= `${node.kind} ${node.span.start}-${node.span.end}`;
      expect(first).toBeUndefined();
    }
  }
  return diagnostics[0]?.code ?? "";
};

describe("100,000 levels are read or refused with a place", () => {
  const LEVELS = 100_000;
  /** Lists, which are long rather than deep. */
  const FLAT = 10_000;
  const DEEP: readonly (readonly [opening: string, closing: string, code: string])[] = [
    ["(", ")", "R003"],
    ["[", "]", "R003"],
    ["{", "}", "R003"],
    ["x^{", "}", "R003"],
    ["x_{", "}", "R003"],
    ["\\frac{", "}{2}", "R003"],
    ["\\sqrt{", "}", "R003"],
    ["\\left(", "\\right)", "R003"],
    ["|", "|", "R003"],
    ["f(", ")", "R003"],
    ["\\begin{pmatrix}", "\\end{pmatrix}", "R003"],
    ["\\mathbf{", "}", "R003"],
    ["\\hat", "", "R003"],
    ["\\frac", "", "R003"],
    ["^", "", "R001"],
    ["_", "", "R001"],
    ["-", "", "R003"],
  ];
  const LONG: typeof DEEP = [
    ["\\tanh ", "", "R003"],
    ["\\nabla ", "", "R003"],
    ["a/", "", "R003"],
    ["\\sum ", "", "R003"],
    ["x'", "", ""],
    ["a=", "", ""],
    ["a+", "", ""],
    ["\\text{", "}", ""],
    ["a_1", "", ""],
  ];
  test.each(DEEP)("%s", (opening, closing, code) => {
    expect(check(`${opening.repeat(LEVELS)}x${closing.repeat(LEVELS)}`)).toBe(code);
    check(opening.repeat(LEVELS));
  });
  test.each(LONG)("%s in a row", (opening, closing, code) => {
    expect(check(`${opening.repeat(FLAT)}x${closing.repeat(FLAT)}`)).toBe(code);
    check(opening.repeat(FLAT));
  });

  test("a few hundred levels are read", () => {
    for (const [opening, closing] of [
      ["(", ")"],
      ["[", "]"],
      ["|a+", "|"],
    ] as const)
      expect(check(`${opening.repeat(300)}x${closing.repeat(300)}`)).toBe("");
    for (const [opening, closing] of [
      ["x^{", "}"],
      ["\\frac{", "}{2}"],
      ["\\sqrt{", "}"],
    ] as const)
      expect(check(`${opening.repeat(180)}x${closing.repeat(180)}`)).toBe("");
  });
});

describe("size costs in proportion", () => {
  test("long equations read", () => {
    const term = " + W_{hh}^\\top \\left(\\frac{\\partial L}{\\partial h_{t+1}} \\odot \\phi'(z_{t+1})\\right)";
    expect(check(`L = a${term.repeat(3_000)}`)).toBe("");
    expect(check(`L = ${"a b ".repeat(20_000)}`)).toBe("");
    expect(check(`\\boxed{${"a ".repeat(150_000)}}`)).toBe("");
    expect(check(`p(${"a".repeat(150_000)} | x)`)).toBe("");
    expect(check(`${"a &= b \\\\ ".repeat(10_000)}`)).toBe("");
    expect(check(`a = b ${"\\\\ + c ".repeat(10_000)}`)).toBe("");
  });
});

describe("damaged text", () => {
  test.each([
    ["an empty formula", "", ""],
    ["only white space", " \r\n\t\uFEFF", ""],
    ["NUL", "a = \u0000", "R001"],
    ["a lone surrogate", "a = \uD800", "R001"],
    ["a lone backslash at the end", "a = \\", "R001"],
    ["a dollar inside", "a = $b$", "R001"],
    ["an unfinished \\begin", "\\begin{align", "R002"],
    ["an unfinished \\text", "a = \\text{b", "R002"],
    ["\\end without \\begin", "a = b \\end{align}", "R002"],
    ["\\right without \\left", "a \\right)", "R002"],
    ["\\left without a bracket", "\\left", "R002"],
    ["reserved words as names", "\\__proto__ \\constructor \\toString \\hasOwnProperty", ""],
    ["a parameter outside a definition", "#1", "R001"],
  ])("%s", (_, text, code) => expect(check(text)).toMatch(code === "" ? /^(?:R001)?$/u : new RegExp(code, "u")));

  test("macros that double and double again are refused", () => {
    const macros = new Map(
      Array.from({ length: 64 }, (_, at) => [
        `\\m${"a".repeat(at + 1)}`,
        { parameters: 0, body: `\\m${"a".repeat(at)}b \\m${"a".repeat(at)}` },
      ]),
    );
    const doubling = new Map(
      Array.from("abcdefghijklmnopqrstuvwxyz", (letter, at) => [
        `\\${letter}x`,
        { parameters: 1, body: at === 25 ? "#1" : `\\${String.fromCharCode(98 + at)}x{#1#1}` },
      ]),
    );
    check("\\maaaa", macros);
    expect(check("\\ax{y}", doubling)).toBe("B001");
  });
});

describe("nonsense", () => {
  const PIECES = [
    "\\frac",
    "{",
    "}",
    "x",
    "^",
    "_",
    "+",
    "-",
    "=",
    "(",
    ")",
    "[",
    "]",
    "|",
    "\\|",
    "\\left",
    "\\right",
    "&",
    "\\\\",
    "\\sum",
    "\\partial",
    "\\nabla",
    "\\tanh",
    "\\max",
    " ",
    "2",
    ",",
    ".",
    ":",
    "/",
    "'",
    "\\text{a b}",
    "\\mathbf",
    "\\hat",
    "\\begin{aligned}",
    "\\end{aligned}",
    "\\begin{cases}",
    "\\end{cases}",
    "\\quad",
    "\\mid",
    "\\odot",
    "\\sqrt[",
    "\\underbrace",
    "\\over",
    "\\not",
    "\\stackrel",
    "\\tag{1}",
    "假设",
    "\\operatorname",
    "\\boxed",
    "\\substack",
    "\\top",
    "\\limits",
    "...",
  ];
  test("pieces of LaTeX in any order never throw", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), pieces => {
        check(pieces.join(""));
        check(pieces.join(" "));
      }),
      { numRuns: 2_000, seed: SEED },
    );
  });
  test("characters in any order never throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), text => {
        check(text);
      }),
      { numRuns: 2_000, seed: SEED },
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."\\{}()[]^_ab12=+-|&,.:'$%# \n"), maxLength: 60 }), text => {
        check(text);
      }),
      { numRuns: 2_000, seed: SEED },
    );
  });
});
