/** Accents over names that stand for gradients: what is said where a note uses them. */
import type { Chain } from "../note/claims/chains.ts";
import { accentedName } from "../note/overbars.ts";
import { everyPart } from "../note/tree.ts";
import type { Syntax } from "../parse/syntax.ts";
import { type Court, sliceOf } from "./court.ts";
import { sayChain } from "./links.ts";
import { alarmsOf, inConvention, type Said } from "./said.ts";
import { VERDICTS } from "./verdict.ts";

/** The accent of a name that nothing gives, over one that something gives. */
const openAccent = ({ reader }: Court, [left]: readonly Syntax[]): string | undefined => {
  const name = left && accentedName(left);
  return left && name && !reader.isGiven(left) && reader.isGiven(name.bare) && !reader.accents.has(name.accent)
    ? name.accent
    : undefined;
};

/** How many of the links are right rather than wrong. */
const balanceOf = (court: Court, chains: readonly Chain[]): number => {
  const links = chains.flatMap(chain => sayChain(court, chain, { marks: [], quick: true }));
  const right = links.filter(({ verdict }) => verdict !== "definition" && VERDICTS[verdict].level === "ok").length;
  return right - alarmsOf(links);
};

/** \bar{y} = y - t, where nothing says what the bar is: the gradient, if that makes more equations right than wrong. */
export const withOverbars = (court: Court, chains: readonly Chain[]): Court => {
  const open = chains.filter(({ members }) => openAccent(court, members) !== undefined);
  if (open.length === 0) return court;
  const accents = new Set(open.flatMap(({ members }) => openAccent(court, members) ?? []));
  const guessed: Court = { ...court, reader: court.reader.withAccents(accents), guessedAccents: accents };
  return balanceOf(guessed, open) > Math.max(0, balanceOf(court, open)) ? guessed : court;
};

/** What is right in a chain that reads an accent so, without being told. */
export const byAccents = (court: Court, { members }: Chain, links: readonly Said[]): readonly Said[] => {
  const guessed = members
    .flatMap(member => everyPart(member))
    .find(part => court.guessedAccents.has(accentedName(part)?.accent ?? "") && !court.reader.isGiven(part));
  if (!guessed) return links;
  const because = { id: "overbar", of: [sliceOf(court, guessed.span)] } as const;
  return links.map(said => inConvention(said, because));
};
