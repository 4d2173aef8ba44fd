/** Names for sizes that the note leaves nameless, and the list of all sizes of a system. */
import type { Domain } from "../expr/domain.ts";
import type { SymbolNode } from "../expr/node.ts";
import { named, namesIn, type Polynomial, soleName } from "../expr/polynomial.ts";
import type { Equation, SizeEntry } from "../expr/system.ts";
import type { Ranges } from "./domains.ts";
import type { Family } from "./names.ts";
import type { Extent, SizeTerm } from "./sizes.ts";
import type { Typing } from "./typing.ts";

/** A name that is not taken yet, which it then is. */
export const unique = (wanted: string, taken: Set<string>): string => {
  let id = wanted;
  for (let i = 2; taken.has(id); i++) id = `${wanted}_${i}`;
  taken.add(id);
  return id;
};

/** Σ_k y_k log p_k counts the entries of y and those of p, where no limits say how many: there are as many of both. */
const unifyCounted = ({ sizes, equations }: Typing): void => {
  for (const { inside } of equations) {
    const counted = new Map<string, SizeTerm>();
    for (const { value, size, bindings } of inside) {
      const binding = bindings.find(({ index }) => index === soleName(value));
      if (!binding || binding.low || binding.high) continue;
      const first = counted.get(binding.index);
      if (first === undefined) counted.set(binding.index, size);
      else if (!sizes.known(first) || !sizes.known(size)) sizes.unify(first, size);
    }
  }
};

/** Gives open sizes names, in the order in which the note uses the vectors, then the matrices. */
export const nameSizes = (typing: Typing): ReadonlyMap<string, SizeEntry> => {
  const { sizes, extents, prepared, equations } = typing;
  const entries = new Map<string, SizeEntry>();
  const taken = new Set([...prepared.sizes.keys(), ...prepared.letters]);
  // x_j for j up to n, where nothing else says how many entries x has: so many.
  for (const { value, size } of equations.flatMap(equation => equation.inside)) {
    const highs = prepared.names.highs.get(soleName(value) ?? "") ?? [];
    const [high] = highs;
    if (!high || typeof sizes.representative(size) !== "number" || sizes.isSum(size)) continue;
    if (highs.every(each => each.key === high.key) && namesIn(high).every(name => prepared.sizes.has(name)))
      sizes.unify(size, high);
  }
  unifyCounted(typing);
  // Vectors first, and of these what is defined: the size of h is the better name for the rows of W.
  const defined = new Set(equations.map(equation => equation.family));
  const isVector = ({ rows, columns }: Extent): boolean =>
    sizes.isUnit(columns) === true || sizes.isUnit(rows) === true;
  const rankOf = ([family, extent]: readonly [Family, Extent]): number =>
    (isVector(extent) ? 0 : 2) + (defined.has(family) ? 0 : 1);
  const inOrder = [...extents].sort((a, b) => rankOf(a) - rankOf(b) || a[0].span.start - b[0].span.start);
  const axesOf = ([family, extent]: readonly [Family, Extent]) =>
    [
      { family, axis: "n", term: extent.rows },
      { family, axis: isVector(extent) ? "n" : "m", term: extent.columns },
    ] as const;
  // What is the sum of other sizes has no name of its own.
  for (const isSum of [false, true]) {
    for (const { family, axis, term } of inOrder.flatMap(axesOf)) {
      if (sizes.known(term) || (sizes.isSum(term) && !isSum)) continue;
      const name = unique(`${axis}_${family.identifier}`, taken);
      entries.set(name, { name, latex: `${axis}_{${family.latex}}`, role: "dimension", least: 1 });
      sizes.unify(term, named(name));
    }
  }
  return entries;
};

/** Every size that occurs in a shape, a domain or as a value. */
export const sizeEntries = (
  { prepared }: Typing,
  ranges: Ranges,
  inferred: ReadonlyMap<string, SizeEntry>,
  symbols: readonly SymbolNode[],
  domains: ReadonlyMap<Family, Domain>,
  equations: readonly Equation[],
): ReadonlyMap<string, SizeEntry> => {
  const occurring = new Set<string>();
  const note = (value: Polynomial): void => {
    for (const each of namesIn(value)) occurring.add(each);
  };
  for (const node of symbols) node.shape.forEach(note);
  for (const box of domains.values()) box.where.forEach(note);
  for (const { right, over: where } of equations) {
    for (const each of right.free) occurring.add(each);
    where.where.forEach(note);
  }
  const entries = new Map<string, SizeEntry>();
  for (const size of prepared.sizes.values()) {
    if (occurring.has(size.name))
      entries.set(size.name, { name: size.name, latex: size.latex, role: size.role, least: 1 });
  }
  for (const [name, entry] of inferred) if (occurring.has(name)) entries.set(name, entry);
  for (const { name } of ranges.invented)
    if (occurring.has(name))
      entries.set(name, { name, latex: name.replace(/_(\d+)$/u, "_{$1}"), role: "horizon", least: 1 });
  return entries;
};
