// Worlds that have been asked: what was computed to its end is kept, and nothing is left half done.
import { expect, test } from "vitest";
import { primeField } from "../../src/exact/field.ts";
import { programOf } from "../../src/exact/program.ts";
import { SampleWorld } from "../../src/exact/sampleworld.ts";
import type { SymbolNode } from "../../src/expr/node.ts";
import { readSystem } from "../../src/term/system.ts";

const system = readSystem(`
  system s
  x: n parameter
  u: n
  v: n
  L: 1
  u = x .* x
  v = u ./ (x - x)
  L = squarednorm(u) + squarednorm(v)
  objective L
`);
const symbolOf = (name: string): SymbolNode => system.symbols.get(name)?.node as SymbolNode;
const worldOf = () => new SampleWorld(programOf(system), primeField(1), new Map([["n", 3]]));

test("a world is idle before anything is asked of it, and after a value or a derivative was computed", () => {
  const world = worldOf();
  expect(world.isIdle).toBe(true);
  world.values.member(symbolOf("u"), []);
  expect(world.isIdle).toBe(true);
  world.total(symbolOf("u"), [], symbolOf("x"), []);
  expect(world.isIdle).toBe(true);
});

test("a world in which a value was given up is not, nor one in which a derivative was", () => {
  const [plain, varied] = [worldOf(), worldOf()];
  expect(() => plain.values.member(symbolOf("L"), [])).toThrow();
  expect(plain.isIdle).toBe(false);
  varied.total(symbolOf("u"), [], symbolOf("x"), []);
  expect(() => varied.total(symbolOf("v"), [], symbolOf("x"), [])).toThrow();
  expect(varied.values.isIdle).toBe(true);
  expect(varied.isIdle).toBe(false);
});
