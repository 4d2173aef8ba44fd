import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/base/diagnostic.ts";
import { readEquation } from "../../src/parse/equation.ts";
import { NOTES as notes } from "../corpus-notes/write.ts";
import { show, showStatement } from "./show.ts";

/** The equations of the seed note; those of the twenty public notes stand in test/corpus-notes. */
interface Corpus {
  readonly seed: readonly { readonly id: string; readonly raw: string; readonly repaired: string }[];
}
const { seed } = JSON.parse(readFileSync(new URL("corpus.json", import.meta.url), "utf8")) as Corpus;

const problemsOf = (formula: string): readonly Diagnostic[] => {
  const result = readEquation(formula, new Map());
  return result.ok ? result.value.diagnostics : result.diagnostics;
};

/** Rows that are not read, each with the reason. There are none. */
const EXCEPTIONS: ReadonlySet<string> = new Set();
/** Entries of the seed's table that are words about an equation, not an equation. */
const WORDS = /^(?:same|duplicate|see |[a-zA-Z] -> )/u;

describe("the equations of real notes are read", () => {
  const forward = notes.flatMap(note => note.fp.map(text => [note.id, text] as const));
  const backward = notes.flatMap(note =>
    note.bp.flatMap(row => [
      [note.id, row.latex] as const,
      ...(row.left === undefined ? [] : [[note.id, `${row.left} ${row.latex}`] as const]),
    ]),
  );
  test("as many as the corpus holds", () => {
    expect(forward.length).toBe(79);
    expect(backward.length).toBeGreaterThanOrEqual(154);
  });
  test.each([...forward, ...backward].filter(([, text]) => !EXCEPTIONS.has(text)))("%s: %s", (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe("the equations of the seed note are read", () => {
  const rows = seed.flatMap(row => [
    // A line of words with formulas between dollars is the business of blocks.
    ...row.raw
      .split("⏎")
      .filter(text => !text.includes("$"))
      .map(text => [row.id, text] as const),
    ...(WORDS.test(row.repaired) ? [] : [[row.id, row.repaired] as const]),
  ]);
  test.each(rows)("%s: %s", (_, text) => expect(problemsOf(text)).toEqual([]));
});

/** One tree of each kind of note, as a reader of the note would bracket it. */
const TREES: readonly (readonly [formula: string, ...statements: string[]])[] = [
  [
    "(1) \\quad h_t^{h \\times 1} = \\rho (W_{hx}^{h \\times x} \\cdot x_t^{x \\times 1} + W_{hh}^{h \\times h} \\cdot h_{t-1}^{h \\times 1}) \\quad h_{t+1} = W_{hh} \\cdot h_t",
    "(1) h_{t}^{⟦h\\times1⟧} = ⟦\\rho@(⟨⟦W_{⟦h␣x⟧}^{⟦h\\timesx⟧}\\cdotx_{t}^{⟦x\\times1⟧}⟧ +⟦W_{⟦h␣h⟧}^{⟦h\\timesh⟧}\\cdoth_{⟨t -1⟩}^{⟦h\\times1⟧}⟧⟩)⟧",
    "h_{⟨t +1⟩} = ⟦W_{⟦h␣h⟧}\\cdoth_{t}⟧",
  ],
  [
    "c) \\frac{\\partial J}{\\partial \\lambda} = 1, \\quad \\frac{\\partial J}{\\partial \\xi} = 1",
    "(c) D(J by \\lambda) = 1",
    "D(J by \\xi) = 1",
  ],
  [
    "(2) \\frac{\\partial L^{y \\times h}}{\\partial W_{y_h}} = \\sum_{t=1}^T \\text{prod} \\left(\\frac{\\partial L^{y \\times h}}{\\partial O_t}, \\frac{\\partial O_t}{\\partial W_{y_h}} \\right) \\quad h_t: h \\times 1",
    "(2) D(L^{⟦y\\timesh⟧} by W_{y_{h}}) = \\sum(t = 1..T : \\operatorname{prod}·([D(L^{⟦y\\timesh⟧} by O_{t}) , D(O_{t} by W_{y_{h}})]))",
    "h_{t} : ⟦h\\times1⟧",
  ],
  [
    "= W_{hh}^T \\cdot \\frac{\\partial L}{\\partial h_{t+1}} + W_{yh}^T \\cdot \\frac{\\partial L}{\\partial O_t} \\quad (t < T)",
    "= ⟨⟦W_{⟦h␣h⟧}^{T}\\cdotD(L by h_{⟨t +1⟩})⟧ +⟦W_{⟦y␣h⟧}^{T}\\cdotD(L by O_{t})⟧⟩ if t < T",
  ],
  [
    "\\lim_{i \\rightarrow 0} (W_{hh}^T)^{T-i} = (W_{hh}^T)^T",
    "\\lim(i \\rightarrow 0.. : (W_{⟦h␣h⟧}^{T})^{⟨T -i⟩}) = (W_{⟦h␣h⟧}^{T})^{T}",
  ],
];

test.each(TREES)("%s", (formula, ...statements) => {
  const result = readEquation(formula, new Map());
  expect(result.ok && result.value.statements.map(showStatement)).toEqual(statements);
});

test("braces keep their label", () => {
  const row = seed.find(one => one.id === "R-BP4a");
  const result = readEquation(row?.raw ?? "", new Map());
  const body = result.ok ? result.value.statements[0]?.body : undefined;
  expect(body === undefined ? "" : show(body)).toContain("#\\text{error from } t");
});
