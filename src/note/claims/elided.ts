/** What claims leave out because the forward equations say it: the argument of φ′(…). */
import type { Span } from "../../base/source.ts";
import { type CallNode, type Node, rowsAndColumns, substituteIndices } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import { postorder } from "../../expr/walk.ts";
import { call } from "../../ops/call.ts";
import type { Syntax } from "../../parse/syntax.ts";
import type { Forward } from "../read.ts";
import { boundIn, type Elaboration, problem, type Surroundings } from "../surroundings.ts";

/** The calls of a function in the forward equations. */
export const callsOf = (forward: Forward, name: Syntax, elaboration: Elaboration): readonly CallNode[] => {
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
