/** Productions that follow from an op's row: its signature, its sample, and what its definition is made of. */
import { InternalError } from "../../src/base/diagnostic.ts";
import { integerNode, type Node, number, type Shape, type Size, sameShape } from "../../src/expr/node.ts";
import { ONE, type Polynomial, soleName, substitute } from "../../src/expr/polynomial.ts";
import { AXES, type Axis, along, liftedSignatures, membersOf } from "../../src/ops/along.ts";
import { call } from "../../src/ops/call.ts";
import { findOp } from "../../src/ops/index.ts";
import type { Op } from "../../src/ops/op.ts";
import { readSignature, type Signature } from "../../src/shape/signature.ts";
import {
  columnsOf,
  isOne,
  type Make,
  nonZero,
  type Production,
  rowsOf,
  shapeOf,
  type TermSetting,
  withoutRoots,
} from "./setting.ts";

/** What the prime field must have for an op: signs, roots, or neither root nor sign of a root beside it. */
export type Need = "signs" | "roots" | "no roots";

const NEED: Readonly<Record<string, Need>> = {
  abs: "signs",
  sign: "signs",
  step: "signs",
  sqrt: "roots",
  raise: "no roots",
  largest: "signs",
  maximiser: "signs",
};

/** The needs of an op: those of the scalar functions and kernels that its definition comes down to. */
export const needsOf = (op: Op): ReadonlySet<Need> => {
  const [needs, seen, stack] = [new Set<Need>(), new Set<Op>(), [op]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const primitive = "each" in next.means ? next.means.each : "kernel" in next.means ? next.means.kernel : "";
    const need = NEED[primitive];
    if (need) needs.add(need);
    if ("define" in next.means)
      for (const [name] of next.means.define.matchAll(/\b[a-z]\w+\b/gu)) stack.push(...[findOp(name) ?? []].flat());
  }
  return needs;
};

/** Whether a system has what an op needs. */
export const admits = (needs: ReadonlySet<Need>, { signs, roots }: TermSetting): boolean =>
  (!needs.has("signs") || signs) && (!needs.has("roots") || roots) && (!needs.has("no roots") || !roots);

/** Sizes for the names of a signature whose result has a shape; undefined where it cannot have it. */
const sizesFor = ({ result }: Signature, shape: Shape): Map<string, Size> | undefined => {
  const sizes = new Map<string, Size>();
  for (const [pattern, wanted] of [
    [result.rows, rowsOf(shape)],
    [result.columns, columnsOf(shape)],
  ] as const) {
    const name = soleName(pattern);
    if (name === undefined) {
      if (!isOne(pattern) || !isOne(wanted)) return undefined;
    } else if (!sameShape([sizes.get(name) ?? wanted], [wanted])) return undefined;
    else sizes.set(name, wanted);
  }
  return sizes;
};

/** The first place or the second: every vector has both. */
const place = ({ chance }: TermSetting): Node => number(1 + chance.below(2));

/** Arguments of a signature whose names have the sizes given, or any. */
const argumentsOf = (
  op: Op,
  { args }: Signature,
  sizes: Map<string, Size>,
  isStack: boolean,
  depth: number,
  make: Make,
  setting: TermSetting,
): readonly Node[] => {
  const { chance, dimensions } = setting;
  const sized = (pattern: Polynomial, mayBeOne: boolean): Size => {
    const name = soleName(pattern);
    if (name === undefined) return substitute(pattern, sizes);
    const found = sizes.get(name) ?? (mayBeOne && chance.happens(0.5) ? ONE : chance.pick(dimensions));
    sizes.set(name, found);
    return found;
  };
  for (const pattern of args)
    if (pattern.kind === "tensor") {
      const rows = sized(pattern.rows, false);
      // A column is a matrix too, but for what is square and for what stands in stacks.
      sized(pattern.columns, !isStack && !isOne(rows) && pattern.rows.key !== pattern.columns.key);
    }
  return args.map(pattern => {
    if (pattern.kind === "integer") {
      const size = sizes.get(pattern.name);
      return size ? integerNode(size) : place(setting);
    }
    const shape = shapeOf(sized(pattern.rows, false), sized(pattern.columns, false));
    // Neither 0 nor 1 has both logarithms that a probability asks for; what the logistic function gives is neither.
    if (op.sample === "probability") return call("logistic", [make(shape, depth - 1)]);
    return op.sample ? nonZero(shape, depth - 1, make, setting) : make(shape, depth - 1);
  });
};

/** Every name that integers give sizes to has one. */
const withIntegers = ({ args, result }: Signature, sizes: Map<string, Size>, { chance, dimensions }: TermSetting) => {
  const named = [result.rows, result.columns].flatMap(({ key }) => key.split(/[^\w]+/u));
  for (const pattern of args)
    if (pattern.kind === "integer" && named.includes(pattern.name) && !sizes.has(pattern.name))
      sizes.set(pattern.name, chance.pick(dimensions));
  return sizes;
};

const fromSignature = (op: Op, signature: Signature, needs: ReadonlySet<Need>, axis?: Axis): Production => {
  const build = (sizes: Map<string, Size>, depth: number, make: Make, setting: TermSetting): Node => {
    const made = (): Node =>
      call(
        op.name,
        argumentsOf(op, signature, withIntegers(signature, sizes, setting), axis !== undefined, depth, make, setting),
        along(axis),
      );
    return needs.has("roots") ? withoutRoots(setting, made) : made();
  };
  return {
    op: op.name,
    fits: (shape, setting) => admits(needs, setting) && sizesFor(signature, shape) !== undefined,
    make: (shape, depth, make, setting) => {
      const sizes = sizesFor(signature, shape);
      if (!sizes) throw new InternalError(`${op.name} has no result of such a shape`);
      return build(sizes, depth, make, setting);
    },
    anyShape: (depth, make, setting) => build(new Map(), depth, make, setting),
  };
};

/** The op by itself, and along rows and columns where it is one of vectors, in every way of stacking its arguments. */
export const productionsOf = (op: Op): readonly Production[] => {
  if (typeof op.shape !== "string")
    throw new InternalError(`${op.name} has no signature: it needs a production of its own`);
  const needs = needsOf(op);
  return [fromSignature(op, readSignature(op.shape), needs), ...liftedProductionsOf(op)];
};

export const liftedProductionsOf = (op: Op): readonly Production[] =>
  membersOf(op)
    ? AXES.flatMap(axis =>
        liftedSignatures(op, axis).map(({ text }) => fromSignature(op, readSignature(text), needsOf(op), axis)),
      )
    : [];
