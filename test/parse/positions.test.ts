import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readEquation } from "../../src/parse/equation.ts";
import type { Operator, Statement, Syntax } from "../../src/parse/syntax.ts";
import { nodesOf, partsOf } from "../../src/parse/walk.ts";
import { NOTES as notes } from "../corpus-notes/write.ts";
import { show } from "./show.ts";

const { seed } = JSON.parse(readFileSync(new URL("corpus.json", import.meta.url), "utf8")) as {
  seed: { raw: string; repaired: string }[];
};
const FORMULAS = [
  ...notes.flatMap(note => [...note.fp, ...note.bp.map(row => `${row.left ?? ""} ${row.latex}`)]),
  ...seed.flatMap(row => row.raw.split("⏎")),
].filter(text => !text.includes("$"));
/** Something stands before every formula, so that a span that forgot its base is seen. */
const BEFORE = "設 some words before\n";

const statementsOf = (formula: string): readonly Statement[] => {
  const result = readEquation(formula, new Map(), { base: BEFORE.length });
  return result.ok ? result.value.statements : [];
};
const operatorsOf = (node: Syntax): readonly Operator[] => {
  if (node.kind === "relations") return node.operators;
  if (node.kind === "sum") return node.terms.flatMap(term => term.sign ?? []);
  if (node.kind === "product") return node.factors.flatMap(factor => factor.operator ?? []);
  return [];
};
/** Kinds whose own text, read again, is the same tree. */
const WHOLE: ReadonlySet<string> = new Set([
  "symbol",
  "number",
  "scripted",
  "group",
  "fraction",
  "root",
  "derivative",
  "accent",
  "matrix",
  "labelled",
  "apply",
  "big",
  "product",
  "relations",
  "dots",
]);

describe("every node covers its own text", () => {
  test.each(FORMULAS.map(formula => [formula]))("%s", formula => {
    const note = BEFORE + formula;
    for (const statement of statementsOf(formula)) {
      for (const node of nodesOf(statement.body)) {
        const text = note.slice(node.span.start, node.span.end);
        expect(text.length).toBeGreaterThan(0);
        expect(text).toBe(text.trim());
        for (const part of partsOf(node)) {
          expect(part.span.start).toBeGreaterThanOrEqual(node.span.start);
          expect(part.span.end).toBeLessThanOrEqual(node.span.end);
        }
        for (const operator of operatorsOf(node)) {
          if (operator.label === undefined)
            expect(note.slice(operator.span.start, operator.span.end)).toBe(operator.spelling);
        }
        if (node.kind === "number" && node.accents.length === 0)
          expect(text.replace(/^\\[a-z]+\s*\{?|\}$/gu, "")).toBe(node.text);
        if (!/\\(?:bf|color|boxed)/u.test(formula))
          expect(text.replace(/\\[{}]/gu, "").replace(/[^{]/gu, "").length).toBe(
            text.replace(/\\[{}]/gu, "").replace(/[^}]/gu, "").length,
          );
        if (node.kind === "symbol" && node.form === "letter" && node.accents.length === 0)
          expect(text).toContain(node.name.replace(/^\\/u, ""));
        if (WHOLE.has(node.kind) && !/\\(?:bf|color|boxed)|\\bold\{1_n|&/u.test(formula) && !/^\(\d\)/u.test(text)) {
          const again = readEquation(text, new Map());
          const body = again.ok ? again.value.statements[0]?.body : undefined;
          // A name that stands alone keeps its meaning; what needs its neighbours (a subscript's word, a function's name) may not.
          if (
            body !== undefined &&
            again.ok &&
            again.value.statements.length === 1 &&
            node.kind !== "symbol" &&
            !(node.kind === "derivative" && body.kind === "fraction")
          )
            expect(show(body)).toBe(show(node));
        }
      }
    }
  });
});

test("commands that expand stand where they are used", () => {
  const result = readEquation("a = \\half x", new Map(), {
    macros: new Map([["\\half", { parameters: 0, body: "\\frac{1}{2}" }]]),
  });
  const statement = result.ok ? result.value.statements[0] : undefined;
  const spans =
    statement === undefined
      ? []
      : [...nodesOf(statement.body)]
          .filter(node => node.kind === "fraction" || node.kind === "number")
          .map(node => node.span);
  expect(spans).toEqual([
    { start: 4, end: 9 },
    { start: 4, end: 9 },
    { start: 4, end: 9 },
  ]);
});
