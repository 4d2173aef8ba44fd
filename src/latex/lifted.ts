/** Calls along rows or columns: by name with the axis as a subscript, else as the products that they are. */
import type { CallNode, Node } from "../expr/node.ts";
import { contains, transform } from "../expr/walk.ts";
import { axisOf } from "../ops/along.ts";
import { call, opOf } from "../ops/call.ts";
import { expandDefinition } from "../term/faces.ts";

const SUBSCRIPTS = { rows: "_{\\mathrm{row}}", columns: "_{\\mathrm{col}}" } as const;

/** What stands behind the name of a function that is applied to every row or column; nothing where there is one. */
export const alongLatex = ({ attributes, args }: CallNode): string => {
  const axis = axisOf(attributes);
  const isOne = axis === "rows" && args.every(({ shape }) => shape.length < 2 || shape[0]?.key === "1");
  return axis === undefined || isOne ? "" : SUBSCRIPTS[axis];
};

const isUnnamed = (node: Node): boolean =>
  node.kind === "call" && axisOf(node.attributes) !== undefined && !("call" in opOf(node.op).latex.form);

/** The term without lifted calls of ops that have a notation of their own: xᵀy of every row is (X ⊙ Y) 1. */
export const spelledOut = (root: Node): Node => {
  // A definition is made of simpler ops, so this ends.
  let term = root;
  while (contains(term, isUnnamed)) {
    term = transform(term, {
      call: (op, args, original) =>
        (isUnnamed(original) ? expandDefinition(opOf(op), args, original.attributes) : undefined) ??
        (args.every((arg, i) => arg === original.args[i]) ? original : call(op, args, original.attributes)),
    });
  }
  return term;
};
