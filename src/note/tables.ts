/** Tables of a note: what a name's row says of its shape, and cells that only say where something holds. */
import type { Syntax } from "../parse/syntax.ts";
import type { Piece } from "./blocks/block.ts";
import { isName, takeApart } from "./scripts.ts";
import { type Declaration, sizesOfMark, sizesOfSet } from "./statements.ts";
import type { ReadPiece } from "./words.ts";

export interface Cell {
  readonly row: number;
  /** The words at the head of its column. */
  readonly head: string;
}

/** Stands for a formula while rows and columns are counted. */
const FORMULA = "\uE000";
const RULE = /^\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*$/u;
const SHAPE = /shape|size|dimension|形状|大小|维/iu;
const CONDITION = /^(?:at|if|when|where|for|conditions?|条件|何处|处)$/iu;

const partsOf = (line: string): readonly string[] =>
  line
    .trim()
    .replace(/^\||\|$/gu, "")
    .split("|");

/** The cells in which the formulas of a block stand, by their places among its pieces; none where it is no table. */
export const cellsOf = (pieces: readonly Piece[]): ReadonlyMap<number, Cell> => {
  const formulas = pieces.flatMap((piece, i) => (piece.kind === "text" ? [] : [i]));
  const whole = pieces.map(piece => (piece.kind === "text" ? piece.text : FORMULA)).join("");
  const lines = whole.split("\n");
  const rule = lines.findIndex((line, i) => i > 0 && line.includes("|") && RULE.test(line));
  const cells = new Map<number, Cell>();
  if (rule < 0) return cells;
  const heads = partsOf(lines[rule - 1] as string).map(head => head.trim());
  let seen = 0;
  for (const [row, line] of lines.entries()) {
    for (const [column, part] of partsOf(line).entries())
      for (const _ of part.matchAll(new RegExp(FORMULA, "gu"))) {
        const at = formulas[seen++];
        if (at !== undefined && row > rule) cells.set(at, { row, head: heads[column] ?? "" });
      }
  }
  return cells;
};

/** Whether a cell says where something holds, as `at` of a table of derivatives. */
export const isCondition = (cell: Cell | undefined): boolean => cell !== undefined && CONDITION.test(cell.head);

/** The shape that a row gives to the name in its first cell. */
export const declaredInTable = (
  pieces: readonly ReadPiece[],
  cells: ReadonlyMap<number, Cell>,
): readonly Declaration[] => {
  const subjects = new Map<number, Syntax | undefined>();
  const declared = new Set<number>();
  return [...cells].flatMap(([at, { row, head }]): readonly Declaration[] => {
    const [statement, more] = pieces[at]?.statements ?? [];
    const said = statement && !more ? statement.body : undefined;
    if (!subjects.has(row)) subjects.set(row, said);
    else if (!declared.has(row)) {
      const name = subjects.get(row);
      const sizes = said && (sizesOfSet(said) ?? (SHAPE.test(head) ? sizesOfMark(said) : undefined));
      if (!sizes || !name || !isName(takeApart(name).core)) return [];
      declared.add(row);
      return [{ name, sizes, span: name.span, from: "declared" }];
    }
    return [];
  });
};
