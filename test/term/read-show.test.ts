import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InternalError } from "../../src/base/diagnostic.ts";
import { Scope, symbol } from "../../src/expr/node.ts";
import { named } from "../../src/expr/polynomial.ts";
import { postorder } from "../../src/expr/walk.ts";
import { call } from "../../src/ops/call.ts";
import { OPS } from "../../src/ops/index.ts";
import { type Names, readTerm } from "../../src/term/read.ts";
import { showTerm, showTermIn } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";
import { MLP, RNN } from "../systems/rnn.ts";
import { terms, names as wild, scope as wildScope } from "./random.ts";

const scope = new Scope();
const [m, n] = [named("m"), named("n")];
const names: Names = {
  symbols: new Map(
    [
      symbol(scope, "A", [m, n]),
      symbol(scope, "B", [m, n]),
      symbol(scope, "S", [n, n]),
      symbol(scope, "v", [n]),
      symbol(scope, "c"),
      symbol(scope, "h", [n], 1),
      symbol(scope, "L"),
    ].map(s => [s.name, s] as const),
  ),
  functions: new Map([
    ["phi", { kind: "elementwise", result: [] }],
    ["ell", { kind: "general", result: [] }],
    ["f", { kind: "general", result: [n] }],
  ]),
};

test.each([
  "A * v",
  "c * A + B",
  "(A + B) - (A - B)",
  "A - (B - A)",
  "S * (S * v)",
  "(S * S) * v",
  "-A'",
  "(-A)'",
  "S^(T - i) * v",
  "(S')^k * v",
  "A .^ 2 ./ B",
  "1 / T",
  "divide(1, 3) * A",
  "(1/3) * A",
  "add(1, 1) * A",
  "A / c",
  "-3 * A",
  "negate(3) * A",
  "phi(h[t - 1])",
  "prime(phi, 2, S * h[t + 1])",
  "gradient(ell, 1, h[t], v)",
  "pull(f, 2, v, v, h[t])",
  "sum(t, 1, T, inner(h[t], v))",
  "sum(t, max(1, j - n + 1), min(K, j), h[t], T - 3)",
  "sum(t, 1, T, sum(i, t, T, inner(h[i], h[t])))",
  "product(j, t + 1, i, S' * diag(h[j])) * v",
  "reversedproduct(j, t + 1, i, S)",
  "partial(L, h[t + 1]) .* v",
  "identity(n) + diag(ones(n, 1))",
  "matmul(c, v')",
  // A size and a symbol may have one name: in places for integers it is the size.
  "c * ones(c, v) + ones(c, v)",
  "size(c) * A + c * A",
  "sum(v, 1, c, h[v]) + v",
])("%s reads and shows", text => {
  const node = readTerm(text, names);
  const shown = showTerm(node);
  expect(readTerm(shown, names)).toBe(node);
});

test("the names of bound indices do not matter", () => {
  expect(readTerm("sum(s, 1, T, inner(h[s], v))", names)).toBe(readTerm("sum(t, 1, T, inner(h[t], v))", names));
  expect(readTerm("sum(s, 1, T, inner(h[s], v))", names)).not.toBe(readTerm("sum(s, 1, T, inner(h[s+1], v))", names));
});

test("the seed's systems read", () => {
  expect(readSystem(RNN).equations).toHaveLength(3);
  expect(readSystem(MLP).equations).toHaveLength(6);
});

test("every op has a name of its own and arguments as its signature has", () => {
  expect(new Set(OPS.map(op => op.name)).size).toBe(OPS.length);
});

describe("random terms", () => {
  test("show and read to the same node", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(terms, node => {
        for (const part of postorder(node)) seen.add(part.kind === "call" ? part.op : part.kind);
        const shown = showTermIn(wildScope, node);
        if (readTerm(shown, wild) !== node) throw new Error(shown);
      }),
      // One seed: which ops are drawn is no matter of luck.
      { numRuns: Number(process.env.GRADNOTE_TERMS ?? 2000), seed: 20_260_000 },
    );
    expect(OPS.map(op => op.name).filter(name => !seen.has(name))).toEqual([]);
    for (const kind of ["symbol", "number", "integer", "at", "over", "partial"]) expect(seen.has(kind)).toBe(true);
  });
});

test.each(
  [
    "A +",
    "A * A",
    "A # B",
    "unknown(A)",
    "h",
    "h[t, t]",
    "h[1/2]",
    "phi(A, A)",
    "ell[t]",
    "partial(L)",
    "partial(L, 2)",
    "prime(phi, 1/2, A)",
    "prime(A, 1, A)",
    "prime(ell, 1, A)",
    "gradient(ell, 7, v)",
    "sum(t, 1, T)",
    "sum(1, 1, T, v)",
    "product(t, 1, T, v)",
    "S ^ (1/2)",
    "ones(h[t], 1)",
    "",
    "9".repeat(500),
    `${"tanh(".repeat(3000)}A${")".repeat(3000)}`,
    `${"-".repeat(3000)}A`,
  ].map(text => [text.length > 40 ? `${text.slice(0, 20)}… (${text.length} characters)` : text, text] as const),
)("%s is refused as a mistake of ours", (_, text) => {
  expect(() => readTerm(text, names)).toThrow(InternalError);
});

test("a mistake has a place", () => {
  expect(() => readTerm("A + c * unknown(A)", names)).toThrow(/at 8/u);
});

test("a sum of 10,000 terms reads and shows", () => {
  const text = Array.from({ length: 10_000 }, (_, i) => `h[${i}]`).join(" + ");
  const node = readTerm(text, names);
  expect(showTerm(node)).toBe(text);
});

test("deeper nesting is refused, not a crash", () => {
  let node = readTerm("A", names);
  for (let i = 0; i < 20_000; i++) node = call("tanh", [node]);
  expect(() => showTerm(node)).toThrow(InternalError);
});
