/** Einstein maps back in matrix notation, by the tables of patterns; where none fits, the map stays in index notation. */
import { InternalError } from "../base/diagnostic.ts";
import { type Node, number, over, rowsAndColumns, type Size } from "../expr/node.ts";
import { constantValue, type Polynomial } from "../expr/polynomial.ts";
import type { EinsteinFactor, EinsteinMap, EinsteinProduct } from "./einstein.ts";
import { CONTRACTIONS, type Contraction, ENDINGS, VECS, type VecPattern } from "./patterns.ts";
import { added, build, scaledBy, transposed, withTransposesInside } from "./products.ts";

type Extents = ReadonlyMap<string, Size>;

const PARTS = ["P", "Q", "R"] as const;

/** An array with its axes; a row is turned into a column, so that one axis is always a column. */
const upright = ({ of, axes }: EinsteinFactor): EinsteinFactor =>
  axes.length === 1 && of.shape.length === 2 ? { of: transposed(of), axes } : { of, axes };

const turned = ({ of, axes }: EinsteinFactor): EinsteinFactor => ({
  of: transposed(of),
  axes: [...axes].reverse(),
});

/** Axes for letters, so that the factors have exactly those axes; undefined where they do not fit. */
const matchLetters = (
  texts: readonly string[],
  factors: readonly EinsteinFactor[],
): ReadonlyMap<string, string> | undefined => {
  const axisOf = new Map<string, string>();
  const letterOf = new Map<string, string>();
  for (const [i, text] of texts.entries()) {
    const { axes } = factors[i] as EinsteinFactor;
    if (axes.length !== text.length) return undefined;
    for (const [place, letter] of [...text].entries()) {
      const axis = axes[place] as string;
      if ((axisOf.get(letter) ?? axis) !== axis || (letterOf.get(axis) ?? letter) !== letter) return undefined;
      axisOf.set(letter, axis);
      letterOf.set(axis, letter);
    }
  }
  return axisOf;
};

const shapesOf = (texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(texts.map((text, i) => [PARTS[i] as string, [...text].join(" ") || "1"]));

const termOf = (
  text: string,
  texts: readonly string[],
  factors: readonly Node[],
  axisOf: ReadonlyMap<string, string>,
  extents: Extents,
): Node => {
  const integers: Record<string, Polynomial> = {};
  for (const [letter, axis] of axisOf) integers[letter] = extents.get(axis) as Size;
  const nodes = Object.fromEntries(factors.map((of, i) => [PARTS[i] as string, of]));
  return build(text, shapesOf(texts), nodes, integers);
};

/** Every way to turn some of the factors over, as they stand first. */
const turnings = (factors: readonly EinsteinFactor[], may: boolean): readonly (readonly EinsteinFactor[])[] =>
  factors.reduce<readonly (readonly EinsteinFactor[])[]>(
    (ways, factor) => {
      const all = may && factor.axes.length === 2 ? [factor, turned(factor)] : [factor];
      return all.flatMap(each => ways.map(way => [...way, each]));
    },
    [[]],
  );

/** The factors after one use of a row; undefined where the row fits nowhere. */
const contractOnce = (
  row: Contraction,
  factors: readonly EinsteinFactor[],
  outer: ReadonlySet<string>,
  extents: Extents,
): readonly EinsteinFactor[] | undefined => {
  const texts = row.factors.split(",");
  const choices =
    texts.length === 1
      ? factors.map((_, i) => [i])
      : factors.flatMap((_, i) => factors.flatMap((__, j) => (i === j ? [] : [[i, j]])));
  for (const chosen of choices) {
    const own = chosen.map(i => factors[i] as EinsteinFactor);
    for (const way of turnings(own, row.turns)) {
      const axisOf = matchLetters(texts, way);
      if (!axisOf) continue;
      const others = factors.filter((_, i) => !chosen.includes(i));
      const closed = [...row.closes].map(letter => axisOf.get(letter) as string);
      if (closed.some(axis => outer.has(axis) || others.some(({ axes }) => axes.includes(axis)))) continue;
      const made: EinsteinFactor = {
        of: termOf(
          row.term,
          texts,
          way.map(({ of }) => of),
          axisOf,
          extents,
        ),
        axes: [...row.result].map(letter => axisOf.get(letter) as string),
      };
      const first = Math.min(...chosen);
      return factors.flatMap((factor, i) => (i === first ? [made] : chosen.includes(i) ? [] : [factor]));
    }
  }
  return undefined;
};

/** The factors over outer axes alone, and the scalar in front; undefined where some axis cannot be summed in matrices. */
const contract = (
  product: readonly EinsteinFactor[],
  outer: ReadonlySet<string>,
  extents: Extents,
): { readonly scalars: readonly Node[]; readonly factors: readonly EinsteinFactor[] } | undefined => {
  let factors = product.filter(({ axes }) => axes.length > 0).map(upright);
  const scalars = product.filter(({ axes }) => axes.length === 0).map(({ of }) => of);
  for (let found: readonly EinsteinFactor[] | undefined = factors; found; ) {
    scalars.push(...found.filter(({ axes }) => axes.length === 0).map(({ of }) => of));
    factors = found.filter(({ axes }) => axes.length > 0);
    found = undefined;
    for (const row of CONTRACTIONS) {
      found = contractOnce(row, factors, outer, extents);
      if (found) break;
    }
  }
  return factors.every(({ axes }) => axes.every(axis => outer.has(axis))) ? { scalars, factors } : undefined;
};

/** The matrix with given rows and columns that factors over these axes are. */
const endingOf = (
  factors: readonly EinsteinFactor[],
  rows: readonly string[],
  columns: readonly string[],
  extents: Extents,
): Node | undefined => {
  if (rows.length + columns.length + factors.length === 0) return number(1);
  for (const row of ENDINGS) {
    const texts = row.factors === "" ? [] : row.factors.split(",");
    if (row.rows.length !== rows.length || row.columns.length !== columns.length || texts.length !== factors.length)
      continue;
    const outside: EinsteinFactor = { of: number(1), axes: [...rows, ...columns] };
    for (const own of [factors, [...factors].reverse()]) {
      for (const way of turnings(own, true)) {
        const axisOf = matchLetters([...texts, row.rows + row.columns], [...way, outside]);
        if (axisOf)
          return termOf(
            row.term,
            texts,
            way.map(({ of }) => of),
            axisOf,
            extents,
          );
      }
    }
  }
  return undefined;
};

interface Places {
  readonly i: string | undefined;
  readonly k: string | undefined;
  readonly j: string | undefined;
  readonly l: string | undefined;
}

const placesOf = ({ from, to }: EinsteinMap, { rows, columns }: EinsteinProduct): Places => {
  const place = (shape: EinsteinMap["to"], axes: readonly string[]): readonly (string | undefined)[] => {
    const left = [...axes];
    return rowsAndColumns(shape).map(size => (constantValue(size) === 1 ? undefined : left.shift()));
  };
  const [i, k] = place(to, rows);
  const [j, l] = place(from, columns);
  return { i, k, j, l };
};

const vecOf = (
  pattern: VecPattern,
  factors: readonly EinsteinFactor[],
  places: Places,
  extents: Extents,
): Node | undefined => {
  const axis = (letter: string | undefined): string | undefined => places[letter as keyof Places];
  if ([...pattern.needs].some(letter => axis(letter) === undefined)) return undefined;
  if ([...(pattern.lacks ?? "")].some(letter => axis(letter) !== undefined)) return undefined;
  const parts = Object.entries(pattern.parts).map(([name, letters]) => {
    const [row, column] = [axis(letters[0]), axis(letters[1])];
    return { name, letters, weighs: name === "R", row, column, axes: [row, column].filter(each => each !== undefined) };
  });
  const plain = parts.filter(({ weighs }) => !weighs);
  // Two parts with an axis in common would count it twice.
  if (plain.some((a, x) => plain.some((b, y) => x < y && a.axes.some(each => b.axes.includes(each))))) return undefined;
  const own = new Map<string, EinsteinFactor[]>(parts.map(({ name }) => [name, []]));
  for (const factor of factors) {
    const part =
      plain.find(({ axes }) => factor.axes.every(each => axes.includes(each))) ??
      parts.find(({ weighs, axes }) => weighs && factor.axes.every(each => axes.includes(each)));
    if (!part) return undefined;
    own.get(part.name)?.push(factor);
  }
  const nodes: Record<string, Node> = {};
  const shapes: Record<string, string> = {};
  for (const { name, letters, row, column, weighs } of parts) {
    const list = own.get(name) as EinsteinFactor[];
    if (weighs && list.length === 0) return undefined;
    const rows = row === undefined ? [] : [row];
    const columns = column === undefined ? [] : [column];
    const matrix = endingOf(list, rows, columns, extents);
    if (!matrix) return undefined;
    nodes[name] = matrix;
    shapes[name] = [...letters].map(letter => (axis(letter) === undefined ? "1" : letter)).join(" ");
  }
  const integers: Record<string, Polynomial> = {};
  for (const letter of "ikjl") {
    const size = axis(letter) === undefined ? undefined : extents.get(axis(letter) as string);
    if (size) integers[letter] = size;
  }
  if (pattern.parts.R !== undefined && places.i === places.j && places.k === places.l && factors.length === 1)
    return build("diag(vec(R))", { R: "m n" }, { R: nodes.R as Node });
  return build(pattern.term, shapes, nodes, integers);
};

/** One product as a matrix: rows are the entries of the result, columns those of the argument, matrices by their vecs. */
const matrixOfProduct = (map: EinsteinMap, product: EinsteinProduct): Node | undefined => {
  const outer = new Set([...product.rows, ...product.columns]);
  const found = contract(product.factors, outer, map.extents);
  if (!found) return undefined;
  const { scalars, factors } = found;
  const places = placesOf(map, product);
  const isVec = product.rows.length > 1 || product.columns.length > 1;
  let matrix: Node | undefined;
  if (!isVec) matrix = endingOf(factors, product.rows, product.columns, map.extents);
  else for (const pattern of VECS) matrix ??= vecOf(pattern, factors, places, map.extents);
  if (!matrix) return undefined;
  const scaled = [...scalars].reverse().reduce<Node>((term, scalar) => scaledBy(scalar, term), matrix);
  return [...product.sums]
    .reverse()
    .reduce<Node>((body, { index, domain }) => over("sum", index, domain, body), scaled);
};

/** The matrix of a map; undefined where some product fits no pattern. */
export const matrixOf = (map: EinsteinMap): Node | undefined => {
  const terms: Node[] = [];
  for (const product of map.products) {
    const term = matrixOfProduct(map, product);
    if (!term) return undefined;
    terms.push(term);
  }
  if (terms.length === 0) throw new InternalError("a map without products has no matrix");
  return withTransposesInside(terms.reduce(added));
};
