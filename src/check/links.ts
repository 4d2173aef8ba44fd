/** The links of a chain, judged one after the other against its first member. */

import { intersect } from "../expr/domain.ts";
import { toLatex } from "../latex/print.ts";
import type { Chain } from "../note/claims/chains.ts";
import type { ClaimReading, ReadClaim, ShapeMark } from "../note/claims/reading.ts";
import type { Syntax } from "../parse/syntax.ts";
import { describeShape } from "../shape/signature.ts";
import { conventionOf } from "./conventions.ts";
import { type Court, sliceOf } from "./court.ts";
import { type Finding, judge } from "./judge.ts";
import type { Said } from "./said.ts";

export interface SayOptions {
  /** Collects the shape marks that are met. */
  readonly marks: ShapeMark[];
  /** Few samples, no assumptions: enough to choose among readings. */
  readonly quick: boolean;
  /** The last member is the end of the whole chain. */
  readonly ends?: boolean;
}

const MISSED: ReadonlySet<Said["verdict"]> = new Set(["wrong", "holds-under"]);

const METHOD = "forward mode over the field of 2^61 - 1 elements";

const sayFinding = (finding: Finding, last: boolean): Said => {
  switch (finding.kind) {
    case "equal": {
      const { samples, longest } = finding.judgement;
      const certificate = { method: METHOD, horizons: [1, longest] as const, samples };
      return finding.unfinished && last
        ? { verdict: "incomplete", because: { id: "unfinished" }, certificate }
        : { verdict: "holds", because: { id: "equal" }, certificate };
    }
    case "outside":
      return {
        verdict: "undefined",
        because: { id: "outside", of: [finding.judgement.message.replace(/ lies outside.*$/u, "")] },
      };
    case "different":
      return finding.under
        ? { verdict: "holds-under", because: { id: "under", of: [finding.under.latex] }, under: [finding.under] }
        : { verdict: "wrong", because: { id: "differ" } };
    case "open":
      return { verdict: "cannot-tell", because: finding.reason };
  }
};

const sayLinks = (
  court: Court,
  chain: Chain,
  claim: ReadClaim,
  { ends = true, quick }: SayOptions,
): readonly Said[] => {
  const [head, ...others] = claim.members;
  const { indices, over } = claim;
  return others.map((other, i): Said => {
    if (!head) return { verdict: "cannot-tell", because: { id: "no-left" } };
    const readAs = [head, other].map(node => toLatex(node, court.context)).join(" = ");
    const equation = { left: head, right: other, indices, over };
    if (chain.defines && i === 0) return { verdict: "definition", because: { id: "defines" }, readAs, equation };
    const last = ends && i === others.length - 1;
    const said = sayFinding(judge(court.witness, equation, quick), last);
    const convention = MISSED.has(said.verdict) ? conventionOf(court.witness, equation, quick) : undefined;
    return { ...said, readAs, equation, ...(convention ? { convention } : {}) };
  });
};

const isSame = (a: Syntax, b: Syntax): boolean =>
  a === b || (a.span.start === b.span.start && a.span.end === b.span.end);

/** A new name at either end of a chain stands for the rest of it. */
const sayNamed = (
  court: Court,
  chain: Chain,
  reading: ClaimReading & { kind: "unknown" },
  options: SayOptions,
): readonly Said[] | undefined => {
  const { members } = chain;
  const [first, last] = [members[0], members.at(-1)] as [Syntax, Syntax];
  const named = isSame(first, reading.name) ? first : isSame(last, reading.name) ? last : undefined;
  if (!named) return undefined;
  const rest = members.filter(member => member !== named);
  const found = court.reader.resolve(named);
  const meaning = court.reader.read(rest, chain.conditions);
  const [value] = meaning.kind === "read" ? meaning.claim.members : [];
  if (!found || found.tail.length > 0 || meaning.kind !== "read" || !value) return undefined;
  const letters = found.index.map(each => each.key);
  if (!meaning.claim.indices.every(letter => letters.includes(letter))) return undefined;
  const definition: Said = {
    verdict: "definition",
    because: { id: "names", of: [toLatex(value, court.context)] },
    names: { family: found.family, letters, meaning: value },
  };
  const others = rest.length > 1 ? sayLinks(court, { ...chain, defines: false }, meaning.claim, options) : [];
  return named === first ? [definition, ...others] : [...others, definition];
};

/** Sides of transposed shapes may be one derivative in two layouts. */
const otherLayout = (court: Court, { claims }: ClaimReading & { kind: "shapes" }): Pick<Said, "convention"> => {
  const [a, b, more] = claims;
  const [left, right] = [a?.members[0], b?.members[0]];
  if (!a || !b || !left || !right || more) return {};
  const indices = [...new Set([...a.indices, ...b.indices])].sort();
  const convention = conventionOf(court.witness, { left, right, indices, over: intersect(a.over, b.over) }, false);
  return convention ? { convention } : {};
};

const sayUnread = (court: Court, reading: Exclude<ClaimReading, { kind: "read" }>): Said => {
  switch (reading.kind) {
    case "unknown":
      return {
        verdict: "undefined",
        because: { id: "unknown", of: [sliceOf(court, reading.span)] },
        unknown: reading.name,
      };
    case "shapes":
      return {
        ...otherLayout(court, reading),
        verdict: court.guessed ? "cannot-tell" : "wrong",
        because: { id: "shapes", of: reading.claims.map(({ members: [node] }) => describeShape(node?.shape ?? [])) },
      };
    case "misfit":
      return { verdict: court.guessed ? "cannot-tell" : "wrong", because: { id: "misfit" } };
    case "unreadable":
      return { verdict: "unreadable", because: { id: "unreadable", of: [reading.diagnostic.message] } };
  }
};

/** What is said of each link of a chain. */
export const sayChain = (court: Court, chain: Chain, options: SayOptions): readonly Said[] => {
  const members = chain.members.map(member => court.reader.adjoints(member));
  const reading = court.reader.read(members, chain.conditions);
  options.marks.push(...reading.marks);
  if (reading.kind === "read") return sayLinks(court, chain, reading.claim, options);
  const named = reading.kind === "unknown" ? sayNamed(court, { ...chain, members }, reading, options) : undefined;
  if (named) return named;
  // One member that cannot be read does not keep the others from being judged.
  if (members.length > 2)
    return members
      .slice(1)
      .flatMap((member, i) =>
        sayChain(
          court,
          { ...chain, members: [members[0] as Syntax, member], defines: chain.defines && i === 0 },
          { ...options, marks: [], ends: (options.ends ?? true) && i === members.length - 2 },
        ),
      );
  return [sayUnread(court, reading)];
};
