/** The blocks of a note, sorted by the system they belong to: statements, and what the words around them say. */
import type { Diagnostic, Result } from "../base/diagnostic.ts";
import { type Reading, readEquation } from "../parse/equation.ts";
import type { Statement, Syntax } from "../parse/syntax.ts";
import { axisWordsIn } from "./axes.ts";
import type { Block, Formula, NoteBlocks, Piece, Section } from "./blocks/block.ts";
import { spellCases } from "./cases.ts";
import { readCode } from "./code/read.ts";
import { withNamedDivergence } from "./divergences.ts";
import { integerOf } from "./integers.ts";
import { spellUnits } from "./labels.ts";
import { spellSums } from "./manysums.ts";
import { baseOfName } from "./occurrences.ts";
import { isCalledLoss } from "./priors.ts";
import { limitsOf } from "./ranges.ts";
import { lexiconOfOps } from "./readings.ts";
import { rulesIn } from "./recalled.ts";
import { type Definition, isLeftSide, noStatements, type Statements, sortStatement } from "./statements.ts";
import { isCase, isSupposing, valueSupposed } from "./supposed.ts";
import type { SystemText } from "./systemtext.ts";
import { cellsOf, declaredInTable, isCondition } from "./tables.ts";
import { everyPart, textOf } from "./tree.ts";
import { vectorsIn } from "./vectors.ts";
import { type ReadPiece, readWords, type Wording } from "./words.ts";

/** Changes a statement before anything is made of it: letters that were misread. */
export type Amend = (statement: Statement, system: string) => Statement;

export interface Gathered {
  readonly systems: readonly SystemText[];
  /** Rules of which the note reminds its readers. */
  readonly recalled: readonly SystemText[];
  /** Parts that belong to every system, such as what stands before the first. */
  readonly outside: readonly SystemText[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What the formulas of a note say: the same however its statements are amended. */
const READINGS = new WeakMap<NoteBlocks, Map<Formula, Result<Reading>>>();

/**
 * Reads every formula of the note, sorted by system. Below a backward heading definitions do not count, unless the note
 * has none elsewhere: a chapter "Backpropagation through time" opens with its forward equations.
 */
export const gather = (note: NoteBlocks, amend: Amend = statement => statement): Gathered => {
  const lexicon = lexiconOfOps();
  const known = READINGS.get(note) ?? new Map<Formula, Result<Reading>>();
  READINGS.set(note, known);
  const read = (formula: Formula): Result<Reading> => {
    let result = known.get(formula);
    if (!result) {
      result = readEquation(formula.text, lexicon, { base: formula.base, macros: note.macros });
      known.set(formula, result);
    }
    return result;
  };
  const strict = gatherSections(note, read, amend, block => block.section !== "backward");
  if (strict.systems.some(system => system.statements.definitions.length > 0)) return strict;
  return gatherSections(note, read, amend, () => true);
};

const definesLoss = ({ left }: Pick<Definition, "left">): boolean => isCalledLoss({ base: baseOfName(left) ?? "" });

const emptyText = (name: string): SystemText => ({
  name,
  statements: noStatements(),
  remarks: [],
  axisWords: [],
  vectors: [],
  gradientAccents: new Set(),
  unread: [],
});

const gatherSections = (
  note: NoteBlocks,
  readFormula: (formula: Formula) => Result<Reading>,
  amend: Amend,
  isForward: (block: Block) => boolean,
): Gathered => {
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, SystemText>();
  // A note that holds one system without a name is called by its first heading.
  const title =
    note.blocks.flatMap(block =>
      block.kind === "heading"
        ? [
            block.pieces
              .map(piece => (piece.kind === "text" ? piece.text : piece.formula.text))
              .join("")
              .trim(),
          ]
        : [],
    )[0] ?? "note";
  const textOf = (name: string): SystemText => {
    let text = texts.get(name);
    if (!text) {
      text = emptyText(name === "" ? title : name);
      texts.set(name, text);
    }
    return text;
  };
  for (const name of note.systems) textOf(name);
  let last: Statement | undefined;

  const read = (formula: Formula, section: Section, system: SystemText): readonly Statement[] => {
    const result = readFormula(formula);
    // An unreadable claim is the checker's business; an inline formula may be anything.
    const severity = section === "backward" || !formula.display ? "information" : "warning";
    for (const diagnostic of result.ok ? result.value.diagnostics : result.diagnostics) {
      diagnostics.push({ ...diagnostic, severity: section === "forward" ? diagnostic.severity : severity });
      if (formula.display && diagnostic.severity === "error")
        system.unread.push({ span: { start: formula.base, end: formula.base + formula.text.length }, diagnostic });
      if (section === "forward" && diagnostic.severity === "error") system.incomplete = true;
    }
    if (!result.ok) return [];
    const statements = result.value.statements.map(statement =>
      amend(spellUnits(withNamedDivergence(spellSums(spellCases(statement)))), system.name),
    );
    const [first, ...rest] = statements;
    return first && formula.number && !first.number ? [{ ...first, number: formula.number }, ...rest] : statements;
  };

  const rules = rulesIn(note.blocks, formula => {
    const result = readFormula(formula);
    return result.ok ? result.value.statements : [];
  });
  const recalled: SystemText[] = [];
  const choices: { readonly statement: Statement; readonly system: SystemText }[] = [];
  const seen = new Map<string, Set<Section>>();
  for (const block of note.blocks) {
    const isRule = rules.has(block);
    const system = isRule
      ? emptyText(`${textOf(block.system).name} rule ${recalled.length + 1}`)
      : textOf(block.system);
    if (isRule) recalled.push(system);
    // What comes behind both passes speaks of what they computed.
    const passed = seen.get(block.system) ?? new Set();
    seen.set(block.system, passed.add(block.section));
    const isBehind = block.section === "other" && passed.has("forward") && passed.has("backward");
    const forward = isRule || (isForward(block) && !isBehind);
    const said = system.statements.ranges.length;
    if (block.kind === "display") {
      const odd = system.statements.odd.length;
      const statements = read(block.formula, block.section, system);
      for (const [i, statement] of statements.entries()) {
        const supposed = statement.before.some(prose => isSupposing(prose.text));
        const { body, span } = statement;
        // A formula on a row of its own, which the next row goes on from.
        if (statements[i + 1]?.continues && !statement.continues && body.kind !== "relations" && !isLeftSide(body))
          system.statements.claims.push({ statement, system: system.name, span, continues: false });
        else sortStatement(statement, system.name, forward && !supposed, system.statements);
        last = statement;
      }
      for (const left of system.statements.odd.slice(odd)) {
        diagnostics.push({
          code: "R032",
          severity: block.section === "forward" ? "warning" : "information",
          message: "the left side of this forward equation is no name",
          spans: [{ span: left.span, label: "cannot be defined" }],
          help: "Perhaps a letter was misread.",
        });
      }
    } else if (block.kind === "prose" || block.kind === "heading") {
      const pieces = block.pieces.map(
        (piece: Piece): ReadPiece =>
          piece.kind === "text"
            ? { text: piece.text, statements: [], span: piece.span }
            : { statements: read(piece.formula, block.section, system), span: piece.span },
      );
      const cells = cellsOf(block.pieces);
      for (const [i, piece] of pieces.entries()) {
        if (isCondition(cells.get(i))) continue;
        const isForwardHere = forward && block.kind === "prose";
        const supposed = block.section === "other" && isSupposing(pieces[i - 1]?.text ?? "");
        for (const statement of piece.statements) {
          if (block.section !== "forward" && valueSupposed(statement.body) && isCase(pieces, i)) continue;
          if (isForwardHere && supposed) choices.push({ statement, system });
          else sortStatement(statement, system.name, isForwardHere, system.statements);
        }
      }
      const { declarations, ranges, integers, labels, given, structures } = system.statements;
      const wording: Wording = {
        remarks: system.remarks,
        gradientAccents: system.gradientAccents,
        declarations,
        ranges,
        integers,
        labels,
        given,
        structures,
      };
      readWords(pieces, wording, last);
      declarations.push(...declaredInTable(pieces, cells));
      for (const { text, span } of pieces) {
        if (text === undefined) continue;
        system.axisWords.push(...axisWordsIn(text, span));
        system.vectors.push(...vectorsIn(text));
      }
      if (wording.scalars) system.scalars ??= wording.scalars;
      const only = pieces.filter(piece => piece.statements.length > 0);
      if (only.length > 0) last = only.at(-1)?.statements.at(-1);
    }
    if (!forward)
      for (const range of system.statements.ranges.splice(said))
        system.statements.ranges.push({ ...range, isBackward: true });
  }
  // "If $L = …$": where nothing else says what the loss is, it is one of those.
  const isOpen = new Map([...texts.values()].map(text => [text, !text.statements.definitions.some(definesLoss)]));
  for (const { statement, system } of choices) {
    const [left] = statement.body.kind === "relations" ? statement.body.members : [];
    const isLoss = left !== undefined && definesLoss({ left });
    const { definitions } = system.statements;
    const said = definitions.length;
    sortStatement(statement, system.name, isLoss && isOpen.get(system) === true, system.statements);
    for (const definition of definitions.splice(said)) definitions.push({ ...definition, isChoice: true });
  }
  for (const text of [...texts.values()]) {
    const own = note.blocks.filter(block => textOf(block.system) === text);
    for (const other of readCode(own, text, diagnostics)) texts.set(other.name, other);
  }
  const systems = withPreface([...texts.values()], texts.get(""));
  const names = new Set(systems.map(({ name }) => name));
  for (const { statements } of texts.values()) leaveOutPlaces(statements);
  for (const { gradientAccents } of texts.values())
    for (const rule of recalled) for (const accent of gradientAccents) rule.gradientAccents.add(accent);
  return { systems, recalled, outside: [...texts.values()].filter(({ name }) => !names.has(name)), diagnostics };
};

/** Takes out t = T and j = t + 1 of letters that sums and products count: they say for which members something is so. */
const leaveOutPlaces = ({ definitions, claims }: Statements): void => {
  const bodies = [
    ...definitions.map(({ right }) => right),
    ...claims.flatMap(({ statement }) => statement?.body ?? []),
  ];
  const counted = new Set(
    bodies.flatMap(body => everyPart(body)).flatMap(part => (part.kind === "big" ? (limitsOf(part)?.index ?? []) : [])),
  );
  const isPlace = (left: Syntax | undefined, right: Syntax | undefined): boolean =>
    left?.kind === "symbol" && counted.has(textOf(left)) && right !== undefined && integerOf(right) !== undefined;
  const keep = <T>(list: T[], isLeftOut: (each: T) => boolean): void => {
    list.splice(0, list.length, ...list.filter(each => !isLeftOut(each)));
  };
  keep(definitions, ({ left, right }) => isPlace(left, right));
  keep(claims, ({ statement }) => {
    const body = statement && !statement.continues ? statement.body : undefined;
    return body?.kind === "relations" && body.members.length === 2 && isPlace(body.members[0], body.members[1]);
  });
};

/** What stands before the systems, and parts without equations of their own, are declarations for all of them. */
const withPreface = (texts: readonly SystemText[], unnamed: SystemText | undefined): readonly SystemText[] => {
  const defining = texts.filter(text => text.statements.definitions.length > 0);
  const named = defining.filter(text => text !== unnamed || text.code || defining.length === 1);
  if (named.length === 0) return texts;
  const prefaces = texts.filter(text => !named.includes(text));
  const everywhere = prefaces.find(preface => preface.scalars)?.scalars;
  return named.map(
    ({ statements, remarks, axisWords, vectors, gradientAccents, name, incomplete, unread, scalars = everywhere }) => ({
      name,
      unread,
      ...(scalars ? { scalars } : {}),
      ...(incomplete ? { incomplete } : {}),
      axisWords: [...prefaces.flatMap(preface => preface.axisWords), ...axisWords],
      vectors: [...prefaces.flatMap(preface => preface.vectors), ...vectors],
      gradientAccents: new Set([...prefaces.flatMap(preface => [...preface.gradientAccents]), ...gradientAccents]),
      remarks: [...prefaces.flatMap(preface => preface.remarks), ...remarks],
      statements: {
        ...statements,
        integers: [...prefaces.flatMap(preface => preface.statements.integers), ...statements.integers],
        structures: [...prefaces.flatMap(preface => preface.statements.structures), ...statements.structures],
        given: [...prefaces.flatMap(preface => preface.statements.given), ...statements.given],
        labels: [...prefaces.flatMap(preface => preface.statements.labels), ...statements.labels],
        declarations: [...prefaces.flatMap(preface => preface.statements.declarations), ...statements.declarations],
        ranges: [...prefaces.flatMap(preface => preface.statements.ranges), ...statements.ranges],
      },
    }),
  );
};
