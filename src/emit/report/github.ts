/** Findings as workflow commands, which GitHub shows beside the lines of a change. */
import { findingsOf, type ReportedNote, regionOf, sourceOf } from "./finding.ts";

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const;

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** One line for each finding; columns are given for what ends in its line, the only ones that GitHub takes. */
export const githubReport = (notes: readonly ReportedNote[]): string =>
  notes
    .flatMap(note => {
      const source = sourceOf(note);
      return findingsOf(note).map(({ code, level, verdict, message, span }) => {
        const { startLine, startColumn, endLine, endColumn } = regionOf(source, span);
        const columns =
          startLine === endLine
            ? [
                ["col", startColumn],
                ["endColumn", Math.max(startColumn, endColumn - 1)],
              ]
            : [["col", startColumn]];
        const properties = [
          ["file", note.name],
          ["line", startLine],
          ["endLine", endLine],
          ...columns,
          ["title", verdict === undefined ? code : `${code} ${verdict}`],
        ].map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
        return `::${COMMANDS[level]} ${properties.join(",")}::${escapeData(message)}\n`;
      });
    })
    .join("");
