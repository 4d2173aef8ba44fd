// What the witness says of an equation: how much it has tried, where the two sides differ, or why there is no answer.
import { describe, expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { type Judgement, type StatedEquation, Witness } from "../../src/exact/witness.ts";
import { readSystem } from "../../src/term/system.ts";
import { stated } from "../check/stated.ts";
import { RNN } from "../systems/rnn.ts";

const rnn = readSystem(RNN);
const witness = new Witness(rnn);
const over = (left: string, right: string, low = "1", high = "T"): StatedEquation =>
  stated(rnn, left, right, ["t", low, high]);
const judged = (...sides: Parameters<typeof over>): Judgement => witness.judge(over(...sides));

describe("equal", () => {
  test("at every sample, with the horizons that were tried", () => {
    const found = judged("o[t]", "W_yh * h[t]");
    expect(found).toMatchObject({ verdict: "equal", zero: false, shortest: 1 });
    if (found.verdict !== "equal") return;
    expect(found.longest).toBeGreaterThanOrEqual(5);
    expect(found.samples).toBeGreaterThanOrEqual(found.longest);
    expect(found.points).toBeGreaterThan(found.samples);
  });
  test("at few samples in haste, and at others where they are to be fresh", () => {
    const equation = over("o[t]", "W_yh * h[t]");
    const [few, every, fresh] = (["few", "every", "fresh"] as const).map(effort => witness.judge(equation, {}, effort));
    if (few?.verdict !== "equal" || every?.verdict !== "equal" || fresh?.verdict !== "equal")
      throw new Error("not equal");
    expect(few.samples).toBeLessThanOrEqual(3);
    expect(few.shortest).toBeGreaterThan(1);
    expect(every.samples).toBeGreaterThan(few.samples);
    expect(fresh.samples).toBeGreaterThan(few.samples);
    expect(fresh.samples).not.toBe(every.samples);
  });
  test("with both sides 0 is said to be so", () => {
    expect(judged("0 * h[t]", "h[t] - h[t]")).toMatchObject({ verdict: "equal", zero: true });
    expect(judged("h[t] - W_hh * h[t-1]", "h[t] - W_hh * h[t-1]")).toMatchObject({ zero: false });
  });
  test("without an index there is one point to a sample", () => {
    const found = witness.judge(stated(rnn, "L", "sum(t, 1, T, ell(o[t], y[t])) / T"));
    if (found.verdict !== "equal") throw new Error(found.verdict);
    expect(found.points).toBe(found.samples);
  });
});

describe("different", () => {
  test("at a point, with an entry and both its values", () => {
    const found = judged("o[t]", "W_yh * h[t] + unit(q, 2)");
    if (found.verdict !== "different") throw new Error(found.verdict);
    const { at } = found;
    expect(at.entry).toBe(1);
    expect(BigInt(at.right) - BigInt(at.left)).toBe(1n);
    expect(at.index).toEqual({ t: 1 });
    expect(at.sizes).toMatchObject({ T: 1 });
    expect(Object.keys(at.sizes).sort()).toEqual(["T", "d", "h", "q"]);
    const later = judged("o[t]", "W_yh * h[t] + (t - 1) * o[t]");
    expect(later).toMatchObject({ at: { index: { t: 2 }, sizes: { T: 2 } } });
  });
  test("in shape, which is said in place of values", () => {
    const found = judged("h[t]", "h[t]'");
    if (found.verdict !== "different") throw new Error(found.verdict);
    const size = found.at.sizes["h"] as number;
    expect(found.at).toMatchObject({ entry: 0, left: `${size} × 1`, right: `1 × ${size}` });
  });
  test("is found of derivatives, also by derived gradients", () => {
    const derivation = derive(rnn, { wrt: ["W_hx", "W_hh", "W_yh"] });
    for (const by of [witness, new Witness(rnn, derivation)]) {
      const gradient = stated(rnn, "partial(L, W_yh)", "sum(t, 1, T, partial(L, o[t]) * h[t]')");
      expect(by.judge(gradient).verdict).toBe("equal");
      expect(
        by.judge({ ...gradient, right: stated(rnn, "L", "sum(t, 2, T, partial(L, o[t]) * h[t]')").right }).verdict,
      ).toBe("different");
    }
  });
});

describe("suppositions", () => {
  const under = (sides: Parameters<typeof over>, suppose: Parameters<Witness["judge"]>[1]) =>
    witness.judge(over(...sides), suppose).verdict;
  test("hold, and only for what they name", () => {
    expect(under(["W_hh * h[t]", "W_hh' * h[t]"], { symmetric: new Set(["W_hh"]) })).toBe("equal");
    expect(under(["W_hh * h[t]", "W_hh' * h[t]"], { symmetric: new Set(["W_hx"]) })).toBe("different");
    expect(under(["h[t]", "W_hx * x[t] + W_hh * h[t-1]"], { identities: new Set(["phi"]) })).toBe("equal");
    expect(under(["h[t]", "W_hx * x[t] + W_hh * h[t-1]"], { identities: new Set(["ell"]) })).toBe("different");
    expect(under(["h[1]", "phi(W_hx * x[1])"], { zero: new Set(["h"]) })).toBe("equal");
    expect(under(["h[t]", "phi(W_hx * x[t])"], { zero: new Set(["h"]) })).toBe("different");
  });
});

describe("no answer", () => {
  test("where a member does not exist", () => {
    const found = judged("h[t]", "h[t+1]", "T", "T");
    if (found.verdict !== "outside") throw new Error(found.verdict);
    expect(found.message).toContain("outside of the index domain");
    expect(found.at).toMatchObject({ index: { t: 1 }, sizes: { T: 1 } });
    expect(found).not.toHaveProperty("power");
  });
  test("but where a fixed member exists at longer horizons alone, those count", () => {
    expect(witness.judge(stated(rnn, "o[3]", "W_yh * h[3]"))).toMatchObject({ verdict: "equal", shortest: 3 });
    expect(witness.judge(stated(rnn, "o[2]", "W_yh * h[3]")).verdict).toBe("different");
  });
  test("where a power is negative: unless the inverse makes it so", () => {
    expect(judged("h[t]", "W_hh^(t - T - 1) * h[t]")).toMatchObject({ verdict: "outside", power: true });
  });
  test("where there is no point", () => {
    expect(judged("h[t]", "h[t]", "2", "1")).toEqual({ verdict: "empty" });
  });
  test("where one divides by 0 at every draw", () => {
    expect(judged("h[t]", "h[t] / (T - T)")).toMatchObject({
      verdict: "cannot-tell",
      reason: "a divisor is 0 at this draw",
    });
  });
  test("but where a root or a sign needs other draws, those are taken", () => {
    const norm = readSystem(
      "system n\n v: n parameter\n z: n\n L: 1\n z = v / norm(v)\n L = sum(i, 1, n, 1)\n objective L",
    );
    const by = new Witness(norm);
    expect(by.judge(stated(norm, "squarednorm(z)", "1")).verdict).toBe("equal");
    expect(by.judge(stated(norm, "norm(v) * z", "v")).verdict).toBe("equal");
    expect(by.judge(stated(norm, "norm(v) * z", "2 * v")).verdict).toBe("different");
  });
  test("but where an inverse needs a tall matrix, sizes are exchanged", () => {
    const least = readSystem("system l\n X: m n data\n w: n parameter\n L: 1\n L = squarednorm(X * w)\n objective L");
    const by = new Witness(least);
    const hat = stated(least, "X * inverse(X' * X) * X' * X", "X");
    expect(by.judge(hat).verdict).toBe("equal");
    expect(by.judge({ ...hat, right: stated(least, "X", "2 * X").right }).verdict).toBe("different");
  });
});

describe("the sieve", () => {
  const equation = over("o[t]", "W_yh * h[t]");
  const refutes = witness.sieve(equation);
  const right = (text: string) => over("o[t]", text).right;
  test("refutes what differs or has no value, and nothing else", () => {
    expect(refutes(right("W_yh * h[t]"))).toBe(false);
    expect(refutes(right("2 * W_yh * h[t]"))).toBe(true);
    expect(refutes(right("W_yh * h[t+1]"))).toBe(true);
    expect(refutes(right("o[t]"))).toBe(false);
  });
  test("goes on after what divides by 0", () => {
    expect(refutes(right("o[t] / (T - T)"))).toBe(false);
    expect(refutes(right("W_yh * h[t]"))).toBe(false);
    expect(refutes(right("W_yh * h[t-1]"))).toBe(true);
  });
  test("of a left side that has no value refutes all where that lies outside, else nothing", () => {
    expect(witness.sieve(over("h[t+1]", "h[t]"))(right("h[t]"))).toBe(true);
    expect(witness.sieve(over("h[t] / (T - T)", "h[t]"))(right("h[t]"))).toBe(false);
    expect(witness.sieve(over("h[t]", "h[t]", "2", "1"))(right("o[t]"))).toBe(false);
  });
});
