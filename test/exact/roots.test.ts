import { describe, expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { readSystem } from "../../src/term/system.ts";

/** Every state is divided by its norm and then cut off: a sign of a root at each step. */
const CUT_OFF_NORMS = `
  system cut-off norms
  horizon T
  W: n n parameter
  x[t]: n data for t = 1..T
  z[t]: n for t = 1..T
  h[t]: n for t = 0..T
  L: 1
  z[t] = W * h[t-1] + x[t] for t = 1..T
  h[t] = relu(z[t] / norm(z[t]) + x[t]) for t = 1..T
  L = sum(t, 1, T, squarednorm(h[t]))
  objective L
`;

describe("roots and signs together", () => {
  const derivation = derive(readSystem(CUT_OFF_NORMS));
  test("agree although hardly a draw has all of them", () => {
    expect(checkDerivation(derivation).verdict).toBe("agrees");
  });
  test("are never called wrong where they have made-up values", () => {
    const halved = derivation.gradients.map(gradient => ({
      ...gradient,
      pieces: gradient.pieces.slice(0, 1),
      contributions: gradient.contributions.slice(0, 1),
    }));
    expect(checkDerivation({ ...derivation, gradients: halved }, { shortest: 5 }).verdict).not.toBe("agrees");
  });
});

test("a system that depends on itself is no derivation to be checked, and no endless loop", () => {
  const system = readSystem(
    "system s\n x: n data\n a: n\n b: n\n L: 1\n a = b + x\n b = a\n L = squarednorm(a)\n objective L",
  );
  expect(checkDerivation({ system, abbreviations: [], gradients: [] })).toMatchObject({
    verdict: "disagrees",
    faults: [{ subject: "missing" }],
  });
});

test("100,000 time steps are no recursion", async () => {
  const { programOf } = await import("../../src/exact/program.ts");
  const { primeField } = await import("../../src/exact/field.ts");
  const { SystemWorld } = await import("../../src/exact/world.ts");
  const system = readSystem(
    "system s\n horizon T\n w: 1 parameter\n h[t]: 1 for t = 0..T\n L: 1\n h[t] = w * h[t-1] for t = 1..T\n L = h[T]\n objective L",
  );
  const world = new SystemWorld({
    program: programOf(system),
    arithmetic: primeField(1),
    sizes: new Map([["T", 100_000]]),
  });
  expect(world.member(system.objective, []).entries).toHaveLength(1);
});
