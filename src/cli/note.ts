/** Reading a note for a command: its systems, and what is wrong told on standard error. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { renderDiagnostic } from "../base/render.ts";
import { type ReadNote, readNote, type System } from "../index.ts";
import { CommandFailure } from "./failure.ts";
import type { Input } from "./files.ts";

const MOST_SHOWN = 20;

/** Prints diagnostics on standard error. */
export const report = ({ source }: Pick<Input, "source">, diagnostics: readonly Diagnostic[]): void => {
  for (const diagnostic of diagnostics.slice(0, MOST_SHOWN))
    process.stderr.write(`${renderDiagnostic(source, diagnostic)}\n`);
  if (diagnostics.length > MOST_SHOWN) process.stderr.write(`… and ${diagnostics.length - MOST_SHOWN} more\n`);
};

/** `failed`: something is wrong with a system that was asked for. `arrays`: a system needs no scalar. */
export const readSystems = async (
  input: Input,
  wanted: string | undefined,
  arrays = false,
): Promise<{ readonly note: ReadNote; readonly systems: readonly System[]; readonly failed: boolean }> => {
  const note = await readNote(input.text, {
    format: input.format,
    arrays,
    ...(wanted === undefined ? {} : { system: wanted }),
  });
  report(input, note.diagnostics);
  if (wanted !== undefined && note.parts.length === 0)
    throw new CommandFailure(`${input.name} has no system called "${wanted}"`);
  return {
    note,
    systems: note.systems,
    failed: note.systems.length === 0 || note.diagnostics.some(({ severity }) => severity === "error"),
  };
};
