/** The links of a chain, judged one after the other against its first member. */

import type { StatedEquation } from "../exact/witness.ts";
import { intersect } from "../expr/domain.ts";
import type { Node } from "../expr/node.ts";
import { familyOf } from "../expr/system.ts";
import { toLatex } from "../latex/print.ts";
import { INPUT_ERROR } from "../note/claims/adjoints.ts";
import type { Chain } from "../note/claims/chains.ts";
import { withoutBest } from "../note/claims/marked.ts";
import { withMembers } from "../note/claims/members.ts";
import { readNumpy } from "../note/claims/numpy.ts";
import type { ClaimReading, ReadClaim, ReadingOptions, ShapeMark } from "../note/claims/reading.ts";
import { withSamples } from "../note/claims/samples.ts";
import { takeApart } from "../note/scripts.ts";
import { everyPart, textOf } from "../note/tree.ts";
import { isChainRule } from "../ops/call.ts";
import type { BigSyntax, Syntax } from "../parse/syntax.ts";
import { describeShape } from "../shape/signature.ts";
import { sayBars } from "./bars.ts";
import { isBeyond } from "./boundary.ts";
import { conventionOf } from "./conventions.ts";
import { type Court, sliceOf } from "./court.ts";
import { type Finding, judge } from "./judge.ts";
import { isNumberOf, matricesOf, valuesOf } from "./known.ts";
import { contracted, inLayouts } from "./layouts.ts";
import { isSame, sayCalled, sayNamed, sayNotation } from "./newnames.ts";
import type { Reason } from "./reasons.ts";
import { alarmsOf, inConvention, penaltyOf, type Said } from "./said.ts";
import { sayStationary } from "./stationary.ts";
import { sayBareSums, saySummed } from "./summed.ts";
import { throughNames } from "./throughnames.ts";
import { unrolled } from "./unrolled.ts";
import { sayUpdate } from "./updates.ts";
import { VERDICTS } from "./verdict.ts";

export interface SayOptions {
  /** Collects the shape marks that are met. */
  readonly marks: ShapeMark[];
  /** Few samples, no assumptions: enough to choose among readings. */
  readonly quick: boolean;
  /** Some of it is code. */
  readonly coded?: boolean;
  /** Something given is marked as the best of its kind: w^*. */
  readonly best?: boolean;
  /** Samples were taken from the matrix that holds them. */
  readonly sampled?: boolean;
  /** The last member is the end of the whole chain. */
  readonly ends?: boolean;
}

const MISSED: ReadonlySet<Said["verdict"]> = new Set(["wrong", "holds-under"]);

const METHOD = "forward mode over the field of 2^61 - 1 elements";

const sayFinding = (finding: Finding, last: boolean): Said => {
  switch (finding.kind) {
    case "equal": {
      const { samples, shortest, longest, zero } = finding.judgement;
      const certificate = { method: METHOD, horizons: [shortest, longest] as const, samples };
      const found = { certificate, ...(zero ? { zero } : {}) };
      return finding.unfinished && last
        ? { verdict: "incomplete", because: { id: "unfinished" }, ...found }
        : { verdict: "holds", because: { id: "equal" }, ...found };
    }
    case "outside": {
      const { message, power } = finding.judgement;
      return {
        verdict: "undefined",
        because: power
          ? { id: "negative-power", of: [message.replace(/^.* is /u, "")] }
          : { id: "outside", of: [message.replace(/ lies outside.*$/u, "")] },
      };
    }
    case "different":
      return finding.under
        ? { verdict: "holds-under", because: { id: "under", of: [finding.under.latex] }, under: [finding.under] }
        : { verdict: "wrong", because: { id: "differ" } };
    case "open":
      return { verdict: "cannot-tell", because: finding.reason };
  }
};

/** ∂L/∂s_k, where L is taken for a function of every s_k because no equation defines it. */
const isOpenLoss = ({ reached, reader }: Court, node: Node): boolean =>
  node.kind === "partial" &&
  node.of === reader.system.objective &&
  node.wrt.kind === "at" &&
  reached.has(familyOf(node.wrt));

/** What keeps a derivative of the loss from being judged, if anything does. */
const openLoss = (court: Court, node: Node): Reason["id"] | undefined => {
  if (node.kind !== "partial" || node.of !== court.reader.system.objective) return undefined;
  if (!court.leading.has(familyOf(node.wrt))) return "severed";
  return isOpenLoss(court, node) ? "loss-open" : undefined;
};

/** What is right only by customs of which the note says nothing. */
const sayCustoms = ({ customs }: Court, equation: StatedEquation, said: Said): Said => {
  if (said.verdict !== "holds") return said;
  const needed = customs.filter(
    ({ without }) => without.refutes(equation) || without.witness().judge(equation, {}, "few").verdict !== "equal",
  );
  const [first, ...and] = needed.map(({ because }) => because);
  return first ? { ...said, verdict: "convention", because: { ...first, and } } : said;
};

/** What is right by a custom that no derived formula needs. */
const saySpared = ({ spare }: Court, equation: StatedEquation, quick: boolean): Said | undefined => {
  for (const { because, with: judges } of spare) {
    if (judges.refutes(equation)) continue;
    const found = judges.witness().judge(equation, {}, quick ? "few" : "every");
    if (found.verdict === "equal" && !found.zero) return { verdict: "convention", because };
  }
  return undefined;
};

/** What is right by a loss that the note leaves open, the same for all of its equations. */
const sayLoss = ({ losses, chosenLoss }: Court, equation: StatedEquation): Said | undefined => {
  for (const loss of chosenLoss.length > 0 ? chosenLoss : losses()) {
    const named = loss.of(equation);
    if (loss.with.refutes(named)) continue;
    const found = loss.with.witness().judge(named, {}, "every");
    if (found.verdict !== "equal" || found.zero) continue;
    chosenLoss.splice(0, chosenLoss.length, loss);
    return { verdict: "convention", because: loss.because };
  }
  return undefined;
};

/** prod waits to be worked out; derivatives side by side say what they mean. */
const namesProd = (member: Syntax): boolean =>
  everyPart(member).some(part => part.kind === "apply" && part.op !== undefined && isChainRule(part.op));

const sayLinks = (
  court: Court,
  chain: Chain,
  claim: ReadClaim,
  { ends = true, quick, best = false }: SayOptions,
): readonly Said[] => {
  const [head, ...others] = claim.members;
  const { indices, over: where } = claim;
  return others.map((other, i): Said => {
    if (!head) return { verdict: "cannot-tell", because: { id: "no-left" } };
    const readAs = (): string => [head, other].map(node => toLatex(node, court.context)).join(" = ");
    const equation = { left: head, right: other, indices, over: where };
    if (chain.defines && i === 0) return { verdict: "definition", because: { id: "defines" }, readAs, equation };
    const last = ends && i === others.length - 1;
    const said = sayCustoms(
      court,
      equation,
      sayFinding(judge(court.witness, equation, quick), last && chain.members.some(namesProd)),
    );
    const steps = MISSED.has(said.verdict) || said.verdict === "undefined" ? unrolled(court, equation) : undefined;
    if (steps) return { verdict: "convention", because: steps, readAs, equation };
    const spared = MISSED.has(said.verdict) ? saySpared(court, equation, quick) : undefined;
    if (spared) return { readAs, equation, ...spared };
    const named = MISSED.has(said.verdict) && !quick ? sayLoss(court, equation) : undefined;
    if (named) return { readAs, equation, ...named };
    if (said.verdict === "undefined" && isBeyond(court, equation))
      return { verdict: "definition", because: { id: "boundary" }, readAs };
    const chosen = MISSED.has(said.verdict) ? sayStationary(court, chain, equation, best) : undefined;
    if (chosen) return { readAs, equation, ...chosen };
    const open = MISSED.has(said.verdict) ? openLoss(court, head) : undefined;
    if (open)
      return { verdict: "cannot-tell", because: { id: open, of: [toLatex(head, court.context)] }, readAs, equation };
    const summed = MISSED.has(said.verdict) && !claim.stated ? saySummed(court, equation, chain, quick) : undefined;
    if (summed) return { ...summed, readAs, equation };
    const convention = MISSED.has(said.verdict) ? conventionOf(court, equation, quick) : undefined;
    return { ...said, readAs, equation, ...(convention ? { convention } : {}) };
  });
};

/** Other ways of reading what is not right as it stands, each with what is then said of right links. */
const READINGS: readonly { readonly options: ReadingOptions; readonly because?: Reason["id"] }[] = [
  { options: { immediate: true } },
  { options: { immediate: "parameters" } },
  { options: { backwards: true }, because: "product-order" },
  { options: { rearranged: true } },
  { options: { outputs: true }, because: "outputs" },
  { options: { direct: true }, because: "direct" },
  { options: { inputs: true }, because: "inputs" },
  { options: { inputs: true, outputs: true }, because: "inputs" },
];

const namesInput = (member: Syntax): boolean =>
  everyPart(member).some(part => part.kind === "derivative" && part.sign === INPUT_ERROR);

/** The links in the reading that leaves least to be said against them, the plain one first. */
const sayReadings = (court: Court, chain: Chain, claim: ReadClaim, options: SayOptions): readonly Said[] => {
  let best = sayLinks(court, chain, claim, options);
  for (const { options: way, because } of READINGS) {
    if (penaltyOf(best) === 0) break;
    // A note that defines its loss says what reads it.
    if (way.direct && !court.implied) continue;
    // A claim that names the input of a unit means by the error of the unit the other thing.
    if (way.inputs && chain.members.some(namesInput)) continue;
    const other = court.reader.read(chain.members, chain.conditions, way);
    if (other.kind !== "read" || other.claim.members.every((node, i) => node === claim.members[i])) continue;
    const links = sayLinks(court, chain, other.claim, options);
    const alarms = alarmsOf(links) - alarmsOf(best);
    if (alarms > 0 || (alarms === 0 && penaltyOf(links) >= penaltyOf(best))) continue;
    best = because ? links.map(said => inConvention(said, { id: because })) : links;
  }
  if (penaltyOf(best) === 0 || !chain.members.some(namesProd)) return best;
  const members = throughNames(court.reader.written, court.witness.system, claim.members);
  const links = sayLinks(court, chain, { ...claim, members }, options);
  return penaltyOf(links) < penaltyOf(best) ? links : best;
};

/** Sides of transposed shapes may be one derivative in two layouts. */
const otherLayout = (court: Court, { claims }: ClaimReading & { kind: "shapes" }): Pick<Said, "convention"> => {
  const [a, b, more] = claims;
  const [left, right] = [a?.members[0], b?.members[0]];
  if (!a || !b || !left || !right || more) return {};
  const indices = [...new Set([...a.indices, ...b.indices])].sort();
  const convention = conventionOf(court, { left, right, indices, over: intersect(a.over, b.over) }, false);
  return convention ? { convention } : {};
};

/** A claim that fits no shapes is wrong unless the shapes were guessed, and others would do. */
const misfitOf = (
  court: Court,
  members: readonly Syntax[],
  quick: boolean,
): Pick<Said, "verdict" | "transposedFits" | "misfit"> => {
  const [left, right] = members;
  const misfit = left && right && !quick ? { misfit: [left, right] as const } : {};
  if (!court.guessed) return { verdict: "wrong", ...misfit };
  const layout = quick ? undefined : court.reader.fittingLayout(members);
  if (layout === "none") return { verdict: "wrong", ...misfit };
  return { verdict: "cannot-tell", ...(layout === "numerator" ? { transposedFits: true } : {}) };
};

const leftAlone = (court: Court, [left]: readonly Syntax[], quick: boolean): Pick<Said, "left"> => {
  const reading = left && !quick ? court.reader.read([left], []) : undefined;
  if (reading?.kind !== "read") return {};
  const [node] = reading.claim.members;
  const { indices, over } = reading.claim;
  return node ? { left: { left: node, right: node, indices, over } } : {};
};

const isWord = (name: Syntax): boolean => {
  const { core } = takeApart(name);
  return core.kind === "symbol" && core.form === "word";
};

const sayUnread = (
  court: Court,
  reading: Exclude<ClaimReading, { kind: "read" }>,
  members: readonly Syntax[],
  quick: boolean,
): Said => {
  switch (reading.kind) {
    case "unknown": {
      // rowsum is no slip of the pen, but an operation that is not known here.
      const familiar = court.familiar(reading.name) || isWord(reading.name);
      return {
        verdict: familiar ? "cannot-tell" : "undefined",
        because: { id: familiar ? "strange" : "unknown", of: [sliceOf(court, reading.span)] },
        unknown: reading.name,
      };
    }
    case "shapes":
      return {
        ...leftAlone(court, members, quick),
        ...otherLayout(court, reading),
        ...misfitOf(court, members, quick),
        because: { id: "shapes", of: reading.claims.map(({ members: [node] }) => describeShape(node?.shape ?? [])) },
      };
    case "misfit":
      return {
        ...leftAlone(court, members, quick),
        ...misfitOf(court, members, quick),
        because: { id: "misfit" },
      };
    case "unreadable":
      return { verdict: "unreadable", because: { id: "unreadable", of: [reading.diagnostic.message] } };
  }
};

/** What a name stands for was guessed by its look: that makes equations right, never wrong. */
const sayGuessed = (said: Said): Said => {
  if (VERDICTS[said.verdict].level !== "error") return inConvention(said, { id: "inputs" });
  const { readAs } = said;
  return { verdict: "cannot-tell", because: { id: "guessed" }, ...(readAs === undefined ? {} : { readAs }) };
};

/** Σ_t d_{W,t} = Σ_t (what follows): a new name for the summand, which the next link gives. */
const summandNamed = (member: Syntax, next: Syntax | undefined, unknown: Syntax | undefined): Syntax | undefined => {
  if (!unknown || member.kind !== "big" || next?.kind !== "big" || !isSame(member.body, unknown)) return undefined;
  const limits = ({ spelling, lower, upper }: BigSyntax): string =>
    [spelling, ...[lower, upper].map(limit => limit && textOf(limit))].join(" ");
  return limits(member) === limits(next) ? next.body : undefined;
};

/** f(x, axis=1): an argument with a name is code, and its names are none of the note's. */
const isCode = (member: Syntax): boolean =>
  everyPart(member).some(part => part.kind === "list" && part.items.some(({ kind }) => kind === "relations"));

/** x_i as row i of X, or as column i: whichever makes more of it right. */
const saySampled = (court: Court, chain: Chain, options: SayOptions): readonly Said[] | undefined => {
  const known = matricesOf(court);
  const tried = (["rows", "columns"] as const).flatMap(axis => {
    const members = chain.members.map(member => withSamples(member, axis, known));
    if (members.every((member, i) => member === chain.members[i])) return [];
    const links = sayChain(court, { ...chain, members }, { ...options, sampled: true });
    return [{ axis, links }];
  });
  const [best] = tried.toSorted((a, b) => penaltyOf(a.links) - penaltyOf(b.links));
  // A guess makes right, never wrong.
  return best && alarmsOf(best.links) === 0 ? best.links.map(said => inConvention(said, { id: best.axis })) : undefined;
};

/** y for every y_i: right where it is right of each. */
const sayByMembers = (court: Court, chain: Chain, options: SayOptions): readonly Said[] | undefined => {
  const letters = [...new Set([...court.witness.system.symbols.values()].flatMap(({ indices }) => indices))];
  const { isKnown } = matricesOf(court);
  const members = chain.members.map(member =>
    withMembers(member, letters, { isKnown, isNumber: name => isNumberOf(court, name) }),
  );
  if (members.every((member, i) => member === chain.members[i])) return undefined;
  const links = sayChain(court, { ...chain, members }, { ...options, sampled: true });
  return penaltyOf(links) === 0 ? links.map(said => inConvention(said, { id: "members" })) : undefined;
};

/** What is said of each link of a chain. */
export const sayChain = (court: Court, chain: Chain, options: SayOptions): readonly Said[] => {
  const written = chain.members.map(readNumpy);
  if (written.some(isCode)) return written.slice(1).map(() => ({ verdict: "unreadable", because: { id: "code" } }));
  if (chain.defines && chain.members.length === 2 && court.reader.definesFunction(chain.members[0] as Syntax))
    return [{ verdict: "definition", because: { id: "defines" } }];
  const notation = sayNotation(court, written);
  if (notation) return notation;
  const unmarked = withoutBest(written, valuesOf(court));
  const members = unmarked.map(member => court.reader.adjoints(member));
  const step = sayUpdate(court, chain, members);
  if (step) return step;
  const averaged = sayBars(court, { ...chain, members: unmarked }, each => sayChain(court, each, options));
  if (averaged) return averaged;
  const summed = sayBareSums(court, { ...chain, members }, each => sayChain(court, each, options));
  if (summed) return summed;
  const reading = court.reader.read(members, chain.conditions);
  options.marks.push(...reading.marks);
  // Arrays of code have the shapes that they have.
  const coded =
    options.coded === true || chain.code !== undefined || written.some((member, i) => member !== chain.members[i]);
  const best = unmarked.some((member, i) => member !== written[i]);
  const say = (claim: ReadClaim): readonly Said[] => sayLinks(court, chain, claim, { ...options, best });
  const inAnyLayout = (links: readonly Said[]): readonly Said[] =>
    coded ? links : inLayouts(court, { ...chain, members }, links, say, options.quick);
  if (reading.kind === "read") {
    const links = inAnyLayout(sayReadings(court, { ...chain, members }, reading.claim, { ...options, best }));
    return members.some(namesInput) ? links.map(sayGuessed) : links;
  }
  if (reading.kind === "unreadable" && reading.diagnostic.code === "V020") {
    const links = contracted(court, { ...chain, members }, say);
    if (links) return links;
  }
  const named =
    reading.kind === "unknown"
      ? (sayNamed(court, { ...chain, members }, reading, rest =>
          sayLinks(court, { ...chain, members, defines: false }, rest, options),
        ) ?? sayCalled(court, { ...chain, members }, reading.name))
      : undefined;
  if (named) return named;
  const sampled =
    reading.kind === "unknown" && !options.sampled
      ? (saySampled(court, chain, options) ?? sayByMembers(court, chain, options))
      : undefined;
  if (sampled) return sampled;
  // One member that cannot be read does not keep the others from being judged.
  if (members.length > 2)
    return members.slice(1).flatMap((member, i) => {
      const links = sayChain(
        court,
        { ...chain, members: [members[0] as Syntax, member], defines: chain.defines && i === 0 },
        { ...options, coded, marks: [], ends: (options.ends ?? true) && i === members.length - 2 },
      );
      const summand = summandNamed(member, members[i + 2], links[0]?.unknown);
      return summand
        ? [{ verdict: "definition", because: { id: "names", of: [sliceOf(court, summand.span)] } } satisfies Said]
        : links;
    });
  // It was read as a forward equation, in which names stand for other things than in claims.
  if (chain.defines) return [{ verdict: "definition", because: { id: "defines" } }];
  return inAnyLayout([sayUnread(court, reading, members, options.quick)]);
};
