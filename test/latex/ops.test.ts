import { describe, expect, test } from "vitest";
import { type Attributes, integerNode, integerValue, type Node, Scope, symbol } from "../../src/expr/node.ts";
import { named } from "../../src/expr/polynomial.ts";
import { toLatex } from "../../src/latex/print.ts";
import { call, fit as fitted } from "../../src/ops/call.ts";
import { OPS } from "../../src/ops/index.ts";
import type { Op } from "../../src/ops/op.ts";
import { renderMath } from "../../src/render/math.ts";
import { readSignature } from "../../src/shape/signature.ts";
import { mixesProducts } from "./mixed.ts";

const scope = new Scope();
const [m, n] = [named("m"), named("n")];
const LEAVES: readonly Node[] = [
  symbol(scope, "A", [m, n]),
  symbol(scope, "B", [n, m]),
  symbol(scope, "S", [n, n]),
  symbol(scope, "v", [n]),
  symbol(scope, "w", [m]),
  symbol(scope, "c", []),
  integerNode(named("k")),
];

const context = {
  symbols: new Map(
    LEAVES.flatMap(leaf => (leaf.kind === "symbol" ? [[leaf.name, { latex: leaf.name, indices: [] }] as const] : [])),
  ),
  functions: new Map([
    ["phi", { latex: "\\phi" }],
    ["f", { latex: "f" }],
  ]),
};

const attributesOf = (op: Op): Attributes => {
  if (typeof op.shape === "string")
    return "each" in op.means && op.means.each === "function" ? { function: "phi", order: 1 } : {};
  return { function: "f", result: [n], slot: 1 };
};

/** Of ops with many arguments not every list is tried. */
const MOST_LISTS = 4_000_000;

/** Calls of an op on all argument lists that fit it, from a list of nodes. */
const callsOf = (op: Op, nodes: readonly Node[]): readonly Node[] => {
  const attributes = attributesOf(op);
  const count = op.args.length || 2;
  const patterns = typeof op.shape === "string" ? readSignature(op.shape).args : [];
  let lists: readonly (readonly Node[])[] = [[]];
  for (let i = 0; i < count; i++) {
    // Where a number must stand nothing else is tried: ops with many of them have too many lists otherwise.
    const fitting = patterns[i]?.kind === "integer" ? nodes.filter(node => integerValue(node)) : nodes;
    const step = Math.ceil(fitting.length / MOST_LISTS ** (1 / count));
    const candidates = fitting.filter((_, at) => at % step === 0);
    lists = lists.flatMap(list => candidates.map(node => [...list, node]));
  }
  return lists.flatMap(args => {
    const shape = fitted(op, args, attributes);
    return "kind" in shape ? [] : [call(op.name, args, attributes)];
  });
};

const SIMPLE: readonly Node[] = [...LEAVES, ...OPS.flatMap(op => callsOf(op, LEAVES))];

/** One call for each op and shape, to put inside others. */
const SAMPLES: readonly Node[] = [
  ...new Map(
    SIMPLE.map(node => [
      `${node.kind === "call" ? node.op : node.kind} ${node.shape.map(size => size.key).join()}`,
      node,
    ]),
  ).values(),
];

test("the check for mixed products sees them", () => {
  expect(mixesProducts("A v \\odot w")).toBe(true);
  expect(mixesProducts("\\|A v \\odot w\\|_{2}")).toBe(true);
  expect(mixesProducts("\\frac{a}{b} v \\odot w + c")).toBe(true);
  expect(mixesProducts("c (v \\odot w) + A v")).toBe(false);
  expect(mixesProducts("\\|v \\odot w - A v\\|_{2}^{2}")).toBe(false);
  expect(mixesProducts("B (A v \\odot w)")).toBe(true);
  expect(mixesProducts("(A v) \\odot w")).toBe(false);
  expect(mixesProducts("\\phi'(A v) \\odot w^\\top")).toBe(false);
});

describe.each(OPS.map(op => [op.name, op] as const))("%s", (_, op) => {
  const calls = [...callsOf(op, LEAVES), ...callsOf(op, SAMPLES).filter((__, i) => i % 7 === 0)].slice(0, 400);

  test("is set by KaTeX without a warning, alone and around every other op", () => {
    expect(calls.length).toBeGreaterThan(0);
    const faulty = calls.map(node => toLatex(node, context)).filter(latex => !renderMath(latex, false, "mathml").ok);
    expect(faulty).toEqual([]);
  });

  test("never stands beside another product without brackets", () => {
    expect(calls.map(node => toLatex(node, context)).filter(mixesProducts)).toEqual([]);
  });
});
