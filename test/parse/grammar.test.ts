import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DiagnosticError } from "../../src/base/diagnostic.ts";
import { arrange } from "../../src/parse/arrange.ts";
import grammar from "../../src/parse/equation.grammar.ts";
import { LATEX } from "../../src/parse/latex.ts";
import { ListReader } from "../../src/parse/list.ts";
import { scan } from "../../src/parse/scan.ts";
import { Structure } from "../../src/parse/structure.ts";
import type { Token } from "../../src/parse/token.ts";

const reader = new ListReader(grammar as unknown as ConstructorParameters<typeof ListReader>[0]);

/** What stands between brackets has slices; at the top a colon is a relation. */
const INNER = new Set(["inside", "given", "list", "item"]);

const tokensOf = (text: string, production: string): readonly Token[] => {
  const row = new Structure(text, 0, scan(text, 0), LATEX).run()[0];
  const tokens = (row?.tokens ?? []).map(token =>
    INNER.has(production) && token.operator?.spelling === ":" ? { ...token, type: "colon" as const } : token,
  );
  return arrange(tokens, LATEX);
};

const reads = (text: string, production: string): boolean => {
  try {
    reader.read(tokensOf(text, production), production, text.length);
    return true;
  } catch (error) {
    if (error instanceof DiagnosticError) return false;
    throw error;
  }
};

const examples: { production: string; text: string; good: boolean }[] = [];
let waiting: { text: string; good: boolean }[] = [];
for (const line of readFileSync(new URL("../../grammar/equation.ne", import.meta.url), "utf8").split("\n")) {
  const example = /^#([+-]) (.*)$/u.exec(line);
  const production = /^(\w+) ->/u.exec(line)?.[1];
  if (example !== null) waiting.push({ text: example[2] as string, good: example[1] === "+" });
  else if (production !== undefined) {
    examples.push(...waiting.map(one => ({ production, ...one })));
    waiting = [];
  }
}

describe("the examples in the grammar", () => {
  test("there are some, good and bad", () => {
    expect(examples.filter(example => example.good).length).toBeGreaterThan(25);
    expect(examples.filter(example => !example.good).length).toBeGreaterThan(12);
  });
  test.each(examples.map(one => [one.good ? "reads" : "does not read", one.text, one.production, one] as const))(
    "%s %s as %s",
    (_, text, production, { good }) => {
      expect(reads(text, production)).toBe(good);
    },
  );
});
