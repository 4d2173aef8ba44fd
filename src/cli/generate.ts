import { derive, generate } from "../index.ts";
import { CLEAN, CommandFailure, FAILED, FINDINGS } from "./failure.ts";
import { readIfThere, readInput, writeWhole } from "./files.ts";
import { readSystems, report } from "./note.ts";

export interface GenerateCommandOptions {
  readonly target: "ts";
  readonly out?: string;
  readonly system?: string;
  readonly dtype: "f64" | "f32";
  readonly batch?: string;
  readonly check?: true;
}

/** Writes code for one system, or compares it with the file on disk. */
export const generateCommand = async (path: string, options: GenerateCommandOptions): Promise<number> => {
  const input = readInput(path);
  const { note, systems, failed } = await readSystems(input, options.system);
  const [system, another] = systems;
  if (failed || !system) return FAILED;
  if (another)
    throw new CommandFailure(
      `${input.name} has several systems: choose one with --system ${systems.map(({ name }) => JSON.stringify(name)).join(" or ")}`,
    );
  const derived = derive(system);
  if (!derived.ok) {
    report(input, derived.diagnostics);
    return FAILED;
  }
  const { files, diagnostics } = await generate(derived.value, {
    target: options.target,
    dtype: options.dtype,
    ...(options.batch === undefined ? {} : { batch: options.batch }),
  });
  report(input, diagnostics);
  if (note.truncate !== undefined)
    process.stderr.write(
      `${input.name}: the code computes the whole gradients, not those truncated after ${note.truncate} steps\n`,
    );
  const [file] = files;
  if (!file) return FAILED;
  if (options.check) {
    if (options.out === undefined) throw new CommandFailure("--check needs -o FILE, the file to compare with");
    if (readIfThere(options.out) === file.text) return CLEAN;
    process.stderr.write(
      `${options.out} is not what ${input.name} gives now; run the command without --check to write it\n`,
    );
    return FINDINGS;
  }
  if (options.out === undefined) process.stdout.write(file.text);
  else {
    writeWhole(options.out, file.text);
    process.stderr.write(`${options.out}\n`);
  }
  return CLEAN;
};
