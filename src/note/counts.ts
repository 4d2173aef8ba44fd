/** Names of whole numbers: those that only ever divide (the n of 1/n is a number of samples, although nothing declares it), and those declared. */
import { namesIn, type Polynomial, soleName } from "../expr/polynomial.ts";
import type { Syntax } from "../parse/syntax.ts";
import { integerName, integerNames, integerOf } from "./integers.ts";
import { readNames } from "./occurrences.ts";
import { limitsOf } from "./ranges.ts";
import { readingsOf } from "./readings.ts";
import { everyPart, textOf } from "./tree.ts";

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

/** Where letters end whose sum says no end, but is divided by a count: the i of 1/n Σ_i ends at n. */
export const meansIn = (
  bodies: readonly Syntax[],
  isSize: (name: string) => boolean,
): ReadonlyMap<string, Polynomial> => {
  const ends = new Map<string, Polynomial>();
  for (const part of bodies.flatMap(body => everyPart(body))) {
    if (part.kind !== "product" && part.kind !== "fraction") continue;
    const factors = part.kind === "product" ? part.factors.map(factor => factor.body) : [part];
    const sum = (part.kind === "product" ? factors : [part.top]).find(factor => factor.kind === "big");
    const limits = sum?.kind === "big" && sum.spelling === "\\sum" ? limitsOf(sum) : undefined;
    if (!limits || limits.low || limits.high || ends.has(limits.index)) continue;
    for (const factor of factors) {
      const count = factor.kind === "fraction" ? integerOf(factor.bottom) : undefined;
      const name = count && soleName(count);
      if (count && name !== undefined && isSize(name)) ends.set(limits.index, count);
    }
  }
  return ends;
};

/** Declared whole numbers; one that could also be a sign of transposition only where the note has another sign for that. */
export const countsOf = (integers: readonly Syntax[], formulas: readonly Syntax[]): ReadonlySet<string> => {
  const superscripts = new Set(
    formulas.flatMap(formula =>
      everyPart(formula).flatMap(part =>
        part.kind === "scripted"
          ? part.scripts.flatMap(script => (script.position === "sup" ? [textOf(script.body)] : []))
          : [],
      ),
    ),
  );
  const isSign = (text: string): boolean => readingsOf(`^${text}`, 1).length > 0;
  return new Set(
    integers.flatMap(syntax => {
      const name = integerName(syntax);
      const text = textOf(syntax);
      const other = [...superscripts].some(superscript => superscript !== text && isSign(superscript));
      return name !== undefined && (other || !isSign(text)) ? [name] : [];
    }),
  );
};
