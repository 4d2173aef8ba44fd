/** The blocks of a note, sorted by the system they belong to: statements, and what the words around them say. */
import type { Diagnostic, Result } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { type Reading, readEquation } from "../parse/equation.ts";
import type { Statement, Syntax } from "../parse/syntax.ts";
import type { Block, Formula, NoteBlocks, Piece, Section } from "./blocks/block.ts";
import { lexiconOfOps, readingsOf } from "./readings.ts";
import { isName, takeApart } from "./scripts.ts";
import { isLeftSide, noStatements, type Statements, sizesOfMark, sortStatement } from "./statements.ts";

/** What words say of a name: "φ acts element-wise", "λ is a scalar", "σ is the logistic function". */
export interface Remark {
  readonly name: Syntax;
  readonly says: "elementwise" | "scalar" | { readonly function: string };
  readonly span: Span;
}

/** A display, or a row of one, that does not fit the grammar. */
export interface Unread {
  readonly span: Span;
  readonly diagnostic: Diagnostic;
}

export interface SystemText {
  readonly name: string;
  readonly statements: Statements;
  readonly remarks: Remark[];
  readonly unread: Unread[];
  /** Whether a formula among its forward equations could not be read: then the system would be incomplete. */
  incomplete?: boolean;
}

const ELEMENTWISE =
  /element[\s-]?wise|entry[\s-]?wise|component[\s-]?wise|coordinate[\s-]?wise|按元素|逐元素|逐个元素|activation|激活/iu;
const SCALAR = /\bscalars?\b|标量/iu;
const INTEGER = /\b(?:integers?|(?:whole|natural) numbers?)\b|整数|自然数/iu;
const SIZE_WORDS =
  /\b(?:size|shape|dimensions?|matrix|vector|matrices|vectors|is an?|are)\b|形状|大小|维|矩阵|向量|是/iu;
const SUPPOSING =
  /\b(?:assum\w*|suppos\w*|if|when|e\.g\.|for example|as in|say|instead|otherwise)\b|假设|若|当|例如|如果/iu;
const FUNCTION_WORDS = /function|函数|非线性|nonlinearity|\bis\b|是|为/iu;
const NEAR = 60;

const words = (text: string): readonly string[] => text.match(/[A-Za-z]+/gu) ?? [];

/** The bare name, or φ(·), that a statement consists of. */
const mentionOf = ({ body }: Statement): Syntax | undefined => {
  if (body.kind === "product" && isLeftSide(body)) return body.factors[0]?.body;
  return isName(takeApart(body).core) ? body : undefined;
};

interface ReadPiece {
  readonly text?: string;
  readonly statements: readonly Statement[];
  readonly span: Span;
}

/** What words say of the name before them and of the one behind: a comma parts the two. */
const clausesOf = (text: string): readonly [behind: string, ahead: string] => {
  const comma = Math.max(...[",", ";", "，", "；"].map(mark => text.trimEnd().lastIndexOf(mark)));
  return comma < 0 || text.slice(0, comma).trim() === "" ? [text, text] : [text.slice(0, comma), text.slice(comma + 1)];
};

/** What the words beside inline formulas say of the names in them. */
const readWords = (pieces: readonly ReadPiece[], system: SystemText, last: Statement | undefined): void => {
  const mentions = (piece: ReadPiece | undefined): readonly Syntax[] =>
    (piece?.statements ?? []).flatMap(s => mentionOf(s) ?? []);
  for (const [i, piece] of pieces.entries()) {
    if (piece.text === undefined) continue;
    const { text } = piece;
    const [before, after] = [pieces[i - 1], pieces[i + 1]];
    const near = text.length <= NEAR;
    const [behind, ahead] = clausesOf(text);
    const about = (says: RegExp): readonly Syntax[] => [
      ...(says.test(behind) && (near || /^[\s,，]*(?:is|are|acts?|是|为|按)/iu.test(text)) ? mentions(before) : []),
      ...(says.test(ahead) && (near || /(?:functions?|scalars?|函数|标量)\s*$/iu.test(text)) ? mentions(after) : []),
    ];
    for (const name of about(ELEMENTWISE)) system.remarks.push({ name, says: "elementwise", span: piece.span });
    for (const name of about(SCALAR)) system.remarks.push({ name, says: "scalar", span: piece.span });
    for (const name of about(INTEGER)) system.statements.integers.push(name);
    if (SCALAR.test(text)) {
      // "scalar" alone after a display speaks of what the display defines.
      const left = pieces.length === 1 && last?.body.kind === "relations" ? last.body.members[0] : undefined;
      if (left && near) system.remarks.push({ name: left, says: "scalar", span: piece.span });
    }
    if (FUNCTION_WORDS.test(text)) {
      for (const name of mentions(before)) {
        const spelling = words(text)
          .slice(0, 8)
          .flatMap(word => [word, `\\${word}`])
          .find(word => readingsOf(word, 1).length > 0 && word !== "I");
        if (spelling !== undefined) system.remarks.push({ name, says: { function: spelling }, span: piece.span });
      }
    }
    if (near && (SIZE_WORDS.test(text) || /^\s*[:：]\s*$/u.test(text))) {
      for (const [names, mark] of [
        [mentions(before), after],
        [mentions(after), before],
      ] as const) {
        const sizes = mark?.statements.length === 1 ? sizesOfMark((mark.statements[0] as Statement).body) : undefined;
        if (sizes)
          for (const name of names)
            system.statements.declarations.push({ name, sizes, span: name.span, from: "declared" });
      }
    }
  }
};

export interface Gathered {
  readonly systems: readonly SystemText[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads every formula of the note, sorted by system. Below a backward heading definitions do not count, unless the note
 * has none elsewhere: a chapter "Backpropagation through time" opens with its forward equations.
 */
export const gather = (note: NoteBlocks): Gathered => {
  const lexicon = lexiconOfOps();
  const known = new Map<Formula, Result<Reading>>();
  const read = (formula: Formula): Result<Reading> => {
    let result = known.get(formula);
    if (!result) {
      result = readEquation(formula.text, lexicon, { base: formula.base, macros: note.macros });
      known.set(formula, result);
    }
    return result;
  };
  const strict = gatherSections(note, read, block => block.section !== "backward");
  if (strict.systems.some(system => system.statements.definitions.length > 0)) return strict;
  return gatherSections(note, read, () => true);
};

const gatherSections = (
  note: NoteBlocks,
  readFormula: (formula: Formula) => Result<Reading>,
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
      text = { name: name === "" ? title : name, statements: noStatements(), remarks: [], unread: [] };
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
    const [first, ...rest] = result.value.statements;
    return first && formula.number && !first.number
      ? [{ ...first, number: formula.number }, ...rest]
      : result.value.statements;
  };

  for (const block of note.blocks) {
    const system = textOf(block.system);
    const forward = isForward(block);
    if (block.kind === "display") {
      const odd = system.statements.odd.length;
      for (const statement of read(block.formula, block.section, system)) {
        const supposed = statement.before.some(prose => SUPPOSING.test(prose.text));
        sortStatement(statement, system.name, forward && !supposed, system.statements);
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
      for (const [i, piece] of pieces.entries()) {
        const supposed = block.section === "other" && SUPPOSING.test(pieces[i - 1]?.text ?? "");
        for (const statement of piece.statements) {
          sortStatement(statement, system.name, forward && !supposed && block.kind === "prose", system.statements);
        }
      }
      readWords(pieces, system, last);
      const only = pieces.filter(piece => piece.statements.length > 0);
      if (only.length > 0) last = only.at(-1)?.statements.at(-1);
    }
  }
  return { systems: withPreface([...texts.values()], texts.get("")), diagnostics };
};

/** What stands before the systems, and parts without equations of their own, are declarations for all of them. */
const withPreface = (texts: readonly SystemText[], unnamed: SystemText | undefined): readonly SystemText[] => {
  const defining = texts.filter(text => text.statements.definitions.length > 0);
  const named = defining.filter(text => text !== unnamed || defining.length === 1);
  if (named.length === 0) return texts;
  const prefaces = texts.filter(text => !named.includes(text));
  return named.map(({ statements, remarks, name, incomplete, unread }) => ({
    name,
    unread,
    ...(incomplete ? { incomplete } : {}),
    remarks: [...prefaces.flatMap(preface => preface.remarks), ...remarks],
    statements: {
      ...statements,
      integers: [...prefaces.flatMap(preface => preface.statements.integers), ...statements.integers],
      declarations: [...prefaces.flatMap(preface => preface.statements.declarations), ...statements.declarations],
      ranges: [...prefaces.flatMap(preface => preface.statements.ranges), ...statements.ranges],
    },
  }));
};
