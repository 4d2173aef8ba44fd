import { basename, dirname, extname, join } from "node:path";
import {
  type CheckedNote,
  certificates,
  check,
  fix,
  levelOf,
  type ReadNote,
  readNote,
  reportGithub,
  reportJson,
  reportPretty,
  reportSarif,
  toAnnotated,
} from "../index.ts";
import { CLEAN, CommandFailure, FAILED, FINDINGS } from "./failure.ts";
import { type Input, readIfThere, readInput, readMathStyle, writeWhole } from "./files.ts";
import { report as tell } from "./note.ts";
import { progressOf } from "./progress.ts";
import { VERSION } from "./version.ts";

export interface CheckCommandOptions {
  readonly format: "pretty" | "json" | "sarif" | "github" | "html" | "certificates";
  readonly system?: string;
  readonly out?: string;
  readonly check?: boolean;
  readonly language?: "en" | "zh";
  readonly fix?: boolean;
}

interface Checked {
  readonly input: Input;
  readonly note: ReadNote;
  readonly report: CheckedNote;
}

const asText = (data: object | undefined): string => `${JSON.stringify(data, null, 2)}\n`;

const pretty = (results: readonly Checked[]): string => {
  const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
  return results.map(({ input, report }) => reportPretty(input.source, report, { colours })).join("");
};

/** The name of a note without its folders and its ending. */
const stemOf = (name: string): string => basename(name).replace(/\.[^.]*$/u, "");

/** The annotated copies; with `check`, whether those on disk are the same. */
const pages = async (results: readonly Checked[], options: CheckCommandOptions): Promise<boolean> => {
  const { out } = options;
  if (out === undefined && results.length > 1)
    throw new CommandFailure("the annotated copies of several notes need a folder: -o FOLDER");
  const names = new Set(results.map(({ input }) => stemOf(input.name)));
  if (names.size < results.length) throw new CommandFailure("two of the notes have one name: their copies would too");
  const style = readMathStyle();
  let same = true;
  for (const { input, note, report } of results) {
    const { format } = input;
    const name = basename(input.name);
    const html = await toAnnotated(note, report, { name, format, style });
    const path = out === undefined ? undefined : join(out, `${stemOf(input.name)}.check.html`);
    if (path === undefined) process.stdout.write(html);
    else if (!options.check) writeWhole(path, html);
    else if (readIfThere(path) !== html) {
      process.stderr.write(`${path} differs\n`);
      same = false;
    }
  }
  return same;
};

/** Writes NOTE.fixed.md for each note that can be mended. */
const writeFixed = async (results: readonly Checked[], { out, system }: CheckCommandOptions): Promise<void> => {
  for (const { input, note, report } of results) {
    if (input.name === "standard input") throw new CommandFailure("--fix writes a copy beside a note: name its file");
    const { format } = input;
    const fixed = await fix(note, report, { format, ...(system === undefined ? {} : { system }) });
    if (fixed.mended.length === 0) {
      process.stderr.write(`${input.name}: nothing to mend\n`);
      continue;
    }
    const path = join(out ?? dirname(input.name), `${stemOf(input.name)}.fixed${extname(input.name)}`);
    // The mark of byte order is no part of what was read.
    const mark = readIfThere(input.name)?.startsWith("\uFEFF") && !fixed.text.startsWith("\uFEFF") ? "\uFEFF" : "";
    writeWhole(path, mark + fixed.text);
    const left = fixed.report.equations.filter(({ verdict }) => levelOf(verdict) !== "ok").length;
    process.stderr.write(`${path}: ${fixed.mended.length} mended, ${left} left\n`);
  }
};

const written = (results: readonly Checked[], format: Exclude<CheckCommandOptions["format"], "html">): string => {
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
    case "certificates": {
      const lists = notes.map(({ name, report }) => ({
        gradnote: "1",
        note: name,
        certificates: certificates(report),
      }));
      return asText(lists.length === 1 ? lists[0] : lists);
    }
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
      const { language } = options;
      results.push({ input, note, report: await check(note, language ? { language } : {}) });
    }
  } finally {
    progress.clear();
  }
  const { format } = options;
  if (format === "pretty")
    for (const { input, report } of results)
      tell(
        input,
        report.diagnostics.filter(({ severity }) => severity === "error"),
      );
  if (options.fix) await writeFixed(results, options);
  if (format === "html") {
    const same = await pages(results, options);
    if (options.check) return same ? CLEAN : FINDINGS;
  } else process.stdout.write(written(results, format));
  if (results.some(({ report }) => report.equations.length === 0)) return FAILED;
  return results.every(({ report }) => report.clean) ? CLEAN : FINDINGS;
};
