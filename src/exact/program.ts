/** A system made ready for evaluation: every equation compiled, every index domain turned into rows of integers. */
import { domain, equalityOf, intersect } from "../expr/domain.ts";
import type { Node, SymbolNode } from "../expr/node.ts";
import { named, soleName } from "../expr/polynomial.ts";
import { type Equation, familyOf, indexOf, type SymbolEntry, type System } from "../expr/system.ts";
import { planOf } from "./compile.ts";
import type { Functions, Plan } from "./plan.ts";
import { polynomialAt, type Region, regionOf, type Sizes } from "./region.ts";

/** A term that gives the members of a family on a part of its index domain. */
export interface Routine {
  readonly plan: Plan;
  readonly region: Region;
  /** For each free name of the plan, its position among the indices; -1 for sizes. */
  readonly positions: readonly number[];
}

export interface Family {
  readonly symbol: SymbolNode;
  readonly entry: SymbolEntry;
  readonly region: Region;
  readonly routines: readonly Routine[];
}

export interface Program {
  readonly system: System;
  readonly functions: Functions;
  readonly families: ReadonlyMap<SymbolNode, Family>;
}

/** Of all its equations. */
export const plansOf = ({ families }: Program): readonly Plan[] =>
  [...families.values()].flatMap(({ routines }) => routines.map(({ plan }) => plan));

export const routineOf = (term: Node, region: Region, functions: Functions): Routine => {
  const plan = planOf(term, functions);
  return { plan, region, positions: plan.names.map(({ name }) => region.indices.indexOf(name)) };
};

/** The values of a routine's free names at a point. */
export const environmentAt = ({ plan, positions }: Routine, index: readonly number[], sizes: Sizes): number[] => {
  const environment = new Array<number>(plan.places).fill(0);
  for (let i = 0; i < positions.length; i++) {
    const { name, place } = plan.names[i] as Plan["names"][number];
    const position = positions[i] as number;
    environment[place] = position >= 0 ? (index[position] as number) : polynomialAt(named(name), sizes);
  }
  return environment;
};

/** The left side's own indices name the points; an index that the left side fixes (h[0] = …) becomes a condition. */
const equationRoutine = (equation: Equation, functions: Functions): Routine => {
  const fixed = indexOf(equation.left).map((entry, i) => {
    const name = soleName(entry);
    return name !== undefined && equation.indices.includes(name) ? { name } : { name: `fixed.${i}`, entry };
  });
  const conditions = fixed.flatMap(({ name, entry }) => (entry ? equalityOf(named(name), entry) : []));
  const where = intersect(equation.over, domain(conditions));
  return routineOf(
    equation.right,
    regionOf(
      where,
      fixed.map(({ name }) => name),
    ),
    functions,
  );
};

/** Compiles a system; `more` are equations beside its own, such as those of abbreviations. */
export const programOf = (system: System, more: readonly Equation[] = []): Program => {
  const equations = new Map<SymbolNode, Equation[]>();
  for (const equation of [...system.equations, ...more]) {
    const of = familyOf(equation.left);
    const list = equations.get(of);
    if (!list) equations.set(of, [equation]);
    else if (!list.includes(equation)) list.push(equation);
  }
  const families = new Map<SymbolNode, Family>();
  for (const entry of system.symbols.values()) {
    families.set(entry.node, {
      symbol: entry.node,
      entry,
      region: regionOf(entry.domain, entry.indices),
      routines: (equations.get(entry.node) ?? []).map(equation => equationRoutine(equation, system.functions)),
    });
  }
  return { system, functions: system.functions, families };
};
