/** From a typing to a system: identifiers, nodes, domains, roles. */
import { type Diagnostic, DiagnosticError, InternalError } from "../base/diagnostic.ts";
import { type Domain, domain, EVERYWHERE, equalityOf, intersect, interval } from "../expr/domain.ts";
import {
  at,
  integerNode,
  type Node,
  normalShape,
  number,
  over,
  Scope,
  type Shape,
  type SymbolNode,
  symbol,
} from "../expr/node.ts";
import { integer, named, namesIn, type Polynomial } from "../expr/polynomial.ts";
import type { Equation, FunctionEntry, Origin, Role, SizeEntry, SymbolEntry, System } from "../expr/system.ts";
import { call } from "../ops/call.ts";
import { findOp } from "../ops/index.ts";
import { FOLD_NAMES } from "../term/read.ts";
import { checkOrder, hull, type Interval, precedes, Ranges } from "./domains.ts";
import type { Binding, Draft } from "./draft.ts";
import type { Family } from "./names.ts";
import { roleOf } from "./roles.ts";
import type { Extent } from "./sizes.ts";
import type { TypedEquation, Typing } from "./typing.ts";

export interface Choices {
  readonly objective?: Family;
  readonly parameters?: ReadonlySet<Family>;
}

export interface Assembled {
  readonly system: System;
  readonly idOf: ReadonlyMap<Family, string>;
  readonly because: ReadonlyMap<Family, string>;
  readonly ranges: Ranges;
  /** Members that are read but lie outside of what is defined, by family. */
  readonly initial: ReadonlyMap<Family, Domain>;
  readonly objectiveFrom: "front matter" | "inferred";
  /** Sizes and horizons that the note does not name. */
  readonly assumed: ReadonlySet<string>;
}

const ONE = integer(1);

const unique = (wanted: string, taken: Set<string>): string => {
  let id = wanted;
  for (let i = 2; taken.has(id); i++) id = `${wanted}_${i}`;
  taken.add(id);
  return id;
};

/** Gives open sizes names, in the order in which the note uses the vectors, then the matrices. */
const nameSizes = ({ sizes, extents, prepared, equations }: Typing): ReadonlyMap<string, SizeEntry> => {
  const entries = new Map<string, SizeEntry>();
  const taken = new Set([...prepared.sizes.keys(), ...prepared.letters]);
  // Vectors first, and of these what is defined: the size of h is the better name for the rows of W.
  const defined = new Set(equations.map(equation => equation.family));
  const isVector = ({ rows, columns }: Extent): boolean =>
    sizes.isUnit(columns) === true || sizes.isUnit(rows) === true;
  const rankOf = ([family, extent]: readonly [Family, Extent]): number =>
    (isVector(extent) ? 0 : 2) + (defined.has(family) ? 0 : 1);
  const inOrder = [...extents].sort((a, b) => rankOf(a) - rankOf(b) || a[0].span.start - b[0].span.start);
  for (const [family, extent] of inOrder) {
    const axes = [
      ["n", extent.rows],
      [isVector(extent) ? "n" : "m", extent.columns],
    ] as const;
    for (const [axis, term] of axes) {
      if (sizes.known(term)) continue;
      const name = unique(`${axis}_${family.identifier}`, taken);
      entries.set(name, { name, latex: `${axis}_{${family.latex}}`, role: "dimension", least: 1 });
      sizes.unify(term, named(name));
    }
  }
  return entries;
};

const shapeOf = ({ sizes }: Typing, { rows, columns }: Extent): Shape =>
  normalShape([sizes.known(rows) ?? ONE, sizes.known(columns) ?? ONE]);

class Builder {
  readonly nodes: (Node | undefined)[] = [];
  constructor(
    readonly typing: Typing,
    readonly symbols: ReadonlyMap<Family, SymbolNode>,
    readonly functionIds: ReadonlyMap<string, string>,
    readonly parameters: ReadonlyMap<string, SymbolNode>,
    readonly rangeOf: (binding: Binding) => Interval,
  ) {}

  /** Builds all drafts that the solution uses, children first. */
  run(): void {
    for (const [id, draft] of this.typing.drafts.all.entries()) this.nodes[id] = this.#build(draft);
  }

  #build(draft: Draft): Node | undefined {
    const { solution, sizes, drafts } = this.typing;
    switch (draft.kind) {
      case "number":
        return number(draft.value);
      case "integer":
        return integerNode(draft.value);
      case "parameter":
        return this.parameters.get(draft.fn);
      case "read": {
        const of = this.symbols.get(draft.family);
        return of && (draft.index.length === 0 ? of : at(of, draft.index));
      }
      case "grouping": {
        const taken = solution.taken[draft.choice];
        return taken === undefined ? undefined : this.nodes[draft.options[taken] as number];
      }
      case "operation": {
        const taken = solution.taken[draft.choice];
        const option = taken === undefined ? undefined : draft.options[taken];
        if (!option) return undefined;
        const args = option.args.flatMap((arg, i) =>
          option.reading.args[i]?.kind === "integer" ? [] : [this.nodes[arg]],
        );
        if (args.some(arg => arg === undefined)) return undefined;
        const integers = new Map([...option.sizes].map(([name, term]) => [name, sizes.known(term) ?? ONE] as const));
        return option.reading.build(args as readonly Node[], integers);
      }
      case "application": {
        const args = draft.args.map(arg => this.nodes[arg]);
        const fn = this.typing.prepared.functions.find(draft.fn);
        if (!fn || args.some(arg => arg === undefined)) return undefined;
        const id = this.functionIds.get(draft.fn) as string;
        if (this.typing.kinds.get(fn) === "elementwise")
          return call("elementwise", args as readonly Node[], { function: id, order: draft.order });
        return call("apply", args as readonly Node[], { function: id, result: shapeOf(this.typing, draft.extent) });
      }
      case "fold": {
        const body = this.nodes[draft.body];
        if (!body) return undefined;
        const { low, high } = this.rangeOf(draft.binding);
        return over(draft.fold, draft.binding.index, interval(draft.binding.index, low, high), body);
      }
    }
    throw new InternalError(`a draft of unknown kind: ${drafts.all.length}`);
  }
}

const problem = (diagnostic: Diagnostic): never => {
  throw new DiagnosticError(diagnostic);
};

const LOSS_NAMES = /^(?:L|J|E|C|ell|loss|cost|Loss|Cost|H|F)$/u;

/** The scalar that nothing else reads. */
const objectiveOf = (typing: Typing, wanted: Family | undefined): Family => {
  const { equations, sizes, extents } = typing;
  if (wanted) {
    const equation = equations.find(each => each.family === wanted);
    if (!equation) {
      return problem({
        code: "N012",
        severity: "error",
        message: `the objective ${wanted.latex} is not defined`,
        spans: [{ span: wanted.span, label: "named here" }],
      });
    }
    return wanted;
  }
  const read = new Set(
    equations.flatMap(equation =>
      equation.reads.filter(each => each.family !== equation.family).map(each => each.family),
    ),
  );
  const candidates = [...new Set(equations.map(equation => equation.family))].filter(
    family => family.rank === 0 && !read.has(family) && sizes.isScalar(extents.get(family) as Extent) === true,
  );
  const [only, ...more] = candidates;
  const span = equations.at(-1)?.span ?? { start: 0, end: 0 };
  if (!only) {
    return problem({
      code: "N010",
      severity: "error",
      message: "there is no scalar to differentiate",
      spans: [{ span, label: "the last equation" }],
      help: "Define a loss, such as L = \\ell(o, y), or name it in the front matter: objective.",
    });
  }
  if (more.length === 0) return only;
  const losses = candidates.filter(family => LOSS_NAMES.test(family.base));
  const [loss, ...others] = losses;
  if (loss && others.length === 0) return loss;
  return problem({
    code: "N011",
    severity: "error",
    message: `${candidates.map(each => each.latex).join(", ")} could each be the objective`,
    spans: candidates.map(family => ({
      span: (equations.find(each => each.family === family) as TypedEquation).left.span,
      label: "read by nothing else",
    })),
    help: `Name one in the front matter: objective: ${only.latex}`,
  });
};

/** Points of the family's box that are read or defined, corner members of two initial sides left out. */
const boxOf = (family: Family, indices: readonly string[], intervals: readonly Interval[]): Domain =>
  family.rank === 0
    ? EVERYWHERE
    : intersect(
        ...indices.map((index, i) => interval(index, (intervals[i] as Interval).low, (intervals[i] as Interval).high)),
      );

export const assemble = (name: string, typing: Typing, choices: Choices): Assembled => {
  const { prepared, equations, drafts, extents } = typing;
  const inferredSizes = nameSizes(typing);
  const order = checkOrder(equations);
  if (order) problem(order);
  const objective = objectiveOf(typing, choices.objective);

  const sums = drafts.all.flatMap(draft => (draft.kind === "fold" ? [draft.binding] : []));
  const ranges = new Ranges(prepared, equations, sums);
  const equationOfSum = new Map<Binding, TypedEquation>();
  for (const equation of equations)
    for (const read of equation.reads) for (const binding of read.bindings) equationOfSum.set(binding, equation);
  const [anyEquation] = equations as readonly [TypedEquation];
  const rangeOf = (binding: Binding): Interval => ranges.ofBinding(binding, equationOfSum.get(binding) ?? anyEquation);

  // Families that occur in what was read.
  const families = new Set<Family>();
  for (const equation of equations) {
    families.add(equation.family);
    for (const read of equation.reads) families.add(read.family);
  }

  // Identifiers: apart from indices, horizons and sizes that stand as values.
  const used = new Set<string>(Object.values(FOLD_NAMES));
  for (const draft of drafts.all) {
    if (draft.kind === "integer") for (const each of namesIn(draft.value)) used.add(each);
    if (draft.kind === "fold") used.add(draft.binding.index);
  }
  for (const size of prepared.sizes.values()) if (size.role === "horizon") used.add(size.name);
  for (const letter of prepared.letters) used.add(letter);
  const functionIds = new Map<string, string>();
  for (const fn of prepared.functions.all) {
    if (fn.applications.length > 0)
      functionIds.set(fn.key, unique(findOp(fn.identifier) ? `${fn.identifier}_fn` : fn.identifier, used));
  }
  const idOf = new Map<Family, string>();
  for (const family of families) idOf.set(family, unique(family.identifier, used));

  const scope = new Scope();
  const symbols = new Map<Family, SymbolNode>();
  for (const family of families) {
    symbols.set(
      family,
      symbol(scope, idOf.get(family) as string, shapeOf(typing, extents.get(family) as Extent), family.rank),
    );
  }
  const parameters = new Map<string, SymbolNode>();
  for (const fn of prepared.functions.all) {
    const id = functionIds.get(fn.key);
    if (fn.formula && id !== undefined)
      parameters.set(fn.key, symbol(scope, `${id}.${fn.formula.parameter.replace(/[^A-Za-z0-9]/gu, "")}`));
  }
  const builder = new Builder(typing, symbols, functionIds, parameters, rangeOf);
  builder.run();

  // Index names and members of each family.
  const indexNames = new Map<Family, string[]>();
  const boxes = new Map<Family, Interval[][]>();
  const definedBoxes = new Map<Family, Interval[][]>();
  const addBox = (map: Map<Family, Interval[][]>, family: Family, box: Interval[]): void => {
    map.set(family, [...(map.get(family) ?? []), box]);
  };
  for (const general of [true, false]) {
    for (const equation of equations) {
      if (equation.places.some(place => place.fixed) === general) continue;
      if (!indexNames.has(equation.family))
        indexNames.set(
          equation.family,
          equation.places.map(place => place.index),
        );
    }
  }
  for (const equation of equations) {
    const box = [...definedBox(ranges, equation)];
    addBox(boxes, equation.family, box);
    addBox(definedBoxes, equation.family, box);
    for (const read of equation.reads) {
      addBox(
        boxes,
        read.family,
        read.index.map(value => ranges.extent(value, read.bindings, equation, read.span)),
      );
      if (indexNames.has(read.family)) continue;
      const letters = read.index.map(
        value => read.bindings.find(binding => namesIn(value).includes(binding.index))?.letter,
      );
      if (letters.every(letter => letter !== undefined) && new Set(letters).size === letters.length)
        indexNames.set(read.family, letters as string[]);
    }
  }
  for (const family of families) {
    if (indexNames.has(family)) continue;
    const taken = new Set<string>();
    indexNames.set(
      family,
      Array.from({ length: family.rank }, (_, i) =>
        unique(prepared.names.counterOf(family, i) ?? unusedIndex(prepared.letters, i), taken),
      ),
    );
  }
  const domainOf = new Map<Family, Domain>();
  const initial = new Map<Family, Domain>();
  for (const family of families) {
    const indices = indexNames.get(family) as string[];
    const all = boxes.get(family) ?? [];
    const intervals = indices.map((index, i) => {
      const found = hull(all.map(box => box[i] as Interval));
      if (found) return found;
      return problem({
        code: "I004",
        severity: "error",
        message: `which members of ${family.latex} there are depends on the sizes`,
        spans: [{ span: family.span, label: `the range of ${index} has no common end` }],
        help: "Give the range of the index.",
      });
    });
    const box = boxOf(family, indices, intervals);
    domainOf.set(family, box);
    const own = definedBoxes.get(family);
    if (!own) continue;
    const covered = indices.map((_, i) => hull(own.map(each => each[i] as Interval)));
    if (
      covered.some(
        (each, i) => !each || each.low.key !== intervals[i]?.low.key || each.high.key !== intervals[i]?.high.key,
      )
    )
      initial.set(family, box);
  }

  for (const [i, equation] of equations.entries()) {
    const other = equations
      .slice(0, i)
      .find(each => each.family === equation.family && !apart(definedBox(ranges, each), definedBox(ranges, equation)));
    if (!other) continue;
    problem({
      code: "I005",
      severity: "error",
      message: `some members of ${equation.family.latex} have two equations`,
      spans: [
        { span: equation.left.span, label: "defined here" },
        { span: other.left.span, label: "and here" },
      ],
      help: "Give each equation the range of indices for which it holds.",
    });
  }

  const built: Equation[] = equations.map(equation => {
    const right = builder.nodes[equation.root];
    const left = symbols.get(equation.family);
    if (!right || !left) throw new InternalError(`an equation of ${equation.family.key} was not built`);
    const own = indexNames.get(equation.family) as string[];
    const taken = new Set(equation.places.flatMap(place => (place.fixed ? [] : [place.index])));
    const indices = equation.places.map((place, i) => (place.fixed ? freeIndex(own[i] as string, taken) : place.index));
    return {
      left:
        indices.length === 0
          ? left
          : at(
              left,
              indices.map(index => named(index)),
            ),
      right,
      indices,
      over: overOf(ranges, equation, indices),
      span: equation.span,
      ...(equation.label === undefined ? {} : { label: equation.label }),
    };
  });

  const { roles, because } = assignRoles(typing, families, objective, choices.parameters);
  const declared = new Map(prepared.declared.map(shape => [shape.family, shape] as const).reverse());
  const entries = new Map<string, SymbolEntry>();
  for (const family of families) {
    const shape = declared.get(family);
    const from: Origin = shape ? shape.from : typing.guessed.has(family) ? "assumed" : "inferred";
    entries.set(idOf.get(family) as string, {
      node: symbols.get(family) as SymbolNode,
      latex: family.latex,
      role: roles.get(family) as Role,
      indices: indexNames.get(family) as string[],
      domain: domainOf.get(family) as Domain,
      shapeFrom: from,
      ...(family.rank > 0 ? { memberLatex: family.memberLatex } : {}),
      ...(shape ? { declaredAt: shape.span } : {}),
    });
  }

  const functions = new Map<string, FunctionEntry>();
  for (const fn of prepared.functions.all) {
    const id = functionIds.get(fn.key);
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
      result: elementwise || first === undefined ? [] : shapeOf(typing, drafts.at(first).extent),
      ...(parameter && body ? { definition: { parameters: [parameter], body } } : {}),
      ...(fn.declaredAt ? { declaredAt: fn.declaredAt } : {}),
    });
  }

  return {
    idOf,
    because,
    ranges,
    initial,
    objectiveFrom: choices.objective ? "front matter" : "inferred",
    assumed: new Set([...inferredSizes.keys(), ...ranges.invented.map(each => each.name)]),
    system: {
      name,
      scope,
      symbols: entries,
      functions,
      equations: built,
      objective: symbols.get(objective) as SymbolNode,
      sizes: sizeEntries(typing, ranges, inferredSizes, [...symbols.values()], domainOf, built),
    },
  };
};

/** The family's own name for an index that an equation fixes, unless another index of the equation has it. */
const freeIndex = (wanted: string, taken: Set<string>): string => unique(wanted, taken);

const unusedIndex = (letters: ReadonlySet<string>, place: number): string =>
  ["i", "j", "k", "l"].filter(letter => !letters.has(letter))[place] ?? `i_${place + 1}`;

const rangeOfPlace = (ranges: Ranges, equation: TypedEquation, index: string): Interval =>
  ranges.ofBinding(equation.bindings.find(binding => binding.index === index) as Binding, equation);

/** The members that an equation defines. */
const definedBox = (ranges: Ranges, equation: TypedEquation): readonly Interval[] =>
  equation.places.map(({ index, fixed }) =>
    fixed ? { low: fixed, high: fixed } : rangeOfPlace(ranges, equation, index),
  );

const apart = (a: readonly Interval[], b: readonly Interval[]): boolean =>
  a.some((own, i) => {
    const other = b[i] as Interval;
    return precedes(own, other) || precedes(other, own);
  });

const overOf = (ranges: Ranges, equation: TypedEquation, indices: readonly string[]): Domain => {
  const parts = equation.places.map((place, i): Domain => {
    const index = indices[i] as string;
    if (place.fixed) return domain(equalityOf(named(index), place.fixed));
    const { low, high } = rangeOfPlace(ranges, equation, place.index);
    return interval(index, low, high);
  });
  return parts.length === 0 ? EVERYWHERE : intersect(...parts);
};

const assignRoles = (
  typing: Typing,
  families: ReadonlySet<Family>,
  objective: Family,
  parameters: ReadonlySet<Family> | undefined,
): { roles: ReadonlyMap<Family, Role>; because: ReadonlyMap<Family, string> } => {
  const { equations, drafts, sizes, extents } = typing;
  const defined = new Set(equations.map(equation => equation.family));
  const counts = new Set<string>();
  const inLoss = new Set<Family>();
  for (const equation of equations) {
    for (const binding of equation.bindings) counts.add(binding.letter);
    if (equation.family === objective)
      for (const read of equation.reads) for (const binding of read.bindings) counts.add(binding.letter);
  }
  // Labels are given to a scalar function and read nowhere else.
  const compared = new Set<number>();
  for (const draft of drafts.all) {
    if (draft.kind === "application" && sizes.isScalar(draft.extent) === true)
      for (const arg of draft.args) compared.add(arg);
  }
  const reads = equations.flatMap(equation => equation.reads);
  for (const { family } of reads)
    if (reads.every(read => read.family !== family || compared.has(read.draft))) inLoss.add(family);
  const roles = new Map<Family, Role>();
  const because = new Map<Family, string>();
  for (const family of families) {
    if (defined.has(family)) {
      roles.set(family, "defined");
      continue;
    }
    const letters = equations.flatMap(equation =>
      equation.reads
        .filter(read => read.family === family)
        .flatMap(read => read.bindings.map(binding => binding.letter)),
    );
    const found = parameters
      ? parameters.has(family)
        ? { role: "parameter" as const, because: "front matter" }
        : undefined
      : undefined;
    const guess =
      found ??
      roleOf({
        family,
        letters,
        counts,
        scalar: sizes.isScalar(extents.get(family) as Extent) === true,
        inLoss: inLoss.has(family),
        subscripted: family.places.includes("sub"),
      });
    const role = parameters && !found && guess.role === "parameter" ? "constant" : guess.role;
    roles.set(family, role);
    because.set(family, role === guess.role ? guess.because : "the front matter lists the parameters without it");
  }
  return { roles, because };
};

/** Every size that occurs in a shape, a domain or as a value. */
const sizeEntries = (
  { prepared }: Typing,
  ranges: Ranges,
  inferred: ReadonlyMap<string, SizeEntry>,
  symbols: readonly SymbolNode[],
  domains: ReadonlyMap<Family, Domain>,
  equations: readonly Equation[],
): ReadonlyMap<string, SizeEntry> => {
  const occurring = new Set<string>();
  const note = (value: Polynomial): void => {
    for (const each of namesIn(value)) occurring.add(each);
  };
  for (const node of symbols) node.shape.forEach(note);
  for (const box of domains.values()) box.where.forEach(note);
  for (const { right, over: where } of equations) {
    for (const each of right.free) occurring.add(each);
    where.where.forEach(note);
  }
  const entries = new Map<string, SizeEntry>();
  for (const size of prepared.sizes.values()) {
    if (occurring.has(size.name))
      entries.set(size.name, { name: size.name, latex: size.latex, role: size.role, least: 1 });
  }
  for (const [name, entry] of inferred) if (occurring.has(name)) entries.set(name, entry);
  for (const { name } of ranges.invented)
    if (occurring.has(name))
      entries.set(name, { name, latex: name.replace(/_(\d+)$/u, "_{$1}"), role: "horizon", least: 1 });
  return entries;
};
