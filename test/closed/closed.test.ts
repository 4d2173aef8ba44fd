import { describe, expect, test } from "vitest";
import { withClosedForms } from "../../src/derive/closed/index.ts";
import type { ClosedForm, Derivation, Gradient } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { call } from "../../src/ops/call.ts";
import { findLaw } from "../../src/rules/index.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";
import { RNN } from "../systems/rnn.ts";
import { SOLVED, UNSOLVED } from "./systems.ts";

const solved = (text: string): Derivation => withClosedForms(derive(readSystem(text)));

const gradientOf = (derivation: Derivation, name: string): Gradient => {
  const found = derivation.gradients.find(({ wrt }) => (wrt.kind === "at" ? wrt.of : wrt).name === name);
  if (!found) throw new Error(`no gradient by ${name}`);
  return found;
};

/** The values of closed forms by their kind and supposition; those of initial members are marked. */
const formsOf = (derivation: Derivation, name: string): Record<string, string> =>
  Object.fromEntries(
    gradientOf(derivation, name).closedForms.map(({ form, assumes, value, inductionOver }) => [
      `${inductionOver ? "" : "initial "}${form}${assumes ? ` if ${assumes.function} = id` : ""}`,
      showTerm(value),
    ]),
  );

describe("the recurrent net of the seed", () => {
  const derivation = solved(RNN);

  test("has ordered products in general, and powers if φ is the identity, indexed both ways", () => {
    const A = "W_hh' * diag(prime(phi, 1, z[j]))";
    expect(formsOf(derivation, "h")).toEqual({
      "ordered-product": `sum(i, t, T, product(j, t + 1, i, ${A}) * W_yh' * partial(L, o[i]))`,
      "initial ordered-product": `sum(t, 1, T, product(i, 1, t, ${A.replace("j", "i")}) * W_yh' * partial(L, o[t]))`,
      "constant if phi = id": "sum(i, t, T, W_hh'^(i - t) * W_yh' * partial(L, o[i]))",
      "constant-reindexed if phi = id": "sum(i, t, T, W_hh'^(T - i) * W_yh' * partial(L, o[T - i + t]))",
      "initial constant if phi = id": "sum(t, 1, T, W_hh'^t * W_yh' * partial(L, o[t]))",
    });
  });

  test("proves the base case", () => {
    const [form] = gradientOf(derivation, "h").closedForms;
    expect(form?.base.map(step => step.rule)).toEqual(["sum-of-one-term", "empty-product"]);
    expect(showTerm(form?.base.at(-1)?.after as never)).toBe("W_yh' * partial(L, o[T])");
  });

  test("puts the formula into the recurrence and gets it back", () => {
    const gradient = gradientOf(derivation, "h");
    const interior = gradient.pieces.find(piece => piece.part === "interior");
    const [form] = gradient.closedForms;
    expect(form?.induction.map(step => step.rule)).toEqual([
      "closed-form-operator",
      "closed-form-hypothesis",
      "closed-form-into-sum",
      "closed-form-grow",
      "closed-form-first-term",
    ]);
    expect(form?.induction[0]?.before).toBe(interior?.value);
    expect(form?.induction.at(-1)?.after).toBe(form?.value);
  });

  test("has the gradient by W_hh with the closed form put in", () => {
    expect(formsOf(derivation, "W_hh")).toEqual({
      "initial ordered-product":
        "sum(t, 1, T, sum(i, t, T, product(j, t + 1, i, W_hh' * diag(prime(phi, 1, z[j]))) * W_yh' * partial(L, o[i])) .* prime(phi, 1, z[t]) * h[t - 1]')",
      "initial constant if phi = id":
        "sum(t, 1, T, sum(i, t, T, W_hh'^(i - t) * W_yh' * partial(L, o[i])) * h[t - 1]')",
    });
  });
});

test.each([
  [
    "BACKWARDS",
    "h",
    "ordered-product",
    "sum(i, 1, t, reversedproduct(j, i, t - 1, V' * diag(prime(phi, 1, z[j]))) * gradient(ell, 1, h[i], y[i]))",
  ],
  ["BACKWARDS", "h", "constant if phi = id", "sum(i, 1, t, V'^(-i + t) * gradient(ell, 1, h[i], y[i]))"],
  [
    "ROWS",
    "h",
    "ordered-product",
    "sum(i, t, T, gradient(ell, 1, h[i], y[i]) * reversedproduct(j, t + 1, i, diag(prime(phi, 1, z[j])') * V'))",
  ],
  ["TWO_SIDED", "P", "constant", "sum(i, t, T, A'^(i - t) * gradient(ell, 1, P[i], y[i]) * B'^(i - t))"],
  [
    "TWO_SIDED_VARYING",
    "P",
    "ordered-product",
    "sum(i, t, T, product(j, t + 1, i, A[j]') * gradient(ell, 1, P[i], y[i]) * reversedproduct(j, t + 1, i, B[j]'))",
  ],
  ["LAST", "h", "ordered-product", "product(i, t + 1, T, V' * diag(prime(phi, 1, z[i]))) * gradient(ell, 1, h[T], y)"],
  ["LAST", "h", "constant if phi = id", "V'^(T - t) * gradient(ell, 1, h[T], y)"],
  [
    "NAMED",
    "h",
    "ordered-product",
    "(1 / T) * sum(i, t, T, product(j, t + 1, i, V' * diag(prime(phi, 1, z[j]))) * gradient(ell, 1, h[i], y[i]))",
  ],
  ["RESIDUAL", "h", "constant if phi = id", "(identity(h) + V')^(T - t) * gradient(ell, 1, h[T], y)"],
  ["SCALAR", "s", "constant", "sum(i, t, T, a.^(i - t) * gradient(ell, 1, s[i], y[i]))"],
  [
    "TANH",
    "h",
    "ordered-product",
    "product(i, t + 1, T, V' * diag(ones(h, 1) - h[i] .* h[i])) * gradient(ell, 1, h[T], y)",
  ],
  ["ACCUMULATOR", "h", "constant", "2 * sum(i, t, T, h[i])"],
] as const)("%s: the gradient by %s as %s", (system, name, form, expected) => {
  const plain = (text: string | undefined): string | undefined => text?.replaceAll("1 / T *", "(1 / T) *");
  expect(plain(formsOf(solved(SOLVED[system]), name)[form])).toBe(expected);
});

/** The derivation with one closed form changed. */
const spoiled = (derivation: Derivation, spoil: (form: ClosedForm) => ClosedForm): Derivation => {
  let done = false;
  const gradients = derivation.gradients.map(gradient => {
    const [first, ...rest] = gradient.closedForms;
    if (done || !first) return gradient;
    done = true;
    return { ...gradient, closedForms: [spoil(first), ...rest] };
  });
  expect(done).toBe(true);
  return { ...derivation, gradients };
};

describe.each(Object.entries({ RNN, ...SOLVED }))("%s", (_, text) => {
  const derivation = solved(text);
  const options = { longest: 4, lines: "every" } as const;

  test("has closed forms, each step of whose proofs is exact", () => {
    const forms = derivation.gradients.flatMap(gradient => gradient.closedForms);
    expect(forms.length).toBeGreaterThan(0);
    expect(checkDerivation(derivation, options).verdict).toBe("agrees");
  });

  test("a wrong form and a wrong step of a proof are noticed", () => {
    const doubled = spoiled(derivation, form => ({ ...form, value: call("add", [form.value, form.value]) }));
    expect(checkDerivation(doubled, options).verdict).toBe("disagrees");
    const stepped = spoiled(derivation, form => ({
      ...form,
      induction: form.induction.map(step => ({ ...step, after: call("add", [step.after, step.after]) })),
    }));
    expect(checkDerivation(stepped, options).verdict).toBe("disagrees");
  });

  test("its proofs are chains, and every step has a reason", () => {
    for (const { base, induction, value } of derivation.gradients.flatMap(gradient => gradient.closedForms)) {
      for (const steps of [base, induction]) {
        for (const [i, step] of steps.entries()) {
          if (i > 0) expect(step.before).toBe(steps[i - 1]?.after);
          expect(findLaw(step.rule)?.say.en, step.rule).toBeTruthy();
        }
      }
      if (induction[0]?.rule !== "closed-form-reindex") expect(induction.at(-1)?.after).toBe(value);
    }
  });
});

test.each(Object.entries(UNSOLVED))("a recurrence without a closed form says why: %s", (obstacle, text) => {
  const derivation = solved(text);
  const recurrent = derivation.gradients.filter(gradient => gradient.recursion.length > 0 || gradient.noClosedForm);
  expect(recurrent.length).toBeGreaterThan(0);
  for (const { closedForms, noClosedForm } of recurrent) {
    expect(closedForms).toEqual([]);
    expect(noClosedForm?.obstacle).toBe(obstacle);
    expect(noClosedForm?.say.zh).toMatch(/[\u4e00-\u9fff]/u);
  }
});
