/** Names that only ever divide: the n of 1/n is a number of samples, although nothing declares it. */
import { namesIn } from "../expr/polynomial.ts";
import type { Syntax } from "../parse/syntax.ts";
import { integerName, integerNames, integerOf } from "./integers.ts";
import { readNames } from "./occurrences.ts";
import { everyPart } from "./tree.ts";

const COUNTS = /^(?:n|m|N|M|K|T|d|D|B|S)(?:_\w+)?$/u;

/** Their writings, by name, among the right sides of a system; `taken` are names of variables. */
export const countsIn = (bodies: readonly Syntax[], taken: ReadonlySet<string>): ReadonlyMap<string, Syntax> => {
  const found = new Map<string, Syntax>();
  const below = new Map<string, number>();
  for (const body of bodies) {
    for (const part of everyPart(body)) {
      const value = part.kind === "fraction" ? integerOf(part.bottom) : undefined;
      if (part.kind !== "fraction" || !value) continue;
      for (const [name, written] of integerNames(part.bottom)) {
        if (!COUNTS.test(name) || taken.has(name) || !namesIn(value).includes(name)) continue;
        if (!found.has(name)) found.set(name, written);
        below.set(name, (below.get(name) ?? 0) + 1);
      }
    }
  }
  const all = new Map<string, number>();
  for (const name of bodies.flatMap(readNames)) {
    const id = integerName(name);
    if (id !== undefined) all.set(id, (all.get(id) ?? 0) + 1);
  }
  return new Map([...found].filter(([name]) => all.get(name) === below.get(name)));
};
