/** The variable of forward mode, the symbols that its sensitivities need, and the names of these symbols. */
import { EVERYWHERE, intersect, interval, substituteDomain } from "../../expr/domain.ts";
import { isFree, type Node, type Shape, type SymbolNode, symbol } from "../../expr/node.ts";
import { named, ONE, type Polynomial, times } from "../../expr/polynomial.ts";
import type { SymbolEntry, System } from "../../expr/system.ts";
import { scaledBy } from "../closed/templates.ts";
import { entryDirection, identityMatrix, indicator, one, unitVector } from "../terms.ts";
import type { Form, Notation, Variable } from "./sensitivity.ts";

const LETTERS = ["i", "j", "k", "r", "s", "p", "q"];

/** Makes symbols beside those of a system, and keeps what they stand for. */
export class Symbols {
  readonly entries = new Map<string, SymbolEntry>();
  readonly notations = new Map<string, Notation>();

  constructor(readonly system: System) {}

  make(base: string, shape: Shape, of: Pick<SymbolEntry, "indices" | "domain">, notation: Notation): SymbolNode {
    const { system } = this;
    const isTaken = (name: string): boolean =>
      system.symbols.has(name) ||
      this.entries.has(name) ||
      system.functions.has(name) ||
      system.sizes.has(name) ||
      !isFree(system.scope, name, shape, of.indices.length);
    let name = base;
    for (let n = 2; isTaken(name); n++) name = `${base}${n}`;
    const node = symbol(system.scope, name, shape, of.indices.length);
    this.entries.set(name, { node, latex: name, role: "defined", ...of, shapeFrom: "inferred" });
    this.notations.set(name, notation);
    return node;
  }
}

/** Letters for indices: those that nothing in the system is called. */
export const freeLetters = (system: System, count: number, letters = LETTERS): readonly string[] => {
  const taken = new Set([
    ...system.sizes.keys(),
    ...system.symbols.keys(),
    ...[...system.symbols.values()].flatMap(entry => [entry.latex, ...entry.indices]),
    ...system.equations.flatMap(equation => equation.indices),
  ]);
  const free = letters.filter(letter => !taken.has(letter));
  for (let n = 1; free.length < count; n++) free.push(`i${n}`);
  return free.slice(0, count);
};

/** The variable in a form, with letters for the indices of its entries, and of its member where those asked for are not free. */
export const variableOf = ({ system }: Symbols, wrt: SymbolNode, form: Form, asked: readonly string[]): Variable => {
  const free = freeLetters(system, wrt.rank, [...asked, "k", "s", "r", "q", ...LETTERS]);
  const members = free.slice(0, wrt.rank);
  const others = LETTERS.filter(letter => !members.includes(letter));
  const entries = form === "entries" ? freeLetters(system, wrt.shape.length, others) : [];
  return { wrt, form, members, entries, letters: [...members, ...entries] };
};

/** The range of the letters: 1 ≤ k ≤ T of a member, 1 ≤ i ≤ m and 1 ≤ j ≤ n of an entry. */
export const lettersDomain = (system: System, { wrt, members, entries }: Variable): SymbolEntry["domain"] => {
  const entry = system.symbols.get(wrt.name);
  const at = new Map((entry?.indices ?? []).map((index, i) => [index, named(members[i] ?? index)]));
  return intersect(
    entry && members.length > 0 ? substituteDomain(entry.domain, at) : EVERYWHERE,
    ...entries.map((index, axis) => interval(index, 1, wrt.shape[axis] as Shape[number])),
  );
};

/** 1 where these are the indices of the member that varies, 0 elsewhere. */
export const indicatorOf = ({ members }: Variable, index: readonly Polynomial[]): Node | undefined =>
  members
    .map((letter, i) => indicator(index[i] as Polynomial, named(letter)))
    .reduce<Node | undefined>((all, own) => (all ? scaledBy(all, own) : own), undefined);

/** How many entries the variable has. */
export const entriesOf = ({ shape }: SymbolNode): Shape[number] => shape.reduce((all, size) => times(all, size), ONE);

/** Whether the Jacobian is by vec W: W's columns one below the other. */
export const isVec = ({ wrt, form }: Pick<Variable, "wrt" | "form">): boolean =>
  form === "jacobian" && wrt.shape.length > 1;

/** The tangent of the variable itself. */
export const directionOf = ({ wrt, form, entries }: Variable): Node => {
  if (form === "scalar") return one();
  if (form === "jacobian") return identityMatrix(entriesOf(wrt));
  const [row, column] = wrt.shape.map((size, axis) => unitVector(size, named(entries[axis] as string)));
  return column ? entryDirection(row as Node, column) : (row as Node);
};
