import { describe, expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { EVERYWHERE } from "../../src/expr/domain.ts";
import { type SymbolNode, symbol } from "../../src/expr/node.ts";
import type { FunctionEntry, Role, SizeEntry, SymbolEntry, System } from "../../src/expr/system.ts";
import { call } from "../../src/ops/call.ts";
import { OPS } from "../../src/ops/index.ts";
import type { Op } from "../../src/ops/op.ts";
import { readSystem } from "../../src/term/system.ts";
import { differences } from "../generate/oracle.ts";
import { type Instance, instancesOf, liftedInstancesOf } from "../ops/instances.ts";

/** R = op(…), L = ⟨R, K⟩ with everything else given; differentiated by the arguments if the op can be. */
const systemOf = (op: Op, { node, G, sizes }: Instance): System => {
  const { scope } = G;
  const entry = (symbolNode: SymbolNode, role: Role): SymbolEntry => ({
    node: symbolNode,
    latex: symbolNode.name,
    role,
    indices: [],
    domain: EVERYWHERE,
    shapeFrom: "declared",
  });
  const [K, R, L] = [symbol(scope, "K", node.shape), symbol(scope, "R", node.shape), symbol(scope, "L")];
  const args = node.args.filter(arg => arg.kind === "symbol");
  const role = op.noDerivative !== undefined && args.length > 0 ? "data" : "parameter";
  const entries = [...args.map(arg => entry(arg, role)), entry(K, "data"), entry(R, "defined"), entry(L, "defined")];
  const { function: name, result, slot } = node.attributes;
  const isPull = "abstract" in op.means && op.means.abstract === "pull";
  const general: FunctionEntry = {
    name: String(name),
    latex: String(name),
    kind: "general",
    arity: args.length - Number(isPull),
    result: typeof result === "object" ? result : [],
  };
  const fn: FunctionEntry = slot === undefined && result === undefined ? { ...general, kind: "elementwise" } : general;
  const size = (key: string): readonly [string, SizeEntry] => [
    key,
    { name: key, latex: key, role: "dimension", least: sizes.get(key) === 0 ? 0 : 1 },
  ];
  return {
    name: op.name,
    scope,
    symbols: new Map(entries.map(e => [e.node.name, e])),
    functions: new Map(name === undefined ? [] : [[fn.name, fn]]),
    sizes: new Map([...sizes.keys()].map(size)),
    equations: [
      { left: R, right: node, indices: [], over: EVERYWHERE },
      { left: L, right: call("inner", [R, K]), indices: [], over: EVERYWHERE },
    ],
    objective: L,
  };
};

// prod is a notation, not a function.
const functions = OPS.filter(({ means }) => !("abstract" in means && means.abstract === "chain"));

describe.each(functions.map(op => [op.name, op] as const))("%s", (_, op) => {
  const lifted = liftedInstancesOf(op).filter((_, i) => i % 2 === 0);
  const instances = [...instancesOf(op), ...lifted];
  test("has instances", () => expect(instances.length).toBeGreaterThan(0));
  for (const instance of instances) {
    test(`has code that computes what it means, ${instance.name}`, () => {
      const system = systemOf(op, instance);
      const derivation = derive(system);
      // Even seeds: positive arguments. A matrix of them may have a negative determinant, and so no logarithm of it.
      let compared = 0;
      for (let seed = 2; compared < 2 && seed <= 32; seed += 2) {
        const found = differences(derivation, system, Object.fromEntries(instance.sizes), seed, 1e6);
        if (found === undefined) continue;
        expect(found).toEqual([]);
        compared++;
      }
      expect(compared).toBe(2);
    });
  }
});

test("an array that is the number it starts from is no integer argument", () => {
  const system = readSystem(`
    p: 1 parameter
    v: 3
    L: 1
    v = p * window(-1, -1, 0, 3, 1)
    L = squarednorm(v)`);
  expect(differences(derive(system), system, {}, 2)).toEqual([]);
});
