/** Terms that differ from a given one by a single edit, the likeliest first. */
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
import {
  coefficientOf,
  constantValue,
  integer,
  minus,
  named,
  type Polynomial,
  plus,
  times,
} from "../../expr/polynomial.ts";
import { familyOf, type System } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import { call } from "../../ops/call.ts";
import { isSquare } from "../shapes.ts";
import { made } from "./made.ts";
import { isExponent, type Position, positionsOf, refitted } from "./positions.ts";
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
      ...[...names, ...horizons].map(name => named(name)),
      ...reflected(own, names, horizons),
    ];
    return others.map(other => index.map((each, i) => (i === place ? other : each)));
  });

/** T + t − i for T + i: combinations of the horizon and the letters in use. */
const reflected = (own: Polynomial, names: readonly string[], horizons: readonly string[]): readonly Polynomial[] => {
  const letters = [...horizons, ...names];
  if (letters.length > 4 || own.monomials.length < 2) return [];
  let sums: readonly Polynomial[] = [integer(0)];
  for (const letter of letters) sums = sums.flatMap(sum => [1, 0, -1].map(factor => plus(sum, times(factor, letter))));
  return sums.filter(sum => sum.monomials.length > 1);
};

/** Members that a node may stand for, the node itself among them. */
const membersFor = (node: Node, system: System, names: readonly string[]): readonly Node[] => {
  const horizons = [...system.sizes.values()].filter(({ role }) => role === "horizon").map(({ name }) => name);
  if (node.kind === "at") {
    const others = [...system.symbols.values()].filter(
      ({ node: other }) => other.rank === node.of.rank && sameShape(other.shape, node.shape),
    );
    return [
      ...shifted(node.index, names, horizons).map(index => at(node.of, index)),
      ...others.map(({ node: other }) => at(other, node.index)),
    ];
  }
  if (node.kind === "symbol") {
    return [...system.symbols.values()].flatMap(({ node: other }) =>
      other.rank === 0 && sameShape(other.shape, node.shape) ? [other] : [],
    );
  }
  if (node.kind === "partial") {
    const changed = (part: typeof node.of): readonly (typeof node.of)[] =>
      membersFor(part, system, names) as readonly (typeof node.of)[];
    // What is computed is taken for something else that is, and what is given for what is given.
    const isDefined = (member: typeof node.of): boolean =>
      system.symbols.get(familyOf(member).name)?.role === "defined";
    return [
      ...changed(node.wrt)
        .filter(wrt => isDefined(wrt) === isDefined(node.wrt))
        .map(wrt => partial(node.of, wrt, node.reading)),
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

const parts = (entries: Readonly<Record<string, Node>>): ReadonlyMap<string, Node> => new Map(Object.entries(entries));

/** What stands in the place of a part, with what is said of it. */
type Change = readonly [by: Node | undefined, say: Candidate["say"], parts: Candidate["parts"]];

/** A term with its system, and what is asked of them at one place after another. */
interface Search {
  readonly free: readonly string[];
  readonly scalars: readonly Node[];
  readonly derivatives: (names: readonly string[]) => readonly Node[];
  readonly members: (node: Node, names: readonly string[]) => readonly Node[];
  readonly surroundings: ReadonlyMap<Node, readonly CallNode[]>;
}

/** A kind of edit: what it makes of a place, and how likely it is. */
interface Kind {
  readonly cost: number;
  readonly at: (place: Position, search: Search) => Iterable<Change>;
}

const namesAt = ({ bound }: Position, { free }: Search): readonly string[] => [...free, ...bound];

/** The same family, its indices moved by constants. */
const isNear = (node: Node, other: Node): boolean =>
  node.kind === "at" &&
  other.kind === "at" &&
  node.of === other.of &&
  other.index.every((each, i) => constantValue(minus(each, node.index[i] as Polynomial)) !== undefined);

const memberKind = (cost: number, near: boolean): Kind => ({
  cost,
  *at(place, search) {
    const { node } = place;
    for (const other of search.members(node, namesAt(place, search)))
      if (isNear(node, other) === near) yield [other, SAY.member, parts({ A: node, B: other })];
  },
});

const isConstant = (node: Node): boolean => node.kind === "number" || node.kind === "integer";

const partKind = (edit: TermEdit): Kind => ({
  cost: edit.cost,
  *at(place, search) {
    const { node } = place;
    const change = (used: Candidate["parts"]): Change => [made(edit, used), edit.say, used];
    if (edit.where.c !== undefined) for (const c of search.scalars) yield change(parts({ A: node, c }));
    else if (edit.where.D !== undefined)
      for (const D of search.derivatives(namesAt(place, search))) yield change(parts({ A: node, D }));
    else if (!isConstant(node)) yield change(parts({ A: node }));
  },
});

const isPower = (node: CallNode): boolean => node.args.some((_, i) => isExponent(node, i));

const pairKind = (edit: TermEdit): Kind => ({
  cost: edit.cost,
  *at({ node }) {
    if (node.kind !== "call" || node.args.length !== 2 || isPower(node)) return;
    const [A, B] = node.args as readonly [Node, Node];
    const used = parts({ A, B });
    yield [made(edit, used), edit.say, used];
  },
});

const KINDS: readonly Kind[] = [
  memberKind(1, true),
  memberKind(2, false),
  ...PART_EDITS.map(partKind),
  ...PAIR_EDITS.map(pairKind),
  {
    cost: 1,
    *at({ node }) {
      // Without its exponent a power has the exponent 1.
      if (node.kind !== "call" || isPower(node)) return;
      for (const arg of node.args) {
        if (!sameShape(arg.shape, node.shape)) continue;
        const B = node.args.find(each => each !== arg) ?? arg;
        yield node.args.length > 1 ? [arg, SAY.remove, parts({ B })] : [arg, SAY.member, parts({ A: node, B })];
      }
    },
  },
  {
    cost: 1,
    *at({ node }) {
      if (node.kind !== "call") return;
      for (const [i, arg] of node.args.entries()) {
        const value = integerValue(arg);
        if (!value) continue;
        for (const shift of [1, -1]) {
          const B = integerNode(plus(value, shift));
          const args = node.args.map((each, j) => (i === j ? B : each));
          const say = isExponent(node, i) ? SAY.exponent : SAY.member;
          yield [refitted(node, args), say, parts({ A: arg, B })];
        }
      }
    },
  },
  {
    cost: 1,
    *at({ node }) {
      if (node.kind !== "call" || node.attributes.order === undefined) return;
      const order = Number(node.attributes.order);
      for (const next of [order + 1, order - 1]) {
        if (next < 0) continue;
        const B = callNode(node.op, node.args, { ...node.attributes, order: next }, node.shape);
        yield [B, SAY.order, parts({ A: node, B })];
      }
    },
  },
  {
    // As a right form has the part: with one more operation around it.
    cost: 2.5,
    *at({ node }, { surroundings }) {
      for (const around of surroundings.get(node) ?? []) {
        const B = around.args.find(arg => arg !== node) ?? node;
        yield around.args.length > 1
          ? [around, SAY.insert, parts({ B })]
          : [around, SAY.member, parts({ A: node, B: around })];
      }
    },
  },
];

const BOUND_COST = 1;
const PATH_COST = 3;

/** From likely to unlikely. */
const COSTS = [...new Set([BOUND_COST, PATH_COST, ...KINDS.map(({ cost }) => cost)])].toSorted((a, b) => a - b);

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

/** What formulas multiply something by that is more than a name: the 1 - a_t of a_t ⊙ (1 - a_t). */
const factorsIn = (forms: readonly Node[]): readonly Node[] => {
  const [entrywise] = FACTOR_EDITS as readonly [TermEdit];
  const found = new Set<Node>();
  for (const { node } of forms.flatMap(form => positionsOf(form)))
    for (const F of node.kind === "call" && node.args.length === 2 ? node.args : []) {
      const A = (node as CallNode).args.find(each => each !== F);
      const products = A && F.kind === "call" ? [parts({ A, F }), parts({ A: F, F: A })] : [];
      if (products.some(used => made(entrywise, used) === node)) found.add(F);
    }
  return [...found];
};

/**
 * Factors of right forms and of the forward equations, then names, put in beside each part of a term, outer parts first: one after the other, for as
 * long as somebody asks.
 */
export function* insertionsInto(
  root: Node,
  system: System,
  free: readonly string[],
  forms: readonly Node[] = [],
): Generator<Candidate> {
  const factors = factorsIn([...forms, ...system.equations.map(({ right }) => right)]);
  const places = positionsOf(root).filter(({ node }) => node.kind !== "integer" && node.kind !== "number");
  for (const missing of [() => factors, (bound: readonly string[]) => namesFor(system, [...free, ...bound])])
    for (const { node, put, bound } of places)
      for (const F of missing(bound)) {
        if (!sameShape(F.shape, node.shape) && !isSquare(F.shape)) continue;
        const used = parts({ A: node, F });
        for (const edit of FACTOR_EDITS) {
          const by = made(edit, used);
          const term = by && sameShape(by.shape, node.shape) ? put(by) : undefined;
          if (term) yield { term, cost: edit.cost, say: edit.say, parts: used, bound };
        }
      }
}

/** A function whose answers are kept by what `key` says of its arguments. */
const remembering = <A extends readonly unknown[], R>(of: (...args: A) => R, key: (...args: A) => string) => {
  const known = new Map<string, R>();
  return (...args: A): R => {
    const name = key(...args);
    const found = known.get(name);
    if (found !== undefined) return found;
    const value = of(...args);
    known.set(name, value);
    return value;
  };
};

/**
 * All single edits of a term, the likeliest first, each term once; outer places before inner ones. They are made one
 * after the other, for as long as somebody asks. `paths`: whole summands that may be missing; `forms`: right sides as
 * they are derived.
 */
export function* candidatesFor(
  root: Node,
  system: System,
  free: readonly string[],
  paths: readonly Node[],
  forms: readonly Node[] = [],
): Generator<Candidate> {
  const search: Search = {
    free,
    scalars: scalarsOf(system),
    derivatives: remembering(
      names => derivativesAt(system, names),
      names => names.join(),
    ),
    members: remembering(
      (node, names) => membersFor(node, system, names),
      (node, names) => `${node.id} ${names.join()}`,
    ),
    surroundings: surroundingsIn(forms),
  };
  const places = positionsOf(root);
  const seen = new Set<Node>([root]);
  const isNew = (term: Node | undefined): term is Node => term !== undefined && !seen.has(term) && !!seen.add(term);
  for (const cost of COSTS) {
    const kinds = KINDS.filter(kind => kind.cost === cost);
    for (const place of places) {
      const { put, bound, range } = place;
      for (const { at } of kinds) {
        for (const [by, say, used] of at(place, search)) {
          const term = by && put(by);
          if (isNew(term)) yield { term, cost, say, parts: used, bound };
        }
      }
      if (cost !== BOUND_COST || !range) continue;
      for (const where of rangesFor(range.index, range.domain)) {
        const term = range.put(where);
        if (isNew(term)) yield { term, cost, say: SAY.bound, parts: new Map(), bound };
      }
    }
    if (cost !== PATH_COST) continue;
    for (const path of paths) {
      const used = parts({ A: root, B: path });
      const term = made(PAIR_EDITS[0] as TermEdit, used);
      if (isNew(term)) yield { term, cost, say: SAY.path, parts: used, bound: [] };
    }
  }
}
