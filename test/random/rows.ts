/** Productions that the ops' own rows give: arguments as the signature has them, of the kind that the row asks for. */
import { type Node, SCALAR, type Shape, type Size, sameShape } from "../../src/expr/node.ts";
import { constantValue, ONE, type Polynomial, soleName } from "../../src/expr/polynomial.ts";
import { AXES, along, isEntrywise, liftedSignatures, membersOf } from "../../src/ops/along.ts";
import { call, opOf } from "../../src/ops/call.ts";
import { OPS } from "../../src/ops/index.ts";
import type { Op } from "../../src/ops/op.ts";
import { readSignature, type Signature } from "../../src/shape/signature.ts";
import type { Make, Production, TermSetting } from "./terms.ts";

export const rowsOf = (shape: Shape): Size => shape[0] ?? ONE;
export const columnsOf = (shape: Shape): Size => shape[1] ?? ONE;
const isOne = (size: Size): boolean => constantValue(size) === 1;
export const shapeOf = (rows: Size, columns: Size): Shape =>
  isOne(columns) ? (isOne(rows) ? SCALAR : [rows]) : [rows, columns];

/** What is surely not 0 anywhere: a given symbol, an exponential, a value of an abstract function. */
export const nonZero = (shape: Shape, depth: number, make: Make, { leaves, functions, chance }: TermSetting): Node => {
  const given = leaves.given.filter(node => sameShape(node.shape, shape));
  if (given.length > 0 && chance.happens(0.6)) return chance.pick(given);
  const inner = make(shape, depth - 1);
  return chance.happens(0.5)
    ? call("exp", [inner])
    : call("elementwise", [inner], { function: functions[0] as string, order: 0 });
};

/** A square matrix that is not singular: a given vector on the diagonal, added to any. */
export const regular = (size: Size, depth: number, make: Make, { leaves, chance }: TermSetting): Node => {
  const square = leaves.given.filter(node => sameShape(node.shape, [size, size]));
  if (square.length > 0 && chance.happens(0.5)) return chance.pick(square);
  const vectors = leaves.given.filter(node => sameShape(node.shape, [size]));
  return call("add", [call("diag", [chance.pick(vectors)]), make([size, size], depth - 2)]);
};
/** No root stands inside another. */
const withoutRoots = (setting: TermSetting, make: () => Node): Node => {
  const before = setting.roots;
  setting.roots = false;
  const made = make();
  setting.roots = before;
  return made;
};

/** Whether an op means one of the named ops or functions of numbers, itself or through its definition. */
const comesTo = ({ means }: Op, names: ReadonlySet<string>): boolean => {
  if ("each" in means) return names.has(means.each);
  if ("kernel" in means) return names.has(means.kernel);
  if (!("define" in means)) return false;
  const called: readonly string[] = means.define.match(/[a-z]+/gu) ?? [];
  return called.some(name => OPS.some(op => op.name === name && comesTo(op, names)));
};
const ROOTS: ReadonlySet<string> = new Set(["sqrt"]);
const SIGNS: ReadonlySet<string> = new Set(["step", "sign", "abs", "largest", "maximiser"]);

const INVERSES: ReadonlySet<string> = new Set(["inverse", "determinant", "log-determinant"]);

const isSquare = (shape: Shape): boolean => shape.length === 2 && rowsOf(shape).key === columnsOf(shape).key;

const argument = (op: Op, shape: Shape, depth: number, make: Make, setting: TermSetting): Node => {
  if (isSquare(shape) && comesTo(op, INVERSES)) return regular(rowsOf(shape), depth, make, setting);
  switch (op.sample) {
    case "positive":
      // A sign of what has no real value says nothing.
      if (setting.signs) return call("exp", [make(shape, depth - 2)]);
      return nonZero(shape, depth - 1, make, setting);
    case "non-zero":
      return nonZero(shape, depth - 1, make, setting);
    case "probability":
      // Neither 0 nor 1 has both logarithms; what the logistic function gives is neither.
      return call("logistic", [make(shape, depth - 2)]);
    default:
      return make(shape, depth - 1);
  }
};

/** Arguments for a result of a shape; sizes that the result leaves open are any. */
const argumentsFor = (
  op: Op,
  { args, result }: Signature,
  shape: Shape,
  depth: number,
  make: Make,
  setting: TermSetting,
): readonly Node[] => {
  const sizes = new Map<string, Size>();
  const sizeOf = (pattern: Polynomial): Size => {
    const name = soleName(pattern);
    if (name === undefined) return pattern;
    const found = sizes.get(name) ?? setting.chance.pick(setting.dimensions);
    sizes.set(name, found);
    return found;
  };
  const [rows, columns] = [soleName(result.rows), soleName(result.columns)];
  if (rows !== undefined) sizes.set(rows, rowsOf(shape));
  if (columns !== undefined) sizes.set(columns, columnsOf(shape));
  // What may be a matrix is a vector more often than not.
  const lengths = new Set(args.flatMap(pattern => (pattern.kind === "tensor" ? [soleName(pattern.rows)] : [])));
  for (const pattern of args) {
    const name = pattern.kind === "tensor" ? soleName(pattern.columns) : undefined;
    if (name !== undefined && !lengths.has(name) && !sizes.has(name) && setting.chance.happens(0.6))
      sizes.set(name, ONE);
  }
  return args.map(pattern => {
    if (pattern.kind === "integer")
      throw new Error(`${op.name} has an integer argument: it needs a production of its own`);
    const [r, c] = [sizeOf(pattern.rows), sizeOf(pattern.columns)];
    return argument(op, shapeOf(r, c), depth, make, setting);
  });
};

const admits = (pattern: Polynomial, size: Size): boolean =>
  soleName(pattern) !== undefined || constantValue(pattern) === constantValue(size);

/** Under what a system may have an op, and what may stand inside it. */
const guarded = (op: Op, production: Production): Production => {
  const [hasRoots, hasSigns, { weight = 1 }] = [comesTo(op, ROOTS), comesTo(op, SIGNS), production];
  return {
    ...production,
    fits: (shape, setting) =>
      production.fits(shape, setting) && (!hasRoots || setting.roots) && (!hasSigns || setting.signs),
    make: (shape, depth, make, setting) =>
      hasRoots
        ? withoutRoots(setting, () => production.make(shape, depth, make, setting))
        : production.make(shape, depth, make, setting),
    // What few shapes and few systems admit is more frequent where it may be.
    weight: weight * (hasRoots ? 4 : 1) * (hasSigns && !isEntrywise(op) ? 3 : 1),
  };
};

/** An op by its signature. */
const ofRow = (op: Op): readonly Production[] => {
  if (typeof op.shape !== "string") return [];
  const signature = readSignature(op.shape);
  if (signature.args.some(({ kind }) => kind === "integer")) return [];
  const { rows, columns, axes } = signature.result;
  const plain: Production = {
    op: op.name,
    fits: shape =>
      axes === 0
        ? shape.length === 0
        : admits(rows, rowsOf(shape)) &&
          admits(columns, columnsOf(shape)) &&
          (rows.key !== columns.key || rowsOf(shape).key === columnsOf(shape).key),
    make: (shape, depth, make, setting) => call(op.name, argumentsFor(op, signature, shape, depth, make, setting)),
    weight: axes === 0 ? 1.9 : 1,
  };
  return [guarded(op, plain)];
};

/** An op of vectors along the rows or columns of matrices, some arguments shared by all. */
const lifted = (op: Op): readonly Production[] => {
  const members = membersOf(op);
  if (!members || liftedSignatures(op, "rows").length === 0 || op.args.length === 0) return [];
  if (members.args.some(({ kind }) => kind === "integer")) return [];
  const isMeasure = members.result.axes === 0;
  const production: Production = {
    op: `${op.name} along`,
    fits: shape =>
      isMeasure ? shape.length === 1 || (shape.length === 2 && isOne(rowsOf(shape))) : shape.length === 2,
    make: (shape, depth, make, setting) => {
      const { chance } = setting;
      const axis = isMeasure ? (shape.length === 1 ? "rows" : "columns") : chance.pick(AXES);
      const signature = readSignature(chance.pick(liftedSignatures(op, axis)).text);
      return call(op.name, argumentsFor(op, signature, shape, depth, make, setting), along(axis));
    },
    weight: 0.5,
  };
  return [guarded(op, production)];
};

/** Productions of all ops but those that have one of their own. */
export const productionsOf = (special: ReadonlySet<string>): readonly Production[] =>
  OPS.filter(({ noDerivative, args }) => noDerivative === undefined && args.length > 0).flatMap(op => [
    ...(special.has(op.name) ? [] : ofRow(op)),
    ...(special.has(`not ${op.name} along`) ? [] : lifted(opOf(op.name))),
  ]);
