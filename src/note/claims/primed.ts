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

/** The op of a spelling that acts entry by entry, with the text of its pullback. */
const entrywise = (spelling: string): { readonly op: Op; readonly pullback: string } | undefined => {
  for (const { name, compound } of readingsOf(spelling, 1)) {
    const op = compound ? undefined : findOp(name);
    const pullback = op && Object.values(op.pullback ?? {})[0];
    if (op?.shape === "m n -> m n" && typeof pullback === "string") return { op, pullback };
  }
  return undefined;
};

const derivativeAt = (op: Op, pullback: string, argument: Node): Node => {
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

/** The derivative of the named function at a drafted argument. */
export const primedDraft = (drafts: Drafts, spelling: string, order: number, argument: number, span: Span): number => {
  const found = order === 1 ? entrywise(spelling) : undefined;
  if (!found) return problem("V021", "this derivative of a named function is not read", span, "write it out");
  const { op, pullback } = found;
  return drafts.add({
    kind: "made",
    args: [argument],
    span,
    extent: drafts.at(argument).extent,
    build: ([node]) => derivativeAt(op, pullback, node as Node),
  });
};
