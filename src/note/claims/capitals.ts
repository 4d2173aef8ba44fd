/**
 * w^l_{jk} for an entry of W^l: the small letter of a matrix of parameters under two places, where nothing is called by that letter.
 */
import type { Syntax } from "../../parse/syntax.ts";
import { baseOfName } from "../occurrences.ts";
import type { Forward } from "../read.ts";
import { takeApart } from "../scripts.ts";
import { everyPart, replaceParts } from "../tree.ts";
import type { Chain } from "./chains.ts";

const SMALL = /^[a-z]$/u;

/** How many places the last subscript ends with: two of w_{jk}, w_{j,k} and w_{2,jk}. */
const placesOf = (name: Syntax): number =>
  takeApart(name).elements.reduce((count, element) => {
    if (element.kind !== "item" || element.position !== "sub") return count;
    return count + (element.body.kind === "product" ? element.body.factors.length : 1);
  }, 0);

/** The letters of matrices of parameters. */
const matricesIn = ({ assembled: { idOf, system } }: Forward): ReadonlySet<string> =>
  new Set(
    [...idOf].flatMap(([{ base }, id]) => {
      const entry = system.symbols.get(id);
      return entry?.role === "parameter" && entry.node.shape.length === 2 ? [base] : [];
    }),
  );

/** The chains with entries of matrices under the letters of these; the same chains where there are none. */
export const withCapitals = (chains: readonly Chain[], forward: Forward): readonly Chain[] => {
  const matrices = matricesIn(forward);
  const { bases, names } = forward.typing.prepared;
  const keys = new Set([...forward.assembled.idOf.keys()].map(({ key }) => key));
  const scripted = chains.flatMap(({ members }) => members.flatMap(member => everyPart(member))).filter(isScripted);
  // x_i beside x_{ij} is a sample, which may be a row or a column; and what a chain names has a meaning of its own.
  const others = new Set([
    ...scripted.filter(part => placesOf(part) < 2).flatMap(part => baseOfName(part) ?? []),
    ...chains.flatMap(({ members: [left] }) => (left && baseOfName(left)) ?? []),
  ]);
  const isEntry = (part: Syntax & { kind: "scripted" }): boolean => {
    const { base } = part;
    if (base.kind !== "symbol" || !SMALL.test(base.name) || base.accents.length > 0) return false;
    const large = base.name.toUpperCase();
    if (placesOf(part) < 2 || !matrices.has(large) || bases.all.has(base.name) || others.has(base.name)) return false;
    // The h and y of W_{hy} are no places: w_{hy} is that name, misspelt.
    const named = names.resolve({ ...part, base: { ...base, name: large } });
    return !named || named.part !== undefined || !keys.has(named.family.key);
  };
  if (!scripted.some(isEntry)) return chains;
  const capital = (member: Syntax): Syntax =>
    replaceParts(member, part => {
      if (!isScripted(part) || part.base.kind !== "symbol" || !isEntry(part)) return undefined;
      return { ...part, base: { ...part.base, name: part.base.name.toUpperCase() } };
    });
  return chains.map(chain => ({ ...chain, members: chain.members.map(capital) }));
};

const isScripted = (part: Syntax): part is Syntax & { kind: "scripted" } => part.kind === "scripted";
