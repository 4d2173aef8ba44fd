/** e_{y}: the unit vector that a label y stands for. */
import type { Span } from "../../base/source.ts";
import { type Node, rowsAndColumns } from "../../expr/node.ts";
import { call } from "../../ops/call.ts";
import type { Syntax } from "../../parse/syntax.ts";
import type { Drafts } from "../draft.ts";

/** The label below an e. */
export const labelOfUnit = (syntax: Syntax): Syntax | undefined => {
  if (syntax.kind !== "scripted" || syntax.base.kind !== "symbol" || syntax.base.name !== "e") return undefined;
  const [script, more] = syntax.scripts;
  return script?.position === "sub" && !more ? script.body : undefined;
};

/** A column, or a row where rows are meant. */
export const unitVectorDraft = (drafts: Drafts, node: Node, span: Span): number => {
  const [rows, columns] = rowsAndColumns(node.shape);
  const made = (extent: { rows: typeof rows; columns: typeof columns }, build: () => Node): number =>
    drafts.add({ kind: "made", args: [], span, extent, build });
  return drafts.grouping(span, [
    { cost: 0, draft: () => made({ rows, columns }, () => node) },
    { cost: 1, draft: () => made({ rows: columns, columns: rows }, () => call("transpose", [node])) },
  ]);
};
