/** Random well-typed systems: recurrences forward, backward and over layers, windows, coupled states, shared parameters. */
import { type Domain, EVERYWHERE, intersect, interval } from "../../src/expr/domain.ts";
import {
  at,
  integerNode,
  type Node,
  number,
  over,
  SCALAR,
  Scope,
  type Shape,
  type SymbolNode,
  symbol,
} from "../../src/expr/node.ts";
import { minus, named, type Polynomial, plus, polynomial } from "../../src/expr/polynomial.ts";
import type { Equation, FunctionEntry, Role, SizeEntry, SymbolEntry, System } from "../../src/expr/system.ts";
import { call } from "../../src/ops/call.ts";
import { readTerm } from "../../src/term/read.ts";
import { Chance } from "./chance.ts";
import { PRODUCTIONS, randomTerm, sumOver, type TermSetting } from "./terms.ts";

type Bound = Polynomial | number | string;
interface Axis {
  readonly index: string;
  readonly lo: Bound;
  readonly hi: Bound;
}

/** Collects a system while it is made up. */
class Builder {
  readonly scope = new Scope();
  readonly symbols = new Map<string, SymbolEntry>();
  readonly functions = new Map<string, FunctionEntry>();
  readonly sizes = new Map<string, SizeEntry>();
  readonly equations: Equation[] = [];
  readonly parameters: SymbolNode[] = [];
  readonly data: Node[] = [];
  /** Arrays of zeros and ones with names of their own. */
  readonly fixed: Node[] = [];

  size(name: string, role: SizeEntry["role"]): Polynomial {
    this.sizes.set(name, { name, latex: name, role, least: 1 });
    return named(name);
  }
  declare(name: string, shape: Shape, role: Role, axes: readonly Axis[] = []): SymbolNode {
    const node = symbol(this.scope, name, shape, axes.length);
    const domain =
      axes.length === 0 ? EVERYWHERE : intersect(...axes.map(({ index, lo, hi }) => interval(index, lo, hi)));
    this.symbols.set(name, {
      node,
      latex: name,
      role,
      indices: axes.map(({ index }) => index),
      domain,
      shapeFrom: "declared",
    });
    return node;
  }
  define(of: SymbolNode, right: Node, axes: readonly Axis[] = []): void {
    const indices = axes.map(({ index }) => index);
    const over: Domain =
      axes.length === 0 ? EVERYWHERE : intersect(...axes.map(({ index, lo, hi }) => interval(index, lo, hi)));
    this.equations.push({ left: axes.length === 0 ? of : at(of, indices.map(named)), right, indices, over });
  }
  elementwise(name: string, formula?: string): void {
    const parameter = symbol(this.scope, `${name}.u`);
    const body = formula && readTerm(formula, { symbols: new Map([["u", parameter]]), functions: new Map() });
    this.functions.set(name, {
      name,
      latex: name,
      kind: "elementwise",
      arity: 1,
      result: [],
      ...(body ? { definition: { parameters: [parameter], body } } : {}),
    });
  }
  general(result: Shape): string {
    const name = `f${this.functions.size}`;
    this.functions.set(name, { name, latex: name, kind: "general", arity: 3, result });
    return name;
  }
}

const OUTERMOST = PRODUCTIONS.map(({ op }) => op);
const DEPTH = 3;

/** One random system; the same seed gives the same one. */
export const randomSystem = (seed: number): System => {
  const chance = new Chance(seed);
  const build = new Builder();
  const dimensions = ["m", "n", "p"].slice(0, 2 + chance.below(2)).map(name => build.size(name, "dimension"));
  build.elementwise("phi");
  if (chance.happens(0.3)) build.elementwise("swish", "u / (1 + exp(-u))");
  const roots = chance.happens(0.5);
  const shape = (): Shape =>
    chance.happens(0.7)
      ? [chance.pick(dimensions)]
      : chance.happens(0.7)
        ? [chance.pick(dimensions), chance.pick(dimensions)]
        : SCALAR;
  const setting = (reads: readonly Node[], integers: readonly string[], calm: boolean): TermSetting => ({
    chance,
    leaves: { reads: [...reads, ...build.parameters, ...build.fixed], given: [...build.data, ...build.parameters] },
    dimensions,
    functions: [...build.functions.values()].filter(({ kind }) => kind === "elementwise").map(({ name }) => name),
    integers,
    roots: roots && !calm,
    signs: !roots,
    general: result => build.general(result),
  });
  const term = (wanted: Shape, reads: readonly Node[], integers: readonly string[], calm: boolean): Node =>
    randomTerm(wanted, DEPTH, setting(reads, integers, calm), chance.pick(OUTERMOST));

  for (const [i, rows] of dimensions.entries()) {
    build.parameters.push(build.declare(`v${i}`, [rows], "parameter"));
    build.parameters.push(build.declare(`W${i}`, [rows, chance.pick(dimensions)], "parameter"));
  }
  if (chance.happens(0.6))
    build.parameters.push(build.declare("Q", [dimensions[0] as Polynomial, dimensions[0] as Polynomial], "parameter"));
  if (chance.happens(0.5))
    build.parameters.push(build.declare("c", SCALAR, chance.happens(0.5) ? "parameter" : "constant"));

  if (chance.happens(0.08)) {
    const size = dimensions[0] as Polynomial;
    const [op, wanted] = chance.pick([
      ["identity", [size, size]],
      ["ones", [size]],
      ["zeros", [size, size]],
    ] as const);
    const args = op === "identity" ? [size] : [size, wanted[1] ?? polynomial(1)];
    const fixed = build.declare("K", wanted, "defined");
    build.define(fixed, call(op, args.map(integerNode)));
    build.fixed.push(fixed);
  }
  const kind = chance.below(100);
  const losses =
    kind < 15
      ? layersAndTime(build, chance, shape, term)
      : kind < 22
        ? plain(build, chance, shape, term)
        : overTime(build, chance, dimensions, shape, term);
  const objective = build.declare("L", SCALAR, "defined");
  const regular = chance.happens(0.3) ? [call("squarednorm", [chance.pick(build.parameters)])] : [];
  build.define(
    objective,
    [...losses, ...regular].reduce((a, b) => call("add", [a, b])),
  );
  const { scope, symbols, functions, sizes, equations } = build;
  return { name: `random ${seed}`, scope, symbols, functions, sizes, equations, objective };
};

type Term = (wanted: Shape, reads: readonly Node[], integers: readonly string[], calm: boolean) => Node;

/** A scalar of one or two arrays: what an objective sums up. */
const loss = (build: Builder, chance: Chance, of: Node, target: Node | undefined): Node => {
  const other =
    target ??
    chance.pick(build.parameters.filter(node => node.shape.length === of.shape.length).concat(build.parameters));
  const fits = other.shape.length === of.shape.length && other.shape.every((size, i) => size.key === of.shape[i]?.key);
  if (fits && chance.happens(0.5)) return call(chance.pick(["squarederror", "halfsquarederror", "inner"]), [of, other]);
  if (chance.happens(0.4)) return call("squarednorm", [of]);
  return call("apply", [of, other], { function: build.general([]), result: [] });
};

const plain = (build: Builder, chance: Chance, shape: () => Shape, term: Term): readonly Node[] => {
  const x = build.declare("x", shape(), "data");
  build.data.push(x);
  const made: Node[] = [x];
  for (let i = 0; i < 2 + chance.below(3); i++) {
    const wanted = shape();
    const node = build.declare(`a${i}`, wanted, "defined");
    build.define(node, term(wanted, [...made.slice(-3)], [], made.length < 3));
    made.push(node);
  }
  const last = made.at(-1) as Node;
  return [loss(build, chance, last, undefined), ...(chance.happens(0.4) ? [term(SCALAR, made, [], false)] : [])];
};

/** h[l, t] from h[l - 1, t] and h[l, t - 1], with parameters for every layer or shared ones. */
const layersAndTime = (build: Builder, chance: Chance, shape: () => Shape, term: Term): readonly Node[] => {
  build.size("T", "horizon");
  build.size("N", "horizon");
  const state = shape();
  const axes = (l: Bound, t: Bound): readonly Axis[] => [
    { index: "l", lo: l, hi: "N" },
    { index: "t", lo: t, hi: "T" },
  ];
  const h = build.declare("h", state, "defined", axes(0, 0));
  const reads: Node[] = [at(h, [minus("l", 1), named("t")]), at(h, [named("l"), minus("t", 1)])];
  if (chance.happens(0.6)) {
    const layer = build.declare("U", chance.pick(build.parameters).shape, "parameter", [
      { index: "l", lo: 1, hi: "N" },
    ]);
    reads.push(at(layer, [named("l")]));
  }
  if (chance.happens(0.3)) {
    const skip = build.declare("s", state, "defined", axes(1, 1));
    build.define(skip, term(state, [...reads, reads[0] as Node], ["t", "l"], true), axes(1, 1));
    reads.push(at(skip, [named("l"), named("t")]));
  }
  const mixed = reads
    .slice(0, 2)
    .map(read => call("elementwise", [read], { function: "phi", order: 0 }))
    .reduce((a, b) => call("hadamard", [a, b]));
  build.define(h, call("add", [mixed, term(state, reads, ["t", "l"], true)]), axes(1, 1));
  const y = build.declare("y", state, "target", [{ index: "t", lo: 1, hi: "T" }]);
  const top = at(h, [named("N"), named("t")]);
  const each = loss(build, chance, top, at(y, [named("t")]));
  const sum = sumOver("t", 1, "T", each);
  const everywhere = sumOver(
    "l",
    1,
    "N",
    sumOver("t", 1, "T", loss(build, chance, at(h, [named("l"), named("t")]), undefined)),
  );
  return [
    call("divide", [sum, integerNode(named("T"))]),
    ...(chance.happens(0.3) ? [everywhere] : []),
    ...(chance.happens(0.2)
      ? [term(SCALAR, [at(h, [named("N"), named("T")]), at(h, [polynomial(1), polynomial(1)])], ["T"], false)]
      : []),
  ];
};

/** States over time: coupled or not, with lags, forward or backward; outputs with windows; ends that the objective reads. */
const overTime = (
  build: Builder,
  chance: Chance,
  dimensions: readonly Polynomial[],
  shape: () => Shape,
  term: Term,
): readonly Node[] => {
  build.size("T", "horizon");
  const T = named("T");
  const t = named("t");
  const whole: Axis = { index: "t", lo: 1, hi: "T" };
  const dataShape = shape();
  const x = build.declare("x", dataShape, "data", [whole]);
  const xt = at(x, [t]);
  build.data.push(xt);

  const count = chance.happens(0.6) ? 2 + chance.below(2) : 1;
  const coupled = count > 1 && chance.happens(0.85);
  const backward = chance.happens(0.22);
  const lag = chance.happens(0.25) ? 2 : 1;
  const shapes = Array.from({ length: count }, (_, i): Shape => {
    if (i === 0 && chance.happens(0.2)) return [chance.pick(dimensions), chance.pick(dimensions)];
    return shape();
  });
  const members: Axis = backward ? { index: "t", lo: 1, hi: plus(T, lag) } : { index: "t", lo: 1 - lag, hi: "T" };
  const states = shapes.map((state, i) => build.declare(`h${i}`, state, "defined", [members]));
  const before = (of: SymbolNode, steps: number): Node => at(of, [backward ? plus(t, steps) : minus(t, steps)]);
  for (const [i, state] of states.entries()) {
    const others = coupled ? states : [state];
    const reads = [xt, ...others.map(other => before(other, 1)), ...states.slice(0, i).map(other => at(other, [t]))];
    const earlier = [
      before(state, 1),
      ...(lag === 2 ? [before(state, 2)] : []),
      ...(coupled ? [before(states[(i + 1) % count] as SymbolNode, 1)] : []),
    ];
    const kept = earlier
      .map(read => fitted(read, shapes[i] as Shape, build))
      .reduce((a, b) => call(chance.pick(["add", "hadamard"]), [a, b]));
    const right = call("add", [
      call("elementwise", [kept], { function: "phi", order: 0 }),
      term(shapes[i] as Shape, reads, ["t"], true),
    ]);
    build.define(state, chance.happens(0.3) ? call("elementwise", [right], { function: "phi", order: 0 }) : right, [
      whole,
    ]);
  }
  const last = states.at(-1) as SymbolNode;
  const outputShape = shape();
  const output = build.declare("o", outputShape, "defined", [whole]);
  const readable: Node[] = [at(last, [t]), at(states[0] as SymbolNode, [t]), xt];
  if (chance.happens(0.45)) readable.push(windowed(chance, states[0] as SymbolNode, t, T, term));
  if (chance.happens(0.12)) readable.push(ordered(build, chance, states, dimensions[0] as Polynomial, T));
  if (chance.happens(0.12)) readable.push(at(last, [T]), at(states[0] as SymbolNode, [polynomial(1)]));
  const base = term(outputShape, readable, ["t", "T"], false);
  const extra = readable.slice(3).map(read => fitted(read, outputShape, build));
  build.define(
    output,
    [base, fitted(at(last, [t]), outputShape, build), ...extra].reduce((a, b) => call("add", [a, b])),
    [whole],
  );
  build.data.length = 0;
  const y = build.declare("y", outputShape, "label", [whole]);
  const mean = sumOver("t", 1, "T", loss(build, chance, at(output, [t]), at(y, [t])));
  const losses: Node[] = [chance.happens(0.5) ? call("divide", [mean, integerNode(T)]) : mean];
  if (chance.happens(0.25)) {
    const of = chance.pick(states);
    losses.push(call("inner", [at(of, [polynomial(1)]), at(of, [T])]));
  }
  if (chance.happens(0.2)) losses.push(term(SCALAR, [at(last, [T]), at(output, [T])], ["T"], false));
  if (chance.happens(0.15)) losses[0] = loss(build, chance, at(output, [T]), at(y, [T]));
  return losses;
};

/** A read turned into another shape by matrix products, so that it surely matters. */
const fitted = (read: Node, wanted: Shape, build: Builder): Node => {
  const [rows, columns] = [wanted[0], wanted[1]];
  if (read.shape.length === wanted.length && read.shape.every((size, i) => size.key === wanted[i]?.key)) return read;
  const weight = (a: Polynomial, b: Polynomial): Node => {
    const name = `P_${a.key}_${b.key}`;
    const known = build.symbols.get(name);
    if (known) return known.node;
    const node = build.declare(name, [a, b], "parameter");
    build.parameters.push(node);
    return node;
  };
  const scalar = call("squarednorm", [read]);
  if (!rows) return scalar;
  if (columns || read.shape.length === 0)
    return call("scale", [scalar, call("ones", [integerNode(rows), columns ? integerNode(columns) : number(1)])]);
  const first = read.shape[0] as Polynomial;
  const vector =
    read.shape.length === 1
      ? read
      : call("matmul", [read, call("ones", [integerNode(read.shape[1] as Polynomial), number(1)])]);
  return call("matmul", [weight(rows, first), vector]);
};

/** Π of matrices up to t, or from t on, in either order: of a state where one is square, else of parameters of each step. */
const ordered = (
  build: Builder,
  chance: Chance,
  states: readonly SymbolNode[],
  size: Polynomial,
  T: Polynomial,
): Node => {
  const square = states.find(({ shape }) => shape.length === 2 && shape[0]?.key === shape[1]?.key);
  const of = square ?? build.declare("A", [size, size], "parameter", [{ index: "t", lo: 1, hi: T }]);
  const fold = chance.pick(["product", "reversed-product"] as const);
  const range = chance.happens(0.5) ? interval("k", 1, "t") : interval("k", plus("t", 1), T);
  return over(fold, "k", range, at(of, [named("k")]));
};

/** Σ over a window or a triangle of something of a state's members. */
const windowed = (chance: Chance, of: SymbolNode, t: Polynomial, T: Polynomial, term: Term): Node => {
  const k = named("k");
  const body = chance.happens(0.5) ? at(of, [k]) : term(of.shape, [at(of, [k]), at(of, [t])], ["k"], true);
  const read = chance.happens(0.5) ? body : call("hadamard", [body, at(of, [k])]);
  switch (chance.below(4)) {
    case 0:
      return sumOver("k", 1, t, read);
    case 1:
      return sumOver("k", t, T, read);
    case 2: {
      const window = intersect(interval("k", minus(t, 2), t), interval("k", 1, T));
      return over("sum", "k", window, read);
    }
    default: {
      const window = intersect(interval("k", minus(t, 1), plus(t, 1)), interval("k", 1, T));
      return over("sum", "k", window, read);
    }
  }
};
