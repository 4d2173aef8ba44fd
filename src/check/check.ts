/** Every equation of a note with its verdict. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { refute } from "../exact/refute.ts";
import { type Chain, chainsOf } from "../note/claims/chains.ts";
import type { ShapeMark } from "../note/claims/reading.ts";
import type { Rename } from "../note/claims/rename.ts";
import type { NoteSystem, ReadNote } from "../note/read.ts";
import type { Syntax } from "../parse/syntax.ts";
import { type Court, courtFor } from "./court.ts";
import { mendedOf } from "./edits/say.ts";
import { sayLimit } from "./limits.ts";
import { sayChain } from "./links.ts";
import { sayMark } from "./marks.ts";
import { isChainRuleItself } from "./notations.ts";
import { type RepairedChain, repairChain } from "./repairs/claim.ts";
import { type ForwardRepair, repairForward } from "./repairs/forward.ts";
import type { Said } from "./said.ts";
import { type EquationReport, type Repair, VERDICTS, type Verdict } from "./verdict.ts";

export interface CheckedNote {
  readonly equations: readonly EquationReport[];
  readonly summary: Readonly<Record<Verdict, number>>;
  readonly diagnostics: readonly Diagnostic[];
  /** No equation has a warning or an error. */
  readonly clean: boolean;
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/gu, "") || "note";

const covers = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

const glyphLatex = (rename: Rename): readonly [from: string, to: string] => {
  const { from, to, script } = rename;
  return script ? [`${from}_{${script.from}}`, `${to.name}`] : [from, to.name];
};

const repairOf = (rename: Rename, evidence: string): Repair => {
  const [from, to] = glyphLatex(rename);
  return { from, to, evidence };
};

const REFUTED: ReadonlySet<Verdict> = new Set(["wrong", "holds-under"]);

/** Nothing is called wrong without numbers that show it. */
const withCounterexample = ({ witness }: Court, said: Said): Said => {
  if (!said.equation || !REFUTED.has(said.verdict)) return said;
  const counterexample = refute(witness, said.equation);
  if (counterexample) return { ...said, counterexample };
  const { under: _, ...rest } = said;
  return { ...rest, verdict: "cannot-tell", because: "no real numbers were found at which the two sides differ" };
};

/** Judges a chain, and if something can be said against it, looks for misread letters. */
const judgeChain = (court: Court, chain: Chain): RepairedChain => {
  const found = repairChain(court, chain, (candidate, marks) => sayChain(court, candidate, { marks, quick: true }));
  const marks: RepairedChain["marks"][number][] = [];
  const links = sayChain(court, found.chain, { marks, quick: false });
  const mended = links.map((said): Said => {
    const refuted = withCounterexample(court, said);
    const mend = mendedOf(court, refuted);
    return mend ? { ...refuted, mended: mend } : refuted;
  });
  for (const { names } of links) if (names) court.aliases.add(names.family, names.letters, names.meaning);
  for (const rename of found.renames) court.settled.push(rename);
  return { ...found, links: mended, marks };
};

/** The repairs that touch a link: its own member, or the head of the chain. */
const repairsOf = (
  chain: Chain,
  repaired: RepairedChain,
  link: number,
  forward: readonly ForwardRepair[],
): readonly Repair[] => {
  const own = [chain.members[0], chain.members[link + 1]] as const;
  const now = [repaired.chain.members[0], repaired.chain.members[link + 1]] as const;
  const touched = own.some((member, i) => member !== now[i]);
  const spans = own.flatMap(member => (member ? [member.span] : []));
  const before = forward.filter(({ span }) => spans.some(inner => covers(span, inner)));
  return [
    ...before.map(({ rename }) => repairOf(rename, "the forward equations are a system then")),
    ...(touched ? repaired.renames.map(rename => repairOf(rename, "the shapes fit then, and what is claimed")) : []),
  ];
};

const RIGHT: ReadonlySet<Verdict> = new Set(["proved", "holds", "convention"]);

/** What is said of a chain: of its links, then of the shapes that are marked in it. */
const judgePart = (court: Court | undefined, chain: Chain, chains: readonly Chain[]): RepairedChain => {
  const all = (said: Said): RepairedChain => ({
    chain,
    marks: [],
    renames: [],
    links: chain.members.slice(1).map(() => said),
  });
  const limit = sayLimit(chain, chains);
  if (limit) return all(limit);
  if (!court && chain.defines) return all({ verdict: "definition", because: "defines the left side" });
  if (!court && isChainRuleItself(chain)) return all({ verdict: "definition", because: "explains a notation" });
  return court
    ? judgeChain(court, chain)
    : all({ verdict: "cannot-tell", because: "the forward equations are not a system" });
};

interface Place {
  readonly id: string;
  readonly group: string;
  readonly system: string;
  readonly span: Span;
}

const reportOf = (note: ReadNote, place: Place, said: Said, repairs: readonly Repair[]): EquationReport => {
  const verdict = repairs.length > 0 && RIGHT.has(said.verdict) ? "repaired" : said.verdict;
  return {
    ...place,
    latex: note.text.slice(place.span.start, place.span.end),
    ...(said.readAs === undefined ? {} : { readAs: said.readAs }),
    verdict,
    code: VERDICTS[verdict].code,
    because: said.because,
    under: (said.under ?? []).map(({ latex }) => latex),
    repairs,
    ...(said.mended ? { mended: said.mended } : {}),
    ...(said.counterexample ? { counterexample: said.counterexample } : {}),
    spoiledBy: [],
    ...(said.certificate ? { certificate: said.certificate } : {}),
  };
};

const checkPart = (
  note: ReadNote,
  part: NoteSystem,
  taken: Set<string>,
  forward: readonly ForwardRepair[],
): readonly EquationReport[] => {
  const sizes = part.forward?.typing.prepared.sizes;
  const chains = chainsOf(part.definitions, part.claims, name => sizes?.has(name) ?? false);
  const court =
    part.forward && courtFor(note.text, part.forward, chains, { damaged: forward.length > 0, language: note.language });
  const system = part.name;
  return chains.flatMap((chain, i) => {
    const name = chain.label ?? `e${i + 1}`;
    let group = `${slug(system)}/${name}`;
    for (let again = 2; taken.has(group); again++) group = `${slug(system)}/${name}.${again}`;
    taken.add(group);
    const judged = judgePart(court, chain, chains);
    const links = judged.links.map((said, link): EquationReport => {
      const member = chain.members[link + 1] as Syntax;
      const span = link === 0 ? { start: chain.span.start, end: member.span.end } : member.span;
      const id = judged.links.length === 1 ? group : `${group}#${link + 1}`;
      return reportOf(note, { id, group, system, span }, said, repairsOf(chain, judged, link, forward));
    });
    // What the forward equations mark is a declaration.
    const marks = chain.defines ? [] : distinct(judged.marks);
    const shapes = marks.map((mark, at) =>
      reportOf(note, { id: `${group}#shape${at + 1}`, group, system, span: mark.span }, sayMark(mark), []),
    );
    return [...links, ...shapes];
  });
};

const distinct = (marks: readonly ShapeMark[]): readonly ShapeMark[] =>
  [...new Map(marks.map(mark => [mark.span.start, mark])).values()].toSorted((a, b) => a.span.start - b.span.start);

const summarise = (equations: readonly EquationReport[]): Readonly<Record<Verdict, number>> => {
  const summary = Object.fromEntries(Object.keys(VERDICTS).map(verdict => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of equations) summary[verdict]++;
  return summary;
};

/** Judges every equation of a note. Mistakes of the note are verdicts and diagnostics, never exceptions. */
export const checkNote = (original: ReadNote): CheckedNote => {
  const { note, repairs } = repairForward(original);
  const taken = new Set<string>();
  const equations = [...note.outside, ...note.parts]
    .flatMap(part => checkPart(note, part, taken, repairs))
    .toSorted((a, b) => a.span.start - b.span.start);
  return {
    equations,
    summary: summarise(equations),
    diagnostics: note.diagnostics,
    clean: equations.every(({ verdict }) => VERDICTS[verdict].level === "ok"),
  };
};
