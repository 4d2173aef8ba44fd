/**
 * Ops of vectors along the rows or columns of matrices. A call with the attribute `along` takes stacked arrays: along
 * rows every row of a matrix [N, n] is one vector and an array of scalars is a column [N]; along columns the mirror
 * image, [n, N] and a row [1, N]. An argument that is not stacked is shared by all.
 */
import { InternalError } from "../base/diagnostic.ts";
import { type Attributes, NO_ATTRIBUTES, type Node, type Size } from "../expr/node.ts";
import { integer, named, type Polynomial, soleName, substitute } from "../expr/polynomial.ts";
import { type ArgumentPattern, type Fit, fitSignature, type Mismatch, readSignature } from "../shape/signature.ts";
import type { Op } from "./op.ts";

export type Axis = "rows" | "columns";

export const AXES: readonly Axis[] = ["rows", "columns"];

/** The axis along which a call is lifted, if it is. */
export const axisOf = (attributes: Attributes): Axis | undefined => {
  const { along } = attributes;
  if (along === undefined || along === "rows" || along === "columns") return along;
  throw new InternalError(`a call cannot be lifted along ${String(along)}`);
};

/** The shape of one of the arrays that are stacked, and of the stack of N of them. */
export const stackedAxes = (axis: Axis, [rows, columns]: readonly [Size, Size], count: Size): readonly [Size, Size] => {
  const length = columns.key === "1" ? rows : columns;
  return axis === "rows" ? [count, length] : [length, count];
};

/** What an op takes and gives when its arrays are vectors and scalars. */
export interface Members {
  /** The signature of one call: a matrix argument `m n` is a vector `m`. */
  readonly args: readonly ArgumentPattern[];
  readonly result: { readonly rows: Polynomial; readonly columns: Polynomial; readonly axes: 0 | 1 | 2 };
  /** Names of the signature that are 1 when its matrices are vectors. */
  readonly ones: readonly string[];
}

type Axes = Members["result"];

const flattened = ({ rows, columns, axes }: Axes, ones: ReadonlyMap<string, Polynomial>): Axes => {
  const [r, c] = [substitute(rows, ones), substitute(columns, ones)];
  return { rows: r, columns: c, axes: axes === 0 || (r.key === "1" && c.key === "1") ? 0 : c.key === "1" ? 1 : 2 };
};

const known = new Map<Op, Members | undefined>();

/** Whether an op acts on every entry by itself: it needs no lifting, for it means the same of any stack. */
export const isEntrywise = ({ shape }: Op): boolean => {
  if (typeof shape !== "string") return false;
  const { args, result } = readSignature(shape);
  const own = `${result.rows.key} ${result.columns.key}`;
  return (
    result.axes === 2 &&
    result.rows.key !== result.columns.key &&
    args.some(pattern => pattern.kind === "tensor") &&
    args.every(pattern => pattern.kind === "integer" || `${pattern.rows.key} ${pattern.columns.key}` === own)
  );
};

/** The op as one of vectors; undefined where it is none: its result is a matrix, or no argument is a vector. */
export const membersOf = (op: Op): Members | undefined => {
  if (known.has(op)) return known.get(op);
  known.set(op, undefined);
  if (typeof op.shape !== "string" || op.isWhole) return undefined;
  const signature = readSignature(op.shape);
  if (signature.result.axes === 2) return undefined;
  const tensors = signature.args.filter(pattern => pattern.kind === "tensor");
  const ones = [...new Set(tensors.flatMap(({ columns }) => soleName(columns) ?? []))];
  const lengths = new Set(tensors.flatMap(({ rows }) => soleName(rows) ?? []));
  if (ones.some(name => lengths.has(name))) return undefined;
  const by = new Map(ones.map(name => [name, integer(1)] as const));
  const args = signature.args.map(
    (pattern): ArgumentPattern =>
      pattern.kind === "integer" ? pattern : { kind: "tensor", ...flattened(pattern, by) },
  );
  const result = flattened(signature.result, by);
  if (!args.some(pattern => pattern.kind === "tensor" && pattern.axes === 1)) return undefined;
  const members: Members = { args, result, ones };
  known.set(op, members);
  return members;
};

/** The name of the number of stacked arrays, in signatures and in the faces of ops. */
export const COUNT = "N";

const textOf = (axes: Axes, axis: Axis, isStacked: boolean): string => {
  const { rows, columns } = axes;
  if (!isStacked) return axes.axes === 0 ? "1" : axes.axes === 1 ? rows.key : `${rows.key} ${columns.key}`;
  return stackedAxes(axis, [rows, columns], named(COUNT))
    .map(size => size.key)
    .join(" ");
};

export interface LiftedSignature {
  readonly text: string;
  /** Which arguments are stacked. */
  readonly stacked: readonly boolean[];
}

const signatures = new Map<string, readonly LiftedSignature[]>();

/**
 * The signatures of an op along an axis, those with more stacked arguments first: "N n, N -> N n" and "N n, 1 -> N n"
 * are two of layer normalisation along rows. Empty for ops that are not of vectors.
 */
export const liftedSignatures = (op: Op, axis: Axis): readonly LiftedSignature[] => {
  const key = `${op.name} ${axis}`;
  const found = signatures.get(key);
  if (found) return found;
  const members = membersOf(op);
  const lists: boolean[][] = [];
  const tensors = members?.args.flatMap((pattern, i) => (pattern.kind === "tensor" ? [i] : [])) ?? [];
  for (let bits = 2 ** tensors.length - 1; members && bits > 0; bits--) {
    const stacked = members.args.map((_, i) => tensors.includes(i) && ((bits >> tensors.indexOf(i)) & 1) === 1);
    const isLifted = members.args.some((pattern, i) => stacked[i] && pattern.kind === "tensor" && pattern.axes === 1);
    if (isLifted) lists.push(stacked);
  }
  lists.sort((a, b) => b.filter(Boolean).length - a.filter(Boolean).length);
  const made = lists.map((stacked): LiftedSignature => {
    const { args, result } = members as Members;
    const texts = args.map((pattern, i) =>
      pattern.kind === "integer" ? `#${pattern.name}` : textOf(pattern, axis, stacked[i] as boolean),
    );
    return { text: `${texts.join(", ")} -> ${textOf(result, axis, true)}`, stacked };
  });
  signatures.set(key, made);
  return made;
};

/** Fits stacked arguments to an op of vectors. */
export const fitAlong = (
  op: Op,
  axis: Axis,
  args: readonly Node[],
): (Fit & { readonly stacked: readonly boolean[] }) | Mismatch => {
  let mismatch: Mismatch = { kind: "count", expected: 0, found: args.length };
  for (const [i, { text, stacked }] of liftedSignatures(op, axis).entries()) {
    const fitted = fitSignature(readSignature(text), args);
    if (!("kind" in fitted)) return { ...fitted, stacked };
    if (i === 0) mismatch = fitted;
  }
  return mismatch;
};

/** Which arguments of a lifted call are stacked. */
export const stackedArguments = (op: Op, axis: Axis, args: readonly Node[]): readonly boolean[] => {
  const fitted = fitAlong(op, axis, args);
  if ("kind" in fitted) throw new InternalError(`${op.name} is not lifted along ${axis} of these arguments`);
  return fitted.stacked;
};

/** The attributes of a call along an axis. */
export const along = (axis: Axis | undefined): Attributes => (axis === undefined ? NO_ATTRIBUTES : { along: axis });
