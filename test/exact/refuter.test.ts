// What one small sample refutes without a derivation, and what it leaves to be judged.
import { describe, expect, test } from "vitest";
import { derivationOf } from "../../src/check/gradients.ts";
import { Refuter } from "../../src/exact/refuter.ts";
import { type StatedEquation, Witness } from "../../src/exact/witness.ts";
import { readSystem } from "../../src/term/system.ts";
import { stated } from "../check/stated.ts";
import { RNN } from "../systems/rnn.ts";

const rnn = readSystem(RNN);
const refuter = new Refuter(rnn);
const over = (left: string, right: string, low = "1", high = "T"): StatedEquation =>
  stated(rnn, left, right, ["t", low, high]);

describe("refuted", () => {
  test("are wrong values and wrong derivatives", () => {
    expect(refuter.refutes(over("o[t]", "W_yh * (h[t] + h[t] - h[t])"))).toBe(false);
    expect(refuter.refutes(over("o[t]", "2 * W_yh * h[t]"))).toBe(true);
    const gradient = (right: string): StatedEquation => stated(rnn, "partial(L, W_yh)", right);
    expect(refuter.refutes(gradient("sum(t, 1, T, partial(L, o[t]) * h[t]')"))).toBe(false);
    expect(refuter.refutes(gradient("sum(t, 2, T, partial(L, o[t]) * h[t]')"))).toBe(true);
    expect(refuter.refutes(gradient("2 * sum(t, 1, T, partial(L, o[t]) * h[t]')"))).toBe(true);
  });
  test("is what is right only where something else is supposed", () => {
    const linear = over("h[t]", "W_hx * x[t] + W_hh * h[t-1]");
    expect(refuter.refutes(linear)).toBe(true);
    expect(refuter.refutes(linear, { identities: new Set(["phi"]) })).toBe(false);
    expect(refuter.refutes(linear)).toBe(true);
  });
  test("is the same by gradients that were derived", () => {
    const known = new Refuter(rnn, new Witness(rnn, derivationOf(rnn)));
    const gradient = (right: string): StatedEquation => stated(rnn, "partial(L, h[t])", right, ["t", "1", "T"]);
    for (const term of ["W_yh' * partial(L, o[t])", "partial(L, h[t])"])
      expect(known.refutes(gradient(term))).toBe(refuter.refutes(gradient(term)));
    expect(known.refutes(gradient("partial(L, h[t])"), { identities: new Set(["phi"]) })).toBe(false);
    expect(known.refutes(gradient("W_yh' * partial(L, o[t])"), { identities: new Set(["phi"]) })).toBe(true);
  });
  test("is what goes wrong at a later step alone", () => {
    expect(refuter.refutes(over("o[t]", "W_yh * h[t] + (t - 1) * o[t]"))).toBe(true);
    expect(refuter.refutes(over("o[t]", "W_yh * h[t] + (T - t) * o[t]"))).toBe(true);
  });
});

describe("left to be judged", () => {
  test("is what has no value, or is claimed nowhere", () => {
    expect(refuter.refutes(over("h[t]", "h[t+1]", "T", "T"))).toBe(false);
    expect(refuter.refutes(over("h[t]", "o[t] / (T - T)"))).toBe(false);
    expect(refuter.refutes(over("h[t]", "2 * h[t]", "2", "1"))).toBe(false);
  });
  test("is what comes after a computation that was given up", () => {
    const other = new Refuter(rnn);
    expect(other.refutes(over("h[t]", "h[t] / (T - T)"))).toBe(false);
    expect(other.refutes(over("h[t]", "2 * h[t]"))).toBe(true);
    expect(other.refutes(over("h[t]", "h[t]"))).toBe(false);
  });
  test("is a derivative by more entries than are worth a pass", () => {
    const wrong = (size: number, derived = false): boolean => {
      const system = readSystem(`
        system square
        A: ${size} ${size} parameter
        x: ${size} data
        z: ${size}
        L: 1
        z = A * x
        L = inner(z, z)
        objective L
      `);
      const known = derived ? new Witness(system, derivationOf(system)) : undefined;
      return new Refuter(system, known).refutes(stated(system, "partial(L, A)", "z * x'"));
    };
    expect([8, 9].map(size => wrong(size))).toEqual([true, false]);
    expect(wrong(9, true)).toBe(true);
  });
});
