import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { deriveForward as deriveUnchecked } from "../../src/derive/forward/index.ts";
import type {
  ForwardDerivation,
  Sensitivity,
  SensitivityEquation,
  Transition,
} from "../../src/derive/forward/sensitivity.ts";
import { sumOf } from "../../src/derive/terms.ts";
import { checkForward } from "../../src/exact/sensitivities.ts";
import { type Node, number, substituteIndices } from "../../src/expr/node.ts";
import { named, plus } from "../../src/expr/polynomial.ts";
import { transform } from "../../src/expr/walk.ts";
import { deriveForward, toDocument } from "../../src/index.ts";
import { call } from "../../src/ops/call.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";
import { violations } from "../document/schema.ts";
import { SYSTEMS } from "../document/systems.ts";
import { RNN } from "../systems/rnn.ts";
import { LINEAR_STATE, NORM, SCALAR_STATE, STATES, VECTOR_STATE } from "./systems.ts";

const SCHEMA = JSON.parse(readFileSync(new URL("../../schemas/derive.schema.json", import.meta.url), "utf8"));

const sensitivityOf = (derivation: ForwardDerivation, of: string, wrt: string): Sensitivity => {
  const part = derivation.parts.find(({ variable }) => variable.wrt.name === wrt);
  const found = part?.sensitivities.find(sensitivity => sensitivity.of.name === of);
  if (!found) throw new Error(`no sensitivity of ${of} by ${wrt}`);
  return found;
};

const lastTerm = ({ equations }: Sensitivity): string => showTerm((equations.at(-1) as SensitivityEquation).right);

describe.each(Object.entries({ ...SYSTEMS, ...STATES }))("forward mode of %s", (_, text) => {
  test("agrees with dual numbers in every equation, step and closed form", () => {
    const outcome = checkForward(deriveUnchecked(readSystem(text)), { longest: 3, assignments: 2 });
    expect(outcome).toMatchObject({ verdict: "agrees" });
  });
});

describe("the recurrent net", () => {
  const derivation = deriveUnchecked(readSystem(RNN));

  test("carries the sensitivity by an entry of a matrix along with its state", () => {
    expect(lastTerm(sensitivityOf(derivation, "h", "W_hh"))).toBe(
      "prime(phi, 1, z[t]) .* (entry(h[t - 1], j) * unit(h, i) + W_hh * d_h_d_W_hh[t - 1, i, j])",
    );
  });

  test("carries the sensitivities by all entries of a matrix along as one, with a Kronecker product", () => {
    const part = derivation.parts.find(({ variable }) => variable.wrt.name === "W_hh" && variable.form === "jacobian");
    const [only, ...more] = part?.sensitivities ?? [];
    expect([only?.of.name, more.length]).toEqual(["h", 0]);
    expect(only && lastTerm(only)).toBe(
      "diag(prime(phi, 1, z[t])) * (kronecker(h[t - 1]', identity(h)) + W_hh * d_h_d_vec_W_hh[t - 1])",
    );
    expect(only?.closedForms.map(({ form }) => form)).toEqual(["ordered-product", "constant"]);
  });

  test("a Kronecker product with its factors exchanged is noticed", () => {
    const turned = (node: Node): Node =>
      transform(node, {
        call: (op, args, { attributes }) => call(op, op === "kronecker" ? [...args].reverse() : args, attributes),
      });
    const parts = derivation.parts.map(part => ({
      ...part,
      sensitivities: part.sensitivities.map(own => ({
        ...own,
        closedForms: [],
        equations: own.equations.map(equation => ({ ...equation, steps: [], right: turned(equation.right) })),
      })),
    }));
    expect(checkForward({ ...derivation, parts }, { longest: 2, assignments: 1 })).toMatchObject({
      verdict: "disagrees",
      message: /d_h_d_vec_W_h/u,
    });
  });

  test("carries a change of one state to a later one by the product of the steps between", () => {
    const [transition, ...more] = derivation.transitions;
    expect([transition?.of.name, transition?.letter, more.length]).toEqual(["h", "k", 0]);
    expect(transition && showTerm(transition.value)).toBe(
      "reversedproduct(i, k + 1, t, diag(prime(phi, 1, z[i])) * W_hh)",
    );
    for (const shift of [-1, 1]) {
      const value = substituteIndices(transition?.value as Node, new Map([["k", plus(named("k"), shift)]]));
      const transitions = [{ ...(transition as Transition), value }];
      expect(checkForward({ ...derivation, transitions }, { longest: 3, assignments: 1 })).toMatchObject({
        verdict: "disagrees",
        message: /the derivative of h/u,
      });
    }
  });

  test("starts with 0, for the initial state is given", () => {
    const [first] = sensitivityOf(derivation, "h", "W_hh").equations;
    expect(showTerm(first?.right as never)).toBe("zeros(h, 1)");
  });

  test("is solved by an ordered product of the Jacobians between two steps", () => {
    const { closedForms } = sensitivityOf(derivation, "h", "W_hh");
    expect(closedForms.map(({ form, assumes }) => [form, assumes?.function])).toEqual([
      ["ordered-product", undefined],
      ["constant", "phi"],
    ]);
  });

  test("gives the gradient with the sensitivities of the outputs put in", () => {
    const { putIn } = sensitivityOf(derivation, "L", "W_hh");
    expect(showTerm(putIn?.right as never)).toBe(
      "sum(t, 1, T, inner(gradient(ell, 1, o[t], y[t]), W_yh * d_h_d_W_hh[t, i, j])) / T",
    );
  });

  test("says of every rule that it is a pushforward", () => {
    const rules = derivation.parts.flatMap(part => part.sensitivities.flatMap(s => s.equations.flatMap(e => e.rules)));
    expect(rules.every(rule => /^pushforward\//u.test(rule))).toBe(true);
  });

  test.each(
    derivation.parts.flatMap((part, p) =>
      part.sensitivities.flatMap((sensitivity, s) =>
        sensitivity.equations.flatMap((equation, e) =>
          equation.original ? [[showTerm(equation.left), p, s, e] as const] : [],
        ),
      ),
    ),
  )("a spoiled equation of %s is noticed", (_, p, s, e) => {
    const spoil = (equation: SensitivityEquation): SensitivityEquation => ({
      ...equation,
      steps: [],
      right: sumOf([equation.right, equation.right]),
    });
    const parts = derivation.parts.map((part, i) => ({
      ...part,
      sensitivities: part.sensitivities.map((sensitivity, j) => ({
        ...sensitivity,
        equations: sensitivity.equations.map((equation, k) =>
          i === p && j === s && k === e ? spoil(equation) : equation,
        ),
      })),
    }));
    expect(checkForward({ ...derivation, parts }, { longest: 2, assignments: 1 })).toMatchObject({
      verdict: "disagrees",
    });
  });

  test("a spoiled closed form and a missing member are noticed", () => {
    const change = (by: (sensitivity: Sensitivity) => Sensitivity): ForwardDerivation => ({
      ...derivation,
      parts: derivation.parts.map(part => ({ ...part, sensitivities: part.sensitivities.map(by) })),
    });
    const doubled = change(sensitivity => ({
      ...sensitivity,
      closedForms: sensitivity.closedForms.map(form => ({ ...form, value: sumOf([form.value, form.value]) })),
    }));
    expect(checkForward(doubled, { longest: 2, assignments: 1 })).toMatchObject({
      verdict: "disagrees",
      message: /closed form/u,
    });
    const uncovered = change(sensitivity => ({
      ...sensitivity,
      equations: sensitivity.equations.filter(({ original }) => original),
    }));
    expect(checkForward(uncovered, { longest: 2, assignments: 1 })).toMatchObject({
      verdict: "disagrees",
      message: /one equation/u,
    });
  });

  test.each(["en", "zh"] as const)("is a document in %s, and JSON after the schema", async language => {
    const derived = deriveForward(readSystem(RNN), { wrt: ["W_hh"], check: { longest: 2, assignments: 1 } });
    if (!derived.ok) throw new Error("not derived");
    const markdown = await toDocument([derived.value], { language });
    expect(markdown).toContain("\\frac{\\partial^{+} h_t}{\\partial h_{t-1}} \\frac{\\partial h_{t-1}}");
    expect(markdown).toContain("Williams");
    const json = JSON.parse(await toDocument([derived.value], { language, format: "json" }));
    expect(violations(json, SCHEMA)).toEqual([]);
    expect(json.systems[0].sensitivities.length).toBe(4);
  });
});

test("a scalar parameter of a scalar state has the textbook's total derivative and its unrolled form", () => {
  const derivation = deriveUnchecked(readSystem(SCALAR_STATE));
  const sensitivity = sensitivityOf(derivation, "h", "w");
  expect(lastTerm(sensitivity)).toBe(
    "gradient(f, 2, x[t], h[t - 1], w) * d_h_d_w[t - 1] + gradient(f, 3, x[t], h[t - 1], w)",
  );
  expect(sensitivity.closedForms.map(({ value }) => showTerm(value))).toEqual([
    "sum(i, 1, t, product(j, i + 1, t, gradient(f, 2, x[j], h[j - 1], w)) * gradient(f, 3, x[i], h[i - 1], w))",
    "sum(i, 1, t - 1, product(j, i + 1, t, gradient(f, 2, x[j], h[j - 1], w)) * gradient(f, 3, x[i], h[i - 1], w)) + gradient(f, 3, x[t], h[t - 1], w)",
  ]);
});

describe("a state that is any function of a vector before it", () => {
  const derivation = deriveUnchecked(readSystem(VECTOR_STATE));
  const sensitivity = sensitivityOf(derivation, "h", "w");
  const J = (slot: number, at = "t"): string => `jacobian(f, ${slot}, x[${at}], h[${at} - 1], w)`;

  test("has the textbook's total derivative in Jacobians, and its unrolled forms", () => {
    expect(lastTerm(sensitivity)).toBe(`${J(2)} * d_h_d_w[t - 1] + ${J(3)}`);
    const product = `reversedproduct(j, i + 1, t, ${J(2, "j")})`;
    expect(sensitivity.closedForms.map(({ form, value }) => [form, showTerm(value)])).toEqual([
      ["ordered-product", `sum(i, 1, t, ${product} * ${J(3, "i")})`],
      ["own-term-apart", `sum(i, 1, t - 1, ${product} * ${J(3, "i")}) + ${J(3)}`],
    ]);
  });

  test("leaves to a later one the product of the Jacobians between", () => {
    expect(derivation.transitions.map(({ value }) => showTerm(value))).toEqual([
      `reversedproduct(i, s + 1, t, ${J(2, "i")})`,
    ]);
  });

  test("takes a change of one entry of a matrix by the Jacobian of its columns", () => {
    expect(lastTerm(sensitivityOf(derivation, "o", "W"))).toBe(
      "jacobian(g, 2, h[t], W) * vec(outer(unit(m, i), unit(k, j)))",
    );
  });

  test.each(["transpose", "twice"] as const)("a spoiled Jacobian is noticed: %s", fault => {
    const spoiled = (node: Node): Node =>
      transform(node, {
        call: (op, args, { attributes }) => {
          const own = call(op, args, attributes);
          if (op !== "jacobian" || attributes.function !== "f" || attributes.slot !== 2) return own;
          return fault === "transpose" ? call("transpose", [own]) : call("scale", [number(2), own]);
        },
      });
    const parts = derivation.parts.map(part => ({
      ...part,
      sensitivities: part.sensitivities.map(own => ({
        ...own,
        closedForms: [],
        equations: own.equations.map(equation => ({ ...equation, steps: [], right: spoiled(equation.right) })),
      })),
    }));
    expect(checkForward({ ...derivation, parts, transitions: [] }, { longest: 2, assignments: 1 })).toMatchObject({
      verdict: "disagrees",
    });
    const [transition] = derivation.transitions as readonly [Transition];
    const transitions = [{ ...transition, value: spoiled(transition.value) }];
    const turned = [{ ...transition, transpose: spoiled(transition.transpose as Node) }];
    expect(checkForward({ ...derivation, transitions: turned }, { longest: 2, assignments: 1 })).toMatchObject({
      verdict: "disagrees",
    });
    expect(checkForward({ ...derivation, transitions }, { longest: 2, assignments: 1 })).toMatchObject({
      verdict: "disagrees",
    });
  });
});

test("a state with the same step everywhere has its derivative by an earlier one as a power of the lag too", () => {
  const derivation = deriveUnchecked(readSystem(LINEAR_STATE));
  expect(derivation.transitions.map(({ former, letter, value }) => [former.key, letter, showTerm(value)])).toEqual([
    ["k", "k", "c.^(-k + t)"],
    ["-m + t", "m", "c.^m"],
  ]);
  expect(checkForward(derivation, { longest: 4, assignments: 1 })).toMatchObject({ verdict: "agrees" });
  const [first, lag] = derivation.transitions as readonly [Transition, Transition];
  const wrong = { ...lag, former: plus(lag.former, 1) };
  expect(checkForward({ ...derivation, transitions: [first, wrong] }, { longest: 4, assignments: 1 })).toMatchObject({
    verdict: "disagrees",
  });
});

describe("by one member of a family", () => {
  const member = (text: string, of: string, wrt: string): ForwardDerivation =>
    deriveUnchecked(readSystem(text), { of, wrt: [wrt] });
  const formsOf = ({ closedForms }: Sensitivity): readonly string[] => closedForms.map(({ value }) => showTerm(value));

  test.each([
    ["an input", RNN, "h", "x"],
    ["a state", RNN, "L", "h"],
    ["an output", RNN, "L", "o"],
    ["an input of an abstract state", VECTOR_STATE, "o", "x"],
    ["a state of an abstract net", VECTOR_STATE, "L", "h"],
    ["a scalar state", LINEAR_STATE, "L", "s"],
    ["a component of what is normalised", NORM, "L", "x"],
    ["a mean, by itself", NORM, "y", "mu"],
    ["a matrix state", STATES["a matrix state"] as string, "L", "P"],
  ])("%s: every equation and form agrees with dual numbers", (_, text, of, wrt) => {
    expect(checkForward(member(text, of, wrt), { longest: 4, assignments: 1 })).toMatchObject({ verdict: "agrees" });
  });

  test("an input reaches a later state through the steps between", () => {
    const found = sensitivityOf(member(RNN, "h", "x"), "h", "x");
    expect(lastTerm(found)).toBe("diag(prime(phi, 1, z[t])) * (indicator(t, k) * W_hx + W_hh * d_h_d_x[t - 1, k])");
    expect(formsOf(found)).toEqual([
      "reversedproduct(i, k + 1, t, diag(prime(phi, 1, z[i])) * W_hh) * diag(prime(phi, 1, z[k])) * W_hx",
      "W_hh^(-k + t) * W_hx",
    ]);
  });

  test("a state is a power of the step away", () => {
    expect(formsOf(sensitivityOf(member(LINEAR_STATE, "s", "s"), "s", "s"))).toEqual(["c.^(-k + t)"]);
    expect(formsOf(sensitivityOf(member(LINEAR_STATE, "s", "x"), "s", "x"))).toEqual(["v * c.^(-k + t)"]);
  });

  test("a sum of which one term varies is that term", () => {
    expect(lastTerm(sensitivityOf(member(NORM, "y", "x"), "mu", "x"))).toBe("1 / N");
  });

  test.each([
    ["a step too few", 1],
    ["a step too many", -1],
  ])("a form with %s, and an indicator of another member, are noticed", (_, shift) => {
    const derivation = member(RNN, "h", "x");
    const moved = new Map([["k", plus(named("k"), shift)]]);
    const change = (by: (own: Sensitivity) => Sensitivity): ForwardDerivation => ({
      ...derivation,
      parts: derivation.parts.map(part => ({ ...part, sensitivities: part.sensitivities.map(by) })),
    });
    const forms = change(own => ({
      ...own,
      closedForms: own.closedForms.map(form => ({ ...form, value: substituteIndices(form.value, moved) })),
    }));
    const equations = change(own => ({
      ...own,
      closedForms: [],
      equations: own.equations.map(each => ({
        ...each,
        steps: [],
        right: transform(each.right, {
          call: (op, args, { attributes }) =>
            op === "indicator" ? substituteIndices(call(op, args, attributes), moved) : call(op, args, attributes),
        }),
      })),
    }));
    for (const wrong of [forms, equations])
      expect(checkForward(wrong, { longest: 4, assignments: 1 })).toMatchObject({ verdict: "disagrees" });
  });

  test("is written with the letter asked for", async () => {
    const options = { of: "h", wrt: ["x"], letters: new Map([["x", ["s"]]]), check: { longest: 2, assignments: 1 } };
    const derived = deriveForward(readSystem(RNN), options);
    if (!derived.ok) throw new Error("not derived");
    expect(await toDocument([derived.value])).toContain("\\frac{\\partial h_t}{\\partial x_s}");
  });
});

test("a name that forward mode cannot take is a diagnostic", () => {
  const system = readSystem(RNN);
  for (const options of [{ wrt: ["nothing"] }, { of: "W_hh" }, { of: "x", wrt: ["W_hh"] }, { of: "h", wrt: ["y"] }]) {
    const result = deriveForward(system, options);
    expect(result.ok || result.diagnostics[0]?.code).toBe("D005");
  }
});
