/**
 * Letters of forward equations that were misread. Signs of trouble are counted: left sides that are no names, values
 * that nothing reads beside names that nothing defines, names that only the backward pass knows. A letter is changed
 * for one that looks alike if there is less trouble then, and what comes out is a typed system.
 */
import type { Span } from "../../base/source.ts";
import type { Node, SymbolNode } from "../../expr/node.ts";
import { type Equation, familyOf } from "../../expr/system.ts";
import { readsIn } from "../../expr/walk.ts";
import { type Rename, renameStatement } from "../../note/claims/rename.ts";
import { exchange } from "../../note/exchange.ts";
import type { Amend } from "../../note/gather.ts";
import { baseOfName } from "../../note/occurrences.ts";
import type { Forward, NoteSystem, ReadNote } from "../../note/read.ts";
import { everyPart } from "../../note/tree.ts";
import type { Statement, SymbolSyntax } from "../../parse/syntax.ts";
import { confusionCost, isCase } from "./confusions.ts";
import { glyphsOf } from "./glyphs.ts";

/** One change of one part's statements; `at`: only the number that stands there. */
interface Change {
  readonly system: string;
  readonly rename: Rename;
  readonly at?: Span;
}

export interface ForwardRepair {
  /** The statement that was changed. */
  readonly span: Span;
  readonly rename: Rename;
}

const apply = (statement: Statement, system: string, { rename, at, ...change }: Change): Statement => {
  if (change.system !== system) return statement;
  if (!at) return renameStatement(statement, rename);
  const old = everyPart(statement.body).find(part => part.kind === "number" && part.span.start === at.start);
  const to: SymbolSyntax = { kind: "symbol", ...rename.to, fonts: [], accents: [], span: at };
  return old ? { ...statement, body: exchange(statement.body, old, to) } : statement;
};

const amendBy =
  (changes: readonly Change[]): Amend =>
  (statement, system) =>
    changes.reduce((changed, change) => apply(changed, system, change), statement);

/** Names of claims whose letter the forward equations have, with other scripts: W^{(1)} where they have w^{(1)}. */
const strangersIn = (part: NoteSystem): number => {
  if (!part.forward) return 0;
  const { typing, assembled } = part.forward;
  const keys = new Set([...assembled.idOf.keys()].map(({ key }) => key));
  const found = new Set<string>();
  for (const { statement } of part.claims) {
    for (const each of statement ? everyPart(statement.body) : []) {
      // A part of an array is no other name.
      if ((each.kind !== "symbol" && each.kind !== "scripted") || typing.prepared.names.isChosenFrom(each)) continue;
      const family = typing.prepared.names.resolve(each)?.family;
      if (family && typing.prepared.names.occurs(family.base) && !keys.has(family.key)) found.add(family.key);
    }
  }
  return found.size;
};

const membersIn = (right: Node): readonly SymbolNode[] => readsIn(right).map(familyOf);

/** The loss that a note leaves out reads whatever nothing else reads: that is no use of a name. */
const isLeftOut = ({ definitions }: NoteSystem, { typing, assembled }: Forward): boolean =>
  definitions.every(({ left }) => {
    const family = typing.prepared.names.resolve(left)?.family;
    return family === undefined || assembled.idOf.get(family) !== assembled.system.objective.name;
  });

interface Loose {
  readonly given: ReadonlySet<string>;
  readonly unread: ReadonlySet<string>;
  /** Read by a loss that no equation defines, and by nothing else. */
  readonly ends: ReadonlySet<string>;
}

/** Bases of names that nothing defines, and of values that nothing reads, the objective aside. */
const looseIn = (part: NoteSystem): Loose => {
  const given = new Set<string>();
  const unread = new Set<string>();
  const ends = new Set<string>();
  if (!part.forward) return { given, unread, ends };
  const { typing, assembled } = part.forward;
  const { system } = assembled;
  const isLoss = ({ left }: Equation): boolean => familyOf(left) === system.objective;
  const read = new Set(system.equations.flatMap(({ right }) => membersIn(right)));
  const readElsewhere = new Set(
    system.equations.flatMap(equation => (isLoss(equation) ? [] : membersIn(equation.right))),
  );
  const leftOut = isLeftOut(part, part.forward);
  const defined = new Set(typing.equations.map(({ family }) => family));
  for (const [family, id] of assembled.idOf) {
    const node = system.symbols.get(id)?.node;
    if (!node) continue;
    if (!defined.has(family)) {
      // A label is told from other names by its place.
      if (system.symbols.get(id)?.distribution !== "label") given.add(family.base);
    } else if (node === system.objective) continue;
    else if (!read.has(node)) unread.add(family.base);
    else if (leftOut && !readElsewhere.has(node)) ends.add(family.base);
  }
  return { given, unread, ends };
};

const troubleIn = (part: NoteSystem | undefined): number => {
  if (!part?.forward) return Number.POSITIVE_INFINITY;
  const { given, unread, ends } = looseIn(part);
  const twins = [...ends].filter(end => [...given].some(other => isCase(end, other)));
  return 20 * part.odd.length + 10 * unread.size + 5 * twins.length + strangersIn(part);
};

/** How often each letter stands in a part. */
const usesIn = ({ definitions, claims }: NoteSystem): ReadonlyMap<string, number> => {
  const uses = new Map<string, number>();
  const written = [
    ...definitions.flatMap(({ left, right }) => [left, right]),
    ...claims.flatMap(({ statement }) => statement?.body ?? []),
  ];
  for (const part of written.flatMap(each => everyPart(each)))
    if (part.kind === "symbol") uses.set(part.name, (uses.get(part.name) ?? 0) + 1);
  return uses;
};

/** Changes that may mend a part, the likeliest first. */
const changesFor = (part: NoteSystem): readonly Change[] => {
  const found: { readonly change: Change; readonly cost: number }[] = [];
  const add = (from: string, to: SymbolSyntax, at?: Span): void => {
    const cost = confusionCost(from, to.name);
    if (cost === undefined) return;
    const rename: Rename = { from, to: { name: to.name, form: to.form } };
    found.push({ cost, change: { system: part.name, rename, ...(at ? { at } : {}) } });
  };
  if (!part.forward) return [];
  const glyphs = glyphsOf(part.forward);
  const { given, unread, ends } = looseIn(part);
  const of = (bases: ReadonlySet<string>): readonly SymbolSyntax[] =>
    [...glyphs.values()].filter(symbol => bases.has(baseOfName(symbol) as string));
  for (const odd of part.odd) if (odd.kind === "number") for (const to of of(given)) add(odd.text, to, odd.span);
  for (const from of of(given)) for (const to of of(unread)) add(from.name, to);
  // Z beside z, where z would lead nowhere but to a loss that is left out.
  for (const from of of(given)) for (const to of of(ends)) if (isCase(from.name, to.name)) add(from.name, to);
  // w beside W, where both are given: the one that is written less is the other.
  const uses = usesIn(part);
  for (const from of of(given))
    for (const to of of(given))
      if (isCase(from.name, to.name) && (uses.get(from.name) ?? 0) <= (uses.get(to.name) ?? 0)) add(from.name, to);
  return found.toSorted((a, b) => a.cost - b.cost).map(({ change }) => change);
};

/** Of each part. */
const MOST_TRIALS = 60;

/** The note with its forward equations repaired, and what was changed where. */
export const repairForward = (
  original: ReadNote,
): { readonly note: ReadNote; readonly repairs: readonly ForwardRepair[] } => {
  const changes: Change[] = [];
  for (const read of original.parts) {
    let part = read;
    let trials = 0;
    for (let left = changesFor(part); troubleIn(part) > 0 && left.length > 0 && trials < MOST_TRIALS; trials++) {
      const [change, ...others] = left as [Change, ...Change[]];
      const [next] = original.again(amendBy([...changes, change]), part.name).parts;
      left = others;
      if (!next || troubleIn(next) >= troubleIn(part)) continue;
      changes.push(change);
      part = next;
      left = changesFor(part);
    }
  }
  if (changes.length === 0) return { note: original, repairs: [] };
  const repairs: ForwardRepair[] = [];
  const seen = new Set<string>();
  const note = original.again((statement, system) =>
    changes.reduce((changed, change) => {
      const next = apply(changed, system, change);
      const key = `${statement.span.start} ${change.rename.from}`;
      if (next !== changed && !seen.has(key)) {
        seen.add(key);
        repairs.push({ span: statement.span, rename: change.rename });
      }
      return next;
    }, statement),
  );
  return { note, repairs };
};
