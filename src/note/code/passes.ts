/** Where forward passes begin in the code of a note, and what each of them with its backward pass says. */
import type { Equation } from "./formulas.ts";
import { GradientNames } from "./gradients.ts";
import { type CodeText, extendsItself, isNumber, type Line, NOTHING, readsOf } from "./lines.ts";
import type { Spellings } from "./names.ts";
import { type CodePass, PassReader } from "./pass.ts";

/** What the lines are about. */
const sorted = ({ lines }: CodeText, gradients: GradientNames): readonly Line[] => {
  const tainted = new Set<string>();
  const isGradient = (name: string): boolean => gradients.variableOf(name) !== undefined;
  return lines.map((line): Line => {
    if (isGradient(line.identifier)) return { ...line, kind: "gradient" };
    const reads = [...readsOf(line)].some(name => isGradient(name) || tainted.has(name));
    if (!reads && !tainted.has(line.identifier)) return { ...line, kind: "forward" };
    if (extendsItself(line) && !tainted.has(line.identifier)) return { ...line, kind: "update" };
    tainted.add(line.identifier);
    return { ...line, kind: "helper" };
  });
};

/** Where a forward pass begins anew: forward lines behind backward ones that give a name another value. */
const parted = (lines: readonly Line[]): readonly (readonly Line[])[] => {
  const passes: Line[][] = [[]];
  const defined = new Set<string>();
  let [behind, run]: [boolean, Line[]] = [false, []];
  const close = (): void => {
    const again = behind && run.some(({ identifier }) => defined.has(identifier));
    if (again) passes.push([...run]);
    else (passes.at(-1) as Line[]).push(...run);
    for (const { identifier, value } of run) if (!isNumber(value)) defined.add(identifier);
    run = [];
  };
  for (const line of lines) {
    if (line.kind === "forward") run.push(line);
    else {
      close();
      behind ||= line.kind !== "update";
      (passes.at(-1) as Line[]).push(line);
    }
  }
  close();
  return passes;
};

export const readPasses = (text: CodeText, spellings: Spellings): readonly CodePass[] => {
  const sizes = new Set(
    text.lines.flatMap(({ identifier, value }) =>
      value?.kind === "number" && /^\d+$/u.test(value.text) ? [identifier] : [],
    ),
  );
  const names = new Set(text.lines.flatMap(line => [line.identifier, ...readsOf(line)]));
  for (const name of [...text.counters, ...sizes, ...NOTHING, ...text.functions.keys()]) names.delete(name);
  for (const name of spellings.names) names.add(name);
  const gradients = new GradientNames(names);
  const passes: CodePass[] = [];
  let before: ReadonlyMap<string, Equation> = new Map();
  for (const lines of parted(sorted(text, gradients))) {
    const reader = new PassReader(text, lines, gradients, spellings, before);
    const pass = reader.read();
    before = reader.definitions;
    // A forward pass behind the last backward one only tells how well it went.
    if (passes.length === 0 || pass.claims.length > 0) passes.push(pass);
  }
  return passes;
};
