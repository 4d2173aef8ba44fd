/** Terms that differ from a given one by a single edit, the likeliest first. */
import { InternalError } from "../../base/diagnostic.ts";
import { type Domain, domain } from "../../expr/domain.ts";
import {
  at,
  type CallNode,
  callNode,
  integerNode,
  integerValue,
  type Node,
  partial,
  sameShape,
  substituteIndices,
} from "../../expr/node.ts";
import { coefficientOf, integer, minus, named, type Polynomial, plus, times } from "../../expr/polynomial.ts";
import type { System } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import { call } from "../../ops/call.ts";
import { compileTemplates, instantiate, type Template } from "../../term/template.ts";
import { isSquare } from "../shapes.ts";
import { type Position, positionsOf, refitted } from "./positions.ts";
import { FACTOR_EDITS, PAIR_EDITS, PART_EDITS, SAY, type TermEdit } from "./table.ts";

export interface Candidate {
  readonly term: Node;
  readonly cost: number;
  readonly say: { readonly en: string; readonly zh: string };
  /** Index names that are bound around the edited part. */
  readonly bound: readonly string[];
  /** What #A, #B … in the sentence stand for. */
  readonly parts: ReadonlyMap<string, Node>;
}

const templates = new Map<TermEdit, Template>();

const templateOf = (edit: TermEdit): Template => {
  let known = templates.get(edit);
  if (!known) {
    [known] = compileTemplates([edit.to], edit.where) as [Template];
    templates.set(edit, known);
  }
  return known;
};

/** What the edit makes of the parts; undefined where their shapes do not fit. */
const made = (edit: TermEdit, parts: ReadonlyMap<string, Node>): Node | undefined => {
  try {
    return instantiate(templateOf(edit), { nodes: parts, integers: new Map() });
  } catch (error) {
    if (error instanceof InternalError) return undefined;
    throw error;
  }
};

/** Scalars that a factor may be: constants of the system, its sizes and horizons. */
const scalarsOf = ({ symbols, sizes }: System): readonly Node[] => [
  ...[...symbols.values()].flatMap(({ node, role }) =>
    role !== "defined" && node.rank === 0 && node.shape.length === 0 ? [node] : [],
  ),
  ...[...sizes.values()].map(({ name }) => integerNode(named(name))),
];

/** Applications of elementwise functions in the forward equations: their arguments and the indices in them. */
const applicationsOf = (system: System): readonly CallNode[] => {
  const found = new Set<CallNode>();
  for (const { right } of system.equations)
    for (const node of postorder(right))
      if (node.kind === "call" && node.attributes.order !== undefined) found.add(node);
  return [...found];
};

/** φ′ of every argument that φ has in the forward equations, at this index and its neighbours. */
const derivativesAt = (system: System, names: readonly string[]): readonly Node[] =>
  applicationsOf(system).flatMap(application => {
    const derivative = call(application.op, application.args, {
      ...application.attributes,
      order: Number(application.attributes.order) + 1,
    });
    const own = derivative.free.filter(name => !system.sizes.has(name));
    if (own.length === 0) return [derivative];
    const [index] = own;
    if (own.length > 1 || index === undefined) return [];
    return names.flatMap(name =>
      [0, 1, -1].map(shift => substituteIndices(derivative, new Map([[index, plus(name, shift)]]))),
    );
  });

const shifted = (
  index: readonly Polynomial[],
  names: readonly string[],
  horizons: readonly string[],
): readonly (readonly Polynomial[])[] =>
  index.flatMap((own, place) => {
    const others = [
      ...[1, -1].map(shift => plus(own, shift)),
      ...names.filter(name => name !== own.key).map(name => named(name)),
      ...horizons.map(name => named(name)),
      ...reflected(own, names, horizons),
    ];
    return others
      .filter(other => other.key !== own.key)
      .map(other => index.map((each, i) => (i === place ? other : each)));
  });

/** T + t − i for T + i: combinations of the horizon and the letters in use. */
const reflected = (own: Polynomial, names: readonly string[], horizons: readonly string[]): readonly Polynomial[] => {
  const letters = [...horizons, ...names];
  if (letters.length > 4 || own.monomials.length < 2) return [];
  let sums: readonly Polynomial[] = [integer(0)];
  for (const letter of letters) sums = sums.flatMap(sum => [1, 0, -1].map(factor => plus(sum, times(factor, letter))));
  return sums.filter(sum => sum.monomials.length > 1);
};

const membersFor = (node: Node, system: System, names: readonly string[]): readonly Node[] => {
  const horizons = [...system.sizes.values()].filter(({ role }) => role === "horizon").map(({ name }) => name);
  if (node.kind === "at") {
    const others = [...system.symbols.values()].filter(
      ({ node: other }) => other !== node.of && other.rank === node.of.rank && sameShape(other.shape, node.shape),
    );
    return [
      ...shifted(node.index, names, horizons).map(index => at(node.of, index)),
      ...others.map(({ node: other }) => at(other, node.index)),
    ];
  }
  if (node.kind === "symbol") {
    return [...system.symbols.values()].flatMap(({ node: other }) =>
      other !== node && other.rank === 0 && sameShape(other.shape, node.shape) ? [other] : [],
    );
  }
  if (node.kind === "partial") {
    const changed = (part: typeof node.of): readonly (typeof node.of)[] =>
      membersFor(part, system, names) as readonly (typeof node.of)[];
    return [
      ...changed(node.wrt).map(wrt => partial(node.of, wrt, node.reading)),
      ...(node.of === system.objective ? [] : changed(node.of).map(of => partial(of, node.wrt, node.reading))),
    ];
  }
  return [];
};

/** Bounds of the index moved by one. */
const rangesFor = (index: string, where: Domain): readonly Domain[] =>
  where.where.flatMap((condition, i) =>
    coefficientOf(condition, index) === 0
      ? []
      : [1, -1].map(shift => domain(where.where.map((each, j) => (i === j ? plus(each, shift) : each)))),
  );

const parts = (entries: readonly (readonly [string, Node])[]): ReadonlyMap<string, Node> => new Map(entries);

const atPosition = (place: Position, system: System, free: readonly string[]): readonly Candidate[] => {
  const { node, put, range } = place;
  const names = [...free, ...place.bound];
  const found: Candidate[] = [];
  const add = (by: Node | undefined, cost: number, say: Candidate["say"], used: Candidate["parts"]): void => {
    const term = by && by !== node ? put(by) : undefined;
    if (term) found.push({ term, cost: cost + place.depth / 100, say, parts: used, bound: place.bound });
  };
  for (const other of membersFor(node, system, names)) {
    const near =
      node.kind === "at" &&
      other.kind === "at" &&
      node.of === other.of &&
      other.index.every((each, i) =>
        minus(each, node.index[i] as Polynomial).monomials.every(({ names: inside }) => inside.length === 0),
      );
    add(
      other,
      near ? 1 : 2,
      SAY.member,
      parts([
        ["A", node],
        ["B", other],
      ]),
    );
  }
  for (const edit of PART_EDITS) {
    if (edit.where.c !== undefined) {
      for (const c of scalarsOf(system))
        add(
          made(
            edit,
            parts([
              ["A", node],
              ["c", c],
            ]),
          ),
          edit.cost,
          edit.say,
          parts([
            ["A", node],
            ["c", c],
          ]),
        );
    } else if (edit.where.D !== undefined) {
      for (const D of derivativesAt(system, names)) {
        const used = parts([
          ["A", node],
          ["D", D],
        ]);
        if (sameShape(D.shape, node.shape)) add(made(edit, used), edit.cost, edit.say, used);
      }
    } else if (node.kind !== "number" && node.kind !== "integer") {
      const used = parts([["A", node]]);
      add(made(edit, used), edit.cost, edit.say, used);
    }
  }
  if (range) {
    for (const where of rangesFor(range.index, range.domain)) {
      const term = range.put(where);
      if (term) found.push({ term, cost: 1 + place.depth / 100, say: SAY.bound, parts: new Map(), bound: place.bound });
    }
  }
  if (node.kind !== "call") return found;
  const [A, B] = node.args;
  if (A && B && node.args.length === 2) {
    const used = parts([
      ["A", A],
      ["B", B],
    ]);
    for (const edit of PAIR_EDITS) add(made(edit, used), edit.cost, edit.say, used);
  }
  for (const arg of node.args) {
    const others = node.args.filter(each => each !== arg);
    if (sameShape(arg.shape, node.shape)) add(arg, 1, SAY.remove, parts([["B", others[0] ?? node]]));
  }
  for (const [i, arg] of node.args.entries()) {
    const value = integerValue(arg);
    if (!value) continue;
    for (const shift of [1, -1]) {
      const other = integerNode(plus(value, shift));
      const changed = refitted(
        node,
        node.args.map((each, j) => (i === j ? other : each)),
      );
      add(changed, 1, SAY.exponent, parts([["B", other]]));
    }
  }
  const { order } = node.attributes;
  if (order !== undefined) {
    for (const next of [Number(order) + 1, Number(order) - 1]) {
      if (next < 0) continue;
      const other = callNode(node.op, node.args, { ...node.attributes, order: next }, node.shape);
      add(
        other,
        1,
        SAY.order,
        parts([
          ["A", node],
          ["B", other],
        ]),
      );
    }
  }
  return found;
};

/** What a right form has around a part, by the part: one operation with something that may have been left out. */
const surroundingsIn = (forms: readonly Node[]): ReadonlyMap<Node, readonly CallNode[]> => {
  const found = new Map<Node, Set<CallNode>>();
  for (const { node } of forms.flatMap(form => positionsOf(form))) {
    if (node.kind !== "call") continue;
    for (const arg of node.args) {
      if (!sameShape(arg.shape, node.shape)) continue;
      const around = found.get(arg);
      if (around) around.add(node);
      else found.set(arg, new Set([node]));
    }
  }
  return new Map([...found].map(([part, around]) => [part, [...around]]));
};

/** Names that may be missing as a factor or a term: everything that is given or defined, at the indices in use. */
const namesFor = ({ symbols, objective }: System, names: readonly string[]): readonly Node[] =>
  [...symbols.values()].flatMap(({ node, role }) => {
    if (node.rank > 1 || node === objective) return [];
    const members = node.rank === 0 ? [node] : names.map(name => at(node, [named(name)]));
    return members.flatMap(member => [
      member,
      ...(member.shape.length === 2 ? [call("transpose", [member])] : []),
      ...(role === "defined" ? [partial(objective, member)] : []),
    ]);
  });

/** A part as a right form has it: with one more operation around it. */
const surroundedAt = (
  { node, put, bound, depth }: Position,
  surroundings: ReadonlyMap<Node, readonly CallNode[]>,
): readonly Candidate[] =>
  (surroundings.get(node) ?? []).flatMap(around => {
    const term = put(around);
    const [other = node] = around.args.filter(arg => arg !== node);
    return term ? [{ term, cost: 2.5 + depth / 100, say: SAY.insert, parts: parts([["B", other]]), bound }] : [];
  });

/** Names put in beside each part of a term, outer parts first: one after the other, for as long as somebody asks. */
export function* insertionsInto(root: Node, system: System, free: readonly string[]): Generator<Candidate> {
  for (const { node, put, bound } of positionsOf(root)) {
    if (node.kind === "integer" || node.kind === "number") continue;
    for (const F of namesFor(system, [...free, ...bound])) {
      if (!sameShape(F.shape, node.shape) && !isSquare(F.shape)) continue;
      const used = parts([
        ["A", node],
        ["F", F],
      ]);
      for (const edit of FACTOR_EDITS) {
        const by = made(edit, used);
        const term = by && sameShape(by.shape, node.shape) ? put(by) : undefined;
        if (term) yield { term, cost: edit.cost, say: edit.say, parts: used, bound };
      }
    }
  }
}

/** All single edits of a term; `paths`: whole summands that may be missing; `forms`: right sides as they are derived. */
export const candidatesFor = (
  root: Node,
  system: System,
  free: readonly string[],
  paths: readonly Node[],
  forms: readonly Node[] = [],
): readonly Candidate[] => {
  const surroundings = surroundingsIn(forms);
  const found = positionsOf(root).flatMap(place => [
    ...atPosition(place, system, free),
    ...surroundedAt(place, surroundings),
  ]);
  for (const path of paths) {
    const used = parts([
      ["A", root],
      ["B", path],
    ]);
    const edit = PAIR_EDITS[0] as TermEdit;
    const term = sameShape(path.shape, root.shape) ? made(edit, used) : undefined;
    if (term) found.push({ term, cost: 3, say: SAY.path, parts: used, bound: [] });
  }
  const first = new Map<Node, Candidate>();
  for (const candidate of found.toSorted((a, b) => a.cost - b.cost))
    if (!first.has(candidate.term)) first.set(candidate.term, candidate);
  first.delete(root);
  return [...first.values()];
};
