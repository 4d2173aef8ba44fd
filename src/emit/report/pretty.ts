/** Verdicts for a terminal: what is wrong with carets, what is right in a line. */
import type { CATALOGUE } from "../../base/catalogue.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { renderDiagnostic } from "../../base/render.ts";
import type { Source } from "../../base/source.ts";
import type { CheckedNote } from "../../check/check.ts";
import { type EquationReport, type Level, VERDICTS, type Verdict } from "../../check/verdict.ts";

const COLOURS: Readonly<Record<Level, string>> = { ok: "32", warning: "33", error: "31" };

export interface PrettyOptions {
  readonly colours: boolean;
}

const painted = (text: string, level: Level, { colours }: PrettyOptions): string =>
  colours ? `\u001b[${COLOURS[level]}m${text}\u001b[0m` : text;

const asDiagnostic = (equation: EquationReport): Diagnostic => {
  const { verdict, because, span, repairs, mended } = equation;
  const help = [
    ...repairs.map(({ from, to, evidence }) => `${from} was read as ${to}: ${evidence}.`),
    ...(mended ? [`${mended.edit ? `${mended.edit}: ` : ""}${mended.latex}`] : []),
  ];
  return {
    code: equation.code as keyof typeof CATALOGUE,
    severity: "error",
    message: `${verdict}: ${because}`,
    spans: [{ span, label: "" }],
    ...(help.length > 0 ? { help: help.join(" ") } : {}),
  };
};

/** One line for an equation that is right; a message with its place for any other. */
const renderEquation = (source: Source, equation: EquationReport, options: PrettyOptions): string => {
  const { level } = VERDICTS[equation.verdict];
  const { line, column } = source.positionAt(equation.span.start);
  if (level === "ok")
    return `${source.name}:${line}:${column}  ${painted(equation.verdict, level, options)}  ${equation.id}`;
  const [title = "", ...rest] = renderDiagnostic(source, asDiagnostic(equation)).split("\n");
  const word = `  ${equation.code}  `;
  return [title.replace(word, painted(word, level, options)), ...rest].join("\n");
};

const summaryLine = (summary: CheckedNote["summary"]): string => {
  const counted = (Object.keys(VERDICTS) as Verdict[]).filter(verdict => summary[verdict] > 0);
  const total = counted.reduce((sum, verdict) => sum + summary[verdict], 0);
  const parts = counted.map(verdict => `${summary[verdict]} ${verdict}`);
  return `${total} equation${total === 1 ? "" : "s"}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
};

export const prettyReport = (source: Source, report: CheckedNote, options: PrettyOptions): string =>
  `${[...report.equations.map(equation => renderEquation(source, equation, options)), "", summaryLine(report.summary)].join("\n")}\n`;
