import { describe, expect, test } from "vitest";
import { Source } from "../../src/base/source.ts";
import { deriveChecked } from "../../src/derive/checked.ts";
import { readNote } from "../../src/note/read.ts";
import { lexiconOfOps } from "../../src/note/readings.ts";
import { readEquation } from "../../src/parse/equation.ts";
import { NOTES, writeNote } from "./write.ts";

/** Parts that are no system as they stand, each with what the note leaves open. */
const OPEN: Readonly<Record<string, string>> = {
  "peterroelants-rnn-part01: Recurrent neural network": "N010",
};

const READ = await Promise.all(
  NOTES.map(async note => ({ ...writeNote(note), read: await readNote(writeNote(note).text) })),
);

const isRead = (latex: string): boolean => {
  const result = readEquation(latex, lexiconOfOps());
  return result.ok && result.value.diagnostics.length === 0;
};

interface Line {
  readonly name: string;
  readonly forward: number;
  readonly read: number;
  readonly typed: boolean;
  readonly reason: string;
  readonly codes: readonly string[];
}

const LINES = READ.flatMap(({ note, text, rows, parts, read }): readonly Line[] => {
  const source = new Source(note.id, text);
  return parts.map(({ heading, span }): Line => {
    const name = heading === undefined ? note.id : `${note.id}: ${heading}`;
    const forward = rows.filter(row => row.part === heading && row.kind === "forward");
    const part = heading === undefined ? read.parts[0] : read.parts.find(each => each.name === heading);
    const own = read.diagnostics.filter(
      ({ spans: [first] }) => first && first.span.start >= span.start && first.span.start < span.end,
    );
    const errors = own.filter(({ severity }) => severity === "error");
    const typed = part?.system !== undefined;
    const [first] = typed ? own.filter(({ code }) => code === "N016") : errors;
    const line = first?.spans[0] ? `line ${source.positionAt(first.spans[0].span.start).line}: ` : "";
    return {
      name,
      forward: forward.length,
      read: forward.filter(row => isRead(row.latex)).length,
      typed,
      reason: first ? `${first.code} ${line}${first.message}` : "",
      codes: errors.map(({ code }) => code),
    };
  });
});

test("the table of the public notes", async () => {
  const width = Math.max(...LINES.map(({ name }) => name.length));
  const table = [
    `${"note".padEnd(width)}  equations  read  typed  reason`,
    ...LINES.map(({ name, forward, read, typed, reason }) =>
      `${name.padEnd(width)}  ${String(forward).padStart(9)}  ${String(read).padStart(4)}  ${(typed ? "yes" : "no").padEnd(5)}  ${reason}`.trimEnd(),
    ),
    "",
    `${LINES.filter(({ typed }) => typed).length} of ${LINES.length} parts, ${READ.filter(({ read }) => read.parts.every(part => part.system)).length} of ${READ.length} notes are typed systems.`,
    "",
  ].join("\n");
  process.stdout.write(`${table}\n`);
  await expect(table).toMatchFileSnapshot("table.txt");
});

describe("every forward equation is read, and becomes part of a system where the note says enough", () => {
  test.each(LINES.map(line => [line.name, line] as const))("%s", (name, { forward, read, typed, codes }) => {
    expect(read).toBe(forward);
    expect(typed).toBe(OPEN[name] === undefined);
    if (OPEN[name]) expect(codes).toContain(OPEN[name]);
  });
});

describe("every system of a public note is derived and checked", () => {
  const systems = READ.flatMap(({ note, read }) =>
    read.systems.map(system => [`${note.id}: ${system.name}`, system] as const),
  );
  test.each(systems)("%s", (_, system) => {
    const result = deriveChecked(system);
    expect(result.ok ? [] : result.diagnostics).toEqual([]);
  });
});

test("what is said to be missing mends a part without an objective", async () => {
  const { text } = writeNote(NOTES.find(note => note.id === "peterroelants-rnn-part01") as (typeof NOTES)[number]);
  const { diagnostics } = await readNote(text);
  const help = diagnostics.find(({ code }) => code === "N010")?.help ?? "";
  expect(help).toBe("Say what is minimised, such as $L = \\sum_{k} \\ell(S_{k})$.");
  const mended = await readNote(text.replace("## Linear", `The loss is ${/\$.*\$/u.exec(help)?.[0]}.\n\n## Linear`));
  expect(mended.parts.map(part => part.system?.objective.name)).toEqual(["L", "xi"]);
});

test("one sentence mends a part without an objective", async () => {
  const { text } = writeNote(NOTES.find(note => note.id === "peterroelants-rnn-part01") as (typeof NOTES)[number]);
  const sentence = "The loss is $\\xi = \\ell(S_n)$, where $k = 1, \\ldots, n$.\n\n";
  const { parts } = await readNote(text.replace("## Linear", `${sentence}## Linear`));
  expect(parts.map(part => part.system?.objective.name)).toEqual(["xi", "xi"]);
});

test("a macro that the note does not define is one name", async () => {
  const { text } = writeNote(NOTES.find(note => note.id === "dlbook-zh-ch10") as (typeof NOTES)[number]);
  const { parts } = await readNote(text.replaceAll(/\\newcommand\{[^}]*\}\{\\boldsymbol\{\w\}\}/gu, ""));
  expect(parts.map(part => part.system?.equations.length)).toEqual([6]);
});
