/** Verdicts for a terminal: what is wrong with carets, what is right in a line. */
import type { CATALOGUE } from "../../base/catalogue.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { renderDiagnostic, renderRemark } from "../../base/render.ts";
import type { Source } from "../../base/source.ts";
import type { CheckedNote } from "../../check/check.ts";
import { type Counterexample, type EquationReport, type Level, VERDICTS, type Verdict } from "../../check/verdict.ts";
import { digitsApart, figure, type Rows } from "./figures.ts";
import { WORDS } from "./page/languages.ts";
import type { Words } from "./page/words.ts";
import { plainFormula } from "./plain.ts";

const COLOURS: Readonly<Record<Level, string>> = { ok: "32", warning: "33", error: "31" };

export interface PrettyOptions {
  readonly colours: boolean;
}

const painted = (text: string, level: Level, { colours }: PrettyOptions): string =>
  colours ? `\u001b[${COLOURS[level]}m${text}\u001b[0m` : text;

const asDiagnostic = ({ verdict, because, span, code }: EquationReport): Diagnostic => ({
  code: code as keyof typeof CATALOGUE,
  severity: "error",
  message: `${verdict}: ${plainFormula(because)}`,
  spans: [{ span, label: "" }],
});

/** [1 2; 3 4]; a single number as it is. */
const arrayText = (rows: Rows, digits?: number): string => {
  const text = rows.map(row => row.map(value => figure(value, digits)).join(" ")).join("; ");
  return rows.length === 1 && rows[0]?.length === 1 ? text : `[${text}]`;
};

/** Small numbers at which the sides differ, to redo by hand. */
const numbersText = (example: Counterexample, words: Words): string => {
  const { sizes, index, functions, given, left, right } = example;
  const values = [
    ...[...Object.entries(sizes), ...Object.entries(index)].map(([name, value]) => `${name} = ${value}`),
    ...Object.entries(functions).map(([name, latex]) => `${name} = ${plainFormula(latex)}`),
    ...Object.entries(given).map(([name, rows]) => `${name} = ${arrayText(rows)}`),
  ];
  const digits = digitsApart(left, right);
  const sides = `${words.leftSide} ${arrayText(left, digits)}, ${words.rightSide} ${arrayText(right, digits)}`;
  return `${words.counterexample}: ${values.join(", ")}: ${sides}`;
};

/** What is said below an equation: letters read as others, numbers that show a difference, the form that is right. */
const remarksOf = (equation: EquationReport, words: Words): readonly string[] => {
  const { repairs, mended, counterexample, verdict } = equation;
  return [
    ...repairs.map(({ from, to, evidence }) => plainFormula(words.repair(from, to, evidence))),
    ...(counterexample ? [numbersText(counterexample, words)] : []),
    ...(mended?.edit ? [plainFormula(words.edit(mended.edit, VERDICTS[verdict].level === "ok"))] : []),
    ...(mended ? [`${words.mended} ${plainFormula(mended.latex)}`] : []),
    ...(mended?.under && mended.under.length > 0
      ? [`${words.supposing} ${mended.under.map(plainFormula).join(", ")}`]
      : []),
    ...(mended?.general ? [`${words.general} ${plainFormula(mended.general)}`] : []),
  ];
};

/** Right, and yet something is to be said of it. */
const REMARKABLE: ReadonlySet<Verdict> = new Set(["convention", "incomplete"]);

/** One line for an equation that is right; a message with its place for any other. */
const renderEquation = (source: Source, equation: EquationReport, words: Words, options: PrettyOptions): string => {
  const { verdict, because, id, code } = equation;
  const { level } = VERDICTS[verdict];
  const { line, column } = source.positionAt(equation.span.start);
  const said = remarksOf(equation, words).flatMap(renderRemark);
  if (level === "ok") {
    const head = `${source.name}:${line}:${column}  ${painted(verdict, level, options)}  ${id}`;
    return REMARKABLE.has(verdict) ? [head, ...renderRemark(plainFormula(because)), ...said].join("\n") : head;
  }
  const [title = "", ...rest] = renderDiagnostic(source, asDiagnostic(equation)).split("\n");
  const word = `  ${code}  `;
  return [title.replace(word, painted(word, level, options)), ...rest, ...said].join("\n");
};

const summaryLine = (summary: CheckedNote["summary"]): string => {
  const counted = (Object.keys(VERDICTS) as Verdict[]).filter(verdict => summary[verdict] > 0);
  const total = counted.reduce((sum, verdict) => sum + summary[verdict], 0);
  const parts = counted.map(verdict => `${summary[verdict]} ${verdict}`);
  return `${total} equation${total === 1 ? "" : "s"}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
};

export const prettyReport = (source: Source, report: CheckedNote, options: PrettyOptions): string =>
  `${[...report.equations.map(equation => renderEquation(source, equation, WORDS[report.language], options)), "", summaryLine(report.summary)].join("\n")}\n`;
