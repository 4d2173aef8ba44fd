import { describe, expect, test } from "vitest";
import { InternalError } from "../../src/base/diagnostic.ts";
import { equalTerms } from "../../src/exact/equal.ts";
import { realNumbers } from "../../src/exact/real.ts";
import { type CallNode, type Node, number, Scope, type SymbolNode, sameShape, symbol } from "../../src/expr/node.ts";
import { named } from "../../src/expr/polynomial.ts";
import { call } from "../../src/ops/call.ts";
import { OPS } from "../../src/ops/index.ts";
import type { Op } from "../../src/ops/op.ts";
import { readSignature } from "../../src/shape/signature.ts";
import { expandDefinition, expandForCode, pullbackOf } from "../../src/term/faces.ts";
import { evaluate, holds, pulledForward } from "./forward.ts";
import { type Instance, instancesOf } from "./instances.ts";

const argumentOf = ({ node }: Instance, slot: number): SymbolNode => node.args[slot] as SymbolNode;

const pulledOf = (op: Op, { node, G }: Instance, slot: number): Node | undefined =>
  pullbackOf(op, node.args, node.attributes, slot, G, node);

/** The same pullback with one thing wrong: a factor, a sign, a term too many, a transpose. */
const spoil = (pulled: Node): readonly Node[] => {
  const twins: Node[] = [call("scale", [number(2), pulled]), call("negate", [pulled])];
  const turned = call("transpose", [pulled]);
  if (pulled.shape.length === 2 && sameShape(turned.shape, pulled.shape) && !equalTerms(pulled, turned).equal)
    twins.push(turned);
  return twins;
};

describe.each(OPS.map(op => [op.name, op] as const))("%s", (_, op) => {
  const signature = typeof op.shape === "string" ? readSignature(op.shape) : undefined;

  test("has an argument name for every place of its signature, and no pullback to anything else", () => {
    if (signature) expect(op.args).toHaveLength(signature.args.length);
    else expect(op.args).toEqual([]);
    const arrays = signature ? op.args.filter((_, i) => signature.args[i]?.kind === "tensor") : ["*"];
    expect(arrays).toEqual(expect.arrayContaining(Object.keys(op.pullback ?? {})));
    expect(op.args.some(name => name === "G" || name === "Y")).toBe(false);
  });

  test("has a derivative by every array argument, or says why not", () => {
    const arrays = signature ? op.args.filter((_, i) => signature.args[i]?.kind === "tensor") : ["*"];
    const given = arrays.every(name => op.pullback?.[name] !== undefined);
    // What is built for one slot may be missing for another.
    const builds = typeof op.pullback?.["*"] === "function" && op.noDerivative !== undefined;
    expect(given || "define" in op.means).toBe(op.noDerivative === undefined || builds);
  });

  test("has the letters of its einsum on the axes of its signature", () => {
    if (!("einsum" in op.means) || !signature) return;
    const [left = "", result = ""] = op.means.einsum.split("->");
    const arrays = signature.args.filter(pattern => pattern.kind === "tensor");
    const letters = left === "" && arrays.length === 0 ? [] : left.split(",");
    expect(letters.map(axes => axes.length)).toEqual(arrays.map(pattern => pattern.axes));
    expect(result).toHaveLength(signature.result.axes);
  });

  for (const instance of instancesOf(op)) {
    for (const slot of instance.slots) {
      const pulled = pulledOf(op, instance, slot);
      if (!pulled) continue;
      const arg = argumentOf(instance, slot);
      test(`∂/∂${arg.name} agrees with forward mode, ${instance.name}`, () => {
        expect(sameShape(pulled.shape, arg.shape)).toBe(true);
        expect(holds(instance.node, instance.G, arg, pulled, instance.sizes)).toBe(true);
      });
    }
  }

  test("a spoiled pullback is noticed", () => {
    for (const instance of instancesOf(op)) {
      for (const slot of instance.slots) {
        const pulled = pulledOf(op, instance, slot);
        if (!pulled) continue;
        const arg = argumentOf(instance, slot);
        const isZero = holds(instance.node, instance.G, arg, call("scale", [number(0), pulled]), instance.sizes, 1);
        const twins = isZero ? [call("add", [pulled, arg])] : spoil(pulled);
        for (const twin of twins) expect(holds(instance.node, instance.G, arg, twin, instance.sizes, 1)).toBe(false);
      }
    }
  });
});

describe("what code computes instead of the definition", () => {
  const coded = OPS.filter(op => op.code !== undefined);
  test("there are some", () => expect(coded.length).toBeGreaterThan(2));
  test.each(coded.map(op => [op.name, op] as const))(
    "%s has the same value, and is finite where the other is not",
    (_, op) => {
      const scope = new Scope();
      const Z = symbol(scope, "Z", [named("n")]);
      const [means, code] = [expandDefinition(op, [Z], {}), expandForCode(op, [Z], {})] as [Node, Node];
      const at = (term: Node, entries: readonly number[]): readonly number[] =>
        evaluate(realNumbers(1), term, new Map([["n", 4]]), () => ({ rows: 4, columns: 1, entries })).entries;
      const small = [0.3, -2, 1.5, 0];
      expect(at(code, small)).toEqual(at(means, small).map(x => expect.closeTo(x, 12)));
      expect(at(code, [1000, -1000, 800, 0]).every(Number.isFinite)).toBe(true);
      expect(at(means, [1000, -1000, 800, 0]).every(Number.isFinite)).toBe(false);
    },
  );
});

test("the walk covers every op that has a pullback", () => {
  const covered = OPS.filter(op =>
    instancesOf(op).some(instance => instance.slots.some(slot => pulledOf(op, instance, slot))),
  );
  expect(covered).toEqual(OPS.filter(op => Object.keys(op.pullback ?? {}).length > 0));
});

describe("at a kink the table's convention is returned, never an accident", () => {
  const scope = new Scope();
  const Z = symbol(scope, "Z", [named("n")]);
  const sizes = new Map([["n", 4]]);
  /** Arrays for the arguments of an op, and 1/2 for those that must be scalars. */
  const others = (op: Op): readonly SymbolNode[] => op.args.slice(1).map(name => symbol(scope, `${op.name}.${name}`));
  const arraysOf = (op: Op): number =>
    typeof op.shape === "string"
      ? readSignature(op.shape).args.filter(pattern => pattern.kind === "tensor" && pattern.axes > 0).length
      : 0;
  const isZeroThere = (op: Op): boolean => op.kinks?.returns === "0";
  const kinked = OPS.filter(op => op.kinks !== undefined && op.sample === undefined && arraysOf(op) === 1);
  const kinkedInTwo = OPS.filter(op => op.kinks !== undefined && op.sample === undefined && arraysOf(op) === 2);
  const gradientAt = (op: Op, at: readonly number[]): readonly number[] => {
    const node: CallNode = call(op.name, [Z, ...others(op)]);
    const pulled = pullbackOf(op, node.args, node.attributes, 0, symbol(scope, `G.${op.name}`, node.shape), node);
    if (!pulled) throw new InternalError(`${op.name} has no pullback`);
    const values = (of: SymbolNode) =>
      of === Z
        ? { rows: 4, columns: 1, entries: at }
        : node.args.includes(of)
          ? { rows: 1, columns: 1, entries: [0.5] }
          : { rows: node.shape.length ? 4 : 1, columns: 1, entries: node.shape.length ? [1, 1, 1, 1] : [1] };
    return evaluate(realNumbers(1), pulled, sizes, values).entries;
  };
  test("there are some", () => expect(kinked.length).toBeGreaterThan(1));
  test.each(kinked.filter(isZeroThere).map(op => [op.name, op] as const))("%s at 0 and -0", (_, op) => {
    expect(gradientAt(op, [0, -0, 0, -0]).map(x => x + 0)).toEqual([0, 0, 0, 0]);
  });
  test.each(kinked.map(op => [op.name, op] as const))("%s just above and just below", (_, op) => {
    const node = call(op.name, [Z, ...others(op)]);
    const at = [1e-9, -1e-9, 1, -1];
    const values = (of: SymbolNode) =>
      of === Z
        ? { rows: 4, columns: 1, entries: at }
        : node.args.includes(of)
          ? { rows: 1, columns: 1, entries: [0.5] }
          : { rows: node.shape.length ? 4 : 1, columns: 1, entries: node.shape.length ? [1, 1, 1, 1] : [1] };
    const expected = pulledForward(
      realNumbers(1),
      node,
      symbol(scope, `G.${op.name}`, node.shape),
      Z,
      sizes,
      values,
    ).entries;
    expect(gradientAt(op, at)).toEqual(expected.map(x => expect.closeTo(x, 9)));
  });
  test.each(kinkedInTwo.map(op => [op.name, op] as const))("%s at equal arguments", (_, op) => {
    const other = symbol(scope, "B", [named("n")]);
    const node = call(op.name, [Z, other]);
    const G = symbol(scope, `G.${op.name}`, node.shape);
    const at = { rows: 4, columns: 1, entries: [1, -1, 0, -0] };
    const ones = { rows: node.shape.length ? 4 : 1, columns: 1, entries: node.shape.length ? [1, 1, 1, 1] : [1] };
    const values = (of: SymbolNode) => (of === G ? ones : at);
    for (const [slot, arg] of [Z, other].entries()) {
      const pulled = pullbackOf(op, node.args, node.attributes, slot, G, node);
      const found = pulled && evaluate(realNumbers(1), pulled, sizes, values).entries;
      expect(found?.map(x => x + 0)).toEqual(
        pulledForward(realNumbers(1), node, G, arg, sizes, values).entries.map(x => x + 0),
      );
    }
  });
});
