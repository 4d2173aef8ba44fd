/** Single faults, planted one at a time: wrong pullbacks in the op table, wrong boundaries and index maps in a derivation. */
import type { Derivation, Gradient, Piece } from "../../src/derive/gradient.ts";
import { type Domain, domain } from "../../src/expr/domain.ts";
import { type AtNode, at, callNode, integerNode, type Node, number, over, partial } from "../../src/expr/node.ts";
import { minus, type Polynomial, plus } from "../../src/expr/polynomial.ts";
import { familyOf } from "../../src/expr/system.ts";
import { transform } from "../../src/expr/walk.ts";
import { call, opOf } from "../../src/ops/call.ts";
import type { Builder, Op } from "../../src/ops/op.ts";
import { pullbackOf } from "../../src/term/faces.ts";

/** Plants the fault while something runs. */
export interface Fault {
  readonly name: string;
  /** The op that a system must hold for the fault to matter. */
  readonly op?: string;
  readonly plant: (derive: () => Derivation) => Derivation;
}

type Pullback = NonNullable<Op["pullback"]>[string];

/** Runs with another pullback in the table, and puts the right one back. */
const withPullback = (name: string, argument: string, wrong: Pullback, run: () => Derivation): Derivation => {
  const op = opOf(name) as { pullback?: Op["pullback"] } & Op;
  const right = op.pullback;
  if (!right?.[argument]) throw new Error(`${name} has no pullback to ${argument}`);
  op.pullback = { ...right, [argument]: wrong };
  try {
    return run();
  } finally {
    op.pullback = right;
  }
};

/** A pullback with a wrong text; it is compiled under a name of its own, so that no cache remembers it. */
const wrongText = (name: string, argument: string, text: string): Fault => ({
  name: `${name}: the pullback to ${argument} is ${text}`,
  op: name,
  plant: run => {
    const copy: Op = { ...opOf(name), name: `${name} (${text})`, pullback: { [argument]: text } };
    const slot = copy.args.indexOf(argument);
    const build: Pullback = ({ args, attributes, G, Y }) => {
      const pulled = pullbackOf(copy, args, attributes, slot, G, Y);
      if (!pulled) throw new Error(`${name} has no argument ${argument}`);
      return pulled;
    };
    return withPullback(name, argument, build, run);
  },
});

/** The right pullback with something done to it. */
const changed = (name: string, argument: string, what: string, change: (pulled: Node) => Node): Fault => ({
  name: `${name}: the pullback to ${argument} ${what}`,
  op: name,
  plant: run => {
    const right = opOf(name).pullback?.[argument];
    if (typeof right !== "function") throw new Error(`${name} has no builder for ${argument}`);
    const wrong = (given: Parameters<Builder>[0]): Node | undefined => {
      const pulled = right(given);
      return pulled && change(pulled);
    };
    return withPullback(name, argument, wrong, run);
  },
});

const TEXTS: readonly (readonly [op: string, argument: string, wrong: string])[] = [
  ["add", "B", "-G"],
  ["subtract", "B", "G"],
  ["negate", "A", "G"],
  ["scale", "c", "-inner(G, A)"],
  ["scale", "A", "(c * c) * G"],
  ["matmul", "A", "2 * (G * B')"],
  ["matmul", "B", "-(A' * G)"],
  ["hadamard", "A", "G .* A"],
  ["hadamard", "B", "G"],
  ["divide", "A", "c * G"],
  ["divide", "c", "inner(G, Y) / c"],
  ["quotient", "A", "G .* B"],
  ["quotient", "B", "-(G .* Y)"],
  ["power", "A", "G .* (k * A .^ k)"],
  ["power", "A", "G .* A .^ (k - 1)"],
  ["matpower", "A", "sum(s, 1, k - 1, (A')^s * G * (A')^(k - 1 - s))"],
  ["matpower", "A", "sum(s, 0, k - 1, A^s * G * A^(k - 1 - s))"],
  ["transpose", "A", "-G'"],
  ["inner", "A", "G * A"],
  ["outer", "a", "2 * (G * b)"],
  ["outer", "b", "-(G' * a)"],
  ["diag", "v", "-diagonal(G)"],
  ["diagonal", "A", "2 * diag(G)"],
  ["norm", "A", "G * A"],
  ["squarednorm", "A", "G * A"],
  ["squarederror", "A", "(2 * G) * (B - A)"],
  ["halfsquarederror", "B", "G * (A - B)"],
  ["exp", "Z", "G"],
  ["log", "Z", "G .* Z"],
  ["sqrt", "Z", "G ./ Y"],
  ["tanh", "Z", "G .* (ones(m, n) - Y)"],
  ["logistic", "Z", "G .* Y"],
  ["relu", "Z", "G"],
  ["trace", "A", "2 * (G * identity(n))"],
  ["total", "A", "-(G * ones(m, n))"],
  ["mean", "A", "(G / m) * ones(m, n)"],
  ["variance", "A", "(G / (m * n)) * (A - mean(A) * ones(m, n))"],
  ["leakyrelu", "Z", "G .* step(Z) + G .* step(-Z)"],
  ["softplus", "Z", "G .* Y"],
  ["silu", "Z", "G .* logistic(Z)"],
  ["abs", "Z", "G"],
  ["max", "A", "G .* sign(A - B)"],
  ["min", "B", "(G - G .* sign(A - B)) / 2"],
  ["sin", "Z", "-(G .* cos(Z))"],
  ["cos", "Z", "G .* sin(Z)"],
  ["onenorm", "A", "G * A"],
  ["hinge", "Z", "G * (B .* step(ones(m, n) - B .* Z))"],
  ["huber", "Z", "G * Z"],
  ["logisticloss", "Z", "-(G * (B .* logistic(B .* Z)))"],
  ["binarycrossentropy", "P", "G * ((P - B) ./ P)"],
  ["softmax", "z", "Y .* G"],
  ["logsumexp", "z", "G * exp(z)"],
  ["logsoftmax", "z", "G - softmax(z)"],
  ["crossentropy", "q", "G * (p ./ q)"],
  ["softmaxcrossentropy", "z", "G * (softmax(z) - p)"],
  ["kldivergence", "p", "G * (log(p) - log(q))"],
  ["inverse", "A", "-(Y * G * Y)"],
  ["determinant", "A", "G * inverse(A)'"],
  ["logdet", "A", "G * inverse(A)"],
  ["layernorm", "x", "(G - (inner(G, Y) / n) * Y) / sqrt(squarednorm(x - mean(x) * ones(n, 1)) / n + e)"],
  ["rmsnorm", "x", "G / sqrt(squarednorm(x) / n + e)"],
];

/** The terms of a derivation changed alike: pieces and contributions. */
const onTerms = (name: string, change: (node: Node) => Node): Fault => ({
  name,
  plant: run => {
    const derivation = run();
    const each = (gradient: Gradient): Gradient => ({
      ...gradient,
      pieces: gradient.pieces.map(piece => ({ ...piece, value: change(piece.value), steps: [] })),
      contributions: gradient.contributions.map(c => ({ ...c, value: change(c.value), steps: [] })),
    });
    return { ...derivation, gradients: derivation.gradients.map(each) };
  },
});

const onPieces = (name: string, change: (pieces: readonly Piece[], gradient: Gradient) => readonly Piece[]): Fault => ({
  name,
  plant: run => {
    const derivation = run();
    return {
      ...derivation,
      gradients: derivation.gradients.map(gradient => ({ ...gradient, pieces: change(gradient.pieces, gradient) })),
    };
  },
});

/** Members of defined families read one step later, where their index is not fixed. */
const shifted = (node: Node, by: number): Node => {
  if (node.kind !== "at" || node.index.every(entry => entry.monomials.length === 0)) return node;
  return at(
    node.of,
    node.index.map((entry, i) => (i === node.index.length - 1 ? plus(entry, by) : entry)),
  );
};

const onRanges =
  (change: (domain: Domain) => Domain) =>
  (node: Node): Node =>
    node.height === 0
      ? node
      : transform(node, { over: (fold, index, range, body) => over(fold, index, change(range), body) });

const tightened =
  (which: number): ((range: Domain) => Domain) =>
  ({ where }) =>
    domain(where.map((condition, i): Polynomial => (i === which % where.length ? minus(condition, 1) : condition)));

const TERMS: readonly Fault[] = [
  onTerms("forward members are read one step late", node =>
    transform(node, {
      leaf: leaf =>
        leaf.kind === "at" && leaf.index.some(entry => entry.monomials.length > 1) ? shifted(leaf, 1) : leaf,
    }),
  ),
  onTerms("forward members are read one step early", node =>
    transform(node, {
      leaf: leaf =>
        leaf.kind === "at" && leaf.index.some(entry => entry.monomials.length > 1) ? shifted(leaf, -1) : leaf,
    }),
  ),
  onTerms("adjoints of other members are read one step late", node =>
    transform(node, {
      leaf: leaf =>
        leaf.kind === "partial" && leaf.wrt.kind === "at" ? partial(leaf.of, shifted(leaf.wrt, 1) as AtNode) : leaf,
    }),
  ),
  onTerms("sums begin one late", onRanges(tightened(0))),
  onTerms("sums end one early", onRanges(tightened(1))),
  onTerms("ordered products are the other way round", node =>
    node.height === 0
      ? node
      : transform(node, {
          over: (fold, index, range, body) =>
            over(fold === "sum" ? fold : fold === "product" ? "reversed-product" : "product", index, range, body),
        }),
  ),
  onTerms("a derivative of φ is taken once too often", node =>
    transform(node, {
      call: (op, args, original) =>
        callNode(
          op,
          args,
          original.attributes.order === 1 ? { ...original.attributes, order: 2 } : original.attributes,
          original.shape,
        ),
    }),
  ),
  onTerms("1/T is forgotten", node =>
    transform(node, { leaf: leaf => (leaf.kind === "integer" && leaf.value.key === "T" ? number(1) : leaf) }),
  ),
  onTerms("T is one too large", node =>
    transform(node, {
      leaf: leaf => (leaf.kind === "integer" && leaf.value.key === "T" ? integerNode(plus(leaf.value, 1)) : leaf),
    }),
  ),
];

const PIECES: readonly Fault[] = [
  onPieces("the last piece is left out", pieces => (pieces.length > 1 ? pieces.slice(0, -1) : pieces)),
  onPieces("the boundary has the value of the interior", pieces => {
    const inside = pieces.find(({ part }) => part === "interior");
    return pieces.map(piece => (piece.part === "boundary" && inside ? { ...piece, value: inside.value } : piece));
  }),
  onPieces("the initial member has no gradient", pieces =>
    pieces.map(piece =>
      piece.part === "initial" ? { ...piece, value: call("scale", [number(0), piece.value]) } : piece,
    ),
  ),
  onPieces("the interior forgets one path", pieces =>
    pieces.map(piece => {
      const [first, ...rest] = piece.contributions;
      return piece.part === "interior" && first && rest.length > 0
        ? { ...piece, value: rest.map(({ value }) => value).reduce((a, b) => call("add", [a, b])) }
        : piece;
    }),
  ),
  onPieces("the interior reaches one too far", pieces =>
    pieces.map(piece =>
      piece.part === "interior"
        ? { ...piece, over: domain(piece.over.where.map(condition => plus(condition, 1))) }
        : piece,
    ),
  ),
  onPieces("the states' gradients are doubled at the boundary", (pieces, gradient) =>
    pieces.map(piece =>
      piece.part === "boundary" && familyOf(gradient.wrt).rank > 0
        ? { ...piece, value: call("scale", [number(2), piece.value]) }
        : piece,
    ),
  ),
];

export const FAULTS: readonly Fault[] = [
  ...TEXTS.map(([name, argument, text]) => wrongText(name, argument, text)),
  changed("elementwise", "Z", "is doubled", pulled => call("scale", [number(2), pulled])),
  changed("apply", "*", "has the other sign", pulled => call("negate", [pulled])),
  ...TERMS,
  ...PIECES,
];
