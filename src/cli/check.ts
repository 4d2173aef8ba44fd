import { type CheckedNote, check, readNote, reportJson, reportPretty } from "../index.ts";
import { CLEAN, FAILED, FINDINGS } from "./failure.ts";
import { type Input, readInput } from "./files.ts";
import { report as tell } from "./note.ts";

export interface CheckCommandOptions {
  readonly format: "pretty" | "json";
  readonly system?: string;
}

/** Judges every equation of the notes; exit 1 if any has a warning or an error. */
export const checkCommand = async (paths: readonly string[], options: CheckCommandOptions): Promise<number> => {
  const results: { readonly input: Input; readonly report: CheckedNote }[] = [];
  for (const path of paths) {
    const input = readInput(path);
    const note = await readNote(input.text, {
      format: input.format,
      ...(options.system === undefined ? {} : { system: options.system }),
    });
    results.push({ input, report: await check(note) });
  }
  const reports = results.map(({ input, report }) => reportJson(input.name, input.text, report));
  if (options.format === "json")
    process.stdout.write(`${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`);
  else {
    const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
    for (const { input, report } of results) {
      tell(
        input,
        report.diagnostics.filter(({ severity }) => severity === "error"),
      );
      process.stdout.write(reportPretty(input.source, report, { colours }));
    }
  }
  if (results.some(({ report }) => report.equations.length === 0)) return FAILED;
  return results.every(({ report }) => report.clean) ? CLEAN : FINDINGS;
};
