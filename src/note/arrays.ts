/** Arrays written out in blocks: [h; x], [x, h], bmatrix. */
import type { Span } from "../base/source.ts";
import type { ListSyntax, Syntax } from "../parse/syntax.ts";
import { operate } from "./operations.ts";
import { type Elaboration, problem } from "./surroundings.ts";

/** Environments in which blocks of a matrix are written out. */
export const MATRICES: ReadonlySet<string> = new Set(["bmatrix", "pmatrix", "matrix", "smallmatrix", "array"]);

const JOINING = "Write [a; b] for arrays on top of each other and [a, b] for arrays side by side.";

/** [a, b; c, d]: commas bind tighter than semicolons. */
const rowsOf = ({ items, separators }: ListSyntax): readonly (readonly Syntax[])[] => {
  const rows: Syntax[][] = [[]];
  for (const [i, item] of items.entries()) {
    if (i > 0 && separators?.[i - 1] === ";") rows.push([]);
    (rows.at(-1) as Syntax[]).push(item);
  }
  return rows;
};

/** The arrays that a bracket joins, row by row. */
export const joinedIn = (open: string, list: ListSyntax): readonly (readonly Syntax[])[] => {
  if (list.items.some(item => item.kind === "dots"))
    return problem("N005", "a list with members left out is not read", list.span, "a list", JOINING);
  if (open !== "[") return problem("N005", "a list of values means nothing here", list.span, "a list", JOINING);
  return rowsOf(list);
};

/** Blocks side by side, joined as `beside` says, and rows of them on top of each other. */
export const blocksDraft = (
  of: Elaboration,
  rows: readonly (readonly Syntax[])[],
  beside: string,
  span: Span,
  draft: (block: Syntax) => number,
): number => {
  const join = (spelling: string, parts: readonly number[]): number =>
    parts.slice(1).reduce((left, right) => {
      const covered = { start: of.drafts.at(left).span.start, end: of.drafts.at(right).span.end };
      return operate(of, spelling, span, covered, [left, right]);
    }, parts[0] as number);
  return join(
    "[;]",
    rows.map(row => join(beside, row.map(draft))),
  );
};
