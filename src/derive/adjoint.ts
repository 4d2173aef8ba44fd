/**
 * The backward pass as a system of its own: every ∂L/∂u[j] is a member of a family with a bar, defined by its pieces. Read
 * with the forward equations it can be differentiated once more.
 */
import { InternalError } from "../base/diagnostic.ts";
import { substituteDomain } from "../expr/domain.ts";
import { type AtNode, at, type Node, type SymbolNode } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import { type Equation, familyOf, indexOf, type SizeEntry, type SymbolEntry, type System } from "../expr/system.ts";
import { postorder, replaceNodes, transform } from "../expr/walk.ts";
import type { Derivation } from "./gradient.ts";
import { markedEntry } from "./naming.ts";

export interface AdjointSystem {
  /** The forward equations, those of abbreviations, and one for each piece of each gradient. */
  readonly system: System;
  /** By the symbol differentiated by, the family that holds ∂L/∂ of it. */
  readonly adjoints: ReadonlyMap<SymbolNode, SymbolEntry>;
  /** The equations of abbreviations alone. */
  readonly names: readonly Equation[];
  /** The equations of the adjoints alone, in the order in which they can be evaluated. */
  readonly backward: readonly Equation[];
}

/** The same member of another family. */
export const memberOf = (family: SymbolNode, like: SymbolNode | AtNode): SymbolNode | AtNode =>
  like.kind === "at" ? at(family, like.index) : family;

const withAdjoints = (term: Node, adjoints: ReadonlyMap<SymbolNode, SymbolEntry>): Node =>
  transform(term, {
    leaf: node => {
      if (node.kind !== "partial") return node;
      const entry = adjoints.get(familyOf(node.wrt));
      if (!entry || node.reading === "immediate") throw new InternalError("a gradient reads an unknown derivative");
      return memberOf(entry.node, node.wrt);
    },
  });

/** Equations that say what is named by its name, each name's own equation before the first that uses it. */
const withNames = (equations: readonly Equation[], names: readonly Equation[]): readonly Equation[] => {
  const left = [...names];
  const take = (term: Node): readonly Equation[] => {
    const used = new Set(postorder(term));
    const own = left.filter(({ right }) => used.has(right));
    for (const name of own) left.splice(left.indexOf(name), 1);
    return own;
  };
  const all = new Map<Node, Node>(names.map(({ left: name, right }) => [right, name]));
  const inside = (equation: Equation): Equation => {
    const others = new Map(all);
    others.delete(equation.right);
    return { ...equation, right: replaceNodes(equation.right, others) };
  };
  const ordered = equations.flatMap(equation => [...take(equation.right), equation]);
  return [...ordered, ...left].map(inside);
};

/** The system of a derivation's adjoints. Where pieces hold from a horizon on, that is the least one. */
export const adjointSystem = ({ system, abbreviations, gradients }: Derivation): AdjointSystem => {
  const taken = new Set<string>();
  const adjoints = new Map<SymbolNode, SymbolEntry>();
  for (const { wrt } of gradients) {
    const family = familyOf(wrt);
    const entry = system.symbols.get(family.name);
    if (!entry) throw new InternalError(`${family.name} has no entry`);
    const own = markedEntry(system, entry, { prefix: "bar", mark: "\\overline", role: "defined" }, taken);
    adjoints.set(family, { ...own, gradientBy: family });
  }
  const sizes = new Map<string, SizeEntry>(system.sizes);
  const backward = gradients.flatMap(({ wrt, indices, pieces, validFrom }) => {
    for (const [name, least] of validFrom) {
      const size = sizes.get(name);
      if (size) sizes.set(name, { ...size, least: Math.max(size.least, least) });
    }
    const { node } = adjoints.get(familyOf(wrt)) as SymbolEntry;
    return pieces.map((piece): Equation => {
      const left = memberOf(node, piece.wrt);
      const entries = indexOf(left);
      const own = indices.filter((index, i) => entries[i]?.key === index);
      // A piece for one member speaks of it, not of the general index.
      const fixed = indices.flatMap((index, i) =>
        own.includes(index) ? [] : [[index, entries[i] as Polynomial] as const],
      );
      const over = substituteDomain(piece.over, new Map(fixed));
      return { left, right: withAdjoints(piece.value, adjoints), indices: own, over };
    });
  });
  const symbols = new Map(system.symbols);
  for (const entry of adjoints.values()) symbols.set(entry.node.name, entry);
  const equations = [...withNames(system.equations, abbreviations), ...backward];
  return { system: { ...system, symbols, sizes, equations }, adjoints, names: abbreviations, backward };
};

/** A system with the gradients of its objective as families of its own, which can be differentiated once more. */
export const withGradients = (system: System, derivation: Derivation): System => {
  const { adjoints, backward, system: extended } = adjointSystem(derivation);
  const symbols = new Map(system.symbols);
  for (const entry of adjoints.values()) symbols.set(entry.node.name, entry);
  return { ...system, symbols, sizes: extended.sizes, equations: [...system.equations, ...backward] };
};

/** The system without these families. */
export const withoutGradients = (system: System): System => {
  const gradients = new Map([...system.symbols].filter(([, { gradientBy }]) => gradientBy));
  if (gradients.size === 0) return system;
  return {
    ...system,
    symbols: new Map([...system.symbols].filter(([name]) => !gradients.has(name))),
    equations: system.equations.filter(({ left }) => !gradients.has(familyOf(left).name)),
  };
};
