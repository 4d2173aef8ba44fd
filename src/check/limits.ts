/** Limits over an index that counts: it is a whole number between its bounds and tends to nothing. */
import { coefficientOf, type Polynomial, substitute } from "../expr/polynomial.ts";
import type { Chain } from "../note/claims/chains.ts";
import { integerOf } from "../note/integers.ts";
import { limitsOf } from "../note/ranges.ts";
import { takeApart } from "../note/scripts.ts";
import { everyPart, textOf } from "../note/tree.ts";
import type { BigSyntax, Syntax } from "../parse/syntax.ts";
import { type Language, sayReason } from "./reasons.ts";
import type { Said } from "./said.ts";

interface Counted {
  readonly letter: string;
  readonly low?: Polynomial;
  readonly high?: Polynomial;
}

const LIMIT = "\\lim";

/** The letters that sums and products of the note bind, with their ranges. */
const countedIn = (chains: readonly Chain[]): ReadonlyMap<string, Counted> => {
  const found = new Map<string, Counted>();
  for (const { members } of chains)
    for (const part of members.flatMap(member => everyPart(member))) {
      const limits = part.kind === "big" && part.spelling !== LIMIT ? limitsOf(part) : undefined;
      if (limits && !found.has(limits.index)) found.set(limits.index, { letter: limits.index, ...limits });
    }
  return found;
};

const letterOf = ({ lower }: BigSyntax): string | undefined => {
  const [first] = lower?.kind === "relations" ? lower.members : [];
  return first && textOf(first);
};

/** The exponents under a limit that depend on its letter. */
const exponentsIn = (body: Syntax, letter: string): readonly Polynomial[] =>
  everyPart(body).flatMap(part => {
    if (part.kind !== "scripted") return [];
    return takeApart(part).elements.flatMap(element => {
      const value = element.kind === "item" && element.position === "sup" ? integerOf(element.body) : undefined;
      return value && (coefficientOf(value, letter) ?? 0) !== 0 ? [value] : [];
    });
  });

const show = ({ key }: Polynomial): string => key.replace(/\s+/gu, " ");

/** Undefined if the chain holds no limit, or one over something that varies continuously. */
export const sayLimit = (chain: Chain, chains: readonly Chain[], language: Language): Said | undefined => {
  const limit = chain.members
    .flatMap(member => everyPart(member))
    .find((part): part is BigSyntax => part.kind === "big" && part.spelling === LIMIT);
  const letter = limit && letterOf(limit);
  const counted = letter === undefined ? undefined : countedIn(chains).get(letter);
  if (!limit || letter === undefined || !counted) return undefined;
  const { low, high } = counted;
  const [exponent] = exponentsIn(limit.body, letter);
  const end = exponent && ((coefficientOf(exponent, letter) as number) < 0 ? low : high);
  const largest = exponent && end ? substitute(exponent, new Map([[letter, end]])) : undefined;
  const range = low && high ? sayReason({ id: "range", of: [show(low), show(high)] }, language) : "";
  return {
    verdict: "undefined",
    because: largest
      ? { id: "limit-powers", of: [letter, range, show(largest)] }
      : { id: "limit", of: [letter, range] },
  };
};
