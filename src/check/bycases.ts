/** What a note writes by cases of an index, t = T and t < T: an equation for each of them, read where it holds alone. */
import { oppositeOf } from "../note/cases.ts";
import type { Chain } from "../note/claims/chains.ts";
import { comparisonIn } from "../note/excluded.ts";
import { type Range, rangesOf } from "../note/ranges.ts";
import type { Case, Syntax } from "../parse/syntax.ts";
import type { Court } from "./court.ts";
import type { Said } from "./said.ts";
import { VERDICTS } from "./verdict.ts";

const casesIn = (member: Syntax | undefined): readonly Case[] | undefined =>
  member?.kind === "group" ? member.cases : undefined;

/** What a condition says of the indices of the note; undefined where it speaks of anything else. */
export const rangesIn = (court: Court, condition: Syntax): readonly Range[] | undefined => {
  const ranges = rangesOf(condition);
  // t < T says as well where T begins.
  const found = (ranges.length > 0 ? ranges : comparisonIn(condition)).filter(({ index }) =>
    court.reader.isLetter(index),
  );
  return found.length > 0 ? found : undefined;
};

/** Where a case holds: as it says, or where none of the others does. */
const placeOf = (court: Court, { where }: Case, cases: readonly Case[]): readonly Range[] | undefined => {
  if (where) return rangesIn(court, where);
  const others = cases.flatMap(each => each.where ?? []).map(oppositeOf);
  const places = others.map(other => other && rangesIn(court, other));
  return places.every(place => place !== undefined) ? places.flat() : undefined;
};

/** The verdict of an equation that is written by cases, from those of its cases: the first that is not right, else the weakest. */
export const sayCases = (
  court: Court,
  chain: Chain,
  say: (chain: Chain) => readonly Said[],
): readonly Said[] | undefined => {
  const [left, right, more] = chain.members;
  const cases = casesIn(right);
  if (!left || !cases || more) return undefined;
  const said: Said[] = [];
  for (const each of cases) {
    const place = placeOf(court, each, cases);
    if (!place) return undefined;
    said.push(...say({ ...chain, members: [left, each.value], conditions: [...place, ...chain.conditions] }));
  }

  const isRight = ({ verdict }: Said): boolean => VERDICTS[verdict].level === "ok";
  const found = said.find(each => !isRight(each)) ?? said.find(({ verdict }) => verdict !== "proved") ?? said[0];
  return found && [found];
};
