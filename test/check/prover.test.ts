// What the laws alone show of equations about a system, and what they say nothing of.
import { describe, expect, test } from "vitest";
import { Prover } from "../../src/check/proof.ts";
import { closedFormsFor } from "../../src/derive/closed/index.ts";
import type { ClosedForm, Derivation } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { symbol } from "../../src/expr/node.ts";
import type { Equation, System } from "../../src/expr/system.ts";
import { readSystem } from "../../src/term/system.ts";
import { stated } from "./stated.ts";

const LINEAR = `
  system linear
  horizon T
  function ell(1) -> 1
  U: n d parameter
  V: n n parameter
  Q: q n parameter
  a: q parameter
  x[t]: d data for t = 1..T
  s[t]: n for t = 0..T
  o[t]: q for t = 1..T
  S: 1
  L: 1
  s[t] = U * x[t] + V * s[t-1] for t = 1..T
  o[t] = Q * s[t] for t = 1..T
  S = squarednorm(V)
  L = sum(t, 1, T, ell(o[t])) + S
  objective L
`;

const derived = (system: System, fixed: readonly string[] = []): Derivation =>
  derive(system, {
    wrt: [...system.symbols].flatMap(([name, { role }]) => (role === "defined" || fixed.includes(name) ? [] : [name])),
  });

const linear = readSystem(LINEAR);
const derivation = derived(linear);
const proverOf = (
  of: Derivation,
  closed = (gradient: Parameters<typeof closedFormsFor>[1]) => closedFormsFor(of, gradient),
) => new Prover(of, closed);
const prover = proverOf(derivation);

type Sides = readonly [left: string, right: string, low?: string, high?: string];
const proves = (by: Prover, [left, right, low = "1", high = "T"]: Sides, system = linear): boolean =>
  by.proves(stated(system, left, right, ["t", low, high]));
const isProved = (...sides: Sides): boolean => proves(prover, sides);

describe("what the equations say is put in", () => {
  test("where their members are", () => {
    expect(isProved("o[t]", "Q * s[t]")).toBe(true);
    expect(isProved("Q * s[t]", "o[t]")).toBe(true);
    expect(isProved("o[t]", "Q * U * x[t] + Q * V * s[t-1]")).toBe(true);
    expect(isProved("s[t]", "U * x[t] + V * s[t-1]", "0")).toBe(false);
    expect(isProved("s[t+1]", "U * x[t+1] + V * s[t]", "0", "T-1")).toBe(true);
    expect(isProved("s[t+1]", "U * x[t+1] + V * s[t]")).toBe(false);
    expect(isProved("s[2]", "U * x[2] + V * s[1]")).toBe(false);
    expect(isProved("s[T]", "U * x[T] + V * s[T-1]")).toBe(true);
  });
  test("and nothing else", () => {
    expect(isProved("o[t]", "Q * s[t-1]")).toBe(false);
    expect(isProved("o[t]", "a")).toBe(false);
    expect(isProved("s[0]", "s[1]")).toBe(false);
    expect(isProved("S", "2 * squarednorm(V)")).toBe(false);
  });
});

describe("gradients are put in", () => {
  test("piece by piece", () => {
    expect(isProved("partial(L, s[t])", "V' * partial(L, s[t+1]) + Q' * partial(L, o[t])", "1", "T-1")).toBe(true);
    expect(isProved("partial(L, s[t])", "V' * partial(L, s[t+1]) + Q' * partial(L, o[t])")).toBe(false);
    expect(isProved("partial(L, s[T])", "Q' * partial(L, o[T])")).toBe(true);
    expect(isProved("partial(L, s[t])", "Q' * partial(L, o[t])")).toBe(false);
    expect(isProved("partial(L, x[t])", "U' * V' * partial(L, s[t+1]) + U' * Q' * partial(L, o[t])", "1", "T-1")).toBe(
      true,
    );
  });
  test("on both sides, also in terms", () => {
    expect(isProved("2 * partial(L, x[t])", "2 * U' * partial(L, s[t])")).toBe(true);
    expect(isProved("2 * partial(L, x[t])", "U' * partial(L, s[t])")).toBe(false);
    expect(isProved("U' * partial(L, s[t])", "partial(L, x[t])")).toBe(true);
  });
  test("of the loss alone, and total ones", () => {
    expect(isProved("partial(S, V)", "sum(t, 1, T, partial(L, s[t]) * s[t-1]') + 2 * V")).toBe(false);
    expect(isProved("partial(L, V)", "sum(t, 1, T, partial(L, s[t]) * s[t-1]') + 2 * V")).toBe(true);
    expect(isProved("immediate(L, s[T])", "Q' * partial(L, o[T])")).toBe(false);
  });
  test("by their chain rule as it stands", () => {
    const chain = "sum(t, 1, T, prod(partial(L, o[t]), immediate(o[t], Q)))";
    expect(isProved("partial(L, Q)", chain)).toBe(true);
    expect(isProved("partial(L, Q)", chain.replace("1, T", "2, T"))).toBe(false);
    expect(isProved("partial(L, U)", "sum(t, 1, T, prod(partial(L, s[t]), immediate(s[t], U)))")).toBe(true);
    expect(isProved("partial(L, V)", "sum(t, 1, T, prod(partial(L, s[t]), immediate(s[t], V)))")).toBe(false);
    expect(isProved("partial(L, s[T])", "prod(partial(L, o[T]), immediate(o[T], s[T]))")).toBe(true);
    expect(isProved("partial(L, s[t])", "prod(partial(L, o[t]), immediate(o[t], s[t]))")).toBe(false);
  });
  test("by no chain rule without the paths that end in the loss itself", () => {
    const system = readSystem(LINEAR.replace("ell(o[t])) + S", "ell(o[t])) + S + inner(Q, Q)"));
    const by = proverOf(derived(system));
    const chain = "sum(t, 1, T, prod(partial(L, o[t]), immediate(o[t], Q)))";
    expect(proves(by, ["partial(L, Q)", chain], system)).toBe(false);
    expect(proves(by, ["partial(L, V)", "V"], system)).toBe(false);
    expect(proves(by, ["partial(L, a)", "a"], system)).toBe(false);
    expect(proves(by, ["partial(L, a)", "zeros(q, 1)"], system)).toBe(true);
  });
  test("only where they hold at every horizon", () => {
    const later = derivation.gradients.map(gradient => ({ ...gradient, validFrom: new Map([["T", 3]]) }));
    const one: Sides = ["partial(L, s[T])", "Q' * partial(L, o[T])"];
    expect(proves(proverOf({ ...derivation, gradients: later }), one)).toBe(false);
    expect(proves(proverOf(derivation), one)).toBe(true);
  });
});

describe("closed forms", () => {
  const FORM: Sides = ["partial(L, s[t])", "sum(i, t, T, V'^(i-t) * Q' * partial(L, o[i]))"];
  test("are put in for the gradient on the left", () => {
    expect(isProved(...FORM)).toBe(true);
    expect(isProved(FORM[0], FORM[1].replace("i, t, T", "i, t + 1, T"))).toBe(false);
    expect(isProved(FORM[0], FORM[1], "0")).toBe(false);
    expect(isProved("partial(L, s[1])", "sum(i, 1, T, V'^(i-1) * Q' * partial(L, o[i]))")).toBe(true);
  });
  const asked = (sides: Sides, change: (form: ClosedForm) => ClosedForm = form => form) => {
    const of: string[] = [];
    const by = proverOf(derivation, gradient => {
      of.push(gradient.wrt.kind === "at" ? gradient.wrt.of.name : gradient.wrt.name);
      return closedFormsFor(derivation, gradient).map(change);
    });
    return { proved: proves(by, sides), of };
  };
  test("are asked for where a sum is claimed that nothing else shows", () => {
    expect(asked(FORM)).toEqual({ proved: true, of: ["s"] });
    expect(asked(["partial(L, s[t])", "Q' * partial(L, o[t])"])).toEqual({ proved: false, of: [] });
    expect(asked(["s[t]", "sum(i, t, T, V'^(i-t) * Q' * partial(L, o[i]))"])).toEqual({ proved: false, of: [] });
    expect(asked(["partial(L, U)", "sum(t, 1, T, partial(L, s[t]) * x[t]')"])).toEqual({ proved: true, of: [] });
  });
  test("are none under an assumption", () => {
    expect(asked(FORM, form => ({ ...form, assumes: { function: "phi", is: "identity" } })).proved).toBe(false);
  });
  test("are none of what has no gradient", () => {
    const without = { ...derivation, gradients: derivation.gradients.filter(({ wrt }) => wrt.kind !== "at") };
    expect(proves(proverOf(without), FORM)).toBe(false);
  });
});

test("abbreviations of a derivation are put in as equations are", () => {
  const a = linear.symbols.get("a")?.node as NonNullable<ReturnType<typeof linear.symbols.get>>["node"];
  const { right, over, indices } = stated(linear, "S", "2 * S");
  const twice = symbol(a.scope, "D", [], 0, "note");
  const abbreviation = { left: twice, right, indices, over } as Equation;
  const by = proverOf({ ...derivation, abbreviations: [abbreviation] });
  expect(by.proves({ left: twice, right, indices, over })).toBe(true);
  expect(by.proves({ left: twice, right: stated(linear, "S", "3 * S").right, indices, over })).toBe(false);
});

/** y_k = tanh(y_{k-1}) for k = 1..n, and L = y_n. */
const layers = (count: number): System =>
  readSystem(
    `system layers
  y0: n data
  ${Array.from({ length: count }, (_, i) => `y${i + 1}: n`).join("\n  ")}
  L: 1
  ${Array.from({ length: count }, (_, i) => `y${i + 1} = tanh(y${i})`).join("\n  ")}
  L = squarednorm(y${count})
  objective L`,
  );

const tanhs = (count: number, of: string): string => "tanh(".repeat(count) + of + ")".repeat(count);

test("names are put in seven times, level by level", () => {
  const system = layers(9);
  const by = proverOf(derived(system));
  expect(proves(by, ["y7", tanhs(7, "y0")], system)).toBe(true);
  expect(proves(by, ["y8", tanhs(8, "y0")], system)).toBe(false);
});

test("terms of up to 150 nodes are compared", () => {
  const system = layers(1);
  const by = proverOf(derived(system));
  expect(proves(by, [tanhs(149, "y0"), tanhs(149, "y0")], system)).toBe(true);
  expect(proves(by, [tanhs(150, "y0"), tanhs(150, "y0")], system)).toBe(false);
  expect(proves(by, ["y0", tanhs(150, "y0")], system)).toBe(false);
  const sum = (count: number): string => Array(count).fill("y0").join(" + ");
  expect(proves(by, ["100 * y0", sum(100)], system)).toBe(true);
  expect(proves(by, ["160 * y0", sum(160)], system)).toBe(false);
});
