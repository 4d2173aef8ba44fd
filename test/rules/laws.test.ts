import { describe, expect, test } from "vitest";
import { equalTerms, type Supposed } from "../../src/exact/equal.ts";
import { integerNode, type Node, rowsAndColumns, sameShape } from "../../src/expr/node.ts";
import { call } from "../../src/ops/call.ts";
import type { Law } from "../../src/rewrite/law.ts";
import { runPhase } from "../../src/rewrite/rewrite.ts";
import { compilePhase, metasOf, readSides } from "../../src/rewrite/rule.ts";
import { CANONICAL } from "../../src/rules/canonical.ts";
import { CANCEL, READABLE } from "../../src/rules/multiplied.ts";
import { SIMPLIFY } from "../../src/rules/simplify.ts";
import { readTerm } from "../../src/term/read.ts";

const LAWS: readonly Law[] = [...new Set([SIMPLIFY, CANCEL, READABLE, CANONICAL].flatMap(({ laws }) => laws))];

/** Sizes that no symbol has are integers to the check: these are ≥ 1. Bounds are such that an interval is not empty. */
const RANGES = { m: [1, 5], n: [1, 5], k: [1, 4], lo: [0, 2], hi: [2, 5] } as const;

const suppositionsOf = (law: Law): Record<string, Supposed> =>
  Object.fromEntries(
    (law.if ?? []).flatMap((c): readonly (readonly [string, Supposed])[] =>
      "symmetric" in c ? [[c.symmetric, "symmetric"]] : "distribution" in c ? [[c.distribution, c.of]] : [],
    ),
  );

/** Another term of the same shape with another value. */
const spoil = (node: Node): Node => call("add", [node, call("ones", rowsAndColumns(node.shape).map(integerNode))]);

/** Both sides: as written, or for a computed right side the example and what becomes of it. */
const sidesOf = (law: Law): { left: Node; right: Node } => {
  const { left, right } = readSides(law);
  if (right) return { left, right };
  const example = readTerm(law.example ?? "", { symbols: metasOf(law.where), functions: new Map() });
  const { node, uses } = runPhase(example, { name: law.id, laws: [law], ends: "" }, {}, 1);
  expect(uses).toHaveLength(1);
  return { left: example, right: node };
};

describe.each(LAWS.map(law => [law.id, law] as const))("%s", (_, law) => {
  const { left, right } = sidesOf(law);
  const options = { integers: RANGES, suppose: suppositionsOf(law) };
  test("both sides have one shape", () => expect(sameShape(left.shape, right.shape)).toBe(true));
  test("both sides are equal over a prime field", () =>
    expect(equalTerms(left, right, options)).toMatchObject({ equal: true }));
  test("a spoiled side is noticed", () => expect(equalTerms(left, spoil(right), options).equal).toBe(false));
  test("it says why, in both languages", () => {
    expect(law.say.en).toMatch(/^[a-z]/u);
    expect(law.say.zh).toMatch(/[\u4e00-\u9fff]/u);
  });
});

const CONDITIONAL = LAWS.filter(law => law.if);

describe.each(CONDITIONAL.map(law => [law.id, law] as const))("the side condition of %s", (_, law) => {
  const { left, right } = sidesOf(law);
  test("is needed", () =>
    expect(equalTerms(left, right, { integers: { m: [1, 5], n: [1, 5] }, draws: 20 }).equal).toBe(false));
  test("is asked for", () => expect(runPhase(left, { name: law.id, laws: [law], ends: "" }).uses).toEqual([]));
});

test("there are laws with side conditions", () => expect(CONDITIONAL.length).toBeGreaterThan(1));

test("ids are kebab-case and never repeated within a phase", () => {
  for (const phase of [SIMPLIFY, CANCEL, READABLE, CANONICAL]) {
    const ids = phase.laws.map(law => law.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/u);
  }
});

test.each([SIMPLIFY, CANONICAL].map(phase => [phase.name, phase] as const))(
  "what %s derives from its laws for scalars is true too",
  (_, phase) => {
    const { direct, spine } = compilePhase(phase);
    let scalars = 0;
    for (const rule of [...direct.values(), ...spine.values()].flat()) {
      if (typeof rule.right === "function") continue;
      if (rule.left.shape.length === 0) scalars++;
      const options = { integers: RANGES, suppose: suppositionsOf(rule.law), draws: 2 };
      expect(equalTerms(rule.left, rule.right, options), rule.law.id).toMatchObject({ equal: true });
    }
    expect(scalars).toBeGreaterThan(10);
  },
);
