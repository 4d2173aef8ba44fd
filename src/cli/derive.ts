import { join } from "node:path";
import {
  type CheckedDerivation,
  type CheckedHessians,
  type CheckedJacobians,
  type Diagnostic,
  derive,
  deriveForward,
  hessian,
  jacobian,
  type ReadNote,
  type Result,
  type System,
  toDocument,
} from "../index.ts";
import { CLEAN, CommandFailure, FAILED, FINDINGS } from "./failure.ts";
import { readIfThere, readInput, readMathStyle, writeWhole } from "./files.ts";
import { readSystems, report } from "./note.ts";

type Convention = "symmetric-part" | "pairs" | "independent";

export interface DeriveCommandOptions {
  readonly out?: string;
  readonly system?: string;
  readonly check?: true;
  readonly mode?: "reverse" | "forward";
  readonly of?: string;
  readonly wrt: readonly string[];
  readonly closedForm?: true;
  readonly truncate?: string;
  readonly putIn?: readonly string[];
  readonly order?: "1" | "2";
  readonly convention?: Convention;
  readonly layout?: "denominator" | "numerator";
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
  if (options.truncate !== undefined && options.mode === "forward")
    throw new CommandFailure("--truncate is for reverse mode: forward mode carries nothing back");
  const input = readInput(path);
  const { note, systems, failed } = await readSystems(input, options.system, options.of !== undefined);
  const derived =
    (options.mode ?? note.mode) === "forward"
      ? settled(systems.map(system => deriveForward(system, asked(system, options))))
      : settled(systems.map(system => derivedFrom(system, withNote(options, note), readings(note, options))));
  report(input, derived.problems);
  if (failed || derived.problems.length > 0) return FAILED;
  const source = input.source;
  const text = await toDocument(derived.values, {
    format: options.format,
    notation: options.notation ?? note.notation,
    products: note.products,
    layout: options.layout ?? note.layout,
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

/** The order of derivatives that the note asks for, where the user asks for none. */
const withNote = (options: DeriveCommandOptions, { order }: ReadNote): DeriveCommandOptions =>
  options.order === undefined && options.of === undefined ? { ...options, order: order === 2 ? "2" : "1" } : options;

/** What is to be differentiated, and by what. */
const asked = (
  system: System,
  { of, wrt }: DeriveCommandOptions,
): Pick<NonNullable<Parameters<typeof deriveForward>[1]>, "of" | "wrt" | "letters"> => {
  const variables = wrt.map(name => memberNamed(system, name));
  return {
    ...(of === undefined ? {} : { of: memberNamed(system, of).name }),
    ...(wrt.length > 0 ? { wrt: variables.map(({ name }) => name) } : {}),
    letters: new Map(variables.map(({ name, letters = [] }) => [name, letters])),
  };
};

/** Gradients, second derivatives, or the Jacobian of an array. */
const derivedFrom = (
  system: System,
  options: DeriveCommandOptions,
  reading: Readings,
): Result<CheckedDerivation | CheckedHessians | CheckedJacobians> => {
  const { of: given, wrt, order } = options;
  const of = given === undefined ? undefined : memberNamed(system, given).name;
  const variables = wrt.map(name => memberNamed(system, name));
  const entry = of === undefined ? undefined : system.symbols.get(of);
  if (entry && (entry.node.shape.length > 0 || entry.node.rank > 0) && entry.role === "defined") {
    if (variables.length === 0)
      throw new CommandFailure(`${entry.latex} is no single scalar: name the variable with --wrt`);
    if (options.truncate !== undefined)
      throw new CommandFailure(`--truncate is for gradients of a scalar, not for the Jacobian of ${entry.latex}`);
    if (order === "2") throw new CommandFailure(`second derivatives are taken of a scalar, not of ${entry.latex}`);
    // h_T by h_t: as many steps apart as the horizon is long, or as letters say.
    const far = [memberNamed(system, given as string), ...variables].some(({ name, letters = [] }) =>
      letters.some((letter, i) => letter !== system.symbols.get(name)?.indices[i]),
    );
    if (far)
      throw new CommandFailure(
        `${given} and ${wrt.join(", ")} are not a fixed number of steps apart: --mode forward gives the derivative by any member`,
      );
    // Of h_{t+1} by h_t is of h_t by h_{t-1}.
    const { shift: ahead = [] } = memberNamed(system, given as string);
    const relative = variables.map(({ name, shift = [] }) => ({
      name,
      shift: entry.indices.map((_, i) => (shift[i] ?? 0) - (ahead[i] ?? 0)),
    }));
    return jacobian(system, { of: entry.node.name, wrt: relative });
  }
  return order === "2"
    ? hessian(system, asked(system, options))
    : derive(system, {
        ...asked(system, options),
        putIn: (options.putIn ?? []).map(name => memberNamed(system, name).name),
        ...reading,
      });
};

type Readings = Pick<NonNullable<Parameters<typeof derive>[1]>, "convention" | "closedForm" | "truncate">;

/** How gradients are to be taken: as the command says, else as the note does. */
const readings = (note: ReadNote, { convention, truncate, closedForm, order }: DeriveCommandOptions): Readings => {
  if (truncate !== undefined && order === "2") throw new CommandFailure("--truncate is for first derivatives");
  const steps = truncate === undefined ? note.truncate : /^\d{1,6}$/u.test(truncate) ? Number(truncate) : truncate;
  return {
    convention: convention ?? note.convention,
    ...(closedForm ? { closedForm } : {}),
    ...(steps === undefined ? {} : { truncate: steps }),
  };
};

/** The letters of h_{t-1, l}. */
const lettersIn = (index: string): readonly string[] =>
  index.split(",").flatMap(entry => /^\\?[A-Za-z]+/u.exec(entry)?.[0] ?? []);

/** The shifts of h_{t-1, l}: what is added to each index. */
const shiftsIn = (index: string): readonly number[] =>
  index.split(",").map(entry => Number(/^[^+-]*([+-]\d+)$/u.exec(entry)?.[1] ?? 0));

/** The symbol that the user names as the note writes it, or by identifier; a family may be named with its index, h_t or h_{t-1}. */
const memberNamed = (
  system: System,
  name: string,
): { readonly name: string; readonly shift?: readonly number[]; readonly letters?: readonly string[] } => {
  const fonts = /\\(?:mathbf|boldsymbol|bm|mathrm|textrm|text|mathit|vec|bf|rm)(?![A-Za-z])/gu;
  const bare = (text: string): string => text.replace(fonts, "").replace(/[\s{}]/gu, "");
  if (system.symbols.has(name)) return { name };
  const named = (text: string): string | undefined =>
    [...system.symbols].find(([, { latex }]) => bare(latex) === text)?.[0];
  const whole = named(bare(name));
  if (whole !== undefined) return { name: whole };
  const [, stem = "", index = ""] = /^(.*)_([^_]*)$/u.exec(bare(name)) ?? [];
  const family = named(stem);
  if (family === undefined)
    throw new CommandFailure(
      `${system.name} has no symbol ${name}; it has ${[...system.symbols.values()].map(({ latex }) => latex).join(", ")}`,
    );
  return { name: family, shift: shiftsIn(index), letters: lettersIn(index) };
};
