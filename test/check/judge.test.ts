// What the judge finds of single equations about a system, and which assumption it names.
import { describe, expect, test } from "vitest";
import { ASSUMPTIONS } from "../../src/check/assumptions.ts";
import { judge } from "../../src/check/judge.ts";
import { Witness } from "../../src/exact/witness.ts";
import { readSystem } from "../../src/term/system.ts";
import { RNN } from "../systems/rnn.ts";
import { stated } from "./stated.ts";

const system = readSystem(RNN);
const witness = new Witness(system);
const over = (left: string, right: string, low = "1", high = "T") => stated(system, left, right, ["t", low, high]);

const INPUT = "W_hx * x[t] + W_hh * h[t-1]";
const BACK = `W_hh' * (partial(L, h[t+1]) .* prime(phi, 1, W_hx * x[t+1] + W_hh * h[t]))`;
const RIGHT = over("partial(L, h[t])", `${BACK} + W_yh' * partial(L, o[t])`, "1", "T-1");
const WITHOUT_SLOPE = over("partial(L, h[t])", "W_hh' * partial(L, h[t+1]) + W_yh' * partial(L, o[t])", "1", "T-1");

describe("what is found", () => {
  test("a right equation is equal", () => {
    expect(judge(witness, RIGHT)).toMatchObject({ kind: "equal", unfinished: false, judgement: { verdict: "equal" } });
    expect(judge(witness, RIGHT, true)).toMatchObject({ kind: "equal", unfinished: false });
  });
  test("a wrong one is different, under no assumption", () => {
    const twice = over("h[t]", `2 * phi(${INPUT})`);
    const found = judge(witness, twice);
    expect(found).toMatchObject({ kind: "different", judgement: { verdict: "different" } });
    expect(found).not.toHaveProperty("under");
  });
  test("one that reads a member that does not exist is outside", () => {
    expect(judge(witness, over("h[t]", "h[t+1]", "T", "T"))).toMatchObject({
      kind: "outside",
      judgement: { verdict: "outside" },
    });
  });
  test("one that is claimed at no point is open", () => {
    expect(judge(witness, over("h[t]", "h[t]", "2", "1"))).toEqual({ kind: "open", reason: { id: "empty" } });
  });
  test("one without a value is open, for the reason that the witness gives", () => {
    const found = judge(witness, over("h[t]", "h[t] / (T - T)"));
    expect(found).toMatchObject({ kind: "open", reason: { id: "undecided", of: [expect.stringContaining("0")] } });
  });
});

describe("what waits for its local derivatives", () => {
  const chained = (gradient: string) => judge(witness, over("partial(L, W_yh)", gradient, "1", "1"));
  const sum = (term: string) => stated(system, "partial(L, W_yh)", `sum(t, 1, T, ${term})`);
  test("is right but unfinished", () => {
    expect(judge(witness, sum("prod(partial(L, o[t]), partial(o[t], W_yh))"))).toMatchObject({
      kind: "equal",
      unfinished: true,
    });
  });
  test("is not what takes an entry of a vector", () => {
    const entry = over("prod(unit(q, 1), partial(o[t], h[t]))", "prod(unit(q, 1), partial(o[t], h[t]))");
    expect(judge(witness, entry)).toMatchObject({ kind: "equal", unfinished: false });
  });
  test("is a product by a symbol as well as by a member", () => {
    const by = (cotangent: string) => over("h[t]", `h[t] + 0 * prod(${cotangent}, partial(o[t], h[t]))`);
    expect(judge(witness, by("o[t]"))).toMatchObject({ unfinished: true });
    expect(judge(witness, by("W_yh * ones(h, 1)"))).toMatchObject({ unfinished: true });
    expect(judge(witness, by("ones(q, 1)"))).toMatchObject({ unfinished: false });
  });
  test("is nothing of the left side, and no product of another kind", () => {
    expect(chained("partial(L, W_yh)")).toMatchObject({ kind: "equal", unfinished: false });
  });
});

describe("the assumption that would make it right", () => {
  test("is the weakest", () => {
    expect(judge(witness, WITHOUT_SLOPE)).toMatchObject({
      kind: "different",
      under: { latex: "\\phi = \\mathrm{id}" },
    });
    const transposed = over("W_hh * h[t]", "W_hh' * h[t]");
    expect(judge(witness, transposed)).toMatchObject({ under: { suppose: { symmetric: new Set(["W_hh"]) } } });
  });
  test("is of the system itself, or of another that it makes", () => {
    const slope = over("prime(phi, 1, h[t])", "ones(h, 1) - phi(h[t]) .* phi(h[t])");
    expect(judge(witness, slope)).toMatchObject({ under: { latex: "\\phi = \\tanh" } });
  });
  test("is found once for a witness", () => {
    const [first, second] = [judge(witness, WITHOUT_SLOPE), judge(witness, WITHOUT_SLOPE)];
    if (first.kind !== "different" || second.kind !== "different") throw new Error("not different");
    expect(first.under).toBeDefined();
    expect(second.under).toBe(first.under);
  });
  test("is not looked for in haste", () => {
    expect(judge(witness, WITHOUT_SLOPE, true)).not.toHaveProperty("under");
  });
  test.each(["few", "every", "fresh"] as const)("is none that %s samples refute", refuting => {
    const transposed = stated(system, "W_hh * h[1]", "W_hh' * h[1]");
    const doubtful = new Witness(system);
    const own = doubtful.judge.bind(doubtful);
    doubtful.judge = (equation, suppose, effort) =>
      own(equation, suppose?.symmetric && effort === refuting ? {} : suppose, effort);
    expect(judge(witness, transposed)).toHaveProperty("under");
    expect(judge(doubtful, transposed)).not.toHaveProperty("under");
  });
  test("is none that makes both sides 0", () => {
    const atStart = stated(system, "W_hh * h[0]", "W_hh * W_hh * h[0]");
    expect(judge(witness, atStart)).not.toHaveProperty("under");
    const step = stated(system, "h[1]", "phi(W_hx * x[1])");
    expect(judge(witness, step)).toMatchObject({ under: { suppose: { zero: new Set(["h"]) } } });
  });
});

test("members of which an equation gives all are not supposed to be 0", () => {
  const initial = ASSUMPTIONS.find(({ id }) => id === "initial-zero");
  expect(initial?.of(system).map(({ suppose }) => [...(suppose.zero ?? [])])).toEqual([["h"]]);
});
