/**
 * The tangent of a system: for every family that varies with the directions, the family of its differentials, defined by
 * the tangents of its equations. Applied to a backward pass it gives Hessian-vector products, recurrences included.
 *
 * Source: Pearlmutter, Fast exact multiplication by the Hessian, 1994.
 */
import { DiagnosticError } from "../base/diagnostic.ts";
import type { AtNode, SymbolNode } from "../expr/node.ts";
import { type Equation, familyOf, type SymbolEntry, type System } from "../expr/system.ts";
import { readsIn } from "../expr/walk.ts";
import { memberOf } from "./adjoint.ts";
import { markedEntry } from "./naming.ts";
import { tangentOf } from "./tangent.ts";
import { zeroOf } from "./terms.ts";

export interface VariedSystem {
  /** The given equations with those of the tangents. */
  readonly system: System;
  /** By symbol, the family of its tangents; directions are data, the others are defined. */
  readonly tangents: ReadonlyMap<SymbolNode, SymbolEntry>;
  /** By equation of the given system, that of its tangent. */
  readonly equations: ReadonlyMap<Equation, Equation>;
}

/** Families that read, directly or not, something that varies. */
const varying = (system: System, directions: ReadonlySet<SymbolNode>): ReadonlySet<SymbolNode> => {
  const readers = new Map<SymbolNode, Set<SymbolNode>>();
  for (const { left, right } of system.equations) {
    for (const read of readsIn(right)) {
      const source = familyOf(read as SymbolNode | AtNode);
      const known = readers.get(source) ?? new Set<SymbolNode>();
      readers.set(source, known.add(familyOf(left)));
    }
  }
  const reached = new Set(directions);
  const waiting = [...directions];
  for (let source = waiting.pop(); source; source = waiting.pop()) {
    for (const reader of readers.get(source) ?? []) {
      if (reached.has(reader)) continue;
      reached.add(reader);
      waiting.push(reader);
    }
  }
  return reached;
};

/** The tangent of a system in the direction of all the given symbols at once. Fails (DiagnosticError) with D001. */
export const variedSystem = (system: System, directions: readonly SymbolNode[]): VariedSystem => {
  const given = new Set(directions);
  const taken = new Set<string>();
  const tangents = new Map<SymbolNode, SymbolEntry>();
  for (const family of varying(system, given)) {
    const entry = system.symbols.get(family.name);
    if (!entry) {
      throw new DiagnosticError({
        code: "D005",
        severity: "error",
        message: `${family.name} is no symbol of ${system.name}`,
        spans: [],
      });
    }
    const role = given.has(family) ? "data" : "defined";
    tangents.set(family, markedEntry(system, entry, { prefix: "dot", mark: "\\dot", role }, taken));
  }
  let count = 0;
  const fresh = (): string => `$v${count++}`;
  const equations = new Map<Equation, Equation>();
  for (const equation of system.equations) {
    const family = familyOf(equation.left);
    const own = tangents.get(family);
    if (!own || given.has(family)) continue;
    const right = tangentOf(equation.right, {
      tangent: read => {
        const found = tangents.get(familyOf(read));
        return found && memberOf(found.node, read);
      },
      result: node => (node === equation.right ? equation.left : node),
      fresh,
      ...(equation.span ? { span: equation.span } : {}),
    });
    const { span: _, label: __, ...rest } = equation;
    equations.set(equation, {
      ...rest,
      left: memberOf(own.node, equation.left),
      right: right ?? zeroOf(equation.left.shape),
    });
  }
  const symbols = new Map(system.symbols);
  for (const entry of tangents.values()) symbols.set(entry.node.name, entry);
  return {
    system: { ...system, symbols, equations: [...system.equations, ...equations.values()] },
    tangents,
    equations,
  };
};
