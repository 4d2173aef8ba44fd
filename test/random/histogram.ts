/** What random systems are made of: read off the systems themselves, not off what was meant when they were made. */
import { boundsOf } from "../../src/expr/domain.ts";
import { integerValue, type Node, open, type SymbolNode } from "../../src/expr/node.ts";
import { coefficientOf, constantValue, minus, namesIn, type Polynomial } from "../../src/expr/polynomial.ts";
import { type Equation, familyOf, indexOf, type System } from "../../src/expr/system.ts";
import { postorder } from "../../src/expr/walk.ts";

export interface Traits {
  readonly coupled: boolean;
  readonly matrixState: boolean;
  readonly lagTwo: boolean;
  readonly readsAhead: boolean;
  readonly windowed: boolean;
  readonly bothEnds: boolean;
  readonly twoIndices: boolean;
  readonly shared: boolean;
  /** Distinct nodes of each equation's right side. */
  readonly nodes: readonly number[];
  /** Ops below another call, and ops at the root of a side or of a sum's body. */
  readonly inner: ReadonlySet<string>;
  readonly outer: ReadonlySet<string>;
}

const membersIn = (root: Node): readonly (Node & { kind: "at" })[] =>
  postorder(root).flatMap(node => (node.kind === "at" ? [node] : []));

/** Families that read each other in a circle, by following reads from each. */
const circles = (system: System): readonly ReadonlySet<SymbolNode>[] => {
  const reads = new Map<SymbolNode, Set<SymbolNode>>();
  for (const { left, right } of system.equations) {
    const of = familyOf(left);
    const set = reads.get(of) ?? new Set();
    for (const node of postorder(right)) if (node.kind === "at" || node.kind === "symbol") set.add(familyOf(node));
    reads.set(of, set);
  }
  const reach = (from: SymbolNode): ReadonlySet<SymbolNode> => {
    const seen = new Set<SymbolNode>();
    const stack = [...(reads.get(from) ?? [])];
    while (stack.length > 0) {
      const next = stack.pop() as SymbolNode;
      if (seen.has(next)) continue;
      seen.add(next);
      stack.push(...(reads.get(next) ?? []));
    }
    return seen;
  };
  const reached = new Map([...reads.keys()].map(of => [of, reach(of)]));
  return [...reads.keys()]
    .filter(of => reached.get(of)?.has(of))
    .map(of => new Set([...reads.keys()].filter(other => reached.get(of)?.has(other) && reached.get(other)?.has(of))));
};

const offsetsOf = ({ left, right }: Equation, families: ReadonlySet<SymbolNode>): readonly number[] => {
  const own = indexOf(left);
  return membersIn(right)
    .filter(({ of }) => families.has(of))
    .flatMap(({ index }) =>
      index.flatMap((entry, i) => (own[i] ? (constantValue(minus(entry, own[i] as Polynomial)) ?? []) : [])),
    );
};

/** A sum over members of a defined family whose range depends on an index around it. */
const hasWindow = (equation: Equation, defined: ReadonlySet<SymbolNode>): boolean =>
  postorder(equation.right).some(node => {
    if (node.kind !== "over") return false;
    const { domain, body } = open(node, "~");
    const { lower, upper } = boundsOf(domain, "~");
    const depends = [...lower, ...upper].some(bound =>
      namesIn(bound).some(name => equation.indices.includes(name) || name.startsWith("#")),
    );
    return (
      depends &&
      membersIn(body).some(({ of, index }) => defined.has(of) && index.some(entry => coefficientOf(entry, "~") !== 0))
    );
  });

/** Constant-index reads of the first and of the last member of one family. */
const readsBothEnds = (system: System, defined: ReadonlySet<SymbolNode>): boolean => {
  const ends = new Map<string, Set<string>>();
  for (const equation of system.equations) {
    for (const { of, index } of membersIn(equation.right)) {
      if (!defined.has(of)) continue;
      index.forEach((entry, i) => {
        const names = namesIn(entry);
        const isLast = names.length > 0 && names.every(name => system.sizes.has(name));
        if (names.length > 0 && !isLast) return;
        const key = `${of.name} ${i}`;
        ends.set(key, (ends.get(key) ?? new Set()).add(isLast ? "last" : "first"));
      });
    }
  }
  return [...ends.values()].some(found => found.size === 2);
};

export const traitsOf = (system: System): Traits => {
  const defined = new Set(system.equations.map(({ left }) => familyOf(left)));
  const loops = circles(system);
  const recurrent = new Set(loops.flatMap(loop => [...loop]));
  const offsets = system.equations.flatMap(equation =>
    recurrent.has(familyOf(equation.left)) ? offsetsOf(equation, recurrent) : [],
  );
  const reads = new Map<SymbolNode, number>();
  const inner = new Set<string>();
  const outer = new Set<string>();
  for (const { right } of system.equations) {
    for (const node of postorder(right)) {
      if (node.kind === "over") {
        inner.add(node.fold);
        if (node.body.kind === "call" || node.body.kind === "at") outer.add(node.fold);
      }
      if (node.kind !== "call") continue;
      // What has no array argument stands around nothing: it counts wherever it stands.
      if (node.args.every(arg => integerValue(arg))) outer.add(node.op);
      for (const arg of node.args) {
        if (arg.kind === "call") inner.add(arg.op);
        if (arg.kind === "symbol") reads.set(arg, (reads.get(arg) ?? 0) + 1);
        if (arg.kind === "call" || arg.kind === "over") outer.add(node.op);
      }
    }
  }
  const isParameter = (node: SymbolNode): boolean => system.symbols.get(node.name)?.role === "parameter";
  return {
    coupled: loops.some(loop => loop.size > 1),
    matrixState: [...recurrent].some(({ shape }) => shape.length === 2),
    lagTwo: offsets.some(offset => Math.abs(offset) === 2),
    readsAhead: system.equations.some(equation => offsetsOf(equation, defined).some(offset => offset > 0)),
    windowed: system.equations.some(equation => hasWindow(equation, defined)),
    bothEnds: readsBothEnds(system, defined),
    twoIndices: [...defined].some(({ rank }) => rank === 2),
    shared: [...reads].some(([node, count]) => isParameter(node) && count > 1),
    nodes: system.equations.map(({ right }) => postorder(right).length),
    inner,
    outer,
  };
};
