import { expect, test } from "vitest";
import { withClosedForms } from "../../src/derive/closed/index.ts";
import { derive } from "../../src/derive/index.ts";
import type { System } from "../../src/expr/system.ts";
import { contextOf } from "../../src/latex/names.ts";
import { toLatex } from "../../src/latex/print.ts";
import { findDefinitions } from "../../src/note/blocks/definitions.ts";
import { readNote } from "../../src/note/read.ts";
import { lexiconOfOps } from "../../src/note/readings.ts";
import { readEquation } from "../../src/parse/equation.ts";
import type { Macros } from "../../src/parse/macros.ts";
import type { Syntax } from "../../src/parse/syntax.ts";
import { EXCEPTIONS } from "./exceptions.ts";
import { type Form, type FormContext, formOf, sameForm, shifted } from "./form.ts";
import { NOTES, writeNote } from "./write.ts";

const bodiesOf = (latex: string, macros: Macros = new Map()): readonly Syntax[] => {
  const result = readEquation(latex, lexiconOfOps(), { macros });
  return result.ok ? result.value.statements.map(statement => statement.body) : [];
};

/** The chains in a row: one, or several where equations stand one below the other. Shapes behind a member are left out. */
const chainsOf = (latex: string, macros: Macros): readonly (readonly Syntax[])[] => {
  const result = readEquation(latex, lexiconOfOps(), { macros });
  const chains: Syntax[][] = [];
  for (const { body, continues } of result.ok ? result.value.statements : []) {
    const members =
      body.kind === "relations"
        ? body.members.filter((_, i) => i === 0 || body.operators[i - 1]?.spelling === "=")
        : [body];
    const last = chains.at(-1);
    if (continues && last) last.push(...members);
    else if (members.length > 1 || chains.length === 0) chains.push([...members]);
  }
  return chains.filter(members => members.length > 1);
};

/** Every line that a derivation prints, by the left side: "∂[W_hh]" has two where there is a closed form. */
const printedOf = (
  system: System,
  context: FormContext,
  of: string | undefined,
): ReadonlyMap<string, readonly Form[]> => {
  const wrt = [...system.symbols].flatMap(([name, { role }]) => (role === "defined" ? [] : [name]));
  // What the derivations are worth is checked beside the table of the notes.
  const derived = withClosedForms(derive(system, { wrt, ...(of === undefined ? {} : { of }) }));
  const printed = new Map<string, Form[]>();
  const latexContext = contextOf({ ...system, ...derived.system }, "plain");
  const add = (left: string, right: string): void => {
    const [key] = bodiesOf(`\\frac{\\partial ${context.objective === "" ? "L" : "X"}}{\\partial ${left}}`);
    const [value] = bodiesOf(right);
    if (!key || !value) return;
    const name = formOf(key, { ...context, objective: context.objective === "" ? "L" : "X" })[0] as string;
    printed.set(name, [...(printed.get(name) ?? []), formOf(value, context)]);
  };
  for (const gradient of derived.gradients) {
    for (const piece of gradient.pieces) add(toLatex(piece.wrt, latexContext), toLatex(piece.value, latexContext));
    for (const closed of gradient.closedForms)
      add(toLatex(gradient.wrt, latexContext), toLatex(closed.value, latexContext));
  }
  return printed;
};

interface Compared {
  readonly id: string;
  readonly same: boolean;
  readonly theirs: string;
  readonly ours: string;
}

const compare = async (): Promise<readonly Compared[]> => {
  const out: Compared[] = [];
  for (const note of NOTES) {
    const { text, rows } = writeNote(note);
    const { macros } = findDefinitions(text);
    const read = await readNote(text);
    const tables = new Map<string, ReadonlyMap<string, readonly Form[]>>();
    const aliases = new Map<string, string>();
    for (const row of rows) {
      const source = note.bp[row.at];
      if (row.kind !== "backward" || source?.correct !== true) continue;
      if (/\bnp\.|\.T\b|hidden/u.test(row.latex)) continue;
      const system = (row.part === undefined ? read.parts[0] : read.parts.find(part => part.name === row.part))?.system;
      const objective = system?.symbols.get(system.objective.name)?.latex.replace(/^\\/u, "") ?? "";
      const names = new Set(
        [...(system?.symbols.values() ?? [])].flatMap(({ latex }) =>
          bodiesOf(latex).flatMap(
            body => formOf(body, { objective: "", names: new Set(), aliases: new Map() })[0]?.slice(2) ?? [],
          ),
        ),
      );
      const context: FormContext = { objective, names, aliases };
      const found = chainsOf(row.latex, macros).flatMap((members): readonly Omit<Compared, "id">[] => {
        const left = formOf(members[0] as Syntax, context)[0] as string;
        // A new name at the end stands for the chain.
        let last = members.at(-1) as Syntax;
        const name = formOf(last, { ...context, aliases: new Map() })[0] as string;
        if (members.length > 2 && /^\+ zeta_\d+$/u.test(name)) {
          aliases.set(name.slice(2), left.slice(2));
          last = members.at(-2) as Syntax;
        }
        const theirs = formOf(last, context);
        if (theirs.some(term => /(?<!\\)\bprod\b/u.test(term))) return [];
        const of = /^\+ ∂([^[]+)\[/u.exec(left)?.[1];
        const scalar =
          of === undefined ? undefined : [...(system?.symbols ?? [])].find(([, { latex }]) => latex === of)?.[0];
        const table = `${row.part} ${of ?? ""}`;
        if (system && !tables.has(table))
          tables.set(
            table,
            of !== undefined && scalar === undefined
              ? new Map()
              : printedOf(system, { ...context, objective: scalar === undefined ? objective : (of as string) }, scalar),
          );
        let wanted = scalar === undefined ? left : left.replace(`∂${of}[`, "∂[");
        // ∂L/∂a^{[l-1]} says of l what ∂L/∂a^{[l]} says of l + 1.
        const shift = /[_^](\p{L})([+-]\d+)\]$/u.exec(wanted);
        let meant = theirs;
        if (shift && !tables.get(table)?.has(wanted)) {
          const [, letter, offset] = shift as unknown as [string, string, string];
          wanted = shifted([wanted], letter, -Number(offset))[0] as string;
          meant = shifted(theirs, letter, -Number(offset));
        }
        const ours = tables.get(table)?.get(wanted) ?? [];
        return [
          {
            same: ours.some(form => sameForm(meant, form)),
            theirs: `${left.slice(2)} = ${theirs.join(" ")}`,
            ours: ours.map(form => form.join(" ")).join("   or   ") || "not derived",
          },
        ];
      });
      if (found.length === 0) continue;
      out.push({
        id: row.id,
        same: found.every(each => each.same),
        theirs: found.map(each => each.theirs).join(";  "),
        ours: found.map(each => each.ours).join(";  "),
      });
    }
  }
  return out;
};

test("the written form of right backward equations", async () => {
  const compared = await compare();
  const lines = compared.map(({ id, same, theirs, ours }) =>
    same
      ? `same   ${id}  ${theirs}`
      : `other  ${id}  ${theirs}\n       ${EXCEPTIONS.get(id) ?? "no reason is known"}\n       ours: ${ours}`,
  );
  const same = compared.filter(each => each.same).length;
  const table = `${lines.join("\n")}\n\n${same} of ${compared.length} have the note's form.\n`;
  process.stdout.write(`${same} of ${compared.length} right backward equations have the note's form\n`);
  await expect(table).toMatchFileSnapshot("written.txt");
  expect(compared.length).toBeGreaterThanOrEqual(80);
  // Every exception has its reason, and no reason outlives its exception.
  expect(
    compared
      .filter(each => !each.same)
      .map(each => each.id)
      .toSorted(),
  ).toEqual([...EXCEPTIONS.keys()].toSorted());
});
