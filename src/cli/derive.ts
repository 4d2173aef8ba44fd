import { join } from "node:path";
import { type Diagnostic, derive, deriveForward, type Result, type System, toDocument } from "../index.ts";
import { CLEAN, CommandFailure, FAILED, FINDINGS } from "./failure.ts";
import { readIfThere, readInput, readMathStyle, writeWhole } from "./files.ts";
import { readSystems, report } from "./note.ts";

export interface DeriveCommandOptions {
  readonly out?: string;
  readonly system?: string;
  readonly check?: true;
  readonly mode: "reverse" | "forward";
  readonly of?: string;
  readonly wrt: readonly string[];
  readonly notation?: "prod" | "plain" | "nabla" | "delta" | "differential";
  readonly language?: "en" | "zh";
  readonly format: "md" | "html" | "tex" | "json";
}

/** What went well, and what is wrong with the rest. */
const settled = <T>(
  results: readonly Result<T>[],
): { readonly values: readonly T[]; readonly problems: readonly Diagnostic[] } => ({
  values: results.flatMap(result => (result.ok ? [result.value] : [])),
  problems: results.flatMap(result => (result.ok ? [] : result.diagnostics)),
});

/** Writes the derivation document, or compares it with the one on disk. */
export const deriveCommand = async (path: string, options: DeriveCommandOptions): Promise<number> => {
  const input = readInput(path);
  const { note, systems, failed } = await readSystems(input, options.system);
  const asked = (system: System): { readonly of?: string; readonly wrt?: readonly string[] } => ({
    ...(options.of === undefined ? {} : { of: symbolNamed(system, options.of) }),
    ...(options.wrt.length > 0 ? { wrt: options.wrt.map(name => symbolNamed(system, name)) } : {}),
  });
  const derived =
    options.mode === "forward"
      ? settled(systems.map(system => deriveForward(system, asked(system))))
      : settled(systems.map(system => derive(system, asked(system))));
  report(input, derived.problems);
  if (failed || derived.problems.length > 0) return FAILED;
  const source = input.source;
  const text = await toDocument(derived.values, {
    format: options.format,
    notation: options.notation ?? note.notation,
    language: options.language ?? note.language,
    note: input.name,
    diagnostics: note.diagnostics,
    ...(options.format === "html" ? { style: readMathStyle() } : {}),
    positionAt: offset => source.positionAt(offset),
  });
  const file = options.out === undefined ? undefined : join(options.out, `derivation.${options.format}`);
  if (options.check) {
    if (file === undefined) throw new CommandFailure("--check needs -o FOLDER, the folder to compare with");
    if (readIfThere(file) === text) return CLEAN;
    process.stderr.write(`${file} is not what ${input.name} gives now; run the command without --check to write it\n`);
    return FINDINGS;
  }
  if (file === undefined) process.stdout.write(text);
  else {
    writeWhole(file, text);
    process.stderr.write(`${file}\n`);
  }
  return CLEAN;
};

/** The identifier of a symbol that the user names as the note writes it, or by identifier. */
const symbolNamed = (
  system: { readonly name: string; readonly symbols: ReadonlyMap<string, { readonly latex: string }> },
  name: string,
): string => {
  const bare = (text: string): string => text.replace(/[\s{}]/gu, "");
  if (system.symbols.has(name)) return name;
  const found = [...system.symbols].find(([, { latex }]) => bare(latex) === bare(name));
  // A family may be named with its index: h_t.
  const stem = found ?? [...system.symbols].find(([, { latex }]) => bare(latex) === bare(name).replace(/_[^_]*$/u, ""));
  if (!stem)
    throw new CommandFailure(
      `${system.name} has no symbol ${name}; it has ${[...system.symbols.values()].map(({ latex }) => latex).join(", ")}`,
    );
  return stem[0];
};
