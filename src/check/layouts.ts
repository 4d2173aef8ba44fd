/** Chains that are right where every derivative in them is written in one layout: rows for gradients, or transposed Jacobians. */
import { refute } from "../exact/refute.ts";
import type { Chain } from "../note/claims/chains.ts";
import type { Layout } from "../note/claims/layouts.ts";
import type { ReadClaim, ReadingOptions } from "../note/claims/reading.ts";
import { everyPart, valuesIn } from "../note/tree.ts";
import type { Syntax } from "../parse/syntax.ts";
import { type Court, sliceOf } from "./court.ts";
import type { Reason } from "./reasons.ts";
import { alarmsOf, penaltyOf, type Said } from "./said.ts";

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
const isWrongOfNumbers = ({ witness }: Court, said: Said): boolean => {
  const refuted = said.equation && alarmsOf([said]) > 0 ? refute(witness, said.equation) : undefined;
  return (
    refuted !== undefined &&
    [...witness.system.sizes.values()].every(({ name, role }) => role === "horizon" || refuted.sizes[name] === 1)
  );
};

const WAYS: readonly ReadingOptions[] = [{}, { backwards: true }];
/** Σ_k ∂L_t/∂h_t ∂h_t/∂h_k ∂h_k/∂W: through every path between the steps, and through one step by the parameter. */
const BY_PARAMETERS = WAYS.map((way): ReadingOptions => ({ ...way, immediate: "parameters" }));

const multipliesDerivatives = (member: Syntax): boolean =>
  everyPart(member).some(
    part => part.kind === "product" && part.factors.some(({ body }) => body.kind === "derivative"),
  );

/** Whether nothing but derivatives is multiplied and added up. */
const holdsDerivativesAlone = (member: Syntax): boolean => {
  const stack = [member];
  for (let part = stack.pop(); part; part = stack.pop()) {
    if (part.kind === "derivative") continue;
    if (!["product", "sum", "big", "group", "labelled"].includes(part.kind)) return false;
    stack.push(...valuesIn(part));
  }
  return true;
};

/** The links, each that is not right with the layout in which it is. Whether the note may write so is settled later. */
export const inLayouts = (
  court: Court,
  chain: Chain,
  links: readonly Said[],
  say: (claim: ReadClaim) => readonly Said[],
  quick: boolean,
): readonly Said[] => {
  if (links.every(({ convention, verdict }) => convention || !OPEN.has(verdict))) return links;
  let best = links;
  // A line of the chain rule is one by itself, in whatever layout the results are.
  const alone = chain.members.some(multipliesDerivatives) && chain.members.every(holdsDerivativesAlone);
  const tried: (readonly Said[])[] = [];
  for (const { layout, because } of LAYOUTS)
    for (const more of chain.members.some(multipliesDerivatives) ? [...WAYS, ...BY_PARAMETERS] : WAYS) {
      const way: ReadingOptions = { layout, ...more };
      const reading = court.reader.read(chain.members, chain.conditions, way);
      if (reading.kind !== "read") continue;
      const others = say(reading.claim);
      tried.push(others);
      best = best.map((said, i): Said => {
        const other = others[i];
        if (said.convention) return said;
        if (!quick && other && isUnfit(said) && isWrongOfNumbers(court, other)) return other;
        if (!other || !OPEN.has(said.verdict)) return said;
        const isSupposed = other.verdict === "convention";
        if (!isSupposed && !RIGHT.has(other.verdict)) return said;
        const { equation, readAs } = other;
        return {
          ...said,
          convention: {
            because: { id: because, ...(isSupposed ? { and: [other.because] } : {}) },
            alone,
            ...(said.equation ? {} : { read: { ...(equation ? { equation } : {}), ...(readAs ? { readAs } : {}) } }),
          },
        };
      });
    }
  if (!alone || quick) return best;
  return best.map((said, i): Said => {
    // What is said of it in every layout that it can be read in is so.
    const others = tried.flatMap(each => each[i] ?? []).toSorted((a, b) => penaltyOf([a]) - penaltyOf([b]));
    const isSo = others.length > 0 && alarmsOf(others) === others.length;
    return isUnfit(said) && !said.convention && isSo ? (others[0] as Said) : said;
  });
};
