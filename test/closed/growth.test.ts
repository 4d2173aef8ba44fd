import { expect, test } from "vitest";
import { growthOf } from "../../src/derive/closed/growth.ts";
import { withClosedForms } from "../../src/derive/closed/index.ts";
import { derive } from "../../src/derive/index.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";
import { RNN } from "../systems/rnn.ts";
import { COUPLED, SOLVED } from "./systems.ts";

const growth = (text: string) => growthOf(withClosedForms(derive(readSystem(text))));

test("an abstract function: γ is a hypothesis; powers only if it is the identity", () => {
  const statements = growth(RNN);
  expect(statements.map(({ kind }) => kind)).toEqual(["bound", "vanishing", "explosion", "powers"]);
  const [bound, , , powers] = statements;
  expect(bound?.matrices.map(showTerm)).toEqual(["W_hh"]);
  expect(bound?.diagonals).toEqual([{ function: "phi" }]);
  expect(bound?.latex).toContain("\\left(\\gamma \\, \\sigma_{\\max}(W_{hh})\\right)^{i-t}");
  expect(bound?.supposing.some(({ en }) => en.startsWith("γ is the supremum"))).toBe(true);
  expect(powers?.diagonals).toEqual([]);
  expect(powers?.supposing[0]?.en).toBe("the elementwise function is the identity");
});

test("a named function: its steepness is a number", () => {
  const [bound, ...more] = growth(SOLVED.TANH);
  expect(bound?.diagonals).toEqual([{ steepest: "1", op: "tanh" }]);
  expect(bound?.latex).toContain("\\left(\\sigma_{\\max}(V)\\right)^{T-t}");
  expect(more.map(({ kind }) => kind)).not.toContain("powers");
  const logistic = SOLVED.TANH.replace("tanh(", "logistic(");
  expect(growth(logistic)[0]?.latex).toContain("\\left(\\frac{1}{4} \\, \\sigma_{\\max}(V)\\right)^{T-t}");
});

test("nothing is said of operators that are no such products", () => {
  expect(growth(SOLVED.RESIDUAL).map(({ kind }) => kind)).not.toContain("bound");
  expect(growth(COUPLED)).toEqual([]);
});

test("every statement but a plain definition has its hypotheses in both languages", () => {
  for (const { says, supposing } of growth(RNN)) {
    expect(says.zh).toMatch(/[\u4e00-\u9fff]/u);
    expect(supposing.length).toBeGreaterThan(0);
    for (const { en, zh } of supposing) expect([en, zh].every(text => text.length > 0)).toBe(true);
  }
});
