/** Symbols that a derivation adds to a system: adjoints with a bar, tangents with a dot, written over the note's own letters. */
import { EVERYWHERE } from "../expr/domain.ts";
import { type AtNode, isFree, type Shape, type SymbolNode, symbol } from "../expr/node.ts";
import { familyOf, type Role, type SymbolEntry, type System } from "../expr/system.ts";

/** The end of the letter that a mark stands over: what comes before the first script, prime or place of an index. */
const stemEnd = (latex: string): number => {
  let depth = 0;
  for (let i = 0; i < latex.length; i++) {
    const sign = latex[i] as string;
    if (sign === "\\") i++;
    else if (sign === "{") depth++;
    else if (sign === "}") depth--;
    else if (depth === 0 && i > 0 && (sign === "_" || sign === "^" || sign === "'" || sign === "(")) return i;
  }
  return latex.length;
};

/** \dot{h}_{t}: the mark over the letter, its scripts behind. */
const marked = (mark: string, latex: string): string => {
  const end = stemEnd(latex);
  return `${mark}{${latex.slice(0, end).trim()}}${latex.slice(end)}`;
};

/** A name that nothing in the system has, for a symbol of a shape and rank. */
const freeName = (
  system: System,
  prefix: string,
  base: string,
  shape: Shape,
  rank: number,
  taken: Set<string>,
): string => {
  let name = `${prefix}_${base}`;
  const isTaken = (): boolean =>
    taken.has(name) ||
    system.symbols.has(name) ||
    system.functions.has(name) ||
    system.sizes.has(name) ||
    !isFree(system.scope, name, shape, rank);
  for (let n = 2; isTaken(); n++) name = `${prefix}${n}_${base}`;
  taken.add(name);
  return name;
};

/** The tangent of one member as a symbol by itself; `latex` is how the member is written. */
export const directionEntry = (
  system: System,
  member: SymbolNode | AtNode,
  latex: string,
  taken: Set<string>,
): SymbolEntry => {
  const name = freeName(system, "dot", familyOf(member).name, member.shape, 0, taken);
  return {
    node: symbol(system.scope, name, member.shape),
    latex: marked("\\dot", latex),
    role: "data",
    indices: [],
    domain: EVERYWHERE,
    shapeFrom: "inferred",
  };
};

/** An entry like another one's with a mark over its letter; its name is free in the system. */
export const markedEntry = (
  system: System,
  entry: SymbolEntry,
  { prefix, mark, role }: { readonly prefix: string; readonly mark: string; readonly role: Role },
  taken: Set<string>,
): SymbolEntry => {
  const shape: Shape = entry.node.shape;
  const name = freeName(system, prefix, entry.node.name, shape, entry.node.rank, taken);
  const node: SymbolNode = symbol(system.scope, name, shape, entry.node.rank);
  return {
    node,
    latex: marked(mark, entry.latex),
    ...(entry.memberLatex === undefined ? {} : { memberLatex: marked(mark, entry.memberLatex) }),
    role,
    indices: entry.indices,
    domain: entry.node.rank === 0 ? EVERYWHERE : entry.domain,
    shapeFrom: "inferred",
  };
};
