/** Every equation of a note with its verdict. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { covers, type Span } from "../base/source.ts";
import { withCapitals } from "../note/claims/capitals.ts";
import { type Chain, chainsOf } from "../note/claims/chains.ts";
import type { ShapeMark } from "../note/claims/reading.ts";
import { type Rename, renameIn } from "../note/claims/rename.ts";
import type { NoteSystem, ReadNote } from "../note/read.ts";
import { latexOf } from "../note/scriptlatex.ts";
import type { Syntax } from "../parse/syntax.ts";
import { keepsOurs, settleConventions } from "./conventions.ts";
import { type Court, courtFor } from "./court.ts";
import { contradictionsIn } from "./definitions.ts";
import { finished, judgeChain } from "./judging.ts";
import { languageOf } from "./language.ts";
import { sayMark } from "./marks.ts";
import { withOverbars } from "./overbars.ts";
import { type Language, type Reason, sayReason } from "./reasons.ts";
import type { RepairedChain } from "./repairs/claim.ts";
import { type ForwardRepair, repairForward } from "./repairs/forward.ts";
import type { Said } from "./said.ts";
import { settleSamplewise } from "./samplewise.ts";
import { spoiledBy } from "./spoils.ts";
import { type EquationReport, levelOf, type Repair, VERDICTS, type Verdict } from "./verdict.ts";

export interface CheckedNote {
  readonly equations: readonly EquationReport[];
  readonly summary: Readonly<Record<Verdict, number>>;
  readonly diagnostics: readonly Diagnostic[];
  /** Of the explanations. */
  readonly language: Language;
  /** No equation has a warning or an error, and nothing was left unread. */
  readonly clean: boolean;
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/gu, "") || "note";

const glyphLatex = (rename: Rename): readonly [from: string, to: string] => {
  const { from, to, script, whole } = rename;
  if (whole) return [latexOf(whole.from), latexOf(whole.to)];
  return script ? [`${from}_{${script.from}}`, `${to.name}`] : [from, to.name];
};

const repairOf = (rename: Rename, evidence: Reason["id"], language: Language): Repair => {
  const [from, to] = glyphLatex(rename);
  return { from, to, evidence: sayReason({ id: rename.whole ? "left-out" : evidence }, language) };
};

/** What rests on lines of an earlier forward pass is not called wrong by them. */
const leftBehind = ({ code }: Chain, said: Said): Said =>
  code === "inherited" && VERDICTS[said.verdict].level === "error"
    ? { verdict: "cannot-tell", because: { id: "inherited" } }
    : said;

const RIGHT: ReadonlySet<Verdict> = new Set(["proved", "holds", "convention"]);

/** The repairs that touch a link: its own member, or the head of the chain. */
const repairsOf = (
  { members: [head, ...others] }: Chain,
  { renames }: RepairedChain,
  link: number,
  { verdict }: Said,
  { forward, language }: Setting,
): readonly Repair[] => {
  let own = [head, others[link]] as readonly Syntax[];
  const spans = own.map(({ span }) => span);
  const before = forward.filter(({ span }) => spans.some(inner => covers(span, inner)));
  const touching = renames.filter(rename => {
    const written = own;
    own = written.map(member => renameIn(member, rename));
    return own.some((member, i) => member !== written[i]);
  });
  return [
    ...before.map(({ rename }) => repairOf(rename, "glyph-forward", language)),
    ...touching.map(rename => repairOf(rename, RIGHT.has(verdict) ? "glyph-claim" : "glyph-likely", language)),
  ];
};

/** What all parts of a note are checked with. */
interface Setting {
  readonly note: ReadNote;
  readonly forward: readonly ForwardRepair[];
  readonly language: Language;
  /** Names of chains that are given. */
  readonly taken: Set<string>;
}

interface Place {
  readonly id: string;
  readonly group: string;
  readonly system: string;
  readonly span: Span;
}

const reportOf = (
  { note, language }: Setting,
  place: Place,
  said: Said,
  repairs: readonly Repair[],
): EquationReport => {
  const verdict = repairs.length > 0 && RIGHT.has(said.verdict) ? "repaired" : said.verdict;
  return {
    ...place,
    latex: note.text.slice(place.span.start, place.span.end),
    ...(said.readAs === undefined ? {} : { readAs: said.readAs() }),
    verdict,
    code: VERDICTS[verdict].code,
    because: sayReason(said.because, language),
    under: (said.under ?? []).map(({ latex }) => latex),
    repairs,
    ...(said.mended ? { mended: said.mended } : {}),
    ...(said.counterexample ? { counterexample: said.counterexample } : {}),
    spoiledBy: [],
    ...(said.certificate ? { certificate: said.certificate } : {}),
  };
};

/** The names of chains, each once: by their numbers, else by their places. */
const groupsOf = (system: string, chains: readonly Chain[], taken: Set<string>): readonly string[] =>
  chains.map((chain, i) => {
    const name = `${slug(system)}/${chain.label ?? `e${i + 1}`}`;
    let group = name;
    for (let again = 2; taken.has(group); again++) group = `${name}.${again}`;
    taken.add(group);
    return group;
  });

interface JudgedPart {
  readonly part: NoteSystem;
  readonly chains: readonly Chain[];
  readonly court: Court | undefined;
  readonly judged: readonly RepairedChain[];
  readonly said: readonly (readonly Said[])[];
}

const judgePart = ({ note, language, forward }: Setting, part: NoteSystem): JudgedPart => {
  const written = chainsOf(part.definitions, part.claims, part.forward?.typing.prepared);
  const chains = part.forward ? withCapitals(written, part.forward) : written;
  const court =
    part.forward &&
    withOverbars(
      courtFor(note.text, part.forward, part.definitions, chains, {
        damaged: forward.length > 0,
        language,
        accents: part.gradientAccents,
      }),
      chains,
    );
  const judged = chains.map(chain => judgeChain(court, chain, chains, language));
  const said = judged.map(({ links }) => links);
  return { part, chains, court, judged, said: court ? settleSamplewise(court, said) : said };
};

/** `ours`: whether the note writes gradients as we do, by parts that are in one layout. */
const reportPart = (
  setting: Setting,
  { part, chains, court, judged, said }: JudgedPart,
  ours = keepsOurs(said),
): readonly EquationReport[] => {
  const settled = settleConventions(said, setting.note.text, ours).map((links, i) =>
    court ? links.map(each => finished(court, leftBehind(chains[i] as Chain, each))) : links,
  );
  const groups = groupsOf(part.name, chains, setting.taken);
  const idOf = (chain: number, link: number): string =>
    (settled[chain]?.length ?? 0) > 1 ? `${groups[chain]}#${link + 1}` : (groups[chain] as string);
  const spoiled = spoiledBy(settled, idOf);
  const read = chains.flatMap((chain, i) => {
    const place = { group: groups[i] as string, system: part.name };
    const repaired = judged[i] as RepairedChain;
    const links = (settled[i] ?? []).map((said, link): EquationReport => {
      const member = chain.members[link + 1] as Syntax;
      const span = link === 0 ? { start: chain.span.start, end: member.span.end } : member.span;
      const id = idOf(i, link);
      const report = reportOf(setting, { ...place, id, span }, said, repairsOf(chain, repaired, link, said, setting));
      const { equation, under } = said;
      const stated = court &&
        equation && {
          system: (said.witness ?? court.witness).system,
          equation,
          ...(under?.[0] && !under[0].system ? { suppose: under[0].suppose } : {}),
        };
      return { ...report, spoiledBy: spoiled.get(id) ?? [], ...(stated ? { stated } : {}) };
    });
    // What the forward equations mark is a declaration.
    const marks = chain.defines ? [] : distinct(repaired.marks);
    const shapes = marks.map((mark, at) =>
      reportOf(setting, { ...place, id: `${place.group}#shape${at + 1}`, span: mark.span }, sayMark(mark), []),
    );
    return [...links, ...shapes];
  });
  return [...read, ...unreadOf(setting, part, read)];
};

/** Displays that do not fit the grammar, or the place in one of which the rest was read. */
const unreadOf = (setting: Setting, part: NoteSystem, read: readonly EquationReport[]): readonly EquationReport[] =>
  part.unread.map(({ span, diagnostic }, i) => {
    const [place] = diagnostic.spans;
    const isPart = place && read.some(each => covers(span, each.span));
    const group = `${slug(part.name)}/unread${i + 1}`;
    return reportOf(
      setting,
      { id: group, group, system: part.name, span: isPart ? place.span : span },
      { verdict: "unreadable", because: { id: "unreadable", of: [diagnostic.message] } },
      [],
    );
  });

const distinct = (marks: readonly ShapeMark[]): readonly ShapeMark[] =>
  [...new Map(marks.map(mark => [mark.span.start, mark])).values()].toSorted((a, b) => a.span.start - b.span.start);

const summarise = (equations: readonly EquationReport[]): Readonly<Record<Verdict, number>> => {
  const summary = Object.fromEntries(Object.keys(VERDICTS).map(verdict => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of equations) summary[verdict]++;
  return summary;
};

const equationsOf = (setting: Setting): readonly EquationReport[] => {
  const { outside, parts, rules } = setting.note;
  const own = [...outside, ...parts].flatMap(part => reportPart(setting, judgePart(setting, part)));
  const recalled = rules.map(rule => judgePart(setting, rule));
  const ours = recalled.some(({ said }) => keepsOurs(said));
  const listed = recalled.flatMap(rule => reportPart(setting, rule, ours));
  return [...own, ...listed].toSorted((a, b) => a.span.start - b.span.start);
};

const isRight = ({ verdict }: EquationReport): boolean => levelOf(verdict) === "ok" || verdict === "repaired";

const samePlace = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

/** A formula of the note in a line of text: without the signs that align it. */
const written = (text: string, { start, end }: Span): string =>
  text
    .slice(start, end)
    .replace(/(?<!\\)&/gu, "")
    .replace(/\s+/gu, " ");

/** Where a note says two things of one, every equation is judged by both; the first comes first. */
const byBoth = (setting: Setting, own: readonly EquationReport[]): readonly EquationReport[] => {
  const { note, language } = setting;
  const say = (id: Reason["id"], ...spans: readonly Span[]): string =>
    sayReason({ id, of: spans.map(span => written(note.text, span)) }, language);
  const agrees = (at: Span): boolean =>
    own.some(report => covers(report.span, at) && report.verdict !== "definition" && isRight(report));
  return contradictionsIn(note, agrees).reduce((reports, { first, other, note: amended }) => {
    const others = equationsOf({ ...setting, note: amended, taken: new Set() });
    return reports.map((report, i): EquationReport => {
      const { id, group, span, spoiledBy } = report;
      if (covers(span, other.right.span)) {
        if (other.isChoice) {
          const { mended: _, counterexample: __, ...plain } = report;
          return {
            ...plain,
            verdict: "definition",
            code: VERDICTS.definition.code,
            because: say("choice", first.span),
          };
        }
        const verdict = report.verdict === "wrong" ? "wrong" : "cannot-tell";
        return { ...report, verdict, code: VERDICTS[verdict].code, because: say("contradicts", first.span) };
      }
      const same = others.find(each => samePlace(each.span, span));
      // What another contradiction has explained is explained.
      if (!same || report.verdict === "definition" || report !== own[i]) return report;
      const otherwise = levelOf(same.verdict);
      if (isRight(report))
        return otherwise === "error" ? { ...report, because: say("by-one", first.span, other.span) } : report;
      // It speaks of names that only the other definition has.
      if (levelOf(report.verdict) === "warning" && otherwise === "error") return { ...same, id, group, spoiledBy };
      if (otherwise !== "ok") return report;
      const verdict = "convention" as const;
      const supposed = same.verdict === "convention" ? [same.because] : [];
      const because = [say("other-definition", other.span), ...supposed].join(language === "zh" ? "；" : "; ");
      return { ...same, id, group, verdict, code: VERDICTS[verdict].code, because, spoiledBy };
    });
  }, own);
};

/** Errors, and formulas that could not be read: what they say has no verdict. */
export const isLoss = ({ severity, code }: Diagnostic): boolean =>
  severity === "error" || (severity === "warning" && code.startsWith("R"));

export interface CheckNoteOptions {
  /** Of the explanations; without it the note's. */
  readonly language?: Language;
}

/** Judges every equation of a note. Mistakes of the note are verdicts and diagnostics, never exceptions. */
export const checkNote = (original: ReadNote, options: CheckNoteOptions = {}): CheckedNote => {
  const { note, repairs } = repairForward(original);
  const setting: Setting = {
    note,
    forward: repairs,
    language: options.language ?? languageOf(note),
    taken: new Set(),
  };
  const own = equationsOf(setting);
  const equations = repairs.length > 0 ? own : byBoth(setting, own);
  return {
    equations,
    summary: summarise(equations),
    diagnostics: note.diagnostics,
    language: setting.language,
    clean: equations.every(({ verdict }) => levelOf(verdict) === "ok") && !note.diagnostics.some(isLoss),
  };
};
