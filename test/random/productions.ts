/** All ways to make a random term: those of ops whose signature says enough, and those written here, each for a reason. */
import {
  type Attributes,
  integerNode,
  type Node,
  number,
  SCALAR,
  type Shape,
  type Size,
  sameShape,
} from "../../src/expr/node.ts";
import { integer, named, ONE, type Polynomial, plus } from "../../src/expr/polynomial.ts";
import { call } from "../../src/ops/call.ts";
import { OPS } from "../../src/ops/index.ts";
import {
  columnsOf,
  type Make,
  nonZero,
  type Production,
  rowsOf,
  shapeOf,
  someShape,
  type TermSetting,
} from "./setting.ts";
import { liftedProductionsOf, productionsOf } from "./signatures.ts";

const any = (): boolean => true;
const isScalar = (shape: Shape): boolean => shape.length === 0;
const isMatrix = (shape: Shape): boolean => shape.length === 2;
const isSquare = (shape: Shape): boolean => isMatrix(shape) && sameShape([rowsOf(shape)], [columnsOf(shape)]);

const exponent = ({ chance, integers }: TermSetting): Polynomial =>
  integers.length > 0 && chance.happens(0.2) ? named(chance.pick(integers)) : integer(chance.below(4));

/** The first place or the second: every vector has both. */
const place = ({ chance }: TermSetting): Node => number(1 + chance.below(2));

/** Only what something is divided by must not be 0. */
const dividing = (op: string, by: (shape: Shape) => Shape): Production => ({
  op,
  fits: any,
  make: (shape, depth, make, setting) =>
    call(op, [make(shape, depth - 1), nonZero(by(shape), depth - 1, make, setting)]),
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

/** A slice of two blocks that is one of them: places within the array, whatever the sizes are. */
const sliced = (slice: string, join: string, isBelow: boolean): Production => ({
  op: slice,
  fits: any,
  make: (shape, depth, make, { chance, dimensions }) => {
    const other = chance.pick(dimensions);
    const size = isBelow ? rowsOf(shape) : columnsOf(shape);
    const beside = isBelow ? shapeOf(other, columnsOf(shape)) : shapeOf(rowsOf(shape), other);
    const blocks = [make(beside, depth - 2), make(shape, depth - 2)];
    const isSecond = chance.happens(0.5);
    const [from, to] = isSecond ? [plus(other, 1), plus(other, size)] : [ONE, size];
    const whole = call(join, isSecond ? blocks : blocks.toReversed());
    return call(slice, [whole, integerNode(from), integerNode(to)]);
  },
});

const BY_HAND: readonly Production[] = [
  dividing("divide", () => SCALAR),
  dividing("quotient", shape => shape),
  {
    op: "realpower",
    fits: (_, { roots }) => !roots,
    make: (shape, depth, make, setting) =>
      call("realpower", [nonZero(shape, depth - 1, make, setting), make(shape, depth - 1)]),
  },
  {
    op: "power",
    fits: any,
    make: (shape, depth, make, setting) => {
      const k = exponent(setting);
      return call("power", [make(shape, depth - 1), integerNode(k)]);
    },
  },
  {
    op: "matpower",
    fits: isSquare,
    make: (shape, depth, make, setting) => call("matpower", [make(shape, depth - 1), integerNode(exponent(setting))]),
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
    op: "inverse",
    fits: isSquare,
    make: (shape, depth, make, setting) => call("inverse", [regular(rowsOf(shape), depth, make, setting)]),
  },
  ofRegular("determinant"),
  ofRegular("logdet"),
  {
    op: "indicator",
    fits: isScalar,
    make: (_, __, ___, setting) => {
      const { chance, integers } = setting;
      const index = integers.length > 0 ? integerNode(named(chance.pick(integers))) : place(setting);
      return call("indicator", [index, place(setting)]);
    },
  },
  sliced("rowslice", "stack", true),
  sliced("columnslice", "beside", false),
  {
    op: "padrows",
    fits: shape => !isScalar(shape),
    make: (shape, depth, make, setting) =>
      call("padrows", [make(shapeOf(ONE, columnsOf(shape)), depth - 1), place(setting), integerNode(rowsOf(shape))]),
  },
  {
    op: "padcolumns",
    fits: isMatrix,
    make: (shape, depth, make, setting) =>
      call("padcolumns", [make([rowsOf(shape)], depth - 1), place(setting), integerNode(columnsOf(shape))]),
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
    op: "unvec",
    fits: any,
    make: (shape, depth, make) =>
      call("unvec", [call("vec", [make(shape, depth - 2)]), integerNode(rowsOf(shape)), integerNode(columnsOf(shape))]),
  },
  {
    op: "commutation",
    fits: isScalar,
    // A matrix with one row for every entry of another meets nothing but what vec gives.
    make: (_, depth, make, { chance, dimensions }) => {
      const [m, n] = [chance.pick(dimensions), chance.pick(dimensions)];
      const K = call("commutation", [integerNode(m), integerNode(n)]);
      const turned = call("matmul", [K, call("vec", [make([m, n], depth - 3)])]);
      return call("inner", [turned, call("vec", [make([n, m], depth - 3)])]);
    },
  },
];

/** By op, the ways to make a term: one row for each op that forward equations may hold. */
export const PRODUCTIONS: ReadonlyMap<string, readonly Production[]> = new Map(
  OPS.filter(({ noDerivative }) => noDerivative === undefined).map(op => {
    const own = BY_HAND.filter(production => production.op === op.name);
    return [op.name, own.length > 0 ? [...own, ...liftedProductionsOf(op)] : productionsOf(op)];
  }),
);
