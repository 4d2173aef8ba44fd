/** The way of one chain of a note to its verdicts, and of a verdict to what is said with it. */
import { LARGEST_BOUND } from "../exact/degree.ts";
import { refute } from "../exact/refute.ts";
import type { StatedEquation } from "../exact/witness.ts";
import type { Chain } from "../note/claims/chains.ts";
import type { ShapeMark } from "../note/claims/reading.ts";
import { arrayOf, splitsOf } from "../note/claims/splits.ts";
import { soleLetter } from "../note/names.ts";
import { sayCases } from "./bycases.ts";
import type { Court } from "./court.ts";
import { mendedOf } from "./edits/say.ts";
import { sayLimit } from "./limits.ts";
import { sayChain } from "./links.ts";
import { differentiatedIn, isChainRuleItself } from "./notations.ts";
import { byAccents } from "./overbars.ts";
import { underPremises } from "./premises.ts";
import type { Language } from "./reasons.ts";
import { type RepairedChain, repairChain } from "./repairs/claim.ts";
import type { NewName, Said } from "./said.ts";
import { VERDICTS, type Verdict } from "./verdict.ts";

const REFUTED: ReadonlySet<Verdict> = new Set(["wrong", "holds-under"]);

/** What agrees at every sample is proved by the laws, or holds if agreement by chance is out of the question. */
const shown = (court: Court, said: Said, equation: StatedEquation): Said => {
  if (court.prover?.proves(equation)) return { ...said, verdict: "proved", because: { id: "proved" } };
  const bound = court.bounds.of(equation);
  if (bound <= LARGEST_BOUND) return said;
  const { certificate: _, ...rest } = said;
  return { ...rest, verdict: "cannot-tell", because: { id: "chance", of: [Math.min(1, bound).toExponential(0)] } };
};

/** What is right is proved if the laws show it; nothing is called wrong without numbers, and what is not right is mended. */
export const finished = (court: Court, said: Said): Said => {
  let found = said;
  if (said.equation && REFUTED.has(said.verdict)) {
    const counterexample = refute(said.witness ?? court.witness, said.equation);
    const { under: _, ...rest } = said;
    found = counterexample
      ? { ...said, counterexample }
      : { ...rest, verdict: "cannot-tell", because: { id: "no-numbers" } };
  }
  if (said.verdict === "holds" && said.equation) return shown(court, said, said.equation);
  if (said.witness) return found;
  const mended = mendedOf(court, found);
  return mended ? { ...found, mended } : found;
};

/** δ^l_j = ∂C/∂z^l_j says as well what δ^l is, where nothing else does. */
const nameArray = ({ aliases, reader }: Court, { written, meaning }: NewName): void => {
  for (const { whole, axes } of splitsOf(written)) {
    const array = arrayOf(
      meaning,
      axes.flatMap(axis => soleLetter(axis) ?? []),
    );
    const found = array && reader.resolve(whole);
    if (!found || found.tail.length > 0 || found.part) continue;
    if (reader.symbolOf(found.family) || aliases.find(found.family)) continue;
    aliases.add(
      found.family,
      found.index.map(({ key }) => key),
      array,
    );
  }
};

/** Judges a chain, and if something can be said against it, looks for misread letters. */
const judgeRead = (court: Court, chain: Chain): RepairedChain => {
  const found = repairChain(court, chain, (candidate, marks) => sayChain(court, candidate, { marks, quick: true }));
  const marks: ShapeMark[] = [];
  const said = byAccents(court, found.chain, sayChain(court, found.chain, { marks, quick: false }));
  const again = (chain: Chain): readonly Said[] => sayChain(court, chain, { marks: [], quick: false });
  const supposed = underPremises(court, found.chain, said, again);
  const isRight = supposed.every(({ verdict }) => VERDICTS[verdict].level === "ok");
  const links = (isRight ? undefined : sayCases(court, found.chain, again)) ?? supposed;
  for (const { names } of links) {
    if (!names) continue;
    court.aliases.add(names.family, names.letters, names.meaning);
    nameArray(court, names);
    court.given.push(names.written);
  }
  for (const rename of found.renames) if (!rename.whole) court.settled.push(rename);
  return { ...found, links, marks };
};

/** What is said of a chain: of its links, then of the shapes that are marked in it. */
export const judgeChain = (
  court: Court | undefined,
  chain: Chain,
  chains: readonly Chain[],
  language: Language,
): RepairedChain => {
  const all = (said: Said): RepairedChain => ({
    chain,
    marks: [],
    renames: [],
    links: chain.members.slice(1).map(() => said),
  });
  const limit = sayLimit(chain, chains, language);
  if (limit) return all(limit);
  if (!court && chain.defines) return all({ verdict: "definition", because: { id: "defines" } });
  if (!court && isChainRuleItself(chain)) return all({ verdict: "definition", because: { id: "notation" } });
  if (!court) return all({ verdict: "cannot-tell", because: { id: "no-system" } });
  const judged = judgeRead(court, chain);
  // Of letters that the net has and others that it has not nothing is known.
  const isApart = differentiatedIn(chain).every(name => !court.reader.isGiven(name));
  const strange = isApart && judged.links.every(({ unknown }) => unknown) && isChainRuleItself(chain);
  return strange ? all({ verdict: "definition", because: { id: "notation" } }) : judged;
};
