// Truncated backpropagation, held to forward mode in which states further back than the window are given.
import { describe, expect, test } from "vitest";
import { deriveChecked } from "../../src/derive/checked.ts";
import { withClosedForms } from "../../src/derive/closed/index.ts";
import { truncationOf, withWindow } from "../../src/derive/closed/truncated.ts";
import type { Derivation, Truncation } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { named, plus } from "../../src/expr/polynomial.ts";
import { familyOf } from "../../src/expr/system.ts";
import { call } from "../../src/ops/call.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";
import { RNN } from "../systems/rnn.ts";
import { SOLVED } from "./systems.ts";

const truncated = (text: string, steps: number | string): Derivation & { readonly truncation: Truncation } => {
  const { system, window } = withWindow(readSystem(text), steps);
  const derivation = withClosedForms(derive(system));
  return { ...derivation, truncation: truncationOf(derivation, window) };
};

const formsOf = ({ truncation }: { readonly truncation: Truncation }, name: string): readonly string[] =>
  truncation.gradients
    .filter(({ wrt }) => familyOf(wrt).name === name)
    .flatMap(({ forms }) => forms.map(({ value }) => showTerm(value)));

const OPTIONS = { longest: 3, lines: "none", assignments: 1 } as const;

const { BACKWARDS, ROWS, TWO_SIDED_VARYING, LAST, NAMED } = SOLVED;

test("the sums along the recurrence end after K steps, in the parameters' gradients too", () => {
  const derivation = truncated(RNN, "K");
  const A = "W_hh' * diag(prime(phi, 1, z[j]))";
  expect(formsOf(derivation, "h")).toEqual([
    `sum(i, t, min(K + t, T), product(j, t + 1, i, ${A}) * W_yh' * partial(L, o[i]))`,
    `sum(t, 1, min(K, T), product(i, 1, t, ${A.replace("j", "i")}) * W_yh' * partial(L, o[t]))`,
  ]);
  expect(formsOf(derivation, "W_hh")).toEqual([
    `sum(t, 1, T, sum(i, t, min(K + t, T), product(j, t + 1, i, ${A}) * W_yh' * partial(L, o[i])) .* prime(phi, 1, z[t]) * h[t - 1]')`,
  ]);
  expect(formsOf(derivation, "W_yh")).toEqual([]);
});

test("at most no step: each error stays where it is", () => {
  expect(formsOf(truncated(RNN, 0), "h")).toEqual(["W_yh' * partial(L, o[t])", "zeros(h, 1)"]);
});

describe.each(Object.entries({ RNN, BACKWARDS, ROWS, TWO_SIDED_VARYING, LAST, NAMED }))("%s", (_, text) => {
  test.each(["K", 0, 1] as const)("with %s steps it agrees with states that are held fixed", steps => {
    expect(checkDerivation(truncated(text, steps), OPTIONS).verdict).toBe("agrees");
  });

  test("a window that is one step longer or shorter is noticed", () => {
    const derivation = truncated(text, "K");
    for (const by of [1, -1]) {
      const truncation = { ...derivation.truncation, window: plus(named("K"), by) };
      expect(checkDerivation({ ...derivation, truncation }, OPTIONS)).toMatchObject({
        verdict: "disagrees",
        faults: [{ subject: "truncation" }],
      });
    }
  });

  test("whole gradients are not truncated ones, and every spoiled formula is noticed", () => {
    const derivation = truncated(text, 1);
    const { truncation } = derivation;
    for (const [which, { forms }] of truncation.gradients.entries()) {
      for (const [place, { value }] of forms.entries()) {
        const doubled = forms.map((form, i) => (i === place ? { ...form, value: call("add", [value, value]) } : form));
        const gradients = truncation.gradients.map((own, i) => (i === which ? { ...own, forms: doubled } : own));
        const outcome = checkDerivation({ ...derivation, truncation: { ...truncation, gradients } }, OPTIONS);
        expect(outcome.verdict).toBe("disagrees");
      }
    }
  });
});

test.each([
  ["no recurrence", "system s\n W: n n parameter\n x: n data\n L: 1\n L = x' * W * x", "no recurrence"],
  [
    "one that feeds another",
    `system stacked
     horizon T
     function phi elementwise
     U: h h parameter
     V: h h parameter
     x[t]: h data for t = 1..T
     g[t]: h for t = 0..T
     h[t]: h for t = 0..T
     L: 1
     g[t] = phi(U * g[t-1] + x[t]) for t = 1..T
     h[t] = phi(V * h[t-1] + g[t]) for t = 1..T
     L = sum(t, 1, T, ones(h, 1)' * h[t])`,
    "feeds",
  ],
  [
    "errors that enter at two states",
    `system two
     horizon T
     function phi elementwise
     V: h h parameter
     x[t]: h data for t = 1..T
     z[t]: h for t = 1..T
     h[t]: h for t = 0..T
     L: 1
     z[t] = V * h[t-1] + x[t] for t = 1..T
     h[t] = phi(z[t]) for t = 1..T
     L = sum(t, 1, T, ones(h, 1)' * h[t] + ones(h, 1)' * z[t])`,
    "enter",
  ],
] as const)("refused with D010: %s", (_, text, because) => {
  const outcome = deriveChecked(readSystem(text), { truncate: 2 });
  expect(outcome).toMatchObject({ ok: false, diagnostics: [{ code: "D010" }] });
  expect(outcome.ok ? "" : outcome.diagnostics[0]?.message).toContain(because);
});

test("a letter that means something else, and a number that is none, are refused", () => {
  for (const truncate of ["W_hh", "phi", -1, 1.5])
    expect(deriveChecked(readSystem(RNN), { truncate })).toMatchObject({ ok: false, diagnostics: [{ code: "D010" }] });
});

describe("closed forms throughout", () => {
  const through = withClosedForms(derive(readSystem(SOLVED.NAMED)), { throughout: true });
  const valuesOf = (derivation: Derivation, name: string): readonly string[] =>
    derivation.gradients
      .filter(({ wrt }) => familyOf(wrt).name === name)
      .flatMap(({ closedForms }) => closedForms.map(({ value }) => showTerm(value)));

  test("reach what reads the state through another family", () => {
    expect(valuesOf(withClosedForms(derive(readSystem(SOLVED.NAMED))), "V")).toEqual([]);
    const [value] = valuesOf(through, "V");
    expect(value).toContain("product(j, t + 1, i, V' * diag(prime(phi, 1, z[j])))");
    expect(value).not.toMatch(/partial\(L, [hz]/u);
    expect(checkDerivation(through, { longest: 4, lines: "every" }).verdict).toBe("agrees");
  });

  test("are noticed where they are wrong", () => {
    const gradients = through.gradients.map(gradient => ({
      ...gradient,
      closedForms: gradient.closedForms.map(form =>
        familyOf(gradient.wrt).name === "V" ? { ...form, value: call("add", [form.value, form.value]) } : form,
      ),
    }));
    expect(checkDerivation({ ...through, gradients }, OPTIONS).verdict).toBe("disagrees");
  });
});
