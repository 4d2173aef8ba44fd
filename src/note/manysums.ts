/** Sums over several indices under one sign, Σ_{i,j}, Σ_{ij}, Σ_{i,j=1}^n, as sums of sums. */
import type { BigSyntax, Statement, Syntax } from "../parse/syntax.ts";

import { withoutExclusions } from "./excluded.ts";
import { withoutTrailing } from "./trailing.ts";

const isSyntax = (value: unknown): value is Syntax =>
  value !== null && typeof value === "object" && "kind" in value && "span" in value;

const isLetter = (syntax: Syntax): boolean => syntax.kind === "symbol" && syntax.form !== "word";

/** What stands below each of the signs that the one is short for; undefined where it is one sum. */
const lowersOf = ({ lower, upper }: BigSyntax): readonly Syntax[] | undefined => {
  if (lower?.kind === "product" && !upper) {
    const letters = lower.factors.map(({ body }) => body);
    return lower.factors.every(({ operator }) => !operator) && letters.every(isLetter) ? letters : undefined;
  }
  if (lower?.kind !== "list" || lower.items.length < 2) return undefined;
  const letters = lower.items.slice(0, -1);
  const last = lower.items.at(-1) as Syntax;
  if (!letters.every(isLetter)) return undefined;
  if (isLetter(last)) return upper ? undefined : lower.items;
  // i, j = 1: both begin there.
  const [name, start, more] = last.kind === "relations" ? last.members : [];
  if (last.kind !== "relations" || !name || !start || more || !isLetter(name)) return undefined;
  return [...letters.map((letter): Syntax => ({ ...last, members: [letter, start] })), last];
};

const spelledOut = (written: BigSyntax): Syntax => {
  const big = withoutExclusions(written);
  const lowers = lowersOf(big);
  if (!lowers) return withoutTrailing(big);
  return lowers.reduceRight<Syntax>((body, lower) => ({ ...big, lower, body }), big.body);
};

const walked = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const mapped = value.map(walked);
    return mapped.some((each, i) => each !== value[i]) ? mapped : value;
  }
  if (value === null || typeof value !== "object") return value;
  let changed = false;
  const entries = Object.entries(value).map(([key, each]) => {
    const mapped = walked(each);
    changed ||= mapped !== each;
    return [key, mapped] as const;
  });
  const now = changed ? Object.fromEntries(entries) : value;
  return isSyntax(now) && now.kind === "big" ? spelledOut(now) : now;
};

/** The statement with a sign for each index. Trees are as deep as the parser allows, a few hundred levels. */
export const spellSums = (statement: Statement): Statement => walked(statement) as Statement;
