/** The few terms that the deriver itself builds, as templates: an engine names no op. */

import { InternalError } from "../base/diagnostic.ts";
import { type Node, number, rowsAndColumns, type Shape, type Size } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import { call } from "../ops/call.ts";
import { OPS } from "../ops/index.ts";
import { type Binding, compileTemplates, instantiate } from "../term/template.ts";

const [PLUS] = compileTemplates(["A + B"], { A: "m n", B: "m n" });
const [BETWEEN] = compileTemplates(["P' * G * S'"], { P: "m m", G: "m m", S: "m m" });
const NO_INTEGERS: Binding["integers"] = new Map();

const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw new InternalError("a template of the deriver is missing");
  return value;
};

/** The sum of one or more terms, in order. */
export const sumOf = (terms: readonly Node[]): Node =>
  terms.reduce((sum, term) =>
    instantiate(need(PLUS), {
      nodes: new Map([
        ["A", sum],
        ["B", term],
      ]),
      integers: NO_INTEGERS,
    }),
  );

/** Pᵀ G Sᵀ: the adjoint of one factor of an ordered product with the factors P before it and S after it. */
export const between = (P: Node, G: Node, S: Node): Node =>
  instantiate(need(BETWEEN), {
    nodes: new Map([
      ["P", P],
      ["G", G],
      ["S", S],
    ]),
    integers: NO_INTEGERS,
  });

const [FACTORS] = compileTemplates(["P * B * S"], { P: "m m", B: "m m", S: "m m" });

/** P B S: one factor of an ordered product with what stands before and after it. */
export const productOf = (P: Node, B: Node, S: Node): Node =>
  instantiate(need(FACTORS), {
    nodes: new Map([
      ["P", P],
      ["B", B],
      ["S", S],
    ]),
    integers: NO_INTEGERS,
  });

const [OUTER] = compileTemplates(["outer(a, b)"], { a: "m", b: "n" });

/** e_i e_jᵀ: what a change of one entry of a matrix is. */
export const entryDirection = (row: Node, column: Node): Node =>
  instantiate(need(OUTER), {
    nodes: new Map([
      ["a", row],
      ["b", column],
    ]),
    integers: NO_INTEGERS,
  });

const [UNIT] = compileTemplates(["unit(n, i)"], {});

/** e_i of length n. */
export const unitVector = (n: Size, i: Polynomial): Node =>
  instantiate(need(UNIT), {
    nodes: new Map(),
    integers: new Map([
      ["n", n],
      ["i", i],
    ]),
  });

const [INDICATOR] = compileTemplates(["indicator(i, j)"], {});

/** 1 where i = j, 0 elsewhere. */
export const indicator = (i: Polynomial, j: Polynomial): Node =>
  instantiate(need(INDICATOR), {
    nodes: new Map(),
    integers: new Map([
      ["i", i],
      ["j", j],
    ]),
  });

const [IDENTITY] = compileTemplates(["identity(n)"], {});

export const identityMatrix = (n: Size): Node =>
  instantiate(need(IDENTITY), { nodes: new Map(), integers: new Map([["n", n]]) });

export const one = (): Node => number(1);

const [ZERO] = compileTemplates(["zeros(m, n)"], {});

/** Nothing, in a shape. Only where no read leads from a symbol to the objective. */
export const zeroOf = (shape: Shape): Node => {
  const [m, n] = rowsAndColumns(shape);
  return instantiate(need(ZERO), {
    nodes: new Map(),
    integers: new Map([
      ["m", m],
      ["n", n],
    ]),
  });
};

const CHAIN = need(OPS.find(op => "abstract" in op.means && op.means.abstract === "chain"));

/** prod(gradient, jacobian): one path of the chain rule before it is worked out. */
export const chainOf = (gradient: Node, jacobian: Node): Node => call(CHAIN.name, [gradient, jacobian]);
