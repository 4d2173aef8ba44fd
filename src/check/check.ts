/** Every equation of a note with its verdict. */
import { type Diagnostic, DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import type { Derivation } from "../derive/gradient.ts";
import { derive } from "../derive/index.ts";
import { Witness } from "../exact/witness.ts";
import type { System } from "../expr/system.ts";
import { contextOf, type LatexContext } from "../latex/names.ts";
import { toLatex } from "../latex/print.ts";
import { Aliases } from "../note/claims/aliases.ts";
import { type Chain, chainsOf } from "../note/claims/chains.ts";
import { ClaimReader } from "../note/claims/reader.ts";
import type { ClaimReading, ReadClaim } from "../note/claims/reading.ts";
import type { NoteSystem, ReadNote } from "../note/read.ts";
import type { Syntax } from "../parse/syntax.ts";
import { describeShape } from "../shape/signature.ts";
import { type Finding, judge } from "./judge.ts";
import { type EquationReport, VERDICTS, type Verdict } from "./verdict.ts";

export interface CheckedNote {
  readonly equations: readonly EquationReport[];
  readonly summary: Readonly<Record<Verdict, number>>;
  readonly diagnostics: readonly Diagnostic[];
  /** No equation has a warning or an error. */
  readonly clean: boolean;
}

/** What is common to the equations of one part of a note. */
interface Court {
  readonly text: string;
  readonly part: NoteSystem;
  readonly reader: ClaimReader;
  readonly aliases: Aliases;
  readonly witness: Witness;
  readonly context: LatexContext;
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/gu, "") || "note";

type Said = Pick<EquationReport, "verdict" | "because"> & Partial<EquationReport>;

const written = (
  court: Court,
  members: readonly [ReadClaim["members"][number], ReadClaim["members"][number]],
): string => members.map(node => toLatex(node, court.context)).join(" = ");

const sayFinding = (finding: Finding): Said => {
  switch (finding.kind) {
    case "equal": {
      const { samples, longest } = finding.judgement;
      const certificate = {
        method: "forward mode over the field of 2^61 - 1 elements",
        horizons: [1, longest] as const,
        samples,
      };
      return finding.unfinished
        ? { verdict: "incomplete", because: "right so far, but it stops at prod", certificate }
        : { verdict: "holds", because: "both sides are equal", certificate };
    }
    case "outside":
      return { verdict: "undefined", because: finding.judgement.message };
    case "different":
      return finding.under
        ? { verdict: "holds-under", because: `it holds only for ${finding.under.latex}`, under: [finding.under.latex] }
        : { verdict: "wrong", because: "the two sides differ" };
    case "open":
      return { verdict: "cannot-tell", because: finding.reason };
  }
};

/** What is said of each link of a chain: every member is compared with the first. */
const sayChain = (court: Court, chain: Chain): readonly Said[] => {
  const { members } = chain;
  const reading = court.reader.read(members, chain.conditions);
  if (reading.kind === "read") return sayLinks(court, chain, reading.claim);
  const named = reading.kind === "unknown" ? sayUnknown(court, chain, reading) : undefined;
  if (named) return named;
  // One member that cannot be read does not keep the others from being judged.
  if (members.length > 2)
    return members
      .slice(1)
      .flatMap((member, i) =>
        sayChain(court, { ...chain, members: [members[0] as Syntax, member], defines: chain.defines && i === 0 }),
      );
  return [sayUnread(court, reading)];
};

const sayUnread = (court: Court, reading: Exclude<ClaimReading, { kind: "read" }>): Said => {
  switch (reading.kind) {
    case "unknown":
      return { verdict: "undefined", because: `${sliceOf(court, reading.span)} is defined nowhere` };
    case "shapes":
      return {
        verdict: "wrong",
        because: `the two sides have different shapes: ${reading.claims.map(({ members: [node] }) => describeShape(node?.shape ?? [])).join(" and ")}`,
      };
    case "misfit":
      return { verdict: "wrong", because: "the shapes in it do not fit together" };
    case "unreadable":
      return { verdict: "unreadable", because: reading.diagnostic.message };
  }
};

const sayLinks = (court: Court, chain: Chain, claim: ReadClaim): readonly Said[] => {
  const [head, ...others] = claim.members;
  return others.map((other, i): Said => {
    if (!head) return { verdict: "cannot-tell", because: "nothing stands on the left side" };
    const readAs = written(court, [head, other]);
    if (chain.defines && i === 0) return { verdict: "definition", because: "defines the left side", readAs };
    const { indices, over } = claim;
    return { ...sayFinding(judge(court.witness, { left: head, right: other, indices, over })), readAs };
  });
};

const sliceOf = ({ text }: Court, span: Span): string => text.slice(span.start, span.end);

const isSame = (a: Syntax, b: Syntax): boolean =>
  a === b || (a.span.start === b.span.start && a.span.end === b.span.end);

/** A new name at either end of a chain stands for the rest of it. */
const sayUnknown = (
  court: Court,
  chain: Chain,
  reading: ClaimReading & { kind: "unknown" },
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
  court.aliases.add(found.family, letters, value);
  const definition: Said = { verdict: "definition", because: `names ${toLatex(value, court.context)}` };
  const others = rest.length > 1 ? sayLinks(court, { ...chain, defines: false }, meaning.claim) : [];
  return named === first ? [definition, ...others] : [...others, definition];
};

const checkPart = (note: ReadNote, part: NoteSystem, taken: Set<string>): readonly EquationReport[] => {
  const chains = chainsOf(part.definitions, part.claims);
  const { forward } = part;
  const aliases = new Aliases();
  const court: Court | undefined = forward && {
    text: note.text,
    part,
    aliases,
    reader: new ClaimReader(
      forward,
      chains.flatMap(({ members }) => members),
      aliases,
    ),
    witness: new Witness(forward.assembled.system, derivationOf(forward.assembled.system)),
    context: contextOf(forward.assembled.system),
  };
  return chains.flatMap((chain, i) => {
    const name = chain.label ?? `e${i + 1}`;
    let group = `${slug(part.name)}/${name}`;
    for (let again = 2; taken.has(group); again++) group = `${slug(part.name)}/${name}.${again}`;
    taken.add(group);
    const said: readonly Said[] = court
      ? sayChain(court, chain)
      : chain.members
          .slice(1)
          .map((): Said => ({ verdict: "cannot-tell", because: "the forward equations are not a system" }));
    return said.map((each, link): EquationReport => {
      const member = chain.members[link + 1] as Syntax;
      const span = link === 0 ? { start: chain.span.start, end: member.span.end } : member.span;
      return {
        id: said.length === 1 ? group : `${group}#${link + 1}`,
        group,
        system: part.name,
        span,
        latex: note.text.slice(span.start, span.end),
        code: VERDICTS[each.verdict].code,
        under: [],
        repairs: [],
        spoiledBy: [],
        ...each,
      };
    });
  });
};

/** The gradients by everything, data included; undefined where something has no derivative. */
const derivationOf = (system: System): Derivation | undefined => {
  const wrt = [...system.symbols].flatMap(([name, { role }]) => (role === "defined" ? [] : [name]));
  try {
    return derive(system, { wrt });
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
};

const summarise = (equations: readonly EquationReport[]): Readonly<Record<Verdict, number>> => {
  const summary = Object.fromEntries(Object.keys(VERDICTS).map(verdict => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of equations) summary[verdict]++;
  return summary;
};

/** Judges every equation of a note. Mistakes of the note are verdicts and diagnostics, never exceptions. */
export const checkNote = (note: ReadNote): CheckedNote => {
  const taken = new Set<string>();
  const equations = note.parts.flatMap(part => checkPart(note, part, taken));
  return {
    equations,
    summary: summarise(equations),
    diagnostics: note.diagnostics,
    clean: equations.every(({ verdict }) => VERDICTS[verdict].level === "ok"),
  };
};
