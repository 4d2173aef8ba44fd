/** What a note's reader has to look at, in the form that editors and hosts of code understand. */
import type { CATALOGUE } from "../../base/catalogue.ts";
import type { Diagnostic, Severity } from "../../base/diagnostic.ts";
import { covers, Source, type Span } from "../../base/source.ts";
import type { CheckedNote } from "../../check/check.ts";
import { type EquationReport, VERDICTS } from "../../check/verdict.ts";
import { ENGLISH } from "./page/english.ts";
import { WORDS } from "./page/languages.ts";
import type { Words } from "./page/words.ts";
import { plainFormula } from "./plain.ts";

/** A note with its report; `name` is its path as the user gave it. */
export interface ReportedNote {
  readonly name: string;
  readonly text: string;
  readonly report: CheckedNote;
}

export interface Finding {
  readonly code: keyof typeof CATALOGUE;
  readonly level: "error" | "warning" | "note";
  /** "wrong", or nothing for what is not about one equation. */
  readonly verdict?: string;
  readonly id?: string;
  readonly message: string;
  readonly span: Span;
  readonly equation?: EquationReport;
}

export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export const regionOf = (source: Source, { start, end }: Span): Region => {
  const [from, to] = [source.positionAt(start), source.positionAt(end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
};

const sentence = (text: string, { stop }: Pick<Words, "stop">): string => {
  const said = plainFormula(text);
  return /[.!?。]$/u.test(said) ? said : `${said}${stop}`;
};

/** The reason, the letters that were read as others, and the form that is right. */
const messageOf = ({ because, repairs, mended, verdict }: EquationReport, words: Words): string =>
  [
    because,
    ...repairs.map(({ from, to, evidence }) => words.repair(from, to, evidence)),
    ...(mended?.edit ? [words.edit(mended.edit, VERDICTS[verdict].level === "ok")] : []),
    ...(mended ? [`${words.mended} ${mended.latex}`] : []),
    ...(mended?.under && mended.under.length > 0 ? [`${words.supposing} ${mended.under.join(", ")}`] : []),
    ...(mended?.general ? [`${words.general} ${mended.general}`] : []),
  ]
    .map(text => sentence(text, words))
    .join(words.stop === "。" ? "" : " ");

const LEVELS: Readonly<Record<Severity, Finding["level"]>> = {
  error: "error",
  warning: "warning",
  information: "note",
};

/** What the reader of notes says, but for why equations cannot be read, which they say themselves. */
export const diagnosticsBeside = ({ equations, diagnostics }: CheckedNote): readonly Diagnostic[] => {
  const unreadable = equations.filter(({ verdict }) => verdict === "unreadable");
  const isSaid = ({ code, spans: [place] }: Diagnostic): boolean =>
    code.startsWith("R") && place !== undefined && unreadable.some(({ span }) => covers(span, place.span));
  return diagnostics.filter(each => !isSaid(each));
};

/** Equations with a warning or an error, and what the reader of notes could not read, in the order of the note. */
export const findingsOf = ({ report }: ReportedNote): readonly Finding[] => {
  const words = WORDS[report.language];
  const equations = report.equations.flatMap((equation): readonly Finding[] => {
    const { level } = VERDICTS[equation.verdict];
    if (level === "ok") return [];
    const { verdict, id, span, code } = equation;
    return [{ code: code as Finding["code"], level, verdict, id, message: messageOf(equation, words), span, equation }];
  });
  const diagnostics = diagnosticsBeside(report).map(({ code, severity, message, spans, help }): Finding => {
    const span = spans[0]?.span ?? { start: 0, end: 0 };
    const text = [message, ...(help === undefined ? [] : [help])].map(part => sentence(part, ENGLISH)).join(" ");
    return { code, level: LEVELS[severity], message: text, span };
  });
  return [...equations, ...diagnostics].toSorted((a, b) => a.span.start - b.span.start);
};

export const sourceOf = ({ name, text }: ReportedNote): Source => new Source(name, text);
