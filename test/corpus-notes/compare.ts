/** Backward equations of the public notes beside what is derived of the same. */
import { withClosedForms } from "../../src/derive/closed/index.ts";
import { entryFormOf } from "../../src/derive/entrywise.ts";
import { forwardChecked } from "../../src/derive/forward/checked.ts";
import { derive } from "../../src/derive/index.ts";
import { inNumeratorLayout } from "../../src/derive/numerator.ts";
import { forwardContext } from "../../src/emit/document/sensitivities/notation.ts";
import { at as memberOf, type Node, number, substituteIndices } from "../../src/expr/node.ts";
import { named, type Polynomial, plus } from "../../src/expr/polynomial.ts";
import type { System } from "../../src/expr/system.ts";
import { contextOf, type LatexContext } from "../../src/latex/names.ts";
import { toLatex } from "../../src/latex/print.ts";
import { findDefinitions } from "../../src/note/blocks/definitions.ts";
import { type ReadNote, readNote } from "../../src/note/read.ts";
import { lexiconOfOps } from "../../src/note/readings.ts";
import { readEquation } from "../../src/parse/equation.ts";
import type { Macros } from "../../src/parse/macros.ts";
import type { Syntax } from "../../src/parse/syntax.ts";
import { simplify } from "../../src/rules/simplify.ts";
import { type Form, type FormContext, formOf, sameForm, shifted } from "./form.ts";
import { NAMES, NO_GRADIENTS } from "./names.ts";
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

/** The forms of what is printed, by the form of the left side. */
class Lines {
  readonly forms = new Map<string, Form[]>();

  constructor(readonly context: FormContext) {}

  add(left: string, right: string): void {
    const [key] = bodiesOf(left);
    const [value] = bodiesOf(right);
    if (!key || !value) return;
    const name = (formOf(key, this.context)[0] as string).slice(2);
    this.forms.set(name, [...(this.forms.get(name) ?? []), formOf(value, this.context)]);
  }
}

/** How a note has its gradients. */
type Ways = Pick<ReadNote, "products" | "layout">;

/** Gradients, with their closed forms. `putIn`: computed symbols whose gradients get no lines. */
const addGradients = (
  lines: Lines,
  system: System,
  { products, layout }: Ways,
  of: string | undefined,
  putIn: readonly string[],
): void => {
  // By everything but labels whose entries sum to one: the gradient by these would not know that they do.
  const wrt = [...system.symbols].flatMap(([name, { role, distribution }]) =>
    role === "defined" || distribution ? [] : [name],
  );
  // What the derivations are worth is checked beside the table of the notes.
  const columns = withClosedForms(derive(system, { wrt, putIn, ...(of === undefined ? {} : { of }) }));
  const derived = layout === "numerator" ? inNumeratorLayout(columns) : columns;
  const context: LatexContext = { ...contextOf({ ...system, ...derived.system }, "plain"), products, layout };
  const objective = system.symbols.get(of ?? system.objective.name)?.latex ?? "";
  const add = (by: Node, value: Node): void =>
    lines.add(`\\frac{\\partial ${objective}}{\\partial ${toLatex(by, context)}}`, toLatex(value, context));
  for (const gradient of derived.gradients) {
    if (gradient.isPutIn) continue;
    for (const piece of gradient.pieces) add(piece.wrt, piece.value);
    for (const member of gradient.beyond ?? []) add(member, number(0));
    const entry = entryFormOf({ ...system, ...derived.system }, gradient);
    if (entry) lines.add(toLatex(entry.left, context), toLatex(entry.right, context));
    if (gradient.collected) add(gradient.wrt, gradient.collected.value);
    for (const closed of gradient.closedForms) add(gradient.wrt, closed.value);
  }
};

/** Sensitivities of everything by every parameter, with their closed forms, and those of states by earlier ones. */
const addSensitivities = (lines: Lines, system: System, isTransposed: boolean): void => {
  const derived = forwardChecked(system);
  if (!derived.ok) return;
  const context = forwardContext(derived.value, "plain");
  const horizons = [...system.sizes].flatMap(([name, { role }]) => (role === "horizon" ? [name] : []));
  for (const { of, indices, place, letter, former, value, transpose } of derived.value.transitions) {
    const index = indices[place] as string;
    const at = [indices.map(named), indices.map((own, i) => (i === place ? former : named(own)))] as const;
    // As it is printed, and of two neighbours and of the last member, where people write it so.
    const pairs: readonly ReadonlyMap<string, Polynomial>[] = [
      new Map(),
      ...[plus(named(index), 1), ...horizons.map(named)].map(
        later =>
          new Map([
            [index, later],
            [letter, named(index)],
          ]),
      ),
    ];
    for (const pair of pairs) {
      const [later, earlier] = at.map(own => toLatex(substituteIndices(memberOf(of, own), pair), context));
      const shown = simplify(substituteIndices((isTransposed ? transpose : undefined) ?? value, pair)).node;
      lines.add(`\\frac{\\partial ${later}}{\\partial ${earlier}}`, toLatex(shown, context));
    }
  }
  for (const { sensitivities } of derived.value.parts)
    for (const one of sensitivities) {
      const general = one.indices.length > 0 ? memberOf(one.symbol, one.indices.map(named)) : one.symbol;
      for (const { left, right, original } of one.equations)
        if (original) lines.add(toLatex(left, context), toLatex(right, context));
      if (one.putIn) lines.add(toLatex(general, context), toLatex(one.putIn.right, context));
      for (const closed of one.closedForms) lines.add(toLatex(general, context), toLatex(closed.value, context));
    }
};

export interface Compared {
  readonly id: string;
  readonly same: boolean;
  readonly theirs: string;
  readonly ours: string;
}

/** Names of the system as the note writes them in its gradients: with general indices, and without. */
const namesOf = (system: System): ReadonlyMap<string, readonly string[]> => {
  const context = contextOf(system, "plain");
  const plain: FormContext = { objective: "", names: new Set(), aliases: new Map(), spellings: [] };
  const nameOf = (latex: string): readonly string[] =>
    bodiesOf(latex).flatMap(body => formOf(body, plain)[0]?.slice(2) ?? []);
  return new Map(
    [...system.symbols].map(([name, { node, latex, indices }]) => [
      name,
      [...nameOf(latex), ...(indices.length > 0 ? nameOf(toLatex(memberOf(node, indices.map(named)), context)) : [])],
    ]),
  );
};

const isAlias = (left: string, members: readonly Form[]): boolean =>
  members.length > 2 && (/^\+ zeta_\d+$/u.test(members.at(-1)?.[0] ?? "") || members.at(-1)?.[0] === `+ ${left}`);

/** A right backward row with its links, as forms. */
interface Link {
  readonly left: string;
  readonly members: readonly Form[];
}

const linksOf = (latex: string, macros: Macros, context: FormContext): readonly Link[] =>
  chainsOf(latex, macros).map(chain => ({
    left: (formOf(chain[0] as Syntax, context)[0] as string).slice(2),
    members: chain.map(member => formOf(member, context)),
  }));

/** Whether some gradient in the terms is one by the name, perhaps with an index. */
const speaksOf = (terms: readonly string[], name: string): boolean =>
  terms.some(term =>
    [...term.matchAll(/∂\[([^\]]+)\]/gu)].some(
      ([, by = ""]) => by === name || /^[_^]/u.test(by.startsWith(name) ? by.slice(name.length) : ""),
    ),
  );

/** Every right backward row of the public notes whose last link is a formula without prod and without code. */
export const compareRows = async (): Promise<readonly Compared[]> => {
  const out: Compared[] = [];
  for (const note of NOTES) {
    const { text, rows } = writeNote(note);
    const { macros } = findDefinitions(text);
    const read = await readNote(text);
    const { spellings = [], gradients = {}, rows: rowed = [], transposedJacobians = [] } = NAMES[note.id] ?? {};
    const aliases = new Map(Object.entries(gradients));
    for (const heading of new Set(rows.map(row => row.part))) {
      const backward = rows.filter(row => row.part === heading && row.kind === "backward");
      const ways: Ways = { products: read.products, layout: rowed.includes(heading ?? "") ? "numerator" : read.layout };
      const system = (heading === undefined ? read.parts[0] : read.parts.find(part => part.name === heading))?.system;
      const names: ReadonlyMap<string, readonly string[]> = system ? namesOf(system) : new Map();
      const objective = (system && names.get(system.objective.name)?.[0]) ?? "";
      const context: FormContext = { objective, names: new Set([...names.values()].flat()), aliases, spellings };
      const lines = new Lines(context);
      if (system) {
        addGradients(lines, system, ways, undefined, []);
        const links = backward.flatMap(row => linksOf(row.latex, macros, context));
        // What neither the note nor a row of it has a gradient by is put in.
        const members = [links, ...links.map(link => [link])].map(some => some.flatMap(link => link.members).flat());
        const seen = new Set<string>();
        for (const said of members) {
          const unsaid = [...system.symbols].flatMap(([name, { role }]) =>
            role === "defined" && !names.get(name)?.some(own => speaksOf(said, own)) ? [name] : [],
          );
          if (unsaid.length === 0 || seen.has(unsaid.join())) continue;
          seen.add(unsaid.join());
          addGradients(lines, system, ways, undefined, unsaid);
        }
        if (links.some(({ left }) => /^∂[^[]+\[/u.test(left))) {
          addSensitivities(lines, system, transposedJacobians.includes(heading ?? ""));
        }
      }
      // A new name at the end stands for the chain, whether that is right or not.
      for (const { left, members } of backward.flatMap(row => linksOf(row.latex, macros, context)))
        if (isAlias(left, members) && members.at(-1)?.[0] !== `+ ${left}`)
          aliases.set(((members.at(-1) as Form)[0] as string).slice(2), left);
      for (const row of backward) {
        if (note.bp[row.at]?.correct !== true || isCode(row.latex) || NO_GRADIENTS.has(row.id)) continue;
        const found = linksOf(row.latex, macros, context).flatMap(
          ({ left, members }): readonly Omit<Compared, "id">[] => {
            const theirs = (isAlias(left, members) ? members.at(-2) : members.at(-1)) as Form;
            if (theirs.some(term => /(?<!\\)\bprod\b/u.test(term))) return [];
            const of = /^∂([^[]+)\[/u.exec(left)?.[1];
            const scalar = [...(system?.symbols ?? [])].find(
              ([, { latex, node }]) => latex === of && node.shape.length === 0 && node.rank === 0,
            )?.[0];
            if (system && scalar !== undefined && !lines.forms.has(left)) addGradients(lines, system, ways, scalar, []);
            let wanted = left;
            let meant = theirs;
            // ∂L/∂a^{[l-1]} says of l what ∂L/∂a^{[l]} says of l + 1.
            const shift = /[_^](\p{L})([+-]\d+)\]$/u.exec(wanted);
            if (shift && !lines.forms.has(wanted)) {
              const [, letter, offset] = shift as unknown as [string, string, string];
              wanted = shifted([wanted], letter, -Number(offset))[0] as string;
              meant = shifted(theirs, letter, -Number(offset));
            }
            const ours = lines.forms.get(wanted) ?? [];
            return [
              {
                same: ours.some(form => sameForm(meant, form)),
                theirs: `${left} = ${theirs.join(" ")}`,
                ours: [...new Set(ours.map(form => form.join(" ")))].join("   or   ") || "not derived",
              },
            ];
          },
        );
        if (found.length === 0) continue;
        out.push({
          id: row.id,
          same: found.every(each => each.same),
          theirs: found.map(each => each.theirs).join(";  "),
          ours: found.map(each => each.ours).join(";  "),
        });
      }
    }
  }
  return out;
};

const isCode = (latex: string): boolean => /\bnp\.|\.T\b|hidden/u.test(latex);
