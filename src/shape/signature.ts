/**
 * Shape signatures of ops, such as "m k, k n -> m n".
 *
 * Each argument is a list of one or two sizes (a vector `n` is a column), `1` for a scalar, `m 1` for a column
 * spelled out, or `#k` for an integer argument whose value the result may use ("#m, #n -> m n" makes a matrix of
 * ones). Names stand for sizes; equal names must meet equal sizes. The sizes of the result may be sums and products of
 * names, without spaces: "m n, k n -> m+k n".
 */
import { InternalError } from "../base/diagnostic.ts";
import { integerValue, type Node, normalShape, rowsAndColumns, type Shape, type Size } from "../expr/node.ts";
import { integer, minus, named, type Polynomial, plus, soleName, substitute, times, ZERO } from "../expr/polynomial.ts";

export type ArgumentPattern =
  | { readonly kind: "tensor"; readonly rows: Polynomial; readonly columns: Polynomial; readonly axes: 0 | 1 | 2 }
  | { readonly kind: "integer"; readonly name: string };

export interface Signature {
  readonly text: string;
  readonly args: readonly ArgumentPattern[];
  readonly result: { readonly rows: Polynomial; readonly columns: Polynomial; readonly axes: 0 | 1 | 2 };
}

/** Why a signature does not fit: two sizes that should be equal, each with the argument and axis it comes from. */
export type Mismatch =
  | { readonly kind: "count"; readonly expected: number; readonly found: number }
  | { readonly kind: "integer"; readonly argument: number }
  /** A derivative of arrays by arrays, which only the chain rule takes. */
  | { readonly kind: "axes"; readonly argument: number }
  | {
      readonly kind: "size";
      readonly argument: number;
      readonly axis: "rows" | "columns";
      readonly found: Size;
      readonly expected: Size;
      /** The argument that fixed the expected size; undefined when the signature itself demands it. */
      readonly against?: { readonly argument: number; readonly axis: "rows" | "columns" };
    };

const FACTOR = String.raw`(?:\d+|[A-Za-z]\w*)`;
const PRODUCT = String.raw`${FACTOR}(?:\*${FACTOR})*`;
const SIZE = new RegExp(`^-?${PRODUCT}(?:[+-]${PRODUCT})*$`, "u");

/** A size such as n, 1, m+k or b-a+1. */
export const readSize = (text: string, signature = text): Polynomial => {
  if (!SIZE.test(text)) throw new InternalError(`unreadable size "${text}" in the signature "${signature}"`);
  const terms = text.match(/[+-]?[^+-]+/gu) ?? [];
  return terms.reduce<Polynomial>((sum, term) => {
    const product = term
      .replace(/^[+-]/u, "")
      .split("*")
      .map(factor => (/^\d/u.test(factor) ? integer(Number(factor)) : named(factor)))
      .reduce((a, b) => times(a, b));
    return term.startsWith("-") ? minus(sum, product) : plus(sum, product);
  }, ZERO);
};

const readAxes = (text: string, signature: string): { rows: Polynomial; columns: Polynomial; axes: 0 | 1 | 2 } => {
  const sizes = text.split(/\s+/u).map(size => readSize(size, signature));
  const [rows, columns] = sizes;
  if (!rows || sizes.length > 2) throw new InternalError(`unreadable signature "${signature}"`);
  if (text === "1") return { rows: integer(1), columns: integer(1), axes: 0 };
  return { rows, columns: columns ?? integer(1), axes: columns ? 2 : 1 };
};

const cache = new Map<string, Signature>();

/** Reads a signature; the same text gives the same object. */
export const readSignature = (text: string): Signature => {
  const known = cache.get(text);
  if (known) return known;
  const [left, right, more] = text.split("->").map(side => side.trim());
  if (left === undefined || !right || more !== undefined) throw new InternalError(`unreadable signature "${text}"`);
  const args =
    left === ""
      ? []
      : left.split(",").map((part): ArgumentPattern => {
          const pattern = part.trim();
          return pattern.startsWith("#")
            ? { kind: "integer", name: pattern.slice(1) }
            : { kind: "tensor", ...readAxes(pattern, text) };
        });
  for (const arg of args) {
    if (arg.kind === "integer") continue;
    for (const size of [arg.rows, arg.columns])
      if (size.monomials.length > 1 || (size.monomials[0]?.names.length === 1 && soleName(size) === undefined))
        throw new InternalError(`unreadable signature "${text}": the size ${size.key} of an argument is no name`);
  }
  const signature: Signature = { text, args, result: readAxes(right, text) };
  cache.set(text, signature);
  return signature;
};

export interface Fit {
  readonly shape: Shape;
  /** The sizes that the signature's names stand for. */
  readonly sizes: ReadonlyMap<string, Size>;
}

const MOST_AXES = 2;

/** Fits known arguments to a signature: the result's shape, or the first thing that does not fit. */
export const fitSignature = (signature: Signature, args: readonly Node[]): Fit | Mismatch => {
  if (args.length !== signature.args.length)
    return { kind: "count", expected: signature.args.length, found: args.length };
  const sizes = new Map<string, Size>();
  const origins = new Map<string, { argument: number; axis: "rows" | "columns" }>();
  for (const [argument, pattern] of signature.args.entries()) {
    const arg = args[argument] as Node;
    if (pattern.kind === "integer") {
      const value = integerValue(arg);
      if (!value) return { kind: "integer", argument };
      sizes.set(pattern.name, value);
      continue;
    }
    if (arg.shape.length > MOST_AXES) return { kind: "axes", argument };
    const [rows, columns] = rowsAndColumns(arg.shape);
    for (const [axis, expectedSize, found] of [
      ["rows", pattern.rows, rows],
      ["columns", pattern.columns, columns],
    ] as const) {
      const name = expectedSize.monomials[0]?.names[0];
      const known = name === undefined ? expectedSize : sizes.get(name);
      if (known === undefined) {
        sizes.set(name as string, found);
        origins.set(name as string, { argument, axis });
      } else if (known.key !== found.key) {
        const against = name === undefined ? undefined : origins.get(name);
        return { kind: "size", argument, axis, found, expected: known, ...(against ? { against } : {}) };
      }
    }
  }
  const { rows, columns } = signature.result;
  return { shape: normalShape([substitute(rows, sizes), substitute(columns, sizes)]), sizes };
};

/** A shape as people say it: "h × d", "h", "a scalar". */
export const describeShape = (shape: Shape): string =>
  shape.length === 0 ? "a scalar" : shape.map(size => size.key).join(" × ");
