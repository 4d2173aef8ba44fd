/** Names mean nothing: a derivation of a renamed system is the renamed derivation. And no derivation hears of another. */
import { describe, expect, test } from "vitest";
import type { Derivation } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { type AtNode, at, type Node, partial, Scope, type SymbolNode, symbol } from "../../src/expr/node.ts";
import type { System } from "../../src/expr/system.ts";
import { transform } from "../../src/expr/walk.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";
import { CORPUS } from "../systems/corpus.ts";

/** A term in another scope, its symbols renamed. */
const moved = (root: Node, scope: Scope, rename: (name: string) => string): Node => {
  const own = (s: SymbolNode): SymbolNode => symbol(scope, rename(s.name), s.shape, s.rank);
  const member = (node: SymbolNode | AtNode): SymbolNode | AtNode =>
    node.kind === "at" ? at(own(node.of), node.index) : own(node);
  return transform(root, {
    leaf: node =>
      node.kind === "symbol" || node.kind === "at"
        ? member(node)
        : node.kind === "partial"
          ? partial(member(node.of), member(node.wrt), node.reading)
          : node,
  });
};

const renamed = (system: System, rename: (name: string) => string): System => {
  const scope = new Scope();
  const entries = [...system.symbols.values()].map(entry => {
    const node = symbol(scope, rename(entry.node.name), entry.node.shape, entry.node.rank);
    return [node.name, { ...entry, node }] as const;
  });
  const term = (node: Node): Node => moved(node, scope, rename);
  return {
    ...system,
    scope,
    symbols: new Map(entries),
    equations: system.equations.map(e => ({ ...e, left: term(e.left) as SymbolNode | AtNode, right: term(e.right) })),
    objective: term(system.objective) as SymbolNode,
  };
};

/** All visible terms of a derivation, in order. */
const termsOf = ({ abbreviations, gradients }: Derivation): readonly Node[] => [
  ...abbreviations.flatMap(e => [e.left, e.right]),
  ...gradients.flatMap(g => [
    g.wrt,
    ...g.pieces.flatMap(piece => [piece.wrt, piece.value, ...piece.steps.flatMap(step => [step.before, step.after])]),
    ...g.contributions.flatMap(c => [c.reader, c.value, c.pulled, ...(c.chain ? [c.chain] : [])]),
  ]),
];
const rangesOf = ({ gradients }: Derivation): readonly string[] =>
  gradients.flatMap(g => [
    [...g.validFrom].join(),
    ...g.pieces.map(piece => `${piece.part} ${piece.over.where.map(c => c.key)}`),
  ]);

const RESERVED = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "e",
  "i",
  "T",
  "prototype",
  "then",
  "length",
  "name",
  "#0",
  "~0",
];

describe.each(Object.entries(CORPUS))("%s", (_, text) => {
  test("is derived alike under other names", () => {
    const system = readSystem(text);
    const names = [...system.symbols.keys()];
    // The letters of abbreviations depend on the heads of names that are taken; they are kept out of the renaming.
    const there = new Map(names.map((name, i) => [name, RESERVED[i] ?? `constructor_${i}`]));
    const first = derive(system);
    const second = derive(renamed(system, name => there.get(name) ?? name));
    const chosen = first.abbreviations.map(e => (e.left.kind === "at" ? e.left.of : e.left).name);
    const others = second.abbreviations.map(e => (e.left.kind === "at" ? e.left.of : e.left).name);
    expect(others).toHaveLength(chosen.length);
    const back = new Map([
      ...[...there].map(([from, to]) => [to, from] as const),
      ...others.map((name, i) => [name, chosen[i] as string] as const),
    ]);
    const returned = termsOf(second).map(node => moved(node, system.scope, name => back.get(name) ?? name));
    const expected = termsOf(first);
    expect(returned).toHaveLength(expected.length);
    for (const [i, node] of expected.entries()) expect(returned[i] === node).toBe(true);
    expect(rangesOf(second)).toEqual(rangesOf(first));
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

test("derivations in either order show the same", () => {
  const show = (name: string): string => {
    const derivation = derive(readSystem(CORPUS[name] as string));
    return [...termsOf(derivation).map(showTerm), ...rangesOf(derivation)].join("\n");
  };
  const pairs = Object.keys(CORPUS);
  const forwards = pairs.map(show);
  const backwards = [...pairs].reverse().map(show).reverse();
  expect(backwards).toEqual(forwards);
});
