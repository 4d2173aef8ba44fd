/** Blocks, slices, entries, unit vectors. */
import { integerNode, rowsAndColumns } from "../expr/node.ts";
import { constantValue, minus, namesIn, type Polynomial, plus } from "../expr/polynomial.ts";
import { call } from "../ops/call.ts";
import type { Law, Match, Sentence } from "../rewrite/law.ts";

const SLICE: Sentence = { en: "the slice lies in one of the blocks", zh: "切片落在一个分块内" };
const WHOLE: Sentence = { en: "the slice is the whole", zh: "切片即整体" };
const JOIN: Sentence = { en: "blocks that lie next to each other are joined", zh: "相邻的分块合并" };
const TURN: Sentence = { en: "transposing turns rows of blocks into columns of blocks", zh: "转置把分块的行变为列" };
const UNIT: Sentence = { en: "a unit vector picks one entry", zh: "单位向量选出一个元素" };

/** Whether an integer is ≥ 0 whatever the sizes in it are: names of the sizes of the match count as sizes, so ≥ 1. */
const isNatural = (value: Polynomial, sizes: readonly Polynomial[]): boolean => {
  const known = new Set(sizes.flatMap(namesIn));
  let least = 0;
  for (const { coefficient, names } of value.monomials) {
    if (names.length > 0 && (coefficient < 0 || !names.every(name => known.has(name)))) return false;
    least += coefficient;
  }
  return least >= 0;
};

/** The slice of two blocks as a slice of the one in which it lies. */
const sliceOfBlocks = (match: Match, op: "rowslice" | "columnslice") => {
  const [A, B] = [match.node("A"), match.node("B")];
  const [a, b] = [match.integer("a"), match.integer("b")];
  const axis = op === "rowslice" ? 0 : 1;
  const [first, second] = [A, B].map(block => rowsAndColumns(block.shape)[axis]) as [Polynomial, Polynomial];
  const sizes = [first, second];
  if (isNatural(minus(first, b), sizes)) return call(op, [A, integerNode(a), integerNode(b)]);
  if (!isNatural(minus(minus(a, 1), first), sizes)) return undefined;
  return call(op, [B, integerNode(minus(a, first)), integerNode(minus(b, first))]);
};

/** The slice of a slice, where it surely lies inside. */
const sliceOfSlice = (match: Match, op: "rowslice" | "columnslice") => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map(match.integer) as [Polynomial, Polynomial, Polynomial, Polynomial];
  const sizes = rowsAndColumns(match.node("A").shape);
  if (!isNatural(minus(c, 1), sizes) || !isNatural(minus(plus(b, 1), plus(a, d)), sizes)) return undefined;
  return call(op, [match.node("A"), integerNode(plus(a, c, -1)), integerNode(plus(a, d, -1))]);
};

/** Whether one integer of a match is another, or a sum of others. */
const same = (a: Polynomial, b: Polynomial): boolean => constantValue(minus(a, b)) === 0;

/** Ends: every law leaves fewer slices, paddings and unit vectors. */
export const BLOCKS: readonly Law[] = [
  { id: "rows-of-stack", where: { A: "m n", B: "k n" }, left: "rowslice(stack(A, B), a, b)", right: match => sliceOfBlocks(match, "rowslice"), example: "rowslice(stack(A, B), m + 1, m + k)", say: SLICE },
  { id: "columns-of-blocks", where: { A: "m n", B: "m k" }, left: "columnslice(beside(A, B), a, b)", right: match => sliceOfBlocks(match, "columnslice"), example: "columnslice(beside(A, B), 1, n)", say: SLICE },
  { id: "all-rows", where: { A: "m n" }, left: "rowslice(A, 1, b)", right: match => (same(match.integer("b"), match.integer("m")) ? match.node("A") : undefined), example: "rowslice(A, 1, m)", say: WHOLE },
  { id: "all-columns", where: { A: "m n" }, left: "columnslice(A, 1, b)", right: match => (same(match.integer("b"), match.integer("n")) ? match.node("A") : undefined), example: "columnslice(A, 1, n)", say: WHOLE },
  { id: "rows-of-rows", where: { A: "m n" }, left: "rowslice(rowslice(A, a, b), c, d)", right: match => sliceOfSlice(match, "rowslice"), example: "rowslice(rowslice(A, 0, m), 1, 1)", say: { en: "a slice of a slice is a slice", zh: "切片的切片仍是切片" } },
  { id: "columns-of-columns", where: { A: "m n" }, left: "columnslice(columnslice(A, a, b), c, d)", right: match => sliceOfSlice(match, "columnslice"), example: "columnslice(columnslice(A, 0, n), 1, 1)", say: { en: "a slice of a slice is a slice", zh: "切片的切片仍是切片" } },
  { id: "no-rows-beside", where: { A: "m n" }, left: "padrows(A, 1, b)", right: match => (same(match.integer("b"), match.integer("m")) ? match.node("A") : undefined), example: "padrows(A, 1, m)", say: { en: "there are no zeros around it", zh: "周围没有零" }, trivial: true },
  { id: "no-columns-beside", where: { A: "m n" }, left: "padcolumns(A, 1, b)", right: match => (same(match.integer("b"), match.integer("n")) ? match.node("A") : undefined), example: "padcolumns(A, 1, n)", say: { en: "there are no zeros around it", zh: "周围没有零" }, trivial: true },
  { id: "neighbouring-rows", where: { A: "m n", B: "k n" }, left: "padrows(A, a, r) + padrows(B, b, r)",
    right: match => {
      const [A, B] = [match.node("A"), match.node("B")];
      const [a, b, r] = [match.integer("a"), match.integer("b"), integerNode(match.integer("r"))];
      if (same(minus(b, a), match.integer("m"))) return call("padrows", [call("stack", [A, B]), integerNode(a), r]);
      return same(minus(a, b), match.integer("k")) ? call("padrows", [call("stack", [B, A]), integerNode(b), r]) : undefined;
    },
    example: "padrows(A, a, r) + padrows(B, a + m, r)", say: JOIN },
  { id: "neighbouring-columns", where: { A: "m n", B: "m k" }, left: "padcolumns(A, a, s) + padcolumns(B, b, s)",
    right: match => {
      const [A, B] = [match.node("A"), match.node("B")];
      const [a, b, s] = [match.integer("a"), match.integer("b"), integerNode(match.integer("s"))];
      if (same(minus(b, a), match.integer("n"))) return call("padcolumns", [call("beside", [A, B]), integerNode(a), s]);
      return same(minus(a, b), match.integer("k")) ? call("padcolumns", [call("beside", [B, A]), integerNode(b), s]) : undefined;
    },
    example: "padcolumns(A, a, s) + padcolumns(B, a + n, s)", say: JOIN },
  { id: "unit-times", where: { A: "m n" }, left: "unit(m, i)' * A", right: "row(A, i)", say: UNIT },
  { id: "times-unit", where: { A: "m n" }, left: "A * unit(n, i)", right: "column(A, i)", say: UNIT },
  { id: "inner-with-unit", where: { x: "n" }, left: "inner(x, unit(n, i))", right: "entry(x, i)", say: UNIT },
  { id: "inner-with-units", where: { A: "m n" }, left: "inner(A, outer(unit(m, i), unit(n, j)))", right: "element(A, i, j)", say: UNIT },
  { id: "selected-by-unit", where: { p: "n" }, left: "select(p, unit(n, i))", right: "entry(p, i)", say: UNIT },
  { id: "entry-of-row", where: { A: "m n" }, left: "entry(row(A, i)', j)", right: "element(A, i, j)", say: UNIT },
  { id: "entry-of-column", where: { A: "m n" }, left: "entry(column(A, j), i)", right: "element(A, i, j)", say: UNIT },
];

/** For comparing only: people write [h; x]^⊤. Ends: transposes move below blocks. */
export const TRANSPOSED_BLOCKS: readonly Law[] = [
  { id: "transpose-of-stack", where: { A: "m n", B: "k n" }, left: "stack(A, B)'", right: "beside(A', B')", say: TURN },
  { id: "transpose-of-beside", where: { A: "m n", B: "m k" }, left: "beside(A, B)'", right: "stack(A', B')", say: TURN },
];
