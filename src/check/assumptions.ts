/** What a note may have assumed without saying so. The weakest that makes an equation true is named. */
import type { Suppositions } from "../exact/world.ts";
import { boundsOf, implies, substituteDomain } from "../expr/domain.ts";
import { type Node, open, substituteIndices } from "../expr/node.ts";
import { named, soleName } from "../expr/polynomial.ts";
import { type FunctionEntry, familyOf, indexOf, type SymbolEntry, type System } from "../expr/system.ts";
import { postorder, replaceNodes } from "../expr/walk.ts";
import { withFormula } from "./formulas.ts";
import { isSquare } from "./shapes.ts";

export interface Assumption {
  /** As a document writes it: φ = id. */
  readonly latex: string;
  readonly suppose: Suppositions;
  /** The system in which it is so, where no supposition says it. */
  readonly system?: System;
  /** What an equation must not have: 0 for λ takes away whatever stands beside it, right or wrong. */
  readonly leftOut?: Node;
}

export interface AssumptionRow {
  readonly id: string;
  /** The instances of a system, in the order of its names. */
  readonly of: (system: System) => readonly Assumption[];
}

const abstract = ({ kind, definition }: FunctionEntry): boolean => kind === "elementwise" && !definition;

/** Formulas that φ is often taken to have, with what a document calls them. */
const FORMULAS: readonly (readonly [latex: string, formula: string])[] = [
  ["\\tanh", "tanh(u)"],
  ["\\mathrm{logistic}", "logistic(u)"],
];

/** The same system with the last term alone of the objective's sum over a horizon; undefined where there is none. */
const lastTermOnly = (system: System): { readonly system: System; readonly horizon: string } | undefined => {
  for (const equation of system.equations) {
    if (familyOf(equation.left) !== system.objective) continue;
    for (const node of postorder(equation.right)) {
      if (node.kind !== "over" || node.fold !== "sum" || node.height > 1) continue;
      const { domain, body } = open(node, "~last");
      const [end, ...more] = boundsOf(domain, "~last").upper;
      const horizon = end && more.length === 0 ? soleName(end) : undefined;
      if (!end || horizon === undefined || system.sizes.get(horizon)?.role !== "horizon") continue;
      const last = substituteIndices(body, new Map([["~last", end]]));
      const right = replaceNodes(equation.right, new Map<Node, Node>([[node, last]]));
      const equations = system.equations.map(each => (each === equation ? { ...equation, right } : each));
      return { system: { ...system, equations }, horizon: system.sizes.get(horizon)?.latex ?? horizon };
    }
  }
  return undefined;
};

/** Whether one equation gives every member of a family: then none of them is initial. */
const isDefinedThroughout = ({ equations }: System, { node, indices, domain }: SymbolEntry): boolean =>
  equations.some(({ left, indices: letters, over }) => {
    if (familyOf(left) !== node) return false;
    const places = indexOf(left).map(soleName);
    if (new Set(places).size < places.length || !places.every(name => letters.includes(name ?? ""))) return false;
    const by = new Map(places.map((name, i) => [name as string, named(indices[i] as string)]));
    return substituteDomain(over, by).where.every(condition => implies(domain, condition));
  });

/** From weak to strong: the first row with an instance that suffices is reported. */
export const ASSUMPTIONS: readonly AssumptionRow[] = [
  {
    id: "initial-zero",
    of: system =>
      [...system.symbols.values()]
        .filter(entry => entry.role === "defined" && !isDefinedThroughout(system, entry))
        .map(({ node, memberLatex, latex }) => ({
          latex: `${(memberLatex ?? latex).replaceAll("\u0001", "0")} = 0`,
          suppose: { zero: new Set([node.name]) },
        })),
  },
  {
    id: "zero-constant",
    of: ({ symbols }) =>
      [...symbols.values()]
        .filter(({ role, node }) => role === "constant" && node.rank === 0 && node.shape.length === 0)
        .map(({ node, latex }) => ({ latex: `${latex} = 0`, suppose: { zero: new Set([node.name]) }, leftOut: node })),
  },
  {
    id: "symmetric",
    of: ({ symbols }) =>
      [...symbols.values()]
        .filter(({ node, role }) => role !== "defined" && isSquare(node.shape))
        .map(({ node, latex }) => ({
          latex: `${latex} = ${latex}^\\top`,
          suppose: { symmetric: new Set([node.name]) },
        })),
  },
  {
    id: "named-function",
    of: system =>
      [...system.functions.values()].filter(abstract).flatMap(entry =>
        FORMULAS.map(([name, formula]) => ({
          latex: `${entry.latex} = ${name}`,
          suppose: {},
          system: withFormula(system, entry, formula),
        })),
      ),
  },
  {
    id: "loss-at-the-end",
    of: system => {
      const found = lastTermOnly(system);
      if (!found) return [];
      const loss = system.symbols.get(system.objective.name)?.latex ?? system.objective.name;
      const latex = `${loss}_t = 0 \\; (t < ${found.horizon})`;
      return [{ latex, suppose: {}, system: found.system }];
    },
  },
  {
    id: "identity-function",
    of: ({ functions }) =>
      [...functions.values()]
        .filter(abstract)
        .map(({ name, latex }) => ({ latex: `${latex} = \\mathrm{id}`, suppose: { identities: new Set([name]) } })),
  },
];
