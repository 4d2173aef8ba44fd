import { expect, test } from "vitest";
import { alarmsOf, inConvention, penaltyOf, type Said } from "../../src/check/said.ts";
import { VERDICTS, type Verdict } from "../../src/check/verdict.ts";
import type { StatedEquation } from "../../src/exact/witness.ts";
import { EVERYWHERE } from "../../src/expr/domain.ts";
import { number } from "../../src/expr/node.ts";

const EQUATION: StatedEquation = { left: number(0), right: number(1), indices: [], over: EVERYWHERE };

const said = (verdict: Verdict, more: Partial<Said> = {}): Said => ({
  verdict,
  because: { id: "equal" },
  equation: EQUATION,
  ...more,
});

const ALL = Object.keys(VERDICTS) as readonly Verdict[];
const RIGHT: readonly Verdict[] = ["definition", "proved", "holds", "convention", "incomplete", "repaired"];

test("only what is right has no penalty, read or not", () => {
  for (const verdict of ALL) {
    const isRight = RIGHT.includes(verdict);
    expect([verdict, penaltyOf([said(verdict)]) === 0]).toEqual([verdict, isRight]);
    const { equation: _, ...unread } = said(verdict);
    expect([verdict, penaltyOf([unread]) === 0]).toEqual([verdict, isRight]);
  }
});

test("what holds under an assumption is nearer to right than what is wrong, and what cannot be read farthest", () => {
  const order = (["holds-under", "wrong", "cannot-tell", "unreadable"] as const).map(each => penaltyOf([said(each)]));
  expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
  expect(penaltyOf([said("undefined")])).toBe(penaltyOf([said("wrong")]));
});

test("a name that nothing explains, or no equation, makes it worse", () => {
  const unknown = { kind: "prose", text: "q", span: { start: 0, end: 1 } } as const;
  const { equation: _, ...unread } = said("wrong");
  const plain = penaltyOf([said("wrong")]);
  expect(penaltyOf([said("wrong", { unknown })])).toBeGreaterThan(plain);
  expect(penaltyOf([unread])).toBe(penaltyOf([said("wrong", { unknown })]));
});

test("penalties of links add up", () => {
  const links = [said("wrong"), said("holds"), said("holds-under")];
  expect(penaltyOf(links)).toBe(penaltyOf([said("wrong")]) + penaltyOf([said("holds-under")]));
  expect(penaltyOf([])).toBe(0);
});

test("alarms are the links that are errors", () => {
  expect(alarmsOf(ALL.map(verdict => said(verdict)))).toBe(3);
  expect(ALL.filter(verdict => alarmsOf([said(verdict)]) === 1).sort()).toEqual(["holds-under", "undefined", "wrong"]);
});

test("what holds is a convention, a convention one more, and nothing else becomes one", () => {
  const because = { id: "outputs" } as const;
  expect(inConvention(said("holds"), because)).toMatchObject({ verdict: "convention", because: { id: "outputs" } });
  const twice = inConvention(said("convention", { because: { id: "layout", and: [{ id: "direct" }] } }), because);
  expect(twice.because).toEqual({ id: "layout", and: [{ id: "direct" }, { id: "outputs" }] });
  expect(inConvention(said("convention"), because).because).toEqual({ id: "equal", and: [{ id: "outputs" }] });
  for (const verdict of ALL.filter(each => each !== "holds" && each !== "convention"))
    expect(inConvention(said(verdict), because)).toEqual(said(verdict));
});
