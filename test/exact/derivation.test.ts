import { describe, expect, test } from "vitest";
import type { Derivation, Gradient, Piece } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import type { Node } from "../../src/expr/node.ts";
import { familyOf } from "../../src/expr/system.ts";
import { readTerm } from "../../src/term/read.ts";
import { readSystem } from "../../src/term/system.ts";
import { MLP, RNN } from "../systems/rnn.ts";

const rnn = derive(readSystem(RNN));

const term = (derivation: Derivation, text: string): Node =>
  readTerm(text, {
    symbols: new Map([...derivation.system.symbols].map(([name, { node }]) => [name, node])),
    functions: derivation.system.functions,
  });

/** The derivation with one piece changed: of a family, the first that holds the given part. */
const withPiece = (derivation: Derivation, family: string, part: Piece["part"], value: string): Derivation => {
  const change = (gradient: Gradient): Gradient => {
    if (familyOf(gradient.wrt).name !== family) return gradient;
    const at = gradient.pieces.findIndex(piece => piece.part === part);
    expect(at).toBeGreaterThanOrEqual(0);
    return {
      ...gradient,
      pieces: gradient.pieces.map((piece, i) =>
        i === at ? { ...piece, value: term(derivation, value), steps: [] } : piece,
      ),
    };
  };
  return { ...derivation, gradients: derivation.gradients.map(change) };
};

/** The first contribution of a family replaced as well. */
const alone =
  (family: string, value: string) =>
  (gradient: Gradient): Gradient =>
    familyOf(gradient.wrt).name === family
      ? {
          ...gradient,
          contributions: gradient.contributions.map((c, i) =>
            i === 0 ? { ...c, value: term(rnn, value), steps: [] } : c,
          ),
        }
      : gradient;

describe("what is derived agrees", () => {
  test("of the recurrent net, at T = 1 … 5", () => {
    const outcome = checkDerivation(rnn);
    expect(outcome).toMatchObject({ verdict: "agrees", certificate: { horizons: [1, 2, 3, 4, 5], samples: 30 } });
    expect(outcome.verdict === "agrees" && outcome.certificate.bound).toBeLessThan(1e-11);
  });
  test("of the perceptron, without a horizon", () => {
    expect(checkDerivation(derive(readSystem(MLP)))).toMatchObject({
      verdict: "agrees",
      certificate: { horizons: [], samples: 6 },
    });
  });
});

describe("one wrong piece is found, and blamed", () => {
  const FAULTS: readonly [family: string, part: Piece["part"], value: string][] = [
    ["h", "interior", "W_hh' * partial(L, h[t + 1]) + W_yh' * partial(L, o[t])"],
    ["h", "interior", "(W_hh' * partial(L, h[t + 1])) .* prime(phi, 1, z[t + 1]) + W_yh' * partial(L, o[t])"],
    ["h", "interior", "W_hh' * (partial(L, h[t + 1]) .* prime(phi, 1, z[t])) + W_yh' * partial(L, o[t])"],
    ["h", "interior", "W_hh * (partial(L, h[t + 1]) .* prime(phi, 1, z[t + 1])) + W_yh' * partial(L, o[t])"],
    ["h", "interior", "W_hh' * (partial(L, h[t + 1]) .* prime(phi, 1, z[t + 1])) - W_yh' * partial(L, o[t])"],
    ["h", "interior", "W_hh' * (partial(L, h[t + 1]) .* prime(phi, 1, z[t + 1]))"],
    ["h", "interior", "W_hh' * (partial(L, h[t + 1]) .* prime(phi, 2, z[t + 1])) + W_yh' * partial(L, o[t])"],
    ["h", "boundary", "W_yh' * partial(L, o[t - 1])"],
    ["h", "boundary", "2 * W_yh' * partial(L, o[t])"],
    ["h", "initial", "W_hh' * (partial(L, h[1]) .* prime(phi, 1, z[1])) + W_yh' * partial(L, o[1])"],
    ["o", "all", "gradient(ell, 1, o[t], y[t])"],
    ["o", "all", "1 / T * gradient(ell, 2, o[t], y[t])"],
    ["o", "all", "1 / T * gradient(ell, 1, y[t], o[t])"],
    ["W_hh", "all", "sum(t, 2, T, partial(L, h[t]) .* prime(phi, 1, z[t]) * h[t - 1]')"],
    ["W_hh", "all", "sum(t, 1, T, partial(L, h[t]) .* prime(phi, 1, z[t]) * h[t]')"],
    ["W_hh", "all", "sum(t, 1, T, h[t - 1] * (partial(L, h[t]) .* prime(phi, 1, z[t]))')"],
    ["W_hh", "all", "sum(t, 1, T, partial(L, h[t]) * h[t - 1]')"],
    ["W_yh", "all", "sum(t, 1, T, partial(L, o[t]) * h[T]')"],
    ["W_hx", "all", "sum(t, 1, T, partial(L, h[t]) .* prime(phi, 1, z[t]) * x[1]')"],
  ];
  test.each(FAULTS)("∂L/∂%s, %s: %s", (family, part, value) => {
    const outcome = checkDerivation(withPiece(rnn, family, part, value));
    expect(outcome.verdict).toBe("disagrees");
    if (outcome.verdict !== "disagrees") return;
    expect(outcome.faults.map(fault => [fault.subject, fault.wrt.name])).toEqual([["piece", family]]);
    expect(outcome.faults[0]?.contributions).toEqual([]);
  });

  test("a wrong contribution is named too", () => {
    const spoil = (gradient: Gradient): Gradient =>
      familyOf(gradient.wrt).name === "h"
        ? {
            ...gradient,
            contributions: gradient.contributions.map((c, i) =>
              i === 1 ? { ...c, value: term(rnn, "2 * W_yh' * partial(L, o[t])"), steps: [] } : c,
            ),
          }
        : gradient;
    const outcome = checkDerivation({ ...rnn, gradients: rnn.gradients.map(spoil) });
    expect(outcome).toMatchObject({ verdict: "disagrees", faults: [{ subject: "contributions", contributions: [1] }] });
  });

  test("a gradient that is left out is missed", () => {
    const outcome = checkDerivation({
      ...rnn,
      gradients: rnn.gradients.filter(gradient => familyOf(gradient.wrt).name !== "W_hh"),
    });
    expect(outcome).toMatchObject({ verdict: "disagrees", faults: [{ subject: "missing" }] });
  });

  test("but not one that was not asked for", () => {
    const only = derive(readSystem(RNN), { wrt: ["W_hx"] });
    expect(checkDerivation(only, { wrt: ["W_hx"] }).verdict).toBe("agrees");
    expect(checkDerivation(only).verdict).toBe("disagrees");
  });

  test("a member that no piece covers is missed", () => {
    const drop = (gradient: Gradient): Gradient =>
      familyOf(gradient.wrt).name === "h" ? { ...gradient, pieces: gradient.pieces.slice(1) } : gradient;
    expect(checkDerivation({ ...rnn, gradients: rnn.gradients.map(drop) })).toMatchObject({
      verdict: "disagrees",
      faults: [{ subject: "cover" }],
    });
  });

  test("a wrong chain-rule line is found", () => {
    const spoil = (gradient: Gradient): Gradient => ({
      ...gradient,
      contributions: gradient.contributions.map(c =>
        familyOf(gradient.wrt).name === "h" && c.chain
          ? { ...c, chain: term(rnn, "prod(partial(L, o[t]), immediate(o[t], h[t]))") }
          : c,
      ),
    });
    expect(checkDerivation({ ...rnn, gradients: rnn.gradients.map(spoil) })).toMatchObject({
      verdict: "disagrees",
      faults: [{ subject: "chain", which: 0 }],
    });
  });

  test("a wrong step is found", () => {
    const spoil = (gradient: Gradient): Gradient => ({
      ...gradient,
      pieces: gradient.pieces.map(piece => ({
        ...piece,
        steps: [{ rule: "made-up", before: piece.value, after: term(rnn, "2 * W_hh") }],
      })),
    });
    const only = {
      ...rnn,
      gradients: rnn.gradients.map(gradient => (familyOf(gradient.wrt).name === "W_hh" ? spoil(gradient) : gradient)),
    };
    expect(checkDerivation(only)).toMatchObject({
      verdict: "disagrees",
      faults: [{ subject: "step", rule: "made-up" }],
    });
  });
});

describe("samples that are known to be weak stay weak", () => {
  const agrees = (derivation: Derivation, options: Parameters<typeof checkDerivation>[1]): boolean =>
    checkDerivation(derivation, { lines: "none", ...options }).verdict === "agrees";
  /** Wrong pieces, with the contributions of the same family left out, so that only the piece speaks. */
  const wrong = (family: string, part: Piece["part"], value: string): Derivation => withPiece(rnn, family, part, value);

  test("T = 1 alone does not see the recursion", () => {
    const derivation = wrong("h", "interior", "W_hh * partial(L, h[t + 1])");
    expect(agrees(derivation, { longest: 1 })).toBe(true);
    expect(agrees(derivation, { longest: 2 })).toBe(false);
  });
  test("scalar sizes do not see a transpose", () => {
    const derivation = wrong(
      "h",
      "interior",
      "W_hh * (partial(L, h[t + 1]) .* prime(phi, 1, z[t + 1])) + W_yh' * partial(L, o[t])",
    );
    const settled = {
      ...derivation,
      gradients: derivation.gradients.map(alone("h", "W_hh * (partial(L, h[t + 1]) .* prime(phi, 1, z[t + 1]))")),
    };
    expect(agrees(settled, { dimension: 1 })).toBe(true);
    expect(agrees(settled, {})).toBe(false);
  });
  test("the identity for φ does not see φ′", () => {
    const derivation = wrong("h", "interior", "W_hh' * partial(L, h[t + 1]) + W_yh' * partial(L, o[t])");
    const settled = { ...derivation, gradients: derivation.gradients.map(alone("h", "W_hh' * partial(L, h[t + 1])")) };
    expect(agrees(settled, { suppose: { identities: new Set(["phi"]) } })).toBe(true);
    expect(agrees(settled, {})).toBe(false);
  });
  test("a symmetric W does not see its transpose", () => {
    const derivation = wrong(
      "h",
      "interior",
      "W_hh * (partial(L, h[t + 1]) .* prime(phi, 1, z[t + 1])) + W_yh' * partial(L, o[t])",
    );
    const settled = {
      ...derivation,
      gradients: derivation.gradients.map(alone("h", "W_hh * (partial(L, h[t + 1]) .* prime(phi, 1, z[t + 1]))")),
    };
    expect(agrees(settled, { suppose: { symmetric: new Set(["W_hh"]) } })).toBe(true);
    expect(agrees(settled, {})).toBe(false);
  });
  test("h_0 = 0 does not see the first term of ∂L/∂W_hh", () => {
    const derivation = wrong("W_hh", "all", "sum(t, 2, T, partial(L, h[t]) .* prime(phi, 1, z[t]) * h[t - 1]')");
    expect(agrees(derivation, { suppose: { zero: new Set(["h"]) } })).toBe(true);
    expect(agrees(derivation, {})).toBe(false);
  });
});

test("a formula that reads a parameter is refused, not given a gradient of 0", () => {
  const system = readSystem(`
    system hidden
    beta: 1 parameter
    W: n n parameter
    x: n data
    function swish(u) = u / (1 + exp(-beta * u))
    a: n
    L: 1
    a = swish(W * x)
    L = squarednorm(a)
    objective L
  `);
  expect(() => derive(system)).toThrow("D001");
  const constant = {
    ...system,
    symbols: new Map(
      [...system.symbols].map(([name, entry]) => [
        name,
        name === "beta" ? { ...entry, role: "constant" as const } : entry,
      ]),
    ),
  };
  expect(checkDerivation(derive(constant)).verdict).toBe("agrees");
});

test("the paths of a piece must add up to it, and their lines hold at its own members", () => {
  const spoil = (change: (piece: Piece) => Piece): Derivation => ({
    ...rnn,
    gradients: rnn.gradients.map(gradient =>
      familyOf(gradient.wrt).name === "h" ? { ...gradient, pieces: gradient.pieces.map(change) } : gradient,
    ),
  });
  const fewer = spoil(piece =>
    piece.part === "interior" ? { ...piece, contributions: piece.contributions.slice(1) } : piece,
  );
  expect(checkDerivation(fewer)).toMatchObject({ verdict: "disagrees", faults: [{ subject: "contributions" }] });
  const elsewhere = spoil(piece =>
    piece.part === "boundary"
      ? {
          ...piece,
          contributions: piece.contributions.map(c => ({
            ...c,
            chain: term(rnn, "prod(partial(L, o[1]), immediate(o[T], h[T]))"),
          })),
        }
      : piece,
  );
  expect(checkDerivation(elsewhere)).toMatchObject({ verdict: "disagrees", faults: [{ subject: "chain" }] });
});
