/** From a typing to a system: identifiers, nodes, domains, roles. */
import { DiagnosticError, InternalError } from "../base/diagnostic.ts";
import type { Domain } from "../expr/domain.ts";
import { at, Scope, type SymbolNode, symbol } from "../expr/node.ts";
import { named, namesIn, soleName } from "../expr/polynomial.ts";

import type { Equation, FunctionEntry, Mask, Role, SizeEntry, SymbolEntry, System } from "../expr/system.ts";
import { postorder } from "../expr/walk.ts";
import { sharedIndex } from "../latex/names.ts";
import { findOp } from "../ops/index.ts";
import { FOLD_NAMES } from "../term/read.ts";
import { type Interval, Ranges } from "./domains.ts";
import type { Binding } from "./draft.ts";
import type { Labels } from "./labels.ts";
import { labelsOf } from "./literals.ts";
import type { NoteMask } from "./masks.ts";
import { membersOf, placesOf } from "./members.ts";
import type { Family } from "./names.ts";
import { Builder, shapeOf } from "./nodes.ts";
import { objectiveOf } from "./objective.ts";
import { checkOrder } from "./order.ts";
import { withOrigins } from "./origins.ts";
import { assignRoles } from "./roles.ts";
import { nameSizes, sizeEntries, unique } from "./sizenames.ts";
import type { Extent } from "./sizes.ts";
import type { TypedEquation, Typing } from "./typing.ts";

/** What the front matter decides. */
export interface Decisions {
  readonly objective?: Family;
  readonly parameters?: ReadonlySet<Family>;
  /** Letters by which the note differentiates. */
  readonly differentiated?: ReadonlySet<string>;
  /** How often the note differentiates each name. */
  readonly counts?: ReadonlyMap<Family, number>;
  /** An array may stand for the objective where no scalar is computed. */
  readonly arrays?: boolean;
}

export interface Assembled {
  readonly system: System;
  /** Before equations read what other equations call their parts. */
  readonly written?: System;
  readonly idOf: ReadonlyMap<Family, string>;
  readonly because: ReadonlyMap<Family, string>;
  readonly ranges: Ranges;
  /** Families of which more members are read than defined. */
  readonly initial: ReadonlyMap<Family, Domain>;
  readonly objectiveFrom: "front matter" | "inferred";
  /** Sizes and horizons that the note does not name. */
  readonly assumed: ReadonlySet<string>;
  /** By a function's key, its identifier and the parameter of its formula. */
  readonly functionIds: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, SymbolNode>;
}

interface Identifiers {
  readonly families: ReadonlyMap<Family, string>;
  /** By the function's key. */
  readonly functions: ReadonlyMap<string, string>;
}

/** Identifiers, apart from those of indices, horizons, sizes that stand as values, and from each other. */
const identify = ({ prepared, drafts, equations }: Typing): Identifiers => {
  const used = new Set<string>(Object.values(FOLD_NAMES));
  for (const draft of drafts.all) {
    if (draft.kind === "integer") for (const each of namesIn(draft.value)) used.add(each);
    if (draft.kind === "fold") used.add(draft.binding.index);
  }
  for (const size of prepared.sizes.values()) if (size.role === "horizon") used.add(size.name);
  for (const letter of prepared.letters) used.add(letter);
  const functions = new Map<string, string>();
  for (const { key, identifier, applications } of prepared.functions.all) {
    if (applications.length > 0) functions.set(key, unique(findOp(identifier) ? `${identifier}_fn` : identifier, used));
  }
  const families = new Map<Family, string>();
  for (const family of equations.flatMap(({ family, reads }) => [family, ...reads.map(read => read.family)])) {
    if (!families.has(family)) families.set(family, unique(family.identifier, used));
  }
  return { families, functions };
};

/** Each sum's own equation, in which its limits are to be understood. */
const rangesFor = (ranges: Ranges, equations: readonly TypedEquation[]): ((binding: Binding) => Interval) => {
  const equationOf = new Map<Binding, TypedEquation>();
  for (const equation of equations) {
    for (const read of equation.reads) for (const binding of read.bindings) equationOf.set(binding, equation);
  }
  return binding => ranges.ofBinding(binding, equationOf.get(binding) ?? (equations[0] as TypedEquation));
};

const withCounters = (
  sizes: ReadonlyMap<string, SizeEntry>,
  counters: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, SizeEntry> =>
  new Map(
    [...sizes].map(([name, entry]) => {
      const letters = counters.get(name);
      return [name, letters ? { ...entry, counters: [...letters] } : entry];
    }),
  );

/** The labels that choose entries: p_{y_i}. */
const selectorsIn = ({ drafts }: Typing): ReadonlySet<Family> =>
  new Set(
    drafts.all.flatMap(draft => {
      const [first] = labelsOf(draft);
      const label = first === undefined ? undefined : drafts.at(first);
      return label?.kind === "read" ? [label.family] : [];
    }),
  );

/** Where counting begins for a label, if the note says that it does not begin at 1. */
const firstPlaceOf = ({ firsts }: Labels, { base }: Family): { readonly firstPlace?: number } => {
  const first = firsts.get(base) ?? 1;
  return first === 1 ? {} : { firstPlace: first };
};

const maskOf = (masks: readonly NoteMask[], { base }: Family): { readonly mask?: Mask } => {
  const found = masks.find(mask => mask.base === base);
  return found ? { mask: { letters: found.letters, keeps: found.keeps } } : {};
};

const isVector = ({ shape }: SymbolNode): boolean => shape.length === 1;

/** Builds the system. Fails with a DiagnosticError where there is no objective, no order or no range. */
export const assemble = (name: string, typing: Typing, decisions: Decisions): Assembled => {
  const { prepared, equations, drafts, extents } = typing;
  const inferredSizes = nameSizes(typing);
  const order = checkOrder(equations);
  if (order) throw new DiagnosticError(order);
  const objective = objectiveOf(typing, decisions.objective, decisions);
  const sums = drafts.all.flatMap(draft => (draft.kind === "fold" ? [draft.binding] : []));
  const ranges = new Ranges(prepared, equations, sums, term => typing.sizes.known(term));
  ranges.checkPlaces();

  const ids = identify(typing);
  const families = new Set(ids.families.keys());
  const scope = new Scope();
  const symbols = new Map<Family, SymbolNode>();
  for (const [family, id] of ids.families) {
    symbols.set(family, symbol(scope, id, shapeOf(typing, extents.get(family) as Extent), family.rank));
  }
  const parameters = new Map<string, SymbolNode>();
  for (const { key, formula } of prepared.functions.all) {
    const id = ids.functions.get(key);
    if (formula && id !== undefined)
      parameters.set(key, symbol(scope, `${id}.${formula.parameter.replace(/[^A-Za-z0-9]/gu, "")}`));
  }
  const counters = new Map<string, Set<string>>();
  const rangeOf = rangesFor(ranges, equations);
  const builder = new Builder(typing, symbols, ids.functions, parameters, binding => {
    const range = rangeOf(binding);
    const end = soleName(range.high);
    if (end !== undefined) counters.set(end, (counters.get(end) ?? new Set()).add(binding.letter));
    return range;
  });
  builder.run();

  const members = membersOf(typing, ranges, families);
  const built = equations.map((equation): Equation => {
    const right = builder.nodes[equation.root];
    const left = symbols.get(equation.family);
    if (!right || !left) throw new InternalError(`an equation of ${equation.family.key} was not built`);
    const places = placesOf(equation, members.indices.get(equation.family) as readonly string[], ranges);
    const index = places.indices.map(each => named(each));
    return {
      left: index.length === 0 ? left : at(left, index),
      right,
      ...places,
      span: equation.span,
      ...(equation.label === undefined ? {} : { label: equation.label }),
    };
  });

  const { roles, because } = assignRoles(typing, families, objective, decisions.parameters, decisions.differentiated);
  const entries = new Map<string, SymbolEntry>();
  const declared = new Map(prepared.declared.map(shape => [shape.family, shape] as const).reverse());
  const selecting = selectorsIn(typing);
  for (const [family, id] of ids.families) {
    const shape = declared.get(family);
    // The label of a selection is written as the unit vector that it is.
    const isUnit = selecting.has(family) && isVector(symbols.get(family) as SymbolNode);
    const written = (latex: string): string => (isUnit ? `e_{${latex}}` : latex);
    entries.set(id, {
      node: symbols.get(family) as SymbolNode,
      latex: written(family.latex),
      role: roles.get(family) as Role,
      indices: members.indices.get(family) as readonly string[],
      domain: members.domains.get(family) as Domain,
      ...(isUnit ? { distribution: "label" as const, ...firstPlaceOf(prepared.labels, family) } : {}),
      ...maskOf(prepared.masks, family),
      shapeFrom: shape ? shape.from : typing.guessed.has(family) ? "assumed" : "inferred",
      ...(family.rank > 0 ? { memberLatex: written(family.memberLatex) } : {}),
      ...(shape ? { declaredAt: shape.span } : {}),
    });
  }
  return {
    idOf: ids.families,
    functionIds: ids.functions,
    parameters,
    because,
    ranges,
    initial: members.initial,
    objectiveFrom: decisions.objective ? "front matter" : "inferred",
    assumed: new Set([...inferredSizes.keys(), ...ranges.invented.map(each => each.name)]),
    system: {
      name,
      scope,
      symbols: withOrigins(entries, built),
      functions: withOwnIndices(functionEntries(typing, ids.functions, parameters, builder), entries, built),
      equations: built,
      objective: symbols.get(objective) as SymbolNode,
      sizes: withCounters(
        sizeEntries(typing, ranges, inferredSizes, [...symbols.values()], members.domains, built),
        counters,
      ),
    },
  };
};

const functionEntries = (
  typing: Typing,
  ids: ReadonlyMap<string, string>,
  parameters: ReadonlyMap<string, SymbolNode>,
  builder: Builder,
): ReadonlyMap<string, FunctionEntry> => {
  const functions = new Map<string, FunctionEntry>();
  for (const fn of typing.prepared.functions.all) {
    const id = ids.get(fn.key);
    if (id === undefined) continue;
    const elementwise = typing.kinds.get(fn) === "elementwise";
    const [first] = fn.applications;
    const parameter = parameters.get(fn.key);
    const body = fn.body === undefined ? undefined : builder.nodes[fn.body];
    functions.set(id, {
      name: id,
      latex: fn.latex,
      kind: elementwise ? "elementwise" : "general",
      arity: fn.arity ?? 1,
      result: elementwise || first === undefined ? [] : shapeOf(typing, typing.drafts.at(first).extent),
      ...(fn.member ? { member: fn.member } : {}),
      ...(parameter && body ? { definition: { parameters: [parameter], body } } : {}),
      ...(fn.declaredAt ? { declaredAt: fn.declaredAt } : {}),
      ...(fn.losses ? { losses: fn.losses } : {}),
    });
  }
  return functions;
};

/** Functions keep an index of their own, g^{[l]}, where each of their applications says which it is: that of what g is applied to. */
const withOwnIndices = (
  functions: ReadonlyMap<string, FunctionEntry>,
  symbols: ReadonlyMap<string, SymbolEntry>,
  equations: readonly Equation[],
): ReadonlyMap<string, FunctionEntry> => {
  const calls = equations.flatMap(({ right }) => postorder(right)).filter(node => node.kind === "call");
  const isClear = ({ name, member }: FunctionEntry): boolean =>
    calls.every(({ attributes, args }) => {
      const shared = attributes.function === name ? sharedIndex(symbols, args, member?.index ?? "") : undefined;
      // In a sum the index has another name.
      return attributes.function !== name || (shared !== undefined && soleName(shared) !== undefined);
    });
  return new Map(
    [...functions].map(([name, { member, ...entry }]): [string, FunctionEntry] => [
      name,
      member && isClear({ ...entry, member }) ? { ...entry, member } : entry,
    ]),
  );
};
