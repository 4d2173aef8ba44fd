/** Given values under a mark that says which of them is meant: the best, w^* or \hat{w}, and those of an iteration, w^{(k+1)}. */
import type { Script, Syntax } from "../../parse/syntax.ts";
import { readNames } from "../occurrences.ts";
import { replaceParts, textOf } from "../tree.ts";

/** Marks of the value at which something is smallest or largest. */
const BEST = /^(?:\*|\\?ast|\\?star|opt|ML|MLE|MAP|LS|OLS|ridge|best|min|max)$/u;
const BEST_ACCENTS: ReadonlySet<string> = new Set(["hat", "widehat"]);

/** Marks of the value before and after a step. */
const STEP = /^\(?(?:[a-z](?:[+-]1)?|new|old|next|prev|current)\)?$/u;

export type MarkKind = "best" | "step";

const MARKS: Readonly<Record<MarkKind, RegExp>> = { best: BEST, step: STEP };

const spellingOf = ({ position, ...script }: Script): string =>
  "body" in script && position !== "prime"
    ? script.body.kind === "mark"
      ? script.body.spelling
      : textOf(script.body).replace(/\\mathrm|\\text|[\s{}]/gu, "")
    : "";

const without = (syntax: Syntax & { kind: "scripted" }, at: number): Syntax => {
  const scripts = syntax.scripts.filter((_, i) => i !== at);
  return scripts.length > 0 ? { ...syntax, scripts } : syntax.base;
};

export interface KnownValues {
  /** Names of given values of the note. */
  readonly isGiven: (name: Syntax) => boolean;
  /** Names that it has with all their scripts. */
  readonly isKnown: (name: Syntax) => boolean;
}

/** The formula with such marks left out; the same formula where there are none. */
export const withoutMarks = (root: Syntax, kind: MarkKind, names: KnownValues): Syntax => {
  const once = withoutMark(root, kind, names);
  return once === root ? root : withoutMarks(once, kind, names);
};

const withoutMark = (root: Syntax, kind: MarkKind, { isGiven, isKnown }: KnownValues): Syntax =>
  replaceParts(root, part => {
    if (part.kind === "symbol" && kind === "best" && part.accents.some(accent => BEST_ACCENTS.has(accent))) {
      const plain = { ...part, accents: part.accents.filter(accent => !BEST_ACCENTS.has(accent)) };
      return !isKnown(part) && isGiven(plain) ? plain : undefined;
    }
    if (part.kind !== "scripted") return undefined;
    // What hangs on a known name is not looked into.
    if (isKnown(part)) return part;
    for (const [i, script] of part.scripts.entries()) {
      const plain = without(part, i);
      if (MARKS[kind].test(spellingOf(script)) && isGiven(plain)) return plain;
    }
    return undefined;
  });

const namesIn = (members: readonly Syntax[]): ReadonlySet<string> => new Set(members.flatMap(readNames).map(textOf));

/** Members without marks of the best; as they are where they hold the same name without the mark: w − w^* is not w − w. */
export const withoutBest = (members: readonly Syntax[], names: KnownValues): readonly Syntax[] => {
  const plain = members.map(member => withoutMarks(member, "best", names));
  return namesIn(plain).size < namesIn(members).size ? members : plain;
};
