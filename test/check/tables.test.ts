// The tables of slips and of glyphs that are taken for one another: each row says what it means.
import { describe, expect, test } from "vitest";
import { FACTOR_EDITS, PAIR_EDITS, PART_EDITS, SAY } from "../../src/check/edits/table.ts";
import { CONFUSIONS, confusionCost, isCase, sameWithoutNesting } from "../../src/check/repairs/confusions.ts";
import { equalTerms } from "../../src/exact/equal.ts";
import { compileTemplates, type Template } from "../../src/term/template.ts";

const EDITS = [...PART_EDITS, ...PAIR_EDITS, ...FACTOR_EDITS];
const mentioned = (sentence: string): readonly string[] =>
  [...sentence.matchAll(/#(\w)/gu)].map(([, name]) => name as string);

describe.each(EDITS)("$to of $where", ({ where, to, say, cost }) => {
  test("makes another term of its parts", () => {
    const [made, part] = compileTemplates([to, "A"], where) as [Template, Template];
    expect([...made.metas.keys()]).toEqual(Object.keys(where));
    expect(equalTerms(made.term, part.term).equal).toBe(false);
    expect(cost).toBeGreaterThan(0);
  });
  test("is said in both languages, of parts that it has", () => {
    expect(say.en).toMatch(/\p{Script=Latin}{3}/u);
    expect(say.zh).toMatch(/\p{Script=Han}/u);
    expect(mentioned(say.zh)).toEqual(mentioned(say.en));
    expect(Object.keys(where)).toEqual(expect.arrayContaining([...new Set(mentioned(say.en))]));
  });
});

test("no two edits do the same to the same parts", () => {
  for (const edits of [PART_EDITS, PAIR_EDITS, FACTOR_EDITS]) {
    const done = edits.map(({ where, to }) => `${Object.values(where).join()} ${to}`);
    expect(new Set(done).size).toBe(edits.length);
  }
});

test("edits of other kinds are said in both languages", () => {
  for (const { en, zh } of Object.values(SAY)) {
    expect(en).toMatch(/\p{Script=Latin}{3}/u);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect([...mentioned(zh)].sort()).toEqual([...mentioned(en)].sort());
  }
});

describe("glyphs", () => {
  test("are names as the parser gives them, several to a row", () => {
    for (const { glyphs, cost } of CONFUSIONS) {
      expect(new Set(glyphs).size).toBeGreaterThan(1);
      expect(glyphs).toHaveLength(new Set(glyphs).size);
      for (const glyph of glyphs) expect(glyph).toMatch(/^(?:[a-zA-Z0-9+]|\\[a-zA-Z]+(?:\{[A-Z]\})?)$/u);
      expect(cost).toBeGreaterThan(0);
    }
  });
  test("are taken for any other of their row, both ways, at the least cost of their rows", () => {
    for (const { glyphs, cost } of CONFUSIONS)
      for (const a of glyphs)
        for (const b of glyphs) {
          if (a === b) continue;
          expect(confusionCost(a, b)).toBeLessThanOrEqual(cost);
          expect(confusionCost(a, b)).toBe(confusionCost(b, a));
        }
    expect(confusionCost("\\phi", "\\varphi")).toBe(0.5);
    expect(confusionCost("\\phi", "\\rho")).toBe(1);
    expect(confusionCost("\\phi", "g")).toBe(2);
  });
  test("are not taken for themselves, nor for those of other rows", () => {
    expect(confusionCost("o", "o")).toBeUndefined();
    expect(confusionCost("o", "z")).toBeUndefined();
    expect(confusionCost("q", "\\lambda")).toBeUndefined();
    expect(confusionCost("\\kappa", "\\eta")).toBeUndefined();
  });
  test("of one letter, small and large, are taken for one another", () => {
    expect(confusionCost("k", "K")).toBe(1);
    expect([isCase("k", "K"), isCase("k", "k"), isCase("k", "L"), isCase("ab", "AB")]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([isCase("k", "\\K"), isCase("\\k", "k")]).toEqual([false, false]);
  });
  test("in scripts whose nesting was lost are the same name", () => {
    expect(sameWithoutNesting("W_{y h}", "W_y h")).toBe(true);
    expect(sameWithoutNesting("W_{yh}", "W^{yh}")).toBe(true);
    expect(sameWithoutNesting("W_y", "W_y")).toBe(false);
    expect(sameWithoutNesting("W_y", "W_h")).toBe(false);
  });
});
