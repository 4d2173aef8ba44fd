/** Chains with bars over names that nothing explains. */
import { withMeans } from "../note/claims/bars.ts";
import type { Chain } from "../note/claims/chains.ts";
import { accentedName } from "../note/overbars.ts";
import { isName, takeApart } from "../note/scripts.ts";
import { type Court, sliceOf } from "./court.ts";
import type { Said } from "./said.ts";
import { VERDICTS } from "./verdict.ts";

/** What is said of a chain in which bars are means: what they mean was guessed, which makes equations right, never wrong. */
export const sayBars = (
  court: Court,
  chain: Chain,
  say: (chain: Chain) => readonly Said[],
): readonly Said[] | undefined => {
  const { reader } = court;
  const named = chain.members[0] && accentedName(chain.members[0])?.bare;
  // \\bar{c} = …, where nothing is called c, is a name of its own.
  const isNew = named && isName(takeApart(named).core) && !reader.isGiven(named) && reader.adjoints(named) === named;
  if (reader.accents.has("bar") || isNew) return undefined;
  const means = chain.members.map(member => withMeans(member, name => reader.isGiven(name)));
  const first = means.find(mean => mean !== undefined)?.first;
  if (!first) return undefined;
  const members = chain.members.map((member, i) => means[i]?.formula ?? member);
  const of = [sliceOf(court, first.span)];
  return say({ ...chain, members }).map((said, i): Said => {
    if (said.verdict === "definition" || !(means[0] ?? means[i + 1])) return said;
    if (VERDICTS[said.verdict].level !== "ok") return { verdict: "cannot-tell", because: { id: "bar-open", of } };
    return { ...said, verdict: "convention", because: { id: "bar", of } };
  });
};
