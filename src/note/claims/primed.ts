/** f′(z) where f is a named function, applied entry by entry: what its pullback makes of ones. */
import type { Span } from "../../base/source.ts";
import { integerNode, type Node, rowsAndColumns } from "../../expr/node.ts";
import { call } from "../../ops/call.ts";
import { findOp } from "../../ops/index.ts";
import type { Op } from "../../ops/op.ts";
import { simplify } from "../../rules/simplify.ts";
import { instantiateFace } from "../../term/template.ts";
import type { Drafts } from "../draft.ts";
import { readingsOf } from "../readings.ts";
import { problem } from "../surroundings.ts";

interface Entrywise {
  readonly op: Op;
  readonly pullback: string;
}

/** An op that acts entry by entry, with the text of its pullback. */
const entrywiseOp = (name: string): Entrywise | undefined => {
  const op = findOp(name);
  const pullback = op && Object.values(op.pullback ?? {})[0];
  return op?.shape === "m n -> m n" && typeof pullback === "string" ? { op, pullback } : undefined;
};

const entrywise = (spelling: string): Entrywise | undefined => {
  for (const { name, compound } of readingsOf(spelling, 1)) {
    const found = compound ? undefined : entrywiseOp(name);
    if (found) return found;
  }
  return undefined;
};

/** The derivative of an op that acts entry by entry; undefined for others. */
export const slopeAt = (name: string, argument: Node): Node | undefined => {
  const found = entrywiseOp(name);
  return found && derivativeAt(found, argument);
};

const derivativeAt = ({ op, pullback }: Entrywise, argument: Node): Node => {
  const [rows, columns] = rowsAndColumns(argument.shape);
  const G = call("ones", [integerNode(rows), integerNode(columns)]);
  const face = `derivative ${op.name}`;
  const made = instantiateFace(
    op,
    face,
    pullback,
    [argument],
    new Map([
      ["G", G],
      ["Y", call(op.name, [argument])],
    ]),
  );
  return simplify(made).node;
};

/** The derivative of the named function at a drafted argument; `at` may put another term in its place. */
export const primedDraft = (
  drafts: Drafts,
  { spelling, order, span }: { readonly spelling: string; readonly order: number; readonly span: Span },
  argument: number,
  at: (argument: Node, op: string) => Node = node => node,
): number => {
  const found = order === 1 ? entrywise(spelling) : undefined;
  if (!found) return problem("V021", "this derivative of a named function is not read", span, "write it out");
  return drafts.add({
    kind: "made",
    args: [argument],
    span,
    extent: drafts.at(argument).extent,
    build: ([node]) => derivativeAt(found, at(node as Node, found.op.name)),
  });
};
