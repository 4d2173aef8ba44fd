/** Chains that are right where every derivative in them is written in one layout: rows for gradients, or transposed Jacobians. */
import { refute } from "../exact/refute.ts";
import type { Chain } from "../note/claims/chains.ts";
import type { Layout } from "../note/claims/layouts.ts";
import type { ReadClaim, ReadingOptions } from "../note/claims/reading.ts";
import { type Court, sliceOf } from "./court.ts";
import type { Reason } from "./reasons.ts";
import { penaltyOf, type Said } from "./said.ts";

const LAYOUTS: readonly { readonly layout: Layout; readonly because: Reason["id"] }[] = [
  { layout: "numerator", because: "numerator" },
  { layout: "denominator", because: "denominator" },
];

const OPEN: ReadonlySet<Said["verdict"]> = new Set(["wrong", "holds-under", "cannot-tell"]);
const RIGHT: ReadonlySet<Said["verdict"]> = new Set(["holds", "incomplete"]);

/**
 * A chain about derivatives with more than two axes, by what they do to any gradient, in the layout in which that leaves least to
 * be said against it; nothing where it cannot be read so.
 */
export const contracted = (
  court: Court,
  chain: Chain,
  say: (claim: ReadClaim) => readonly Said[],
): readonly Said[] | undefined => {
  const [whole] = chain.members;
  if (whole?.kind !== "derivative" || !whole.of) return undefined;
  const by = sliceOf(court, whole.of.span);
  const found = (["denominator", "numerator"] as const).flatMap(layout => {
    const reading = court.reader.read(chain.members, chain.conditions, { contracted: layout });
    return reading.kind === "read" ? [say(reading.claim)] : [];
  });
  // That it is wrong in one layout says nothing where it cannot be read in the other.
  if (found.length < LAYOUTS.length && found.every(links => penaltyOf(links) > 0)) return undefined;
  const best = found.toSorted((a, b) => penaltyOf(a) - penaltyOf(b))[0];
  return best?.map((said): Said => {
    if (RIGHT.has(said.verdict)) return { ...said, verdict: "convention", because: { id: "contracted", of: [by] } };
    return said.verdict === "wrong" ? { ...said, because: { id: "contracted-differ", of: [by] } } : said;
  });
};

/** Its parts fit together in no shape that the names suggest. */
const isUnfit = ({ verdict, because: { id } }: Said): boolean =>
  verdict === "cannot-tell" && (id === "misfit" || id === "shapes");

/** Wrong also where every array is one number: then no shape and no layout can make it right. */
const isWrongOfNumbers = ({ witness }: Court, { verdict, equation }: Said): boolean => {
  const refuted = verdict === "wrong" && equation ? refute(witness, equation) : undefined;
  return (
    refuted !== undefined &&
    [...witness.system.sizes.values()].every(({ name, role }) => role === "horizon" || refuted.sizes[name] === 1)
  );
};

/** The links, each that is not right with the layout in which it is. Whether the note may write so is settled later. */
export const inLayouts = (
  court: Court,
  chain: Chain,
  links: readonly Said[],
  say: (claim: ReadClaim) => readonly Said[],
  quick: boolean,
): readonly Said[] => {
  if (penaltyOf(links) === 0 || links.every(({ convention, verdict }) => convention || !OPEN.has(verdict)))
    return links;
  let best = links;
  for (const { layout, because } of LAYOUTS)
    for (const backwards of [false, true]) {
      const way: ReadingOptions = { layout, ...(backwards ? { backwards } : {}) };
      const reading = court.reader.read(chain.members, chain.conditions, way);
      if (reading.kind !== "read") continue;
      const others = say(reading.claim);
      best = best.map((said, i): Said => {
        const other = others[i];
        if (!quick && other?.equation && isUnfit(said) && isWrongOfNumbers(court, other)) return other;
        if (said.convention || !other || !OPEN.has(said.verdict) || !RIGHT.has(other.verdict)) return said;
        const { equation, readAs } = other;
        return {
          ...said,
          ...(equation && !said.equation ? { equation } : {}),
          ...(readAs === undefined || said.readAs !== undefined ? {} : { readAs }),
          convention: { because: { id: because }, alone: false },
        };
      });
    }
  return best;
};
