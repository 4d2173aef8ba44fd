/** Reads a note: text to typed systems, with everything that was inferred and everything that is wrong. */
import { type Diagnostic, DiagnosticError } from "../base/diagnostic.ts";
import type { System } from "../expr/system.ts";
import type { Syntax } from "../parse/syntax.ts";
import { type Assembled, assemble } from "./assemble.ts";
import type { NoteBlocks } from "./blocks/block.ts";
import type { Convention, FrontMatter, Layout, Notation, Products } from "./blocks/frontmatter.ts";
import { readBlocks } from "./blocks/read.ts";
import { withCircleNumber } from "./circle.ts";
import { habitsOf } from "./claims/habits.ts";
import { withCopies } from "./copies.ts";
import { withCalledDenominators } from "./denominators.ts";
import { withEnumeratedArrays } from "./enumerations.ts";
import { explain } from "./explain.ts";
import { settingsOf } from "./front.ts";
import { type Amend, gather } from "./gather.ts";
import { type Implied, impliedLoss, suggestedLoss } from "./implied.ts";
import { withIndexArguments } from "./indexarguments.ts";
import { ENTRY_LETTERS } from "./letters.ts";
import { mixedNames } from "./mixednames.ts";
import { withNamedFunctions } from "./namedfunctions.ts";
import { withNamedInputs } from "./namedinputs.ts";
import { withNamedParts } from "./namedparts.ts";
import type { Family } from "./names.ts";
import { candidatesOf, lossByName } from "./objective.ts";
import { withOneHots } from "./onehots.ts";
import { withNormOfOperand, withOperandRules } from "./operands.ts";
import { checkOrder } from "./order.ts";
import { withoutOverbars } from "./overbarred.ts";
import { withPreactivations } from "./preactivations.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { withoutPrimed } from "./primes.ts";
import { withProducts } from "./products.ts";
import { withRecognisedFunctions } from "./recognised.ts";
import { axesAssumed, partsAssumed, reportOf, type SystemReport } from "./report.ts";
import { withRowsTaken } from "./rowsof.ts";
import { withSamplesTaken } from "./samplesof.ts";
import { withoutSolutions } from "./solutions.ts";
import type { Claim, Definition } from "./statements.ts";
import { withStructures } from "./structures.ts";
import type { SystemText, Unread } from "./systemtext.ts";
import { type Typing, type TypingOptions, type TypingResult, typeSystem } from "./typing.ts";
import { unusedIn } from "./unused.ts";
import { variablesOf } from "./variables.ts";

export interface ReadNoteOptions {
  readonly format?: "md" | "tex";
  /** Reads only this system. */
  readonly system?: string;
  /** Where no scalar is computed, the objective is the last array: for Jacobians, which need no loss. */
  readonly arrays?: boolean;
}

/** What one part of a note was read as; `system` is absent where diagnostics say why. */
export interface NoteSystem {
  readonly name: string;
  readonly system?: System;
  readonly report?: SystemReport;
  /** Equations that the forward pass does not rest on, unread. */
  readonly claims: readonly Claim[];
  /** Left sides of forward equations that are no names, such as a number. */
  readonly odd: readonly Syntax[];
  /** The definitions as they stand, those of functions included. */
  readonly definitions: readonly Definition[];
  /** What claims are read against. */
  readonly forward?: Forward;
  /** Formulas in displays that could not be read at all. */
  readonly unread: readonly Unread[];
  /** Accents that the note says to stand for gradients. */
  readonly gradientAccents: ReadonlySet<string>;
}

/** A forward system with the names and readings that led to it. */
export interface Forward {
  readonly typing: Typing;
  readonly assembled: Assembled;
  /** With what the note says of its names: one-hot labels, symmetric matrices, functions that are ops. */
  readonly system: System;
  /** Letters that claims about functions use for any real number. */
  readonly openLetters?: ReadonlySet<string>;
}

export interface ReadNote {
  readonly text: string;
  /** The systems that could be read, in the order of the note. */
  readonly systems: readonly System[];
  readonly parts: readonly NoteSystem[];
  /** Rules that it recalls, each a system of its own. */
  readonly rules: readonly NoteSystem[];
  /** What stands before and between the systems: declarations, and equations about no system. */
  readonly outside: readonly NoteSystem[];
  readonly diagnostics: readonly Diagnostic[];
  readonly layout: Layout;
  readonly notation: Notation;
  readonly products: readonly Products[];
  readonly convention: Convention;
  readonly mode: "reverse" | "forward";
  /** Errors go back at most so many steps. */
  readonly truncate?: number | string;
  readonly order: 1 | 2;
  readonly language: "en" | "zh";
  /** The same note with statements changed, in place of the earlier changes. */
  readonly again: (amend: Amend, system?: string) => ReadNote;
}

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(diagnostic => diagnostic.severity === "error");

interface Part {
  readonly part: NoteSystem;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Whether an array is read as defined entry by entry, whether that goes together with all else, and whether more than a
   * read of the whole tells so.
   */
  readonly entries: "none" | "fit" | "guess" | "likely" | "misfit";
  /** Of the readings of all operations and names. */
  readonly cost?: number;
}

/** One system, with the equations among its claims that give its parameters values or say what derivatives are. */
const readSystem = (own: SystemText, front: FrontMatter | null, note: string, arrays: boolean): Part => {
  const { text: rest, primed } = withoutPrimed(
    withIndexArguments(withEnumeratedArrays(withCalledDenominators(withCircleNumber(own)))),
  );
  const { text: unbarred, overbars } = withoutOverbars(rest);
  const { text, solutions } = withoutSolutions(unbarred, note);
  const found = readPart(text, front, note, arrays);
  const later = [...primed, ...overbars, ...solutions];
  if (later.length === 0) return found;
  const said = later.map(
    (definition): Claim => ({ system: text.name, span: definition.span, continues: false, definition }),
  );
  const { claims, definitions } = found.part;
  return {
    ...found,
    part: { ...found.part, claims: [...claims, ...said], definitions: [...definitions, ...later] },
  };
};

const countsEntries = ({ equations }: Prepared): boolean =>
  equations.flatMap(({ entries = [] }) => entries).every(({ letter }) => ENTRY_LETTERS.has(letter));

/**
 * One system. p_k = … beside a whole p gives the entries of p, unless that does not fit, or fits worse where nothing else
 * tells: then p_k are members of a family, and the whole p is a question.
 */
const readPart = (text: SystemText, front: FrontMatter | null, note: string, arrays: boolean): Part => {
  const part = readPartBy(text, front, note, arrays, true);
  if (part.entries === "none" || part.entries === "fit") return part;
  const apart = readPartBy(text, front, note, arrays, false);
  const isCheaper = apart.cost !== undefined && apart.cost < (part.cost ?? 0);
  // A whole \hat x without the index of \hat x_i is no system at all, and i counts entries rather than steps.
  const worse = part.entries === "misfit" || (isCheaper && (part.entries !== "likely" || apart.part.forward));
  return worse ? apart : part;
};

/**
 * `byEntries`: whether a formula for each index may give the entries of an array; `implied`: the loss that the text leaves
 * out, defined by now.
 */
const readPartBy = (
  text: SystemText,
  front: FrontMatter | null,
  note: string,
  arrays: boolean,
  byEntries: boolean,
  implied?: Implied,
): Part => {
  let entries: Part["entries"] = "none";
  let typed: Typing | undefined;
  const settings = settingsOf(front, text.name);
  const diagnostics: Diagnostic[] = [...settings.diagnostics];
  const own = text.statements.definitions.filter(
    definition => definition !== implied?.definition && definition.span !== text.operand?.span,
  );
  const fail = (claims: readonly Claim[]): Part => ({
    part: {
      name: text.name,
      claims,
      definitions: own,
      unread: text.unread,
      odd: text.statements.odd,
      gradientAccents: text.gradientAccents,
    },
    diagnostics,
    entries,
    ...(typed ? { cost: typed.solution.cost } : {}),
  });
  const claims: Claim[] = [...text.statements.claims];
  try {
    const rows = withRowsTaken({ ...text, remarks: [...settings.remarks, ...text.remarks] });
    const said = withNamedInputs(withOneHots(withNamedFunctions(withSamplesTaken(rows.text))));
    diagnostics.push(...rows.diagnostics, ...said.diagnostics);
    const prepared = prepare(said.text, settings.shapes, byEntries);
    if (prepared.equations.some(equation => equation.entries)) entries = "misfit";
    diagnostics.push(...prepared.diagnostics);
    for (const later of prepared.later) {
      claims.push({ system: text.name, span: later.span, continues: false, definition: later });
    }
    if (prepared.equations.length === 0) {
      return fail(claims);
    }
    const find = (named: {
      name: Parameters<Prepared["names"]["resolve"]>[0];
      entry: { span: Diagnostic["spans"][number]["span"]; value: string };
    }): Family | undefined => {
      const found = prepared.names.resolve(named.name)?.family;
      const exists = found && prepared.names.occurs(found.base);
      if (!exists) {
        diagnostics.push({
          code: "N012",
          severity: "error",
          message: `${named.entry.value} does not occur in the equations`,
          spans: [{ span: named.entry.span, label: "named here" }],
        });
      }
      return exists ? found : undefined;
    };
    const known = settings.objective && prepared.names.resolve(settings.objective.name)?.family;
    const unknown = known && !prepared.names.occurs(known.base) ? settings.objective?.name : undefined;
    const objective = settings.objective && !unknown ? find(settings.objective) : undefined;
    const parameters = settings.parameters ? new Set(settings.parameters.flatMap(each => find(each) ?? [])) : undefined;
    const options: TypingOptions = objective ? { objective: objective.key } : {};
    const result = typeSystem(prepared, options);
    if (!result.ok) {
      diagnostics.push(...explain(result.failure, options, note));
      return fail(claims);
    }
    if (entries === "misfit" && !checkOrder(result.typing.equations))
      entries = !prepared.names.guessesEntries ? "fit" : countsEntries(prepared) ? "likely" : "guess";
    const scalar = arrays ? result : withScalarLoss(result, objective, options);
    if (!implied && !objective) {
      const found = impliedLoss(scalar.typing, claims, text, unknown);
      if (found) {
        return readPartBy(withLoss(text, found), front, note, arrays, byEntries, found);
      }
    }
    if (unknown && settings.objective) find(settings.objective);
    const { typing, unread } = scalar;
    typed = typing;
    diagnostics.push(
      ...unread,
      ...axesAssumed(typing),
      ...partsAssumed(typing),
      ...(implied ? [assumption(implied)] : []),
    );
    if (hasErrors(diagnostics) || text.incomplete) return fail(claims);
    const mixed = mixedNames(typing);
    if (mixed.length > 0) {
      diagnostics.push(...mixed);
      return fail(claims);
    }
    const tie = explain({ kind: "tie", typing }, options, note);
    if (tie.length > 0) {
      diagnostics.push(...tie);
      return fail(claims);
    }
    const counts = prepared.differentiated;
    const built = assemble(text.name, typing, {
      ...(objective ? { objective } : {}),
      ...(parameters ? { parameters } : {}),
      differentiated: variablesOf(claims),
      counts,
      arrays,
    });
    const assembled = { ...built, system: withNamedParts(built.system), written: built.system };
    diagnostics.push(...unusedIn(typing, assembled, counts));
    const structured = withStructures(
      withRecognisedFunctions(
        assembled.system,
        new Map(prepared.functions.all.flatMap(fn => (fn.spelling === undefined ? [] : [[fn.latex, fn.spelling]]))),
      ),
      [...text.statements.structures, ...settings.structures],
      name => {
        const family = prepared.names.resolve(name)?.family;
        return family && assembled.idOf.get(family);
      },
    );
    diagnostics.push(...structured.diagnostics);
    if (hasErrors(structured.diagnostics)) return fail(claims);
    const habits = habitsOf(claims, structured.system);
    const preactivations = withPreactivations({ ...structured.system, habits }, claims, note);
    diagnostics.push(...preactivations.diagnostics);
    return {
      part: {
        name: text.name,
        system: preactivations.system,
        report: reportOf(typing, assembled),
        claims,
        definitions: own,
        forward: withProducts(withCopies({ typing, assembled, system: structured.system }, claims), claims),
        unread: text.unread,
        odd: text.statements.odd,
        gradientAccents: text.gradientAccents,
      },
      diagnostics,
      entries,
      cost: typing.solution.cost,
    };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    const found = error.diagnostic.code === "N010" && typed && !implied ? suggestedLoss(typed) : undefined;
    const mends =
      found !== undefined && readPartBy(withLoss(text, found), front, note, arrays, byEntries, found).part.system;
    const help = mends ? { help: `Say what is minimised, such as $${found.latex}$.` } : {};
    diagnostics.push({ ...error.diagnostic, ...help });
    return fail(claims);
  }
};

const withLoss = (text: SystemText, { definition }: Implied): SystemText => ({
  ...text,
  statements: { ...text.statements, definitions: [...text.statements.definitions, definition] },
});

type Typed = Extract<TypingResult, { readonly ok: true }>;

/** Where nothing is a scalar to differentiate, the shapes by which the loss is one: the one named, or called as losses are. */
const withScalarLoss = (result: Typed, objective: Family | undefined, options: TypingOptions): Typed => {
  const loss = candidatesOf(result.typing).length > 0 ? undefined : lossByName(result.typing, objective);
  const again = loss && typeSystem(result.typing.prepared, { ...options, scalar: loss.key });
  return again?.ok ? again : result;
};

/** What is said of a loss that was assumed. */
const assumption = ({ loss, outputs, span }: Implied): Diagnostic => ({
  code: "N016",
  severity: "information",
  message: `no equation defines ${loss}: it is taken for a function of ${outputs.map(each => each.latex).join(", ")}`,
  spans: [{ span, label: "its gradients by these are given" }],
  help: `Write what ${loss} is, such as ${loss} = \\ell(${outputs.map(each => each.latex).join(", ")}).`,
});

const byPlace = (a: Diagnostic, b: Diagnostic): number => (a.spans[0]?.span.start ?? 0) - (b.spans[0]?.span.start ?? 0);

/**
 * Reads a note's forward equations as typed systems, one for each heading that has any. Mistakes in the note are
 * diagnostics; a part with an error yields no system. Claims (equations about derivatives, later definitions) are
 * handed over unread and never influence how the forward equations are read.
 *
 * Shapes: declared ones are hard; the rest follows from the operations, then from the letters by fixed costs.
 */
export const readNote = async (text: string, options: ReadNoteOptions = {}): Promise<ReadNote> => {
  return readFrom(await readBlocks(text, options.format ?? "md"), text, options);
};

const readFrom = (blocks: NoteBlocks, text: string, options: ReadNoteOptions, amend?: Amend): ReadNote => {
  const gathered = withOperandRules(gather(blocks, amend));
  const diagnostics: Diagnostic[] = [...blocks.diagnostics, ...gathered.diagnostics];
  const parts: NoteSystem[] = [];
  const wanted = gathered.systems.filter(system => options.system === undefined || system.name === options.system);
  for (const system of wanted) {
    const { part, diagnostics: found } = readSystem(system, blocks.frontMatter, text, options.arrays ?? false);
    parts.push(part);
    diagnostics.push(...found);
  }
  const recalled = options.system === undefined ? gathered.recalled : [];
  const rules = recalled.map(rule => {
    const { part } = readSystem(rule, null, text, false);
    return part.forward ? part : readSystem(withNormOfOperand(rule), null, text, false).part;
  });
  const systems = parts.flatMap(part => part.system ?? []);
  if (systems.length === 0 && rules.length === 0 && !hasErrors(diagnostics)) {
    diagnostics.push({
      code: "N014",
      severity: "error",
      message: "no forward equations were found",
      spans: [{ span: { start: 0, end: Math.min(1, text.length) }, label: "nothing here defines a name" }],
      help: "A definition is a formula such as $z = W x$.",
    });
  }
  const front = blocks.frontMatter;
  return {
    text,
    systems,
    parts,
    rules,
    outside: gathered.outside.map(({ name, statements: { claims, definitions, odd }, unread, gradientAccents }) => ({
      name,
      claims,
      definitions,
      odd,
      unread,
      gradientAccents,
    })),
    diagnostics: diagnostics.toSorted(byPlace),
    layout: front?.layout ?? "denominator",
    notation: front?.notation ?? "prod",
    products: front?.products ?? [],
    convention: front?.convention ?? "symmetric-part",
    mode: front?.mode ?? "reverse",
    ...(front?.truncate === undefined ? {} : { truncate: front.truncate }),
    order: front?.order ?? 1,
    language: front?.language ?? "en",
    again: (change, system = options.system) =>
      readFrom(blocks, text, { ...options, ...(system === undefined ? {} : { system }) }, change),
  };
};
