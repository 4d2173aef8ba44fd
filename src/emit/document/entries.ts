/** Linear maps entry by entry, where no matrix notation fits: Σ_p A_{ip} B_{pj} δ_{kl}. */
import type { EinsteinMap, EinsteinProduct } from "../../tensor/einstein.ts";
import { print, type Writing } from "./writing.ts";

const LETTERS = ["i", "j", "k", "l", "p", "q", "r", "s", "a", "b", "c", "d"];

/** A map in index notation: letters for the axes of the result and of the argument, and the sum of products. */
export interface Entries {
  readonly rows: string;
  readonly columns: string;
  readonly latex: string;
}

/** The letters that no name of the system is written with. */
const freeLetters = ({ context }: Writing): readonly string[] => {
  const used = new Set(
    [
      ...(context.symbols?.values() ?? []),
      ...(context.functions?.values() ?? []),
      ...(context.sizes?.values() ?? []),
    ].map(({ latex }) => latex),
  );
  for (const { indices } of context.symbols?.values() ?? []) for (const index of indices) used.add(index);
  const free = LETTERS.filter(letter => !used.has(letter));
  return [...free, ...LETTERS.map(letter => `${letter}'`)];
};

const isLetter = (latex: string): boolean => /^(?:[A-Za-z]|\\[A-Za-z]+)$/u.test(latex);

const productLatex = (
  writing: Writing,
  { factors, rows, columns, sums }: EinsteinProduct,
  outer: { readonly rows: readonly string[]; readonly columns: readonly string[] },
  letters: readonly string[],
): string => {
  const named = new Map<string, string>();
  const units: string[] = [];
  const name = (axis: string, letter: string): void => {
    const known = named.get(axis);
    if (known === undefined) named.set(axis, letter);
    else units.push(`\\delta_{${known}${letter}}`);
  };
  for (const [i, axis] of rows.entries()) name(axis, outer.rows[i] as string);
  for (const [i, axis] of columns.entries()) name(axis, outer.columns[i] as string);
  const inner: string[] = [];
  for (const axis of factors.flatMap(({ axes }) => axes)) {
    if (named.has(axis)) continue;
    const letter = letters[outer.rows.length + outer.columns.length + inner.length] as string;
    inner.push(letter);
    named.set(axis, letter);
  }
  const written = factors.map(({ of, axes }) => {
    const { latex } = print(writing, of);
    if (axes.length === 0) return isLetter(latex) || of.kind === "number" ? latex : `\\left(${latex}\\right)`;
    const index = axes.map(axis => named.get(axis)).join(" ");
    return isLetter(latex) ? `${latex}_{${index}}` : `\\left[${latex}\\right]_{${index}}`;
  });
  // A sign in front, not among the factors.
  const negative = written.filter(factor => factor === "-1").length % 2 === 1;
  const shown = [...written.filter(factor => factor !== "-1"), ...units];
  const bound = [...sums.map(() => "\\sum"), ...(inner.length > 0 ? [`\\sum_{${inner.join(",")}}`] : [])];
  return `${negative ? "-" : ""}${[...bound, ...(shown.length > 0 ? shown : ["1"])].join(" ")}`;
};

/** A map in index notation. Undefined where sums over indices of families stand around it. */
export const entriesOf = (writing: Writing, map: EinsteinMap): Entries | undefined => {
  const [first] = map.products;
  if (!first || map.products.some(({ sums }) => sums.length > 0)) return undefined;
  const letters = freeLetters(writing);
  const rows = letters.slice(0, first.rows.length);
  const columns = letters.slice(first.rows.length, first.rows.length + first.columns.length);
  const terms = map.products.map(product => productLatex(writing, product, { rows, columns }, letters));
  const latex = terms.map((term, i) => (i === 0 || term.startsWith("-") ? term : `+ ${term}`)).join(" ");
  return { rows: rows.join(" "), columns: columns.join(" "), latex };
};
