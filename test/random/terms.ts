/** Random well-typed terms: for a wanted shape, an op whose result has it, and arguments by the same means. */
import { interval } from "../../src/expr/domain.ts";
import {
  type Attributes,
  integerNode,
  type Node,
  number,
  over,
  SCALAR,
  type Shape,
  type Size,
  sameShape,
} from "../../src/expr/node.ts";
import { constantValue, integer, named, ONE, type Polynomial, plus, soleName } from "../../src/expr/polynomial.ts";
import { rational } from "../../src/expr/rational.ts";
import { AXES, along, liftedSignatures, membersOf } from "../../src/ops/along.ts";
import { call, opOf } from "../../src/ops/call.ts";
import { readSignature } from "../../src/shape/signature.ts";
import type { Chance } from "./chance.ts";

/** What a term may read: symbols and members, those that are never 0 apart. */
export interface Leaves {
  readonly reads: readonly Node[];
  /** Parameters and data: random, so never 0. */
  readonly given: readonly Node[];
}

export interface TermSetting {
  readonly chance: Chance;
  readonly leaves: Leaves;
  readonly dimensions: readonly Size[];
  /** Elementwise functions. */
  readonly functions: readonly string[];
  /** Names of integers in range: the index, the horizon. */
  readonly integers: readonly string[];
  /** Square roots and norms, or signs: not both in one system, for a number with an imaginary part has no sign. */
  roots: boolean;
  readonly signs: boolean;
  /** Names for abstract functions of several arguments. */
  readonly general: (result: Shape) => string;
}

type Make = (shape: Shape, depth: number) => Node;

const rowsOf = (shape: Shape): Size => shape[0] ?? ONE;
const columnsOf = (shape: Shape): Size => shape[1] ?? ONE;
const isOne = (size: Size): boolean => constantValue(size) === 1;
const shapeOf = (rows: Size, columns: Size): Shape =>
  isOne(columns) ? (isOne(rows) ? SCALAR : [rows]) : [rows, columns];

/** One way to make a term of a shape; `fits` says for which shapes. */
interface Production {
  readonly op: string;
  readonly fits: (shape: Shape, setting: TermSetting) => boolean;
  readonly make: (shape: Shape, depth: number, make: Make, setting: TermSetting) => Node;
}

const any = (): boolean => true;
const isScalar = (shape: Shape): boolean => shape.length === 0;
const isVector = (shape: Shape): boolean => shape.length === 1;
const isMatrix = (shape: Shape): boolean => shape.length === 2;
const isSquare = (shape: Shape): boolean => isMatrix(shape) && sameShape([rowsOf(shape)], [columnsOf(shape)]);

const someShape = ({ chance, dimensions }: TermSetting): Shape => {
  const [a, b] = [chance.pick(dimensions), chance.pick(dimensions)];
  return chance.happens(0.6) ? [a] : [a, b];
};

/** What is surely not 0 anywhere: a given symbol, an exponential, a value of an abstract function. */
const nonZero = (shape: Shape, depth: number, make: Make, { leaves, functions, chance }: TermSetting): Node => {
  const given = leaves.given.filter(node => sameShape(node.shape, shape));
  if (given.length > 0 && chance.happens(0.6)) return chance.pick(given);
  const inner = make(shape, depth - 1);
  return chance.happens(0.5)
    ? call("exp", [inner])
    : call("elementwise", [inner], { function: functions[0] as string, order: 0 });
};

/** No root stands inside another. */
const withoutRoots = (setting: TermSetting, make: () => Node): Node => {
  const before = setting.roots;
  setting.roots = false;
  const made = make();
  setting.roots = before;
  return made;
};

const binary = (op: string): Production => ({
  op,
  fits: any,
  make: (shape, depth, make) => call(op, [make(shape, depth - 1), make(shape, depth - 1)]),
});
const unary = (op: string, fits: Production["fits"] = any): Production => ({
  op,
  fits,
  make: (shape, depth, make) => call(op, [make(shape, depth - 1)]),
});
const pair = (op: string): Production => ({
  op,
  fits: isScalar,
  make: (_, depth, make, setting) => {
    const shape = someShape(setting);
    return call(op, [make(shape, depth - 1), make(shape, depth - 1)]);
  },
});
const filled = (op: string): Production => ({
  op,
  fits: isMatrix,
  make: shape => call(op, [integerNode(rowsOf(shape)), integerNode(columnsOf(shape))]),
});

const isFlat = (shape: Shape): boolean => shape.length <= 1;
const withSigns: Production["fits"] = (_, { signs }) => signs;
/** A scalar of one array. */
const measure = (op: string, fits: Production["fits"] = any): Production => ({
  op,
  fits: (shape, setting) => isScalar(shape) && fits(shape, setting),
  make: (_, depth, make, setting) => call(op, [make(someShape(setting), depth - 1)]),
});
/** A scalar of a vector. */
const measureOfVector = (op: string): Production => ({
  op,
  fits: isScalar,
  make: (_, depth, make, { chance, dimensions }) => call(op, [make([chance.pick(dimensions)], depth - 1)]),
});
/** A scalar of two arrays of one shape, of which those in `positive` have logarithms. */
const divergence = (op: string, positive: readonly boolean[], isVector = false): Production => ({
  op,
  fits: isScalar,
  make: (_, depth, make, setting) => {
    const shape = isVector ? [setting.chance.pick(setting.dimensions)] : someShape(setting);
    return call(
      op,
      positive.map(p => (p ? nonZero(shape, depth - 1, make, setting) : make(shape, depth - 1))),
    );
  },
});
/** A vector made comparable to others: what it is divided by is a root. */
const normalised = (op: string): Production => ({
  op,
  fits: (shape, { roots }) => isVector(shape) && roots,
  make: (shape, depth, make, setting) =>
    withoutRoots(setting, () => call(op, [make(shape, depth - 1), nonZero(SCALAR, depth - 1, make, setting)])),
});

/** A square matrix that is not singular: a given vector on the diagonal, added to any. */
const regular = (size: Size, depth: number, make: Make, { leaves, chance }: TermSetting): Node => {
  const square = leaves.given.filter(node => sameShape(node.shape, [size, size]));
  if (square.length > 0 && chance.happens(0.5)) return chance.pick(square);
  const vectors = leaves.given.filter(node => sameShape(node.shape, [size]));
  return call("add", [call("diag", [chance.pick(vectors)]), make([size, size], depth - 2)]);
};
const ofRegular = (op: string): Production => ({
  op,
  fits: isScalar,
  make: (_, depth, make, setting) => call(op, [regular(setting.chance.pick(setting.dimensions), depth, make, setting)]),
});

/** An op of vectors along the rows or columns of matrices, some arguments shared by all. `nonZero`: those that must not be 0. */
const lifted = (name: string, mustNotBeZero: readonly boolean[], more: Production["fits"] = any): Production => {
  const op = opOf(name);
  const isMeasure = membersOf(op)?.result.axes === 0;
  return {
    op: `${name} along`,
    fits: (shape, setting) => (isMeasure ? isFlatOrRow(shape) : isMatrix(shape)) && more(shape, setting),
    make: (shape, depth, make, setting) => {
      const { chance, dimensions } = setting;
      const axis = isMeasure ? (isVector(shape) ? "rows" : "columns") : chance.pick(AXES);
      const { args, result } = readSignature(chance.pick(liftedSignatures(op, axis)).text);
      const sizes = new Map<string, Size>();
      const sizeOf = (pattern: Polynomial): Size => {
        const own = soleName(pattern);
        if (own === undefined) return pattern;
        const found = sizes.get(own) ?? chance.pick(dimensions);
        sizes.set(own, found);
        return found;
      };
      const [rows, columns] = [soleName(result.rows), soleName(result.columns)];
      if (rows !== undefined) sizes.set(rows, rowsOf(shape));
      if (columns !== undefined) sizes.set(columns, columnsOf(shape));
      const nodes = args.map((pattern, i) => {
        if (pattern.kind === "integer") throw new Error("no op of vectors has integer arguments");
        const own = shapeOf(sizeOf(pattern.rows), sizeOf(pattern.columns));
        return mustNotBeZero[i] ? nonZero(own, depth - 1, make, setting) : make(own, depth - 1);
      });
      return call(name, nodes, along(axis));
    },
  };
};
/** A vector, or a row. */
const isFlatOrRow = (shape: Shape): boolean => isVector(shape) || (isMatrix(shape) && isOne(rowsOf(shape)));
const withoutRootsInside = (production: Production): Production => ({
  ...production,
  make: (shape, depth, make, setting) => withoutRoots(setting, () => production.make(shape, depth, make, setting)),
});

const exponent = ({ chance, integers }: TermSetting): Polynomial =>
  integers.length > 0 && chance.happens(0.2) ? named(chance.pick(integers)) : integer(chance.below(4));

/** The first place or the second: every vector has both. */
const place = (chance: Chance): Node => number(1 + chance.below(2));

export const PRODUCTIONS: readonly Production[] = [
  binary("add"),
  binary("subtract"),
  binary("hadamard"),
  unary("negate"),
  {
    op: "scale",
    fits: any,
    make: (shape, depth, make) => call("scale", [make(SCALAR, depth - 2), make(shape, depth - 1)]),
  },
  {
    op: "divide",
    fits: any,
    make: (shape, depth, make, setting) =>
      call("divide", [make(shape, depth - 1), nonZero(SCALAR, depth - 1, make, setting)]),
  },
  {
    op: "quotient",
    fits: any,
    make: (shape, depth, make, setting) =>
      call("quotient", [make(shape, depth - 1), nonZero(shape, depth - 1, make, setting)]),
  },
  {
    op: "matmul",
    fits: any,
    make: (shape, depth, make, setting) => {
      const inside = setting.chance.pick(setting.dimensions);
      return call("matmul", [
        make(shapeOf(rowsOf(shape), inside), depth - 1),
        make(shapeOf(inside, columnsOf(shape)), depth - 1),
      ]);
    },
  },
  {
    op: "transpose",
    fits: any,
    make: (shape, depth, make) => call("transpose", [make(shapeOf(columnsOf(shape), rowsOf(shape)), depth - 1)]),
  },
  {
    op: "power",
    fits: any,
    make: (shape, depth, make, setting) => {
      const k = exponent(setting);
      // The derivative of x^0 at 0 is 0 times 1/0.
      const base = constantValue(k) === 0 ? nonZero(shape, depth - 1, make, setting) : make(shape, depth - 1);
      return call("power", [base, integerNode(k)]);
    },
  },
  unary("exp"),
  unary("tanh"),
  unary("tan"),
  unary("logistic"),
  {
    op: "log",
    fits: any,
    make: (shape, depth, make, setting) => call("log", [nonZero(shape, depth - 1, make, setting)]),
  },
  {
    op: "realpower",
    fits: (_, { roots }) => !roots,
    make: (shape, depth, make, setting) =>
      call("realpower", [nonZero(shape, depth - 1, make, setting), make(shape, depth - 1)]),
  },
  {
    op: "sqrt",
    fits: (_, { roots }) => roots,
    make: (shape, depth, make, setting) =>
      call("sqrt", [withoutRoots(setting, () => nonZero(shape, depth - 1, make, setting))]),
  },
  unary("relu", (_, { signs }) => signs),
  unary("step", (_, { signs }) => signs),
  {
    op: "elementwise",
    fits: any,
    make: (shape, depth, make, { chance, functions }) =>
      call("elementwise", [make(shape, depth - 1)], {
        function: chance.pick(functions),
        order: chance.happens(0.15) ? 1 : 0,
      }),
  },
  {
    op: "apply",
    fits: any,
    make: (shape, depth, make, setting) => {
      const attributes: Attributes = { function: setting.general(shape), result: shape };
      const args = Array.from({ length: 1 + setting.chance.below(3) }, () =>
        make(setting.chance.happens(0.3) ? SCALAR : someShape(setting), depth - 1),
      );
      return call("apply", args, attributes);
    },
  },
  pair("inner"),
  {
    op: "select",
    fits: isScalar,
    make: (_, depth, make, { chance, dimensions }) => {
      const size = chance.pick(dimensions);
      return call("select", [make([size], depth - 1), make([size], depth - 1)]);
    },
  },
  pair("squarederror"),
  pair("halfsquarederror"),
  {
    op: "squarednorm",
    fits: isScalar,
    make: (_, depth, make, setting) => call("squarednorm", [make(someShape(setting), depth - 1)]),
  },
  {
    op: "norm",
    fits: (shape, { roots }) => isScalar(shape) && roots,
    make: (_, depth, make, setting) => {
      const shape = someShape(setting);
      return call("norm", [withoutRoots(setting, () => nonZero(shape, depth - 1, make, setting))]);
    },
  },
  {
    op: "diagonal",
    fits: isVector,
    make: (shape, depth, make) => call("diagonal", [make([rowsOf(shape), rowsOf(shape)], depth - 1)]),
  },
  { op: "diag", fits: isSquare, make: (shape, depth, make) => call("diag", [make([rowsOf(shape)], depth - 1)]) },
  {
    op: "outer",
    fits: isMatrix,
    make: (shape, depth, make) =>
      call("outer", [make([rowsOf(shape)], depth - 1), make([columnsOf(shape)], depth - 1)]),
  },
  {
    op: "matpower",
    fits: isSquare,
    make: (shape, depth, make, setting) => call("matpower", [make(shape, depth - 1), integerNode(exponent(setting))]),
  },
  {
    op: "trace",
    fits: isScalar,
    make: (_, depth, make, { chance, dimensions }) => {
      const size = chance.pick(dimensions);
      return call("trace", [make([size, size], depth - 1)]);
    },
  },
  measure("total"),
  measure("mean"),
  measure("variance"),
  {
    op: "leakyrelu",
    fits: withSigns,
    make: (shape, depth, make) => call("leakyrelu", [make(shape, depth - 1), make(SCALAR, depth - 2)]),
  },
  unary("softplus"),
  unary("silu"),
  unary("sin"),
  unary("cos"),
  unary("sign", withSigns),
  unary("abs", withSigns),
  { ...binary("max"), fits: withSigns },
  { ...binary("min"), fits: withSigns },
  measure("onenorm", withSigns),
  { ...measureOfVector("largest"), fits: (shape, { signs }) => isScalar(shape) && signs },
  { ...measureOfVector("maxnorm"), fits: (shape, { signs }) => isScalar(shape) && signs },
  unary("maximiser", (shape, { signs }) => isVector(shape) && signs),
  { ...pair("hinge"), fits: (shape, { signs }) => isScalar(shape) && signs },
  {
    op: "huber",
    fits: (shape, { signs }) => isScalar(shape) && signs,
    make: (_, depth, make, setting) => call("huber", [make(someShape(setting), depth - 1), make(SCALAR, depth - 2)]),
  },
  pair("logisticloss"),
  {
    op: "binarycrossentropy",
    fits: isScalar,
    // Neither 0 nor 1 has both logarithms; what the logistic function gives is neither.
    make: (_, depth, make, setting) => {
      const shape = someShape(setting);
      return call("binarycrossentropy", [call("logistic", [make(shape, depth - 2)]), make(shape, depth - 1)]);
    },
  },
  unary("softmax", isFlat),
  unary("logsoftmax", isFlat),
  measureOfVector("logsumexp"),
  divergence("crossentropy", [false, true], true),
  divergence("softmaxcrossentropy", [false, false], true),
  divergence("kldivergence", [true, true], true),
  {
    op: "inverse",
    fits: isSquare,
    make: (shape, depth, make, setting) => call("inverse", [regular(rowsOf(shape), depth, make, setting)]),
  },
  ofRegular("determinant"),
  ofRegular("logdet"),
  normalised("layernorm"),
  normalised("rmsnorm"),
  { ...normalised("batchnorm"), fits: (shape, { roots }) => isMatrix(shape) && roots },
  lifted("softmax", [false]),
  lifted("logsoftmax", [false]),
  lifted("logsumexp", [false]),
  lifted("inner", [false, false]),
  lifted("total", [false]),
  lifted("variance", [false]),
  lifted("squarederror", [false, false]),
  lifted("softmaxcrossentropy", [false, false]),
  lifted("crossentropy", [false, true]),
  withoutRootsInside(lifted("layernorm", [false, true], (_, { roots }) => roots)),
  withoutRootsInside(lifted("rmsnorm", [false, true], (_, { roots }) => roots)),
  {
    op: "unit",
    fits: isVector,
    make: (shape, _, __, { chance }) => call("unit", [integerNode(rowsOf(shape)), place(chance)]),
  },
  {
    op: "indicator",
    fits: isScalar,
    make: (_, __, ___, { chance, integers }) =>
      call("indicator", [
        integers.length > 0 ? integerNode(named(chance.pick(integers))) : place(chance),
        place(chance),
      ]),
  },
  {
    op: "entry",
    fits: isScalar,
    make: (_, depth, make, { chance, dimensions }) =>
      call("entry", [make([chance.pick(dimensions)], depth - 1), place(chance)]),
  },
  {
    op: "element",
    fits: isScalar,
    make: (_, depth, make, { chance, dimensions }) =>
      call("element", [
        make([chance.pick(dimensions), chance.pick(dimensions)], depth - 1),
        place(chance),
        place(chance),
      ]),
  },
  {
    op: "row",
    fits: isVector,
    make: (shape, depth, make, { chance, dimensions }) =>
      call("transpose", [call("row", [make([chance.pick(dimensions), rowsOf(shape)], depth - 1), place(chance)])]),
  },
  {
    op: "column",
    fits: isVector,
    make: (shape, depth, make, { chance, dimensions }) =>
      call("column", [make([rowsOf(shape), chance.pick(dimensions)], depth - 1), place(chance)]),
  },
  ...(["rowslice", "stack"] as const).map(
    (op): Production => ({
      op,
      fits: any,
      make: (shape, depth, make, { chance, dimensions }) => {
        const other = chance.pick(dimensions);
        const blocks = [make(shapeOf(other, columnsOf(shape)), depth - 2), make(shape, depth - 2)];
        const isBelow = chance.happens(0.5);
        const [from, to] = isBelow ? [plus(other, 1), plus(other, rowsOf(shape))] : [ONE, rowsOf(shape)];
        const whole = call("stack", isBelow ? blocks : blocks.toReversed());
        return call("rowslice", [whole, integerNode(from), integerNode(to)]);
      },
    }),
  ),
  ...(["columnslice", "beside"] as const).map(
    (op): Production => ({
      op,
      fits: any,
      make: (shape, depth, make, { chance, dimensions }) => {
        const other = chance.pick(dimensions);
        const blocks = [make(shapeOf(rowsOf(shape), other), depth - 2), make(shape, depth - 2)];
        const isRight = chance.happens(0.5);
        const [from, to] = isRight ? [plus(other, 1), plus(other, columnsOf(shape))] : [ONE, columnsOf(shape)];
        const whole = call("beside", isRight ? blocks : blocks.toReversed());
        return call("columnslice", [whole, integerNode(from), integerNode(to)]);
      },
    }),
  ),
  {
    op: "padrows",
    fits: shape => !isScalar(shape),
    make: (shape, depth, make, { chance }) =>
      call("padrows", [make(shapeOf(ONE, columnsOf(shape)), depth - 1), place(chance), integerNode(rowsOf(shape))]),
  },
  {
    op: "padcolumns",
    fits: isMatrix,
    make: (shape, depth, make, { chance }) =>
      call("padcolumns", [make([rowsOf(shape)], depth - 1), place(chance), integerNode(columnsOf(shape))]),
  },
  {
    op: "window",
    fits: any,
    make: (shape, depth, make, setting) =>
      call("window", [
        make(someShape(setting), depth - 1),
        number(setting.chance.below(3) - 1),
        number(setting.chance.below(3) - 1),
        integerNode(rowsOf(shape)),
        integerNode(columnsOf(shape)),
      ]),
  },
  {
    op: "vec",
    fits: isScalar,
    make: (_, depth, make, { chance, dimensions }) => {
      const shape = [chance.pick(dimensions), chance.pick(dimensions)];
      return call("inner", [call("vec", [make(shape, depth - 2)]), call("vec", [make(shape, depth - 2)])]);
    },
  },
  {
    op: "unvec",
    fits: any,
    make: (shape, depth, make) =>
      call("unvec", [call("vec", [make(shape, depth - 2)]), integerNode(rowsOf(shape)), integerNode(columnsOf(shape))]),
  },
  {
    op: "kronecker",
    fits: isScalar,
    make: (_, depth, make, { chance, dimensions }) => {
      const [m, n, k] = [chance.pick(dimensions), chance.pick(dimensions), chance.pick(dimensions)];
      return call("total", [call("kronecker", [make([m, n], depth - 2), make([k], depth - 2)])]);
    },
  },
  {
    op: "commutation",
    fits: isScalar,
    make: (_, depth, make, { chance, dimensions }) => {
      const [m, n] = [chance.pick(dimensions), chance.pick(dimensions)];
      const turned = call("matmul", [
        call("commutation", [integerNode(m), integerNode(n)]),
        call("vec", [make([m, n], depth - 3)]),
      ]);
      return call("inner", [turned, call("vec", [make([n, m], depth - 3)])]);
    },
  },
  { op: "identity", fits: isSquare, make: shape => call("identity", [integerNode(rowsOf(shape))]) },
  filled("ones"),
  filled("zeros"),
];

/** Ops that would make a value 0 or say nothing are rarer; ops of matrices, which few shapes admit, are more frequent. */
const WEIGHT: Readonly<Record<string, number>> = {
  zeros: 0.3,
  window: 0.3,
  rowslice: 0.25,
  columnslice: 0.25,
  stack: 0.25,
  beside: 0.25,
  row: 0.5,
  column: 0.5,
  padrows: 0.4,
  padcolumns: 0.6,
  select: 2.4,
  entry: 2.6,
  element: 1.4,
  indicator: 1.4,
  step: 0.4,
  ones: 0.5,
  matmul: 4,
  add: 3,
  elementwise: 2,
  diag: 2,
  outer: 2,
  matpower: 1,
  divide: 0.6,
  quotient: 0.6,
  power: 0.6,
  norm: 11,
  sign: 0.4,
  onenorm: 5.5,
  largest: 6.5,
  maxnorm: 7,
  trace: 1.6,
  batchnorm: 1.4,
  binarycrossentropy: 1.5,
  vec: 0.8,
  unvec: 0.3,
  kronecker: 1.7,
  commutation: 1.2,
  hinge: 5,
  huber: 5.6,
  logisticloss: 1.9,
  kldivergence: 1.9,
  determinant: 1.8,
  logdet: 1.7,
  crossentropy: 1.3,
  softmaxcrossentropy: 1.3,
  halfsquarederror: 1.9,
  mean: 1.8,
  variance: 1.5,
  logsumexp: 1.5,
  layernorm: 3,
  rmsnorm: 3,
};

const weighted = (productions: readonly Production[], chance: Chance): Production => {
  const weights = productions.map(({ op }) => WEIGHT[op] ?? (op.endsWith(" along") ? 0.5 : 1));
  let left = (chance.below(1 << 20) / (1 << 20)) * weights.reduce((a, b) => a + b, 0);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return productions[i] as Production;
  }
  return productions.at(-1) as Production;
};

const constant = (chance: Chance): Node => number(rational(1 + chance.below(9), 1 + chance.below(4)));

/** A term of a shape that is made by a given op, if the shape admits it; otherwise by any. */
export const randomTerm = (shape: Shape, depth: number, setting: TermSetting, outermost?: string): Node => {
  const { chance, leaves, integers } = setting;
  const own = { ...setting };
  const leaf = (wanted: Shape): Node | undefined => {
    const found = leaves.reads.filter(node => sameShape(node.shape, wanted));
    if (found.length > 0 && (wanted.length > 0 || chance.happens(0.5))) return chance.pick(found);
    if (wanted.length > 0) return undefined;
    if (integers.length > 0 && chance.happens(0.3)) return integerNode(named(chance.pick(integers)));
    return constant(chance);
  };
  const make: Make = (wanted, left) => {
    if (left <= 0) {
      const found = leaf(wanted);
      if (found) return found;
      const turned = leaf(shapeOf(columnsOf(wanted), rowsOf(wanted)));
      if (turned) return call("transpose", [turned]);
      return wanted.length === 0 ? constant(chance) : fallback(wanted);
    }
    if (chance.happens(0.16)) {
      const found = leaf(wanted);
      if (found) return found;
    }
    return weighted(
      PRODUCTIONS.filter(({ fits }) => fits(wanted, own)),
      chance,
    ).make(wanted, left, make, own);
  };
  const fallback = (wanted: Shape): Node => {
    if (wanted.length === 1) {
      const matrix = leaves.reads.find(
        node => node.shape.length === 2 && sameShape([node.shape[0] as Size], [rowsOf(wanted)]),
      );
      if (matrix)
        return call("matmul", [matrix, call("ones", [integerNode(columnsOf(matrix.shape)), integerNode(ONE)])]);
    }
    return call("scale", [
      leaf(SCALAR) ?? constant(chance),
      call("ones", [integerNode(rowsOf(wanted)), integerNode(columnsOf(wanted))]),
    ]);
  };
  const production = PRODUCTIONS.find(({ op, fits }) => op === outermost && fits(shape, own));
  return production ? production.make(shape, depth, make, own) : make(shape, depth);
};

/** Σ over lo ≤ index ≤ hi. */
export const sumOver = (
  index: string,
  lo: Polynomial | number | string,
  hi: Polynomial | number | string,
  body: Node,
): Node => over("sum", index, interval(index, lo, hi), body);
