import { describe, expect, test } from "vitest";
import { DiagnosticError } from "../../src/base/diagnostic.ts";
import { derive } from "../../src/derive/index.ts";
import type { System } from "../../src/expr/system.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";
import { CORPUS } from "../systems/corpus.ts";
import { compareWithForward, type Sizes } from "./brute.ts";
import { wildSystem } from "./wild.ts";

const sizesAt = (system: System, T: number): Sizes =>
  new Map([...system.sizes.values()].map(({ name, role }, i) => [name, role === "horizon" ? T : 2 + (i % 2)]));

/** Compares at T = 1 … 4 and expects that every member lies in exactly one piece. */
const agrees = (text: string): void => {
  const system = readSystem(text);
  const derivation = derive(system);
  for (let T = 1; T <= 4; T++) {
    const { nonZero, pieces, members } = compareWithForward(system, derivation, sizesAt(system, T));
    expect(nonZero).toBeGreaterThan(0);
    expect(pieces).toBe(members);
  }
};

/** What the brute force does not unroll. */
const TRANSCENDENTAL = /\b(?:tanh|logistic|exp|log|sqrt|norm)\(/u;

describe("derivations agree with forward mode, unrolled", () => {
  test.each(Object.entries(CORPUS).filter(([, text]) => !TRANSCENDENTAL.test(text)))("%s", (_, text) => agrees(text));
});

const system = (...lines: readonly string[]): string =>
  ["system s", "horizon T", "function phi elementwise", "function ell(2) -> 1", "L: 1", ...lines].join("\n");

describe("index maps", () => {
  test.each([
    [
      "a triangular family",
      ["a[i, j]: n parameter for i = 1..T, j = i..T", "L = sum(i, 1, T, sum(j, i, T, squarednorm(a[i, j])))"],
    ],
    [
      "a family whose first index ends at its second",
      ["a[i, j]: n parameter for i = 1..j, j = 1..T", "L = sum(j, 1, T, sum(i, 1, j, squarednorm(a[i, j])))"],
    ],
    [
      "the diagonal of a family",
      [
        "a[i, j]: n parameter for i = 0..T, j = 0..T + 1",
        "L = sum(t, 1, T, inner(a[t, t], a[t, t])) + sum(t, 1, T, squarednorm(a[t - 1, t + 1])) + squarednorm(a[T, T])",
      ],
    ],
    [
      "reversed time",
      [
        "W: n n parameter",
        "x[t]: n data for t = 1..T",
        "h[t]: n for t = 0..T",
        "r[t]: n for t = 1..T",
        "h[t] = phi(W * h[t - 1] + x[T + 1 - t]) for t = 1..T",
        "r[t] = phi(W * h[T + 1 - t]) for t = 1..T",
        "L = sum(t, 1, T, ell(r[t], h[T + 1 - t]))",
      ],
    ],
    [
      "an equation of its own for the first member, with an initial one before it",
      [
        "V: n n parameter",
        "W: n n parameter",
        "c: n parameter",
        "h[t]: n for t = -1..T",
        "h[0] = V * c + h[-1]",
        "h[t] = phi(W * h[t - 1] + V * h[t - 2]) for t = 1..T",
        "L = sum(t, 0, T, squarednorm(h[t]))",
      ],
    ],
    [
      "an equation for one layer of a family",
      [
        "W: n n parameter",
        "x[s]: n parameter for s = 1..T",
        "h[l, t]: n for l = 0..T, t = 1..T",
        "h[0, t] = phi(x[t]) for t = 1..T",
        "h[l, t] = phi(W * h[l - 1, t]) for l = 1..T, t = 1..T",
        "L = sum(t, 1, T, squarednorm(h[T, t]))",
      ],
    ],
    [
      "index names of equations that are those of other families, exchanged",
      [
        "W[s, t]: n n parameter for s = 1..T, t = 1..T",
        "h[t, s]: n for t = 1..T, s = 0..T",
        "h[s, t] = phi(W[t, s] * h[s, t - 1]) for s = 1..T, t = 1..T",
        "L = sum(s, 1, T, sum(t, 1, T, ell(h[t, s], h[s, t])))",
      ],
    ],
    [
      "products of products, with a read outside them",
      [
        "M[t]: n n parameter for t = 0..T",
        "v: n parameter",
        "L = inner(product(t, 1, T, reversedproduct(s, 0, t, M[s] + M[t]) * M[T]) * v, v)",
      ],
    ],
    [
      "a power with an exponent that is an index, in sums",
      [
        "A: n n parameter",
        "b[t]: n parameter for t = 1..T",
        "L = sum(t, 1, T, sum(s, t, T, inner(A^(s - t) * b[s], (A')^t * b[t])))",
      ],
    ],
    [
      "reads in ranges that are always empty",
      [
        "q[s]: 1 for s = -3..T",
        "q[s] = q[s - 1] .* sum(t, 2, s, sum(i, t, s, q[s - 1])) for s = -1..0",
        "q[s] = q[s - 1] .* q[s - 1] for s = 1..T",
        "L = q[T] + sum(t, 1, T, q[-1] + sum(s, 1, 0, q[s]))",
      ],
    ],
    [
      "a factor that does not depend on the index of a sum that is empty for some members",
      ["y[t]: 1 parameter for t = -9..2*T + 9", "L = sum(s, 1, T, sum(t, 1, s, y[T + 1 - t] .* y[t]) .* y[0])"],
    ],
    [
      "a size that is a horizon",
      [
        "W: T n parameter",
        "x[t]: n parameter for t = 1..T",
        "L = sum(t, 1, T, (1 / T) * squarednorm(W * x[t] + ones(T, 1)))",
      ],
    ],
    [
      "symbols with names of other things",
      [
        "constructor[t]: n parameter for t = 0..T",
        "toString: n n parameter",
        "e: n parameter",
        "pi[s]: n for s = 0..T",
        "pi[i] = phi(toString * pi[i - 1] + constructor[T - i] + e) for i = 1..T",
        "L = sum(e1, 1, T, squarednorm(pi[e1]))",
      ],
    ],
    [
      "windows at both ends",
      [
        "w[k]: 1 parameter for k = -2..2",
        "x[t]: n parameter for t = 1..T",
        "y[t]: n for t = 1..T",
        "y[t] = sum(s, max(1, t - 2), min(T, t + 2), w[s - t] * x[s]) for t = 1..T",
        "L = sum(t, 1, T, squarednorm(y[t])) + ell(y[1], y[T])",
      ],
    ],
  ])("%s", (_, lines) => agrees(system(...lines)));

  test("a bound on sizes that a fixed index brings stays with its piece", () => {
    const { gradients } = derive(
      readSystem(
        "system s\nhorizon T K\nr[i]: 1 parameter for i = 1..T + K\nL: 1\nL = r[T] .* r[T] + sum(i, 1, K, r[i] .* r[i])",
      ),
    );
    const [{ pieces = [] } = {}] = gradients.filter(g => showTerm(g.wrt) === "r[i]");
    const last = pieces.filter(piece => showTerm(piece.wrt) === "r[T]");
    expect(last.map(piece => piece.over.where.map(c => c.key)).sort()).toEqual(
      [
        ["-T + i", "K - T", "T - i"],
        ["-K + T - 1", "-T + i", "T - i"],
      ].sort(),
    );
  });

  test("a bound with another coefficient than 1 or -1 is refused with its code", () => {
    const text = system(
      "x[t, k]: 1 parameter for t = 1..T, k = 1..2*T",
      "L = sum(t, 1, T, sum(k, 1, 2*t, x[t, k] .* x[t, k]))",
    );
    expect(() => derive(readSystem(text))).toThrow(/D002/u);
  });
});

/** A soak is GRADNOTE_WILD=5000 systems, from another GRADNOTE_SEED. */
const COUNT = Number(process.env.GRADNOTE_WILD ?? 12);
const SEED = Number(process.env.GRADNOTE_SEED ?? 1);

test(`${COUNT} wild systems from seed ${SEED} agree with forward mode, or are refused with a code`, () => {
  const refused = new Map<string, number>();
  let [nonZero, pieces, members] = [0, 0, 0];
  for (let seed = SEED; seed < SEED + COUNT; seed++) {
    const { text, horizons } = wildSystem(seed);
    const read = readSystem(text);
    try {
      const derivation = derive(read);
      for (const T of [1, 2, 3]) {
        const sizes = new Map([...sizesAt(read, T)].map(([name, n]) => [name, horizons.indexOf(name) > 0 ? n + 1 : n]));
        const compared = compareWithForward(read, derivation, sizes, 3);
        nonZero += compared.nonZero;
        members += compared.members;
        pieces += compared.pieces;
      }
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw new Error(`seed ${seed}: ${(error as Error).message}\n${text}`);
      const { code } = error.diagnostic;
      refused.set(code, (refused.get(code) ?? 0) + 1);
    }
  }
  // Strides, and adjoints in too many pieces; nothing else may be refused, and most are not.
  expect([...refused.keys()].filter(code => code !== "D002" && code !== "D003")).toEqual([]);
  expect([...refused.values()].reduce((a, b) => a + b, 0)).toBeLessThan(COUNT * 0.35 + 1);
  expect(nonZero).toBeGreaterThan(COUNT * 25);
  expect(pieces).toBe(members);
}, 36_000_000);
