import { type CheckedNote, check, readNote, reportGithub, reportJson, reportPretty, reportSarif } from "../index.ts";
import { CLEAN, FAILED, FINDINGS } from "./failure.ts";
import { type Input, readInput } from "./files.ts";
import { report as tell } from "./note.ts";
import { progressOf } from "./progress.ts";
import { VERSION } from "./version.ts";

export interface CheckCommandOptions {
  readonly format: "pretty" | "json" | "sarif" | "github";
  readonly system?: string;
  readonly language?: "en" | "zh";
}

interface Checked {
  readonly input: Input;
  readonly report: CheckedNote;
}

const asText = (data: object | undefined): string => `${JSON.stringify(data, null, 2)}\n`;

const pretty = (results: readonly Checked[]): string => {
  const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
  return results.map(({ input, report }) => reportPretty(input.source, report, { colours })).join("");
};

const written = (results: readonly Checked[], format: CheckCommandOptions["format"]): string => {
  const notes = results.map(({ input: { name, text }, report }) => ({ name, text, report }));
  switch (format) {
    case "pretty":
      return pretty(results);
    case "json": {
      const reports = notes.map(({ name, text, report }) => reportJson(name, text, report));
      return asText(reports.length === 1 ? reports[0] : reports);
    }
    case "sarif":
      return asText(reportSarif(notes, { version: VERSION }));
    case "github":
      return reportGithub(notes);
  }
};

/** Judges every equation of the notes; exit 1 if any has a warning or an error. */
export const checkCommand = async (paths: readonly string[], options: CheckCommandOptions): Promise<number> => {
  const results: Checked[] = [];
  const progress = progressOf(paths.length);
  try {
    for (const [done, path] of paths.entries()) {
      progress.show(done, path);
      const input = readInput(path);
      const note = await readNote(input.text, {
        format: input.format,
        ...(options.system === undefined ? {} : { system: options.system }),
      });
      results.push({ input, report: await check(note, options.language ? { language: options.language } : {}) });
    }
  } finally {
    progress.clear();
  }
  if (options.format === "pretty")
    for (const { input, report } of results)
      tell(
        input,
        report.diagnostics.filter(({ severity }) => severity === "error"),
      );
  process.stdout.write(written(results, options.format));
  if (results.some(({ report }) => report.equations.length === 0)) return FAILED;
  return results.every(({ report }) => report.clean) ? CLEAN : FINDINGS;
};
