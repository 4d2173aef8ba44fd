/** What the names of a note stand for, asked one name at a time. */
import { type AtNode, at, type SymbolNode } from "../expr/node.ts";
import type { Role } from "../expr/system.ts";
import type { KnownValues } from "../note/claims/marked.ts";
import type { KnownMatrices } from "../note/claims/samples.ts";
import type { Syntax } from "../parse/syntax.ts";
import type { Court } from "./court.ts";

/** The symbol or family that a name is, with nothing but indices hanging on it. */
const symbolOf = ({ reader }: Court, name: Syntax): SymbolNode | undefined => {
  const found = reader.resolve(name);
  return found && found.tail.length === 0 ? reader.symbolOf(found.family) : undefined;
};

/** The symbol with a role that a name is, as a whole. */
const wholeOf = (court: Court, name: Syntax, isRole: (role: Role) => boolean): SymbolNode | undefined => {
  const found = court.reader.resolve(name);
  const symbol = symbolOf(court, name);
  const role = symbol && court.reader.system.symbols.get(symbol.name)?.role;
  return found && !found.part && found.index.length === 0 && role && isRole(role) ? symbol : undefined;
};

/** The parameter that a name is. */
const parameterOf = (court: Court, name: Syntax): SymbolNode | undefined =>
  wholeOf(court, name, role => role === "parameter");

/** What a name is that no equation defines: what an iteration looks for may be called x. */
export const givenOf = (court: Court, name: Syntax): SymbolNode | undefined =>
  wholeOf(court, name, role => role !== "defined");

/** The member of a given family that a name with its indices is. */
export const memberOf = (court: Court, name: Syntax): AtNode | undefined => {
  const found = court.reader.resolve(name);
  const symbol = symbolOf(court, name);
  const role = symbol && court.reader.system.symbols.get(symbol.name)?.role;
  if (!found || found.part || !symbol || symbol.rank !== found.index.length || symbol.rank === 0) return undefined;
  return role === "defined" ? undefined : at(symbol, found.index);
};

/** Whether a name with its index is a member of a family of numbers, y_i, and nothing else. */
export const isNumberOf = (court: Court, name: Syntax): boolean => {
  const symbol = symbolOf(court, name);
  return symbol?.rank === 1 && symbol.shape.length === 0;
};

/** `among`: what may carry a mark of the best value, or of one of an iteration. */
export const valuesOf = (court: Court, among = parameterOf): KnownValues => ({
  isGiven: name => among(court, name) !== undefined,
  isKnown: name => symbolOf(court, name) !== undefined && !court.reader.resolve(name)?.part,
});

/** Given matrices, and everything that the note has a name for. */
export const matricesOf = (court: Court): KnownMatrices => ({
  isKnown: name => symbolOf(court, name) !== undefined,
  isMatrix: name => {
    const symbol = symbolOf(court, name);
    const role = symbol && court.reader.system.symbols.get(symbol.name)?.role;
    return symbol?.rank === 0 && symbol.shape.length === 2 && role !== "defined";
  },
});
