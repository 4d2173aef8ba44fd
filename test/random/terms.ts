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
import { constantValue, integer, named, ONE, type Polynomial, plus } from "../../src/expr/polynomial.ts";
import { rational } from "../../src/expr/rational.ts";
import { call } from "../../src/ops/call.ts";
import type { Chance } from "./chance.ts";
import { columnsOf, nonZero, productionsOf, regular, rowsOf, shapeOf } from "./rows.ts";

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

export type Make = (shape: Shape, depth: number) => Node;

/** One way to make a term of a shape; `fits` says for which shapes. */
export interface Production {
  readonly op: string;
  /** How often it is chosen among others. */
  readonly weight?: number;
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

const filled = (op: string): Production => ({
  op,
  fits: isMatrix,
  make: shape => call(op, [integerNode(rowsOf(shape)), integerNode(columnsOf(shape))]),
});

const ofRegular = (op: string): Production => ({
  op,
  fits: isScalar,
  make: (_, depth, make, setting) => call(op, [regular(setting.chance.pick(setting.dimensions), depth, make, setting)]),
});

const exponent = ({ chance, integers }: TermSetting): Polynomial =>
  integers.length > 0 && chance.happens(0.2) ? named(chance.pick(integers)) : integer(chance.below(4));

/** The first place or the second: every vector has both. */
const place = (chance: Chance): Node => number(1 + chance.below(2));

/** Ops whose arguments no signature says: integers, places, matrices that must not be singular. */
const SPECIAL: readonly Production[] = [
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
    op: "power",
    fits: any,
    make: (shape, depth, make, setting) => {
      const k = exponent(setting);
      // The derivative of x^0 at 0 is 0 times 1/0.
      const base = constantValue(k) === 0 ? nonZero(shape, depth - 1, make, setting) : make(shape, depth - 1);
      return call("power", [base, integerNode(k)]);
    },
  },
  {
    op: "realpower",
    fits: (_, { roots }) => !roots,
    make: (shape, depth, make, setting) =>
      call("realpower", [nonZero(shape, depth - 1, make, setting), make(shape, depth - 1)]),
  },
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
    op: "inverse",
    fits: isSquare,
    make: (shape, depth, make, setting) => call("inverse", [regular(rowsOf(shape), depth, make, setting)]),
  },
  ofRegular("determinant"),
  ofRegular("logdet"),
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

export const PRODUCTIONS: readonly Production[] = [...SPECIAL, ...productionsOf(new Set(SPECIAL.map(({ op }) => op)))];

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
  sign: 0.4,
  trace: 1.6,
  vec: 0.8,
  unvec: 0.3,
  kronecker: 1.7,
  commutation: 1.2,
  determinant: 1.8,
  logdet: 1.7,
};

const weighted = (productions: readonly Production[], chance: Chance): Production => {
  const weights = productions.map(({ op, weight }) => WEIGHT[op] ?? weight ?? 1);
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
