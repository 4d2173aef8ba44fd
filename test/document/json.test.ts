import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { withClosedForms } from "../../src/derive/closed/index.ts";
import { derive } from "../../src/derive/index.ts";
import { derivationJson, writeJson } from "../../src/emit/document/json.ts";
import { readTerm } from "../../src/term/read.ts";
import { readSystem } from "../../src/term/system.ts";
import { violations } from "./schema.ts";
import { SYSTEMS } from "./systems.ts";

const SCHEMA = JSON.parse(readFileSync(new URL("../../schemas/derive.schema.json", import.meta.url), "utf8"));

const CHECKED = { method: "prime field", horizons: [1, 5], sizes: 3, bound: 1e-14 } as const;

const outputOf = (text: string) =>
  JSON.parse(
    writeJson([{ derivation: withClosedForms(derive(readSystem(text))), checked: CHECKED }], { note: "a.md" }),
  );

describe.each(Object.entries(SYSTEMS))("the JSON of %s", (_, text) => {
  const output = outputOf(text);

  test("is what the schema says", () => {
    expect(violations(output, SCHEMA)).toEqual([]);
  });

  test("holds terms that read back to the values", () => {
    const derivation = derive(readSystem(text));
    const names = {
      symbols: new Map([...derivation.system.symbols].map(([name, entry]) => [name, entry.node])),
      functions: derivation.system.functions,
    };
    derivation.gradients.forEach((gradient, g) => {
      gradient.pieces.forEach((piece, p) => {
        const { term } = output.systems[0].gradients[g].pieces[p];
        expect(readTerm(term, names)).toBe(piece.value);
      });
    });
  });
});

test.each([
  [
    "a missing value",
    (json: { systems: { gradients: { pieces: { value?: string }[] }[] }[] }) =>
      delete json.systems[0]?.gradients[0]?.pieces[0]?.value,
  ],
  [
    "a property that nobody knows",
    (json: { systems: Record<string, unknown>[] }) => Object.assign(json.systems[0] ?? {}, { extra: 1 }),
  ],
  [
    "a role of no system",
    (json: { systems: { symbols: { role: string }[] }[] }) =>
      Object.assign(json.systems[0]?.symbols[0] ?? {}, { role: "king" }),
  ],
  [
    "a step without a rule",
    (json: { systems: { gradients: { pieces: { steps: { rule: string }[] }[] }[] }[] }) =>
      Object.assign(json.systems[0]?.gradients[0]?.pieces[0]?.steps[0] ?? {}, { rule: "" }),
  ],
])("the schema notices %s", (_, spoil) => {
  const output = outputOf(SYSTEMS.rnn as string);
  spoil(output);
  expect(violations(output, SCHEMA)).toHaveLength(1);
});

test("the recurrent net's error carries its range, its term and its steps", () => {
  const [system] = derivationJson([{ derivation: derive(readSystem(SYSTEMS.rnn as string)) }]).systems;
  const gradient = system?.gradients.find(({ wrt }) => wrt === "h_t");
  expect(gradient?.pieces.map(({ over }) => over)).toEqual([
    { t: { from: ["T"], to: ["T"] } },
    { t: { from: ["1"], to: ["T-1"] } },
    { t: { from: ["0"], to: ["0"] } },
  ]);
  expect(gradient?.pieces[1]?.steps.map(({ rule }) => rule)).toEqual([
    "chain",
    "pullback/elementwise/Z pullback/add/B pullback/matmul/B",
    "pullback/matmul/B",
  ]);
  expect(gradient?.validFrom).toEqual({});
});

test("diagnostics carry the lines and columns of the note", () => {
  const json = derivationJson([], {
    diagnostics: [
      { code: "R001", severity: "error", message: "no", spans: [{ span: { start: 3, end: 5 }, label: "here" }] },
    ],
    positionAt: offset => ({ line: 1, column: offset + 1 }),
  });
  expect(json.diagnostics).toEqual([
    {
      code: "R001",
      severity: "error",
      message: "no",
      spans: [{ line: 1, column: 4, end: { line: 1, column: 6 }, label: "here" }],
    },
  ]);
  expect(violations(json, SCHEMA)).toEqual([]);
});
