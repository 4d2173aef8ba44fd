/**
 * The closed form in blocks of states that depend on each other across an index. Families that are read at their own
 * index only are eliminated, and so are the reads at the same index among the rest, until every adjoint reads the
 * neighbouring members alone: s̄[t] = M[t+1] s̄[t+1] + b[t] with the adjoints on top of each other.
 */
import { type Domain, domain, intersect, substituteDomain } from "../../expr/domain.ts";
import {
  type AtNode,
  at,
  type Node,
  number,
  partial,
  type SymbolNode,
  substituteIndices,
  symbol,
} from "../../expr/node.ts";
import { minus, named, type Polynomial, plus } from "../../expr/polynomial.ts";
import { type Equation, equationsOf, familyOf, indexOf, type SymbolEntry } from "../../expr/system.ts";
import type { Suppositions } from "../../rewrite/law.ts";
import { bracketLeft } from "../../rewrite/order.ts";
import type { Step } from "../../rewrite/step.ts";
import type { BlockForm, ClosedForm, Derivation, Gradient } from "../gradient.ts";
import { reduceDomain } from "../regions.ts";
import { sumOf } from "../terms.ts";
import { type Linear, linearIn } from "./linear.ts";
import { addLinear } from "./operator.ts";
import { type NoClosedForm, noClosedForm } from "./reason.ts";
import {
  coupledWith,
  eliminate,
  offsetOf,
  partialsIn,
  type Recurrence,
  type Source,
  sameDomains,
} from "./recurrence.ts";
import { solve } from "./solve.ts";
import { identityOf, onTop, scaledBy, sideBySide, zerosOf } from "./templates.ts";

/** A state of the block recurrence: its adjoint with everything put in, at the common index name. */
interface State {
  readonly gradient: Gradient;
  readonly member: AtNode;
  readonly equation: Equation;
  /** Terms in adjoints of neighbours, with the neighbour that each reads. */
  readonly steps: readonly (Source & { readonly neighbour: Node; readonly of: SymbolNode })[];
  readonly sources: readonly Source[];
}

/** Whether a family is read at another index of its component: what the recurrence carries along. */
const isCarried = (gradient: Gradient, component: ReadonlySet<SymbolNode>): boolean =>
  gradient.contributions.some(
    ({ reader }) =>
      component.has(familyOf(reader)) && indexOf(reader).some((value, place) => value.key !== gradient.indices[place]),
  );

/** The rows of one state, in the common index name; the obstacle, where its adjoint is no sum of neighbours and sources. */
const stateOf = (
  derivation: Derivation,
  gradient: Gradient,
  component: ReadonlySet<SymbolNode>,
  carried: ReadonlySet<SymbolNode>,
  index: string,
  suppositions: Suppositions,
): State | NoClosedForm => {
  const { system } = derivation;
  const { objective } = system;
  const family = familyOf(gradient.wrt);
  const own = gradient.indices[0] as string;
  const parts = eliminate(
    derivation,
    gradient,
    ({ wrt }) => component.has(familyOf(wrt)) && (!carried.has(familyOf(wrt)) || indexOf(wrt)[0]?.key === own),
    suppositions,
  );
  if ("obstacle" in parts) return parts;
  const [equation, ...more] = equationsOf(system, family);
  if (!equation || more.length > 0 || equation.indices.length !== 1) return noClosedForm("several-equations");
  const renaming = new Map<string, Polynomial>([[own, named(index)]]);
  const renamed = ({ value, over }: Source): Source => ({
    value: substituteIndices(value, renaming),
    over: substituteDomain(over, renaming),
  });
  const members = substituteDomain(equation.over, new Map([[equation.indices[0] as string, named(index)]]));
  const steps: State["steps"][number][] = [];
  const sources: Source[] = [];
  for (const part of parts.map(renamed)) {
    const over = reduceDomain(intersect(part.over, members), domain([]), system.sizes);
    const [read, ...others] = partialsIn(part.value, objective).filter(({ wrt }) => component.has(familyOf(wrt)));
    if (others.length > 0) return noClosedForm("not-linear");
    if (read) steps.push({ ...part, over, neighbour: read, of: familyOf(read.wrt) });
    else sources.push({ ...part, over });
  }
  return {
    gradient,
    member: substituteIndices(gradient.wrt, renaming) as AtNode,
    equation: { ...equation, over: members },
    steps,
    sources,
  };
};

/** What one state's adjoint receives from another one's neighbour, as a matrix. */
const blockOf = (row: State, column: State, suppositions: Suppositions): Node | NoClosedForm => {
  const [rows, columns] = [row, column].map(({ gradient }) => familyOf(gradient.wrt).shape[0] ?? plus(1)) as [
    Polynomial,
    Polynomial,
  ];
  const own = row.steps.filter(({ of }) => of === familyOf(column.gradient.wrt));
  if (own.length === 0) return zerosOf(rows, columns);
  const linear: Linear[] = [];
  const keepsShape = rows.key === columns.key;
  for (const { value, neighbour } of own) {
    const found = linearIn(value, neighbour, keepsShape);
    if (typeof found === "string") return noClosedForm(found);
    linear.push(...found);
  }
  const operator = addLinear(linear, familyOf(row.gradient.wrt).shape, suppositions);
  if (!operator || operator.right) return noClosedForm("sum-of-two-sided");
  const { left, scalar } = operator;
  if (left) return left;
  if (rows.key === "1") return scalar ?? number(1);
  return scalar ? scaledBy(scalar, identityOf(rows)) : identityOf(rows);
};

/** The sources of all states on top of each other, those of one range together. */
const stackedSources = (states: readonly State[]): readonly Source[] => {
  const ranges = new Map<string, Domain>();
  for (const { sources } of states)
    for (const { over } of sources) ranges.set(over.where.map(c => c.key).join(";"), over);
  return [...ranges].map(([key, over]) => ({
    over,
    value: onTop(
      states.map(({ sources, gradient }) => {
        const own = sources.filter(source => source.over.where.map(c => c.key).join(";") === key);
        const { shape } = familyOf(gradient.wrt);
        return own.length > 0 ? sumOf(own.map(({ value }) => value)) : zerosOf(shape[0] ?? plus(1), plus(1));
      }),
    ),
  }));
};

const LETTERS = ["M", "A", "B", "J", "Q"];

/** A family of matrices with a name that nothing else has. */
const matrixSymbol = (
  { system, abbreviations }: Derivation,
  taken: ReadonlySet<string>,
  size: Polynomial,
  index: string,
  over: Domain,
): SymbolEntry => {
  const used = new Set([
    ...taken,
    ...system.symbols.keys(),
    ...system.functions.keys(),
    ...system.sizes.keys(),
    ...abbreviations.map(({ left }) => familyOf(left).name),
    ...[...system.symbols.values()].map(({ latex }) => latex),
  ]);
  let name = LETTERS.find(letter => !used.has(letter) && !system.scope.hasSymbol(letter)) ?? "";
  for (let n = 2; name === ""; n++) if (!used.has(`M_${n}`) && !system.scope.hasSymbol(`M_${n}`)) name = `M_${n}`;
  const node = symbol(system.scope, name, [size, size], 1);
  return { node, latex: name, role: "defined", indices: [index], domain: over, shapeFrom: "inferred" };
};

/** From the recurrences as they were derived to those with everything put in; none where an adjoint has several inner pieces. */
const plainStep = (states: readonly State[], index: string, form: ClosedForm): readonly Step[] => {
  const values = states.flatMap(({ gradient }): readonly Node[] => {
    const [inner, ...more] = gradient.pieces.filter(({ part }) => part === "interior");
    const own = gradient.indices[0] as string;
    return inner && more.length === 0 ? [substituteIndices(inner.value, new Map([[own, named(index)]]))] : [];
  });
  const after = form.induction[0]?.before;
  if (values.length !== states.length || !after) return [];
  const before = onTop(values);
  return before === after ? [] : [{ rule: "closed-form-eliminate", before, after }];
};

/** The block form of a component, or what stands against one. */
const blockFormOf = (
  derivation: Derivation,
  component: readonly Gradient[],
  taken: ReadonlySet<string>,
): BlockForm | NoClosedForm => {
  const { system } = derivation;
  const suppositions: Suppositions = { sizes: new Set(system.sizes.keys()) };
  const families = new Set(component.map(({ wrt }) => familyOf(wrt)));
  const place = ({ wrt }: Gradient): number =>
    system.equations.findIndex(({ left }) => familyOf(left) === familyOf(wrt));
  const carriedOnes = component.filter(gradient => isCarried(gradient, families)).sort((a, b) => place(a) - place(b));
  const carried = new Set(carriedOnes.map(({ wrt }) => familyOf(wrt)));
  if (component.some(({ indices }) => indices.length !== 1)) return noClosedForm("two-indices");
  if (carriedOnes.some(({ wrt }) => (familyOf(wrt).shape[1]?.key ?? "1") !== "1")) return noClosedForm("coupled");
  const [index] = (carriedOnes[0] as Gradient).indices as [string];
  const states: State[] = [];
  for (const gradient of carriedOnes) {
    const state = stateOf(derivation, gradient, families, carried, index, suppositions);
    if ("obstacle" in state) return state;
    states.push(state);
  }
  const offsets = new Set<number | undefined>();
  for (const { steps } of states)
    for (const { neighbour } of steps) {
      const of = partialsIn(neighbour, system.objective)[0]?.wrt;
      offsets.add(of && offsetOf({ ...(carriedOnes[0] as Gradient), indices: [index] }, of, index));
    }
  const [offset] = offsets;
  if (offsets.has(undefined)) return noClosedForm("windowed");
  if (offsets.size !== 1 || (offset !== 1 && offset !== -1)) return noClosedForm("lag");
  const [first] = states as [State];
  if (!sameDomains(states.map(({ equation }) => equation.over))) return noClosedForm("several-equations");
  const ranges = states.flatMap(({ steps }) => steps.map(({ over }) => over));
  if (!sameDomains(ranges)) return noClosedForm("several-equations");
  const [stepOver] = ranges as [Domain];
  const rows: Node[] = [];
  for (const row of states) {
    const blocks: Node[] = [];
    for (const column of states) {
      const block = blockOf(row, column, suppositions);
      if ("obstacle" in block) return block;
      blocks.push(block);
    }
    rows.push(sideBySide(blocks));
  }
  const t = named(index);
  const next = offset === 1 ? plus(t, 1) : minus(t, 1);
  const back = new Map([[index, offset === 1 ? minus(t, 1) : plus(t, 1)]]);
  const right = bracketLeft(substituteIndices(onTop(rows), back));
  const over = substituteDomain(stepOver, back);
  const size = right.shape[0] ?? plus(1);
  const entry = matrixSymbol(derivation, taken, size, index, over);
  const adjointAt = (place: Polynomial): Node =>
    onTop(states.map(({ member }) => partial(system.objective, at(member.of, [place]))));
  const recurrence: Recurrence = {
    gradient: { ...first.gradient, pieces: [] },
    index,
    direction: offset === 1 ? "down" : "up",
    neighbour: adjointAt(next),
    step: onTop(
      states.map(({ steps, gradient }) => {
        const { shape } = familyOf(gradient.wrt);
        return steps.length > 0 ? sumOf(steps.map(({ value }) => value)) : zerosOf(shape[0] ?? plus(1), plus(1));
      }),
    ),
    operator: { left: at(entry.node, [next]) },
    stepOver,
    sources: stackedSources(states),
    over: first.equation.over,
  };
  const solved = solve(recurrence, system.sizes, suppositions);
  if ("obstacle" in solved) return solved;
  const [form] = solved.forms;
  if (!form) return noClosedForm("range");
  const plain = plainStep(states, index, form);
  return {
    states: states.map(({ member }) => member),
    left: adjointAt(t),
    indices: [index],
    symbol: entry,
    matrix: { left: at(entry.node, [t]), right, indices: [index], over },
    form: { ...form, form: "block", induction: [...plain, ...form.induction] },
  };
};

/**
 * The block forms of the components of several states in which a state has no closed form by itself, and of states whose
 * own closed form is `long`: that names the matrix too.
 */
export const blockForms = (
  derivation: Derivation,
  unsolved: readonly Gradient[],
  long: readonly Gradient[],
): readonly BlockForm[] => {
  const blocks: BlockForm[] = [];
  const done = new Set<SymbolNode>();
  for (const { wrt } of [...unsolved, ...long]) {
    if (done.has(familyOf(wrt))) continue;
    const component = coupledWith(derivation, familyOf(wrt));
    for (const each of component) done.add(each);
    if (component.size < 2 && !long.some(gradient => gradient.wrt === wrt)) continue;
    const own = derivation.gradients.filter(gradient => component.has(familyOf(gradient.wrt)));
    const found = blockFormOf(derivation, own, new Set(blocks.map(({ symbol: { node } }) => node.name)));
    if (!("obstacle" in found)) blocks.push(found);
  }
  return blocks;
};
