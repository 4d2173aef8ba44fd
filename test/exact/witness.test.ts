// What the witness says of an equation: how much it has tried, where the two sides differ, or why there is no answer.
import { describe, expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { Bounds } from "../../src/exact/bound.ts";
import { type Effort, type Judgement, type StatedEquation, Witness } from "../../src/exact/witness.ts";
import type { Node, SymbolNode } from "../../src/expr/node.ts";
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
  test("with as many samples, points and horizons as were tried", () => {
    const equal = (equation: StatedEquation, suppose = {}, effort: Effort = "every", length?: number) => {
      const found = witness.judge(equation, suppose, effort, length);
      if (found.verdict !== "equal") throw new Error(found.verdict);
      return [found.samples, found.points, found.shortest, found.longest];
    };
    const [every, third] = [over("o[t]", "W_yh * h[t]"), stated(rnn, "o[3]", "W_yh * h[3]")];
    expect([equal(every), equal(every, {}, "few"), equal(every, {}, "fresh"), equal(every, {}, "every", 4)]).toEqual([
      [15, 45, 1, 5],
      [1, 4, 4, 4],
      [10, 30, 1, 5],
      [6, 24, 4, 4],
    ]);
    expect([equal(third), equal(third, {}, "few"), equal(third, {}, "every", 4)]).toEqual([
      [13, 13, 3, 9],
      [2, 2, 4, 6],
      [6, 6, 4, 4],
    ]);
    expect(equal(over("o[t]", "W_yh * h[t]", "3"))).toEqual([13, 40, 1, 9]);
    expect(equal(every, {}, "few", 9)).toEqual([1, 9, 9, 9]);
    const still = readSystem("system s\n x: n parameter\n L: 1\n L = squarednorm(x)\n objective L");
    const alone = new Witness(still).judge(stated(still, "x", "x"));
    expect(alone).toEqual({ verdict: "equal", samples: 3, points: 3, shortest: 0, longest: 0, zero: false });
  });
  test("is kept for the same question", () => {
    const equation = over("o[t]", "W_yh * h[t]");
    const again = { ...equation };
    expect(witness.judge(equation)).toBe(witness.judge(again));
    expect(witness.judge(equation, { zero: new Set(["h"]) })).not.toBe(witness.judge(again));
    expect(witness.judge(equation, { inverses: true })).not.toBe(witness.judge(again));
    expect(witness.judge({ ...equation, over: over("L", "L", "2").over })).not.toBe(witness.judge(again));
    const both = (names: readonly string[]) =>
      witness.judge(equation, { zero: new Set(names), identities: new Set(names) });
    expect(both(["h", "phi"])).toBe(both(["phi", "h"]));
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

describe("a derivative", () => {
  const maps = readSystem(`
    system d
    c: 1 parameter
    x: n parameter
    A: m n parameter
    f: m
    F: m n
    g: 1
    L: 1
    f = A * (x .* x)
    F = (c * c) * A
    g = c * inner(x, x)
    L = squarednorm(f) + total(F) + g
    objective L
  `);
  const by = new Witness(maps);
  test.each([
    ["of a number by an array has its shape", "partial(g, x)", "2 * c * x"],
    ["of a number by a matrix has its shape", "partial(L, F)", "ones(m, n)"],
    ["of an array by a number has the array's shape", "partial(F, c)", "2 * c * A"],
    ["of a number by a number is one", "partial(g, c)", "squarednorm(x)"],
    ["of an array by an array has the entries of one as rows", "partial(f, x)", "2 * A * diag(x)"],
    ["of an array by itself is the identity", "partial(f, f)", "identity(m)"],
    ["is 0 where nothing depends on anything", "partial(f, c)", "zeros(m, 1)"],
    ["passes one equation where it is immediate", "immediate(L, f)", "2 * f"],
    ["does not pass others where it is immediate", "immediate(L, x)", "zeros(n, 1)"],
    ["of an array is a Jacobian where it is immediate, too", "immediate(f, x)", "2 * A * diag(x)"],
    ["is contracted as a whole", "prod(partial(L, f), partial(f, x))", "4 * diag(x) * A' * f"],
    ["is contracted", "prod(partial(L, f), immediate(f, x))", "4 * diag(x) * A' * f"],
  ])("%s", (_, left, right) => {
    expect(by.judge(stated(maps, left, right)).verdict).toBe("equal");
    expect(by.judge(stated(maps, left, `3 * (${right}) + (${left})`)).verdict).toBe(
      right.startsWith("zeros") ? "equal" : "different",
    );
  });
  test("of an array by itself is the identity, members are told apart", () => {
    expect(judged("partial(h[t], h[t-1])", "diag(prime(phi, 1, W_hx * x[t] + W_hh * h[t-1])) * W_hh").verdict).toBe(
      "equal",
    );
    expect(judged("partial(h[t], h[t-2])", "partial(h[t], h[t-1]) * partial(h[t-1], h[t-2])", "2").verdict).toBe(
      "equal",
    );
    expect(judged("partial(h[t-1], h[t])", "zeros(h, h)").verdict).toBe("equal");
  });
});

test("names that stand for parts of equations have the values of those", () => {
  const derivation = derive(rnn, { wrt: ["W_hh"] });
  const symbols = new Map([...derivation.system.symbols, ...rnn.symbols]);
  const by = new Witness({ ...rnn, symbols }, derivation);
  const named = { ...rnn, symbols };
  expect(by.judge(stated(named, "h[t]", "phi(z[t])", ["t", "1", "T"])).verdict).toBe("equal");
  expect(by.judge(stated(named, "z[t]", "W_hx * x[t] + W_hh * h[t-1]", ["t", "1", "T"])).verdict).toBe("equal");
  expect(by.judge(stated(named, "z[t]", "W_hx * x[t]", ["t", "1", "T"])).verdict).toBe("different");
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
  test("where a power is negative and nothing else is wrong", () => {
    expect(judged("W_hh^(0 - 1) * W_hh * h[t]", "h[t]")).toEqual({
      verdict: "cannot-tell",
      reason: "an exponent of a power is -1",
    });
    const found = judged("W_hh^(0 - 1) * W_hh * h[t]", "2 * h[t]");
    expect(found).toMatchObject({ verdict: "outside", power: true, message: "an exponent of a power is -1" });
    if (found.verdict === "outside") expect(found.at.index).toEqual({ t: 1 });
  });
  test("where the sides have none at some samples, unless others show a difference", () => {
    expect(judged("h[t] / (T - 3)", "h[t] / (T - 3)").verdict).toBe("cannot-tell");
    expect(judged("h[t] / (T - 3)", "2 * h[t] / (T - 3)").verdict).toBe("different");
    expect(judged("h[t] / (T - 3)", "2 * h[t] / (T - 3)", "T", "T").verdict).toBe("different");
  });
  test("but samples at which the system itself has none do not count", () => {
    const late = readSystem(`
      system s
      horizon T
      x[t]: n data for t = 1..T
      m: n
      L: 1
      m = sum(t, 1, T, x[t]) / (T - 1)
      L = squarednorm(m)
      objective L
    `);
    const by = new Witness(late);
    expect(by.judge(stated(late, "(T - 1) * m", "sum(t, 1, T, x[t])"))).toMatchObject({
      verdict: "equal",
      samples: 12,
      shortest: 2,
      longest: 5,
    });
    expect(by.judge(stated(late, "T * m", "sum(t, 1, T, x[t])")).verdict).toBe("different");
    expect(by.judge(stated(late, "m", "m / (T - 2)")).verdict).toBe("different");
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
  test("but where a sign of a root needs other draws, those are taken", () => {
    const root = readSystem("system n\n v: n parameter\n L: 1\n L = norm(v)\n objective L");
    const by = new Witness(root);
    expect(by.judge(stated(root, "abs(norm(v))", "norm(v) * sign(norm(v))")).verdict).toBe("equal");
    expect(by.judge(stated(root, "abs(norm(v))", "2 * norm(v)")).verdict).toBe("different");
  });
  test("but where an inverse needs a tall matrix, sizes are exchanged", () => {
    const least = readSystem("system l\n X: m n data\n w: n parameter\n L: 1\n L = squarednorm(X * w)\n objective L");
    const by = new Witness(least);
    const hat = stated(least, "X * inverse(X' * X) * X' * X", "X");
    expect(by.judge(hat).verdict).toBe("equal");
    expect(by.judge({ ...hat, right: stated(least, "X", "2 * X").right }).verdict).toBe("different");
  });
});

describe("the chance that something wrong agrees", () => {
  const square = readSystem("system s\n x: n parameter\n f: n\n L: 1\n f = x .* x\n L = total(f)\n objective L");
  const by = new Witness(square);
  const p = 2 ** 61;
  test("follows from the degrees of both sides", () => {
    expect(new Bounds(by).of(stated(square, "f", "x .* x"))).toBe(2 / p);
    expect(new Bounds(by).of(stated(square, "f", "x .* x .* x"))).toBe(3 / p);
    expect(new Bounds(by).of(stated(square, "f .^ 5", "f"))).toBe(10 / p);
    // Four values of functions, for four entries at the largest sample.
    expect(new Bounds(by).of(stated(square, "exp(x)", "exp(x)"))).toBe(17 / p);
  });
  test("counts roots that are made up", () => {
    const bound = new Bounds(by).of(stated(square, "sqrt(x)", "sqrt(x)"));
    expect(bound).toBeGreaterThan(9 / p);
    expect(bound).toBeLessThan(1e-12);
  });
  test("counts gradients that are derived", () => {
    const [equation, derivation] = [stated(square, "partial(L, x)", "2 * x"), derive(square)];
    const bound = new Bounds(new Witness(square, derivation)).of(equation);
    expect(bound * p).toBe(Math.round(bound * p));
    expect(bound).toBeGreaterThanOrEqual(new Bounds(by).of(equation));
  });
  test("is one where there is no value", () => {
    expect(new Bounds(by).of(stated(square, "f / (n - n)", "f"))).toBe(1);
  });
});

test("what nothing defines has no value", () => {
  const open = readSystem("system s\n x: n parameter\n f: n\n L: 1\n L = squarednorm(x)\n objective L");
  expect(new Witness(open).judge(stated(open, "f", "f"))).toEqual({
    verdict: "cannot-tell",
    reason: "f has no equation and is not given",
  });
});

test("what was given up in one question is not found in the next", () => {
  const broken = readSystem(
    "system b\n horizon T\n x: n parameter\n r[t]: n for t = 1..T\n L: 1\n r[t] = x / (T - T) for t = 1..T\n L = squarednorm(x)\n objective L",
  );
  const by = new Witness(broken);
  for (const right of ["x", "2 * x", "3 * x"])
    expect(by.judge(stated(broken, "r[1]", right))).toEqual({
      verdict: "cannot-tell",
      reason: "a divisor is 0 at this draw",
    });
  expect(by.judge(stated(broken, "partial(r[1], x)", "x * x'"))).toMatchObject({ verdict: "cannot-tell" });
  expect(by.judge(stated(broken, "partial(r[1], x)", "identity(n)"))).toMatchObject({
    reason: "a divisor is 0 at this draw",
  });
  expect(by.judge(stated(broken, "L", "x' * x")).verdict).toBe("equal");
});

test("derived gradients are verified before they are used", () => {
  const square = readSystem("system s\n x: n parameter\n L: 1\n L = squarednorm(x)\n objective L");
  const derivation = derive(square);
  const [own] = derivation.gradients;
  if (!own) throw new Error("no gradient");
  const spoiled = {
    ...derivation,
    gradients: [
      { ...own, pieces: own.pieces.map(piece => ({ ...piece, value: square.symbols.get("x")?.node as SymbolNode })) },
    ],
  };
  const equation = stated(square, "partial(L, x)", "2 * x");
  expect(new Witness(square, derivation).judge(equation).verdict).toBe("equal");
  expect(new Witness(square, derivation).judge(stated(square, "partial(L, L)", "1")).verdict).toBe("equal");
  expect(() => new Witness(square, spoiled).judge(equation)).toThrow(
    "derived gradients disagree with forward differentiation",
  );
});

describe("the sieve", () => {
  const equation = over("o[t]", "W_yh * h[t]");
  const refutes = witness.sieve(equation);
  const right = (text: string) => over("o[t]", text).right;
  test("an index that nothing binds refutes one right side, and none after it", () => {
    const refutes = witness.sieve(over("h[t]", "h[t]"));
    const [unbound, sum] = ["h[s]", "sum(s, 1, 1, h[s])"].map(text => stated(rnn, "L", text).right);
    expect(refutes(unbound as Node)).toBe(true);
    expect(refutes(over("h[t]", "h[t]").right)).toBe(false);
    expect(refutes(sum as Node)).toBe(true);
    expect(refutes(over("h[t]", "h[t] + sum(s, 1, 1, h[s]) - sum(s, 1, 1, h[s])").right)).toBe(false);
  });

  test("refutes what differs or has no value, and nothing else", () => {
    expect(refutes(right("W_yh * h[t]"))).toBe(false);
    expect(refutes(right("2 * W_yh * h[t]"))).toBe(true);
    expect(refutes(right("W_yh * h[t+1]"))).toBe(true);
    expect(refutes(right("o[t]"))).toBe(false);
  });
  test("takes roots where the left side alone does, however many", () => {
    const still = readSystem("system n\n u: n parameter\n v: n parameter\n L: 1\n L = u' * v\n objective L");
    const norms = (w: string) => Array.from({ length: 40 }, (_, i) => `norm(u + ${i} * ${w})`).join(" + ");
    const refutes = new Witness(still).sieve(stated(still, norms("v"), "0"));
    const of = (text: string): boolean => refutes(stated(still, "L", text).right);
    expect([of(norms("v")), of(norms("u")), of("L")]).toEqual([false, true, true]);
  });
  test("goes on after what divides by 0", () => {
    expect(refutes(right("o[t] / (T - T)"))).toBe(false);
    expect(refutes(right("W_yh * h[t]"))).toBe(false);
    expect(refutes(right("W_yh * h[t-1]"))).toBe(true);
  });
  test("goes on after a member that divides by 0", () => {
    const broken = readSystem(
      "system b\n horizon T\n x: n parameter\n r[t]: n for t = 1..T\n L: 1\n r[t] = x / (T - T) for t = 1..T\n L = squarednorm(x)\n objective L",
    );
    const tried = new Witness(broken).sieve(stated(broken, "x", "x"));
    const other = (text: string) => stated(broken, "x", text).right;
    for (let i = 0; i < 3; i++) {
      expect(tried(other("r[1]"))).toBe(false);
      expect(tried(other("2 * x"))).toBe(true);
      expect(tried(other("x"))).toBe(false);
    }
  });
  test("of a left side that has no value refutes all where that lies outside, else nothing", () => {
    expect(witness.sieve(over("h[t+1]", "h[t]"))(right("h[t]"))).toBe(true);
    expect(witness.sieve(over("h[t] / (T - T)", "h[t]"))(right("h[t]"))).toBe(false);
    expect(witness.sieve(over("h[t]", "h[t]", "2", "1"))(right("o[t]"))).toBe(false);
  });
});
