/** Verdicts as JSON: schemas/check.schema.json describes it. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { Source } from "../../base/source.ts";
import type { CheckedNote } from "../../check/check.ts";
import type { EquationReport } from "../../check/verdict.ts";

const place = (source: Source, { start, end }: { start: number; end: number }) => {
  const [from, to] = [source.positionAt(start), source.positionAt(end)];
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
};

const equationJson = (source: Source, equation: EquationReport) => {
  const { id, group, span, system: _, stated: __, repairs, ...rest } = equation;
  return {
    id,
    group,
    ...place(source, span),
    ...rest,
    repairs: repairs.map(({ span: at, ...repair }) => ({ ...repair, ...(at ? place(source, at) : {}) })),
  };
};

const diagnosticJson = (source: Source, { code, severity, message, spans, help }: Diagnostic) => ({
  code,
  severity,
  message,
  spans: spans.map(({ span, label }) => ({ ...place(source, span), label })),
  ...(help === undefined ? {} : { help }),
});

/** The report of one note as plain data. */
export const reportJson = (name: string, text: string, report: CheckedNote): object => {
  const source = new Source(name, text);
  return {
    gradnote: "1",
    note: name,
    equations: report.equations.map(equation => equationJson(source, equation)),
    summary: report.summary,
    diagnostics: report.diagnostics.map(diagnostic => diagnosticJson(source, diagnostic)),
  };
};
