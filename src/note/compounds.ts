/** Readings that no single op gives: what people write without saying all of it, and parts of arrays. */

import type { Axis } from "../ops/along.ts";

/** A way of writing that leaves something out, or that no op spells: what is meant is a term. */
export interface Compound {
  readonly spellings: Readonly<Record<string, number>>;
  /** Shapes of the arguments, in the order in which they are written; "#" for a whole number. */
  readonly where: Readonly<Record<string, string>>;
  readonly term: string;
  readonly result: string;
  readonly say: string;
  /** A scalar in a place of shape 1 always means this reading. */
  readonly claimsScalars?: true;
  /** The argument that is usually a number, as in 1 - z: with one this is what people mean. */
  readonly withNumber?: number;
  /** The axis of the stacked vectors to each of which a vector is added. */
  readonly toEach?: Axis;
  /** Its arguments have two axes, each of more than one entry. */
  readonly ofMatrices?: true;
  /** Nothing is inserted that is not written, so there is nothing to report. */
  readonly isPlain?: true;
}

const COLUMN_SUM = { "+": 4 };
const ROW_SUM = { "+": 3 };

const TRACE = { tr: 3, Tr: 3, trace: 3 };
const DETERMINANT = { "\\det": 3, det: 3 };

const part = (spelling: string, where: Compound["where"], term: string, result: string): Compound => ({
  spellings: { [spelling]: 0 },
  where,
  term,
  result,
  say: "a part of an array",
  isPlain: true,
});

/** Parts of arrays, counted from 1, both ends included: what is written in the subscript, axis by axis. */
const PARTS: readonly Compound[] = [
  part("[i]", { x: "n", i: "#" }, "entry(x, i)", "1"),
  part("[i]", { x: "1 n", i: "#" }, "element(x, 1, i)", "1"),
  {
    ...part("[i]", { A: "m n", i: "#" }, "row(A, i)'", "n"),
    spellings: { "[i]": 1 },
    say: "the row of a matrix, as a column",
    ofMatrices: true,
  },
  {
    ...part("[i]", { A: "m n", i: "#" }, "row(A, i)", "1 n"),
    spellings: { "[i]": 2 },
    say: "the row of a matrix",
    ofMatrices: true,
  },
  part("[i,j]", { A: "m n", i: "#", j: "#" }, "element(A, i, j)", "1"),
  part("[i,:]", { A: "m n", i: "#" }, "row(A, i)", "1 n"),
  part("[:,i]", { A: "m n", i: "#" }, "column(A, i)", "m"),
  part("[a:b]", { x: "n", a: "#", b: "#" }, "rowslice(x, a, b)", "b-a+1"),
  part("[a:]", { x: "n", a: "#" }, "rowslice(x, a, n)", "n-a+1"),
  part("[:b]", { x: "n", b: "#" }, "rowslice(x, 1, b)", "b"),
  part("[a:b]", { x: "1 n", a: "#", b: "#" }, "columnslice(x, a, b)", "1 b-a+1"),
  part("[a:]", { x: "1 n", a: "#" }, "columnslice(x, a, n)", "1 n-a+1"),
  part("[:b]", { x: "1 n", b: "#" }, "columnslice(x, 1, b)", "1 b"),
  part("[a:b,:]", { A: "m n", a: "#", b: "#" }, "rowslice(A, a, b)", "b-a+1 n"),
  part("[a:,:]", { A: "m n", a: "#" }, "rowslice(A, a, m)", "m-a+1 n"),
  part("[:b,:]", { A: "m n", b: "#" }, "rowslice(A, 1, b)", "b n"),
  part("[:,a:b]", { A: "m n", a: "#", b: "#" }, "columnslice(A, a, b)", "m b-a+1"),
  part("[:,a:]", { A: "m n", a: "#" }, "columnslice(A, a, n)", "m n-a+1"),
  part("[:,:b]", { A: "m n", b: "#" }, "columnslice(A, 1, b)", "m b"),
];

/** Slices in brackets behind a name, W[:, a:], as programs have them: counted from 0, without the place at the end. */
const PROGRAM_SLICES: readonly Compound[] = [
  part("[a..b]", { x: "n", a: "#", b: "#" }, "rowslice(x, a + 1, b)", "b-a"),
  part("[a..]", { x: "n", a: "#" }, "rowslice(x, a + 1, n)", "n-a"),
  part("[..b]", { x: "n", b: "#" }, "rowslice(x, 1, b)", "b"),
  part("[a..b]", { x: "1 n", a: "#", b: "#" }, "columnslice(x, a + 1, b)", "1 b-a"),
  part("[a..]", { x: "1 n", a: "#" }, "columnslice(x, a + 1, n)", "1 n-a"),
  part("[..b]", { x: "1 n", b: "#" }, "columnslice(x, 1, b)", "1 b"),
  part("[a..b,..]", { A: "m n", a: "#", b: "#" }, "rowslice(A, a + 1, b)", "b-a n"),
  part("[a..,..]", { A: "m n", a: "#" }, "rowslice(A, a + 1, m)", "m-a n"),
  part("[..b,..]", { A: "m n", b: "#" }, "rowslice(A, 1, b)", "b n"),
  part("[..,a..b]", { A: "m n", a: "#", b: "#" }, "columnslice(A, a + 1, b)", "m b-a"),
  part("[..,a..]", { A: "m n", a: "#" }, "columnslice(A, a + 1, n)", "m n-a"),
  part("[..,..b]", { A: "m n", b: "#" }, "columnslice(A, 1, b)", "m b"),
];

/** Arrays of which a formula gives each entry; how many there are is what they are used with. */
const ENTRIES: readonly Compound[] = [
  { ...part("[i]=", { c: "1", i: "#", n: "#" }, "c * unit(n, i)", "n"), say: "the entries of a vector" },
  {
    ...part("[i,j]=", { c: "1", i: "#", j: "#", m: "#", n: "#" }, "c * outer(unit(m, i), unit(n, j))", "m n"),
    say: "the entries of a matrix",
  },
];

/** Indicators, and what a label chooses, the label being a unit vector. */
const CHOSEN: readonly Compound[] = [
  part("[=]", { i: "#", j: "#" }, "indicator(i, j)", "1"),
  part("[_=]", { i: "#", e: "n" }, "entry(e, i)", "1"),
  part("[_=]", { i: "#", e: "n", n: "#" }, "entry(e, i)", "1"),
  { ...part("[_=]", { i: "#", e: "n", k: "#" }, "entry(e, i)", "1"), spellings: { "[_=]": 1 } },
  part("_", { p: "1 n", e: "n" }, "p * e", "1"),
  part("_", { p: "1 n", e: "1 n" }, "p * e'", "1"),
  part("[_]", { e: "n" }, "e", "n"),
  { ...part("_", { A: "m n", e: "m" }, "A' * e", "n"), spellings: { _: 1 } },
  { ...part("_", { A: "m n", e: "n" }, "A * e", "m"), spellings: { _: 2 } },
  { ...part("_", { A: "m n", e: "m" }, "e' * A", "1 n"), spellings: { _: 2 } },
  part("[:,_]", { A: "m n", e: "n" }, "A * e", "m"),
  part("[_,:]'", { A: "m n", e: "m" }, "A' * e", "n"),
  {
    ...part("[_,:]", { A: "m n", e: "m" }, "A' * e", "n"),
    spellings: { "[_,:]": 2 },
    say: "the row that the label chooses, as a column",
  },
  { ...part("[n,_]", { A: "m n", E: "m n" }, "((A .* E) * ones(n, 1))'", "1 m"), ofMatrices: true },
  part("[_,:]", { A: "m n", e: "m" }, "e' * A", "1 n"),
];

/** Indicators of an order, entry by entry; a scalar stands for an array of its value. */
const ORDERED: readonly Compound[] = [
  part("[>0]", { A: "m n" }, "step(A)", "m n"),
  part("[>0]", { a: "1" }, "step(a)", "1"),
  part("[0>]", { A: "m n" }, "step(-A)", "m n"),
  part("[0>]", { a: "1" }, "step(-a)", "1"),
  part("[>=0]", { A: "m n" }, "ones(m, n) - step(-A)", "m n"),
  part("[>=0]", { a: "1" }, "1 - step(-a)", "1"),
  part("[0>=]", { A: "m n" }, "ones(m, n) - step(A)", "m n"),
  part("[0>=]", { a: "1" }, "1 - step(a)", "1"),
  part("[>]", { A: "m n", B: "m n" }, "step(A - B)", "m n"),
  part("[>]", { a: "1", b: "1" }, "step(a - b)", "1"),
  part("[>]", { A: "m n", c: "1" }, "step(A - c * ones(m, n))", "m n"),
  part("[>]", { c: "1", A: "m n" }, "step(c * ones(m, n) - A)", "m n"),
  part("[>=]", { A: "m n", B: "m n" }, "ones(m, n) - step(B - A)", "m n"),
  part("[>=]", { a: "1", b: "1" }, "1 - step(b - a)", "1"),
  part("[>=]", { A: "m n", c: "1" }, "ones(m, n) - step(c * ones(m, n) - A)", "m n"),
  part("[>=]", { c: "1", A: "m n" }, "ones(m, n) - step(A - c * ones(m, n))", "m n"),
];

/** Values of cases, times what is 1 where the case holds: entry by entry, or all at once. */
const CASES: readonly Compound[] = [
  { ...part("[where]", { a: "1", b: "1" }, "a * b", "1"), say: "a value by cases" },
  { ...part("[where]", { A: "m n", B: "m n" }, "A .* B", "m n"), say: "a value by cases" },
  { ...part("[where]", { a: "1", B: "m n" }, "a * B", "m n"), say: "a value by cases" },
  { ...part("[where]", { A: "m n", b: "1" }, "b * A", "m n"), say: "a value by cases" },
];

/**
 * What NumPy does to arrays of different shapes, entry by entry: a row goes along all rows, a column along all columns. Its
 * arrays of one axis are rows here, as they are where it stretches them; @ takes such an array for a column where it stands second.
 */
const STRETCHED: readonly Compound[] = [
  ...(
    [
      [".*", ".*", 3],
      ["/", "./", 3],
    ] as const
  ).flatMap(([spelling, op, cost]): readonly Compound[] => [
    {
      spellings: { [spelling]: cost },
      where: { A: "m n", b: "1 n" },
      term: `A ${op} (ones(m, 1) * b)`,
      result: "m n",
      say: "every row, entry by entry with the row",
    },
    {
      spellings: { [spelling]: cost + 1 },
      where: { A: "m n", b: "m" },
      term: `A ${op} (b * ones(n, 1)')`,
      result: "m n",
      say: "every column, entry by entry with the column",
    },
  ]),
  {
    spellings: { ".*": 3 },
    where: { b: "1 n", A: "m n" },
    term: "(ones(m, 1) * b) .* A",
    result: "m n",
    say: "every row, entry by entry with the row",
  },
  {
    spellings: { ".*": 4 },
    where: { b: "m", A: "m n" },
    term: "(b * ones(n, 1)') .* A",
    result: "m n",
    say: "every column, entry by entry with the column",
  },
  {
    ...part("@", { A: "m n", v: "1 n" }, "(A * v')'", "1 m"),
    spellings: { "@": 2 },
    say: "the product with an array of one axis",
  },
  { ...part("@", { v: "1 n", w: "1 n" }, "v * w'", "1"), spellings: { "@": 2 }, say: "the inner product" },
  { ...part("@", { v: "n", w: "n" }, "v' * w", "1"), spellings: { "@": 1 }, say: "the inner product" },
  {
    ...part("\\otimes", { a: "1 m", b: "1 n" }, "a' * b", "m n"),
    spellings: { "\\otimes": 1 },
    say: "the outer product",
  },
  { ...part("^1-D", { x: "n" }, "x'", "1 n"), say: "an array of one axis" },
  { ...part("^1-D", { x: "n" }, "x", "n"), spellings: { "^1-D": 1 }, say: "an array of one axis" },
];

/** Read only where nothing that is written literally fits. */
export const COMPOUNDS: readonly Compound[] = [
  ...PARTS,
  ...PROGRAM_SLICES,
  ...CASES,
  ...CHOSEN,
  ...ORDERED,
  ...ENTRIES,
  ...STRETCHED,
  {
    spellings: { "[,]": 1 },
    where: { a: "m", b: "k" },
    term: "stack(a, b)",
    result: "m+k",
    say: "the columns on top of each other",
  },
  {
    spellings: { "[,]": 0 },
    where: { a: "1 n", b: "1 k" },
    term: "beside(a, b)",
    result: "1 n+k",
    say: "the rows side by side",
    isPlain: true,
  },
  {
    spellings: { "": 3, "\\cdot": 2, ".": 2, "*": 2, "\\times": 2, ".*": 0.125 },
    where: { A: "m n", c: "1" },
    term: "c * A",
    result: "m n",
    say: "a scalar factor behind an array",
    claimsScalars: true,
  },
  {
    spellings: COLUMN_SUM,
    where: { A: "m n", b: "m" },
    term: "A + b * ones(n, 1)'",
    result: "m n",
    say: "the column added to every column, b 1^⊤",
    toEach: "columns",
  },
  {
    spellings: COLUMN_SUM,
    where: { b: "m", A: "m n" },
    term: "b * ones(n, 1)' + A",
    result: "m n",
    say: "the column added to every column, b 1^⊤",
    toEach: "columns",
  },
  {
    spellings: ROW_SUM,
    where: { A: "m n", b: "1 n" },
    term: "A + ones(m, 1) * b",
    result: "m n",
    say: "the row added to every row, 1 b",
    toEach: "rows",
  },
  {
    spellings: ROW_SUM,
    where: { b: "1 n", A: "m n" },
    term: "ones(m, 1) * b + A",
    result: "m n",
    say: "the row added to every row, 1 b",
    toEach: "rows",
  },
  {
    spellings: { "+": 8 },
    where: { A: "m n", b: "n" },
    term: "A + ones(m, 1) * b'",
    result: "m n",
    say: "the vector added to every row, 1 b^⊤",
    toEach: "rows",
  },
  {
    spellings: { "+": 5 },
    where: { A: "m n", c: "1" },
    term: "A + c * ones(m, n)",
    result: "m n",
    say: "the scalar added to every entry, c 1",
    withNumber: 1,
  },
  {
    spellings: { "+": 5 },
    where: { c: "1", A: "m n" },
    term: "c * ones(m, n) + A",
    result: "m n",
    say: "the scalar added to every entry, c 1",
    withNumber: 0,
  },
  {
    spellings: { "-": 4 },
    where: { A: "m n", b: "m" },
    term: "A - b * ones(n, 1)'",
    result: "m n",
    say: "the column subtracted from every column, b 1^⊤",
  },
  {
    spellings: { "-": 3 },
    where: { A: "m n", b: "1 n" },
    term: "A - ones(m, 1) * b",
    result: "m n",
    say: "the row subtracted from every row, 1 b",
  },
  {
    spellings: { "-": 5 },
    where: { A: "m n", c: "1" },
    term: "A - c * ones(m, n)",
    result: "m n",
    say: "the scalar subtracted from every entry, c 1",
    withNumber: 1,
  },
  {
    spellings: { "-": 5 },
    where: { c: "1", A: "m n" },
    term: "c * ones(m, n) - A",
    result: "m n",
    say: "every entry subtracted from the scalar, c 1",
    withNumber: 0,
  },
  {
    spellings: { "^-\\top": 0, "^-T": 0 },
    where: { A: "n n" },
    term: "inverse(A)'",
    result: "n n",
    say: "the transpose of the inverse",
  },
  {
    spellings: { "/": 4 },
    where: { c: "1", A: "m n" },
    term: "c * (ones(m, n) ./ A)",
    result: "m n",
    say: "the scalar divided by every entry",
  },
  {
    spellings: { "^{}": 1, "^\\odot": 1, "^\\circ": 1 },
    where: { A: "m n", c: "1" },
    term: "realpower(A, c * ones(m, n))",
    result: "m n",
    say: "every entry raised to the power",
  },
  { spellings: TRACE, where: { c: "1" }, term: "c", result: "1", say: "the trace of a scalar, which is the scalar" },
  {
    spellings: DETERMINANT,
    where: { c: "1" },
    term: "c",
    result: "1",
    say: "the determinant of a scalar, which is the scalar",
  },
];
