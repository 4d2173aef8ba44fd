/** Checked construction of calls: an ill-shaped node cannot be built. */
import { InternalError } from "../base/diagnostic.ts";
import {
  type Attributes,
  type CallNode,
  callNode,
  NO_ATTRIBUTES,
  type Node,
  normalShape,
  type Shape,
} from "../expr/node.ts";
import { describeShape, type Fit, fitSignature, type Mismatch, readSignature } from "../shape/signature.ts";
import { axisOf, fitAlong } from "./along.ts";
import { findOp } from "./index.ts";
import type { Op } from "./op.ts";

/** The op of a name that must exist. */
export const opOf = (name: string): Op => {
  const found = findOp(name);
  if (!found) throw new InternalError(`there is no op named ${name}`);
  return found;
};

/** Fits arguments to an op: the shape of the result, or the first thing that does not fit. */
export const fit = (op: Op, args: readonly Node[], attributes: Attributes = NO_ATTRIBUTES): Fit | Mismatch => {
  const axis = axisOf(attributes);
  if (axis !== undefined) return fitAlong(op, axis, args);
  if (typeof op.shape === "string") return fitSignature(readSignature(op.shape), args);
  const shape = op.shape(
    args.map(arg => arg.shape),
    attributes,
  );
  return shape ? { shape: normalShape(shape), sizes: new Map() } : { kind: "count", expected: 0, found: args.length };
};

/** A call with its shape worked out. The arguments must fit (InternalError): check those of users with `fit` first. */
export const call = (name: string, args: readonly Node[], attributes: Attributes = NO_ATTRIBUTES): CallNode => {
  const fitted = fit(opOf(name), args, attributes);
  if ("kind" in fitted) {
    throw new InternalError(`${name} does not take ${args.map(arg => describeShape(arg.shape)).join(", ")}`);
  }
  return callNode(name, args, attributes, fitted.shape);
};

/** Whether an op is the chain-rule operator of notes, which takes an immediate partial derivative. */
export const isChainRule = (name: string): boolean => {
  const means = findOp(name)?.means;
  return means !== undefined && "abstract" in means && means.abstract === "chain";
};

/** Whether an op is the gradient of an abstract scalar function by one of its arguments. */
export const isGradient = (name: string): boolean => {
  const means = findOp(name)?.means;
  return means !== undefined && "abstract" in means && means.abstract === "gradient";
};

/** Whether an op is the value of a function of several arguments that a note leaves abstract. */
export const isAbstract = (name: string): boolean => {
  const means = findOp(name)?.means;
  return means !== undefined && "abstract" in means && means.abstract === "value";
};

/** Whether a shape is that of a scalar. */
export const isScalar = (shape: Shape): boolean => shape.length === 0;
