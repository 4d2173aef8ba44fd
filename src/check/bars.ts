/** Chains with bars over names that nothing explains. */
import { withMeans } from "../note/claims/bars.ts";
import type { Chain } from "../note/claims/chains.ts";
import { type Court, sliceOf } from "./court.ts";
import type { Said } from "./said.ts";
import { VERDICTS } from "./verdict.ts";

/** What is said of a chain in which bars are means: what they mean was guessed, which makes equations right, never wrong. */
export const sayBars = (
  court: Court,
  chain: Chain,
  say: (chain: Chain) => readonly Said[],
): readonly Said[] | undefined => {
  const means = chain.members.map(member => withMeans(member, name => court.reader.isGiven(name)));
  const first = means.find(mean => mean !== undefined)?.first;
  if (!first) return undefined;
  const members = chain.members.map((member, i) => means[i]?.formula ?? member);
  const of = [sliceOf(court, first.span)];
  return say({ ...chain, members }).map((said): Said => {
    if (said.verdict === "definition") return said;
    if (VERDICTS[said.verdict].level !== "ok") return { verdict: "cannot-tell", because: { id: "bar-open", of } };
    return { ...said, verdict: "convention", because: { id: "bar", of } };
  });
};
