/** What claims leave out because the forward equations say it: the argument of φ′(…), those of ℓ in ∂ℓ/∂o. */
import type { Span } from "../../base/source.ts";
import { type CallNode, type Node, rowsAndColumns, substituteIndices } from "../../expr/node.ts";
import { type Polynomial, soleName } from "../../expr/polynomial.ts";
import { postorder } from "../../expr/walk.ts";
import { call, isAbstract } from "../../ops/call.ts";
import type { Syntax } from "../../parse/syntax.ts";
import type { Forward } from "../read.ts";
import { boundIn, type Elaboration, problem, type Surroundings } from "../surroundings.ts";
import type { Place } from "./derivative.ts";

/** The calls of a function in the forward equations. */
const callsOf = (forward: Forward, name: Syntax, elaboration: Elaboration): readonly CallNode[] => {
  const id = forward.assembled.functionIds.get(elaboration.functions.keyOf(name) ?? "");
  if (id === undefined) return [];
  const calls = forward.assembled.system.equations.flatMap(({ right }) =>
    postorder(right).flatMap(node => (node.kind === "call" && node.attributes.function === id ? [node] : [])),
  );
  return [...new Set(calls)];
};

const extentOf = (node: Node): { rows: Polynomial; columns: Polynomial } => {
  const [rows, columns] = rowsAndColumns(node.shape);
  return { rows, columns };
};

/** φ′(…) with the one argument that φ has in the forward equations; undefined if φ is no function of the note. */
export const argumentOf = (
  elaboration: Elaboration,
  forward: Forward,
  name: Syntax,
  span: Span,
  around: Surroundings,
): number | undefined => {
  if (!elaboration.functions.isFunction(name)) return undefined;
  const [only, another] = callsOf(forward, name, elaboration);
  if (!only || another)
    return problem(
      "V021",
      "the argument of this function is left out, and the forward equations do not tell it",
      span,
      "of what?",
    );
  const bound = boundIn(around);
  const inner = substituteIndices(
    only,
    new Map(only.free.flatMap(index => (bound.has(index) ? [[index, bound.get(index) as Polynomial] as const] : []))),
  ) as CallNode;
  const order = elaboration.functions.primesOf(name);
  return elaboration.drafts.add({
    kind: "made",
    args: [],
    span,
    extent: extentOf(inner),
    build: () => call(inner.op, inner.args, { ...inner.attributes, order }),
  });
};

/** Gives an index of the forward equation the value that makes its argument the wanted member. */
const matching = (argument: Node, wanted: Place): ReadonlyMap<string, Polynomial> | undefined => {
  if (argument === wanted) return new Map();
  if (argument.kind !== "at" || wanted.kind !== "at" || argument.of !== wanted.of) return undefined;
  const found = new Map<string, Polynomial>();
  for (const [i, entry] of argument.index.entries()) {
    const name = soleName(entry);
    const value = wanted.index[i] as Polynomial;
    if (name === undefined) {
      if (entry.key !== value.key) return undefined;
    } else found.set(name, value);
  }
  return found;
};

/** ∂ℓ/∂o for an abstract scalar function: the arguments are those written, or those of the forward equations. */
export const gradientByArgument = (
  elaboration: Elaboration,
  forward: Forward,
  name: Syntax,
  args: readonly number[],
  by: Place,
  span: Span,
): number | undefined => {
  const models = callsOf(forward, name, elaboration).filter(({ op }) => isAbstract(op));
  const [model] = models;
  if (!model || model.shape.length > 0) return undefined;
  const { drafts } = elaboration;
  const attributes = (slot: number): Record<string, string | number | Node["shape"]> => ({ ...model.attributes, slot });
  if (args.length > 0) {
    if (args.length !== model.args.length)
      return problem(
        "N007",
        "this function takes another number of arguments",
        span,
        `${model.args.length} in the forward equations`,
      );
    for (const [i, arg] of args.entries()) {
      const { extent } = drafts.at(arg);
      drafts.addChoice(
        [{ cost: 0, impose: sizes => sizes.unifyExtents(extent, extentOf(model.args[i] as Node)) }],
        [extent],
      );
    }
    return drafts.add({
      kind: "made",
      args,
      span,
      extent: extentOf(by),
      build: nodes => {
        const slot = nodes.indexOf(by) + 1;
        return slot > 0 ? call("gradient", nodes, attributes(slot)) : undefined;
      },
    });
  }
  for (const each of models) {
    for (const [i, argument] of each.args.entries()) {
      const values = matching(argument, by);
      if (!values) continue;
      const all = each.args.map(arg => substituteIndices(arg, values));
      return drafts.add({
        kind: "made",
        args: [],
        span,
        extent: extentOf(by),
        build: () => call("gradient", all, attributes(i + 1)),
      });
    }
  }
  return undefined;
};
