/** What the words beside formulas say of the names in them. */
import type { Span } from "../base/source.ts";
import type { Statement, Syntax } from "../parse/syntax.ts";
import { functionAhead, functionBehind, lossesAhead, lossesBehind, oneHotSaid, oneHotWords } from "./functionwords.ts";
import { integerOf } from "./integers.ts";
import { labelSaid } from "./labels.ts";
import { accentSaid } from "./overbars.ts";
import { givenSaid } from "./random.ts";
import type { Range } from "./ranges.ts";
import { isName, takeApart } from "./scripts.ts";
import { type Declaration, isLeftSide, type LabelSaid, sizesOfMark } from "./statements.ts";
import { namedIn, type StructureRemark, structuresIn } from "./structures.ts";
import { textOf } from "./tree.ts";
import { type Lying, lyingOf } from "./vectors.ts";

/** What words say of a name: "φ acts element-wise", "λ is a scalar", "σ is the logistic function". */
export interface Remark {
  readonly name: Syntax;
  readonly says:
    | "elementwise"
    | "scalar"
    | { readonly function: string }
    | { readonly vector: Lying }
    /** Ops, one of which the loss is. */
    | { readonly losses: readonly string[] }
    /** The label of which it is the one-hot vector, or that it is that of the labels that the note has. */
    | { readonly oneHot: Syntax | "labels" };
  readonly span: Span;
}

/** How a name lies that words call a vector. */
export const lyingSaid = ({ says }: Remark): Lying | undefined =>
  typeof says === "object" && "vector" in says ? says.vector : undefined;

/** What all the words of one system say. */
export interface Wording {
  readonly remarks: Remark[];
  /** Where all names are said to be scalars. */
  scalars?: Span;
  readonly declarations: Declaration[];
  readonly ranges: Range[];
  /** Names that are said to be whole numbers. */
  readonly integers: Syntax[];
  /** Names that are called classes or words. */
  readonly labels: LabelSaid[];
  /** Names that are called masks or rates. */
  readonly given: Syntax[];
  /** Matrices that are said to be symmetric or diagonal. */
  readonly structures: StructureRemark[];
  /** Accents that are said to stand for gradients. */
  readonly gradientAccents: Set<string>;
}

export interface ReadPiece {
  readonly text?: string;
  readonly statements: readonly Statement[];
  readonly span: Span;
}

const ELEMENTWISE =
  /element[\s-]?wise|entry[\s-]?wise|component[\s-]?wise|coordinate[\s-]?wise|按元素|逐元素|逐个元素|activation|激活/iu;
const SCALAR =
  /\bscalars?\b|\b(?:is|are|be|being)\s+(?:an?\s+|all\s+)?real\s+numbers?\b|标量|[是为]实数(?![域矩阵向量集空值])/iu;
/** Said of all the names of a list before it. */
const PLURAL = /^\s*(?:are|were|being)\b|^\s*(?:均|都|全)/iu;
const INTEGER = /\b(?:integers?|(?:whole|natural) numbers?)\b|整数|自然数/iu;
/** Before an indexed name: the components x_i. */
const COMPONENT = /(?:\b(?:components?|entries|entry|coordinates?)|分量|元素)\s*$/iu;
const ALL_SCALARS =
  /\b(?:all|every|everything)\b[^.;:]{0,60}\bscalars?\b|(?:都|均|全|全部)(?:是|为)标量|\bвсе\b[^.;:]{0,40}скаляр/iu;
const SIZE_WORDS =
  /\b(?:size|shape|dimensions?|matrix|vector|matrices|vectors|is an?|are)\b|形状|大小|维|矩阵|向量|是/iu;
const RESPECTIVELY = /\brespectively\b|分别|依次/iu;
/** Between the names of one list. */
const AND = /and|和|与|及/u;
const JOINT = /^\s*(?:[,，、]|[,，]?\s*(?:and|和|与|及)|)\s*$/u;
/** Between the ends of a range. */
const UP_TO = /^\s*(?:(?:up\s+)?to|through|until|到|至|до)\s*$/iu;
/** Ends what a shape is said of. */
const STOP = /[,，.。;；:：、]/u;
const NEAR = 60;

/** The bare name, or φ(·), that a statement consists of. */
const mentionOf = ({ body }: Statement): Syntax | undefined => {
  if (body.kind === "product" && isLeftSide(body)) return body.factors[0]?.body;
  return isName(takeApart(body).core) ? body : undefined;
};

const mentionsIn = (piece: ReadPiece | undefined): readonly Syntax[] =>
  (piece?.statements ?? []).flatMap(statement => mentionOf(statement) ?? []);

/** The same, where there are any. */
const namesIn = (piece: ReadPiece | undefined): readonly Syntax[] | undefined => {
  const names = mentionsIn(piece);
  return names.length > 0 ? names : undefined;
};

/** The sizes that a formula consists of: (h \times d). */
const markIn = (piece: ReadPiece | undefined): readonly Syntax[] | undefined =>
  piece?.statements.length === 1 ? sizesOfMark((piece.statements[0] as Statement).body) : undefined;

/** What stands in the formulas from a place on, forwards or backwards, as long as only commas and "and" part them. */
const chained = <T>(
  pieces: readonly ReadPiece[],
  from: number,
  step: 1 | -1,
  of: (piece: ReadPiece | undefined) => T | undefined,
): readonly T[] => {
  const found: T[] = [];
  for (let at = from; ; at += 2 * step) {
    const value = of(pieces[at]);
    if (value === undefined) return found;
    if (step > 0) found.push(value);
    else found.unshift(value);
    const joint = pieces[at + step]?.text;
    if (joint === undefined || !JOINT.test(joint)) return found;
  }
};

/** R and S, of "symmetric Q, R and S" and of "Q, R and S are symmetric"; in "a symmetric W, x" nothing is said of x. */
const othersBeside = (pieces: readonly ReadPiece[], own: number, of: "before" | "after"): readonly Syntax[] => {
  const step = of === "before" ? -1 : 1;
  if (of === "before" && !PLURAL.test(pieces[own + 1]?.text ?? "")) return [];
  const names = chained(pieces, own + 2 * step, step, namesIn);
  const joints = names.map((_, n) => pieces[own + step * (2 * n + 1)]?.text ?? "");
  return joints.every(joint => JOINT.test(joint)) && joints.some(joint => AND.test(joint)) ? names.flat() : [];
};

const readShapes = (pieces: readonly ReadPiece[], at: number, text: string, into: Wording): void => {
  const declare = (names: readonly Syntax[], sizes: readonly Syntax[]): void => {
    for (const name of names) into.declarations.push({ name, sizes, span: name.span, from: "declared" });
  };
  const named = (piece: ReadPiece | undefined): readonly Syntax[] | undefined => {
    const names = mentionsIn(piece);
    return names.length > 0 && markIn(piece) === undefined ? names : undefined;
  };
  const names = chained(pieces, at - 1, -1, named).flat();
  const marks = chained(pieces, at + 1, 1, markIn);
  const [mark] = marks;
  if (mark && names.length > 0) {
    const end = pieces[at + 2 * marks.length]?.text ?? "";
    const each = RESPECTIVELY.test(text) || RESPECTIVELY.test(end.slice(0, NEAR));
    if (each && marks.length > 1) {
      if (marks.length === names.length)
        for (const [i, name] of names.entries()) declare([name], marks[i] as readonly Syntax[]);
    } else declare(names, mark);
    return;
  }
  // A 2 × 3 matrix X; but not "W is 2 × 3, and X …".
  const before = markIn(pieces[at - 1]);
  if (before && !STOP.test(text)) declare(mentionsIn(pieces[at + 1]), before);
};

/** $W$: ($h$, $d$): the sizes are formulas between brackets that stand in the words. */
const readTuple = (pieces: readonly ReadPiece[], at: number, text: string, into: Wording): void => {
  if (!/[:：]\s*[(（]\s*$/u.test(text) || text.length > NEAR) return;
  const sizes: Syntax[] = [];
  for (let next = at + 1; next + 1 < pieces.length && sizes.length < 3; next += 2) {
    const [size, ...more] = pieces[next]?.statements ?? [];
    const between = pieces[next + 1];
    if (!size || more.length > 0 || between?.text === undefined) return;
    sizes.push(size.body);
    const one = /^\s*[,，]\s*1\s*[)）]/u.exec(between.text);
    if (one) {
      const span = { start: between.span.start, end: between.span.start + one[0].length };
      sizes.push({ kind: "number", text: "1", fonts: [], accents: [], span });
    }
    if (one || /^\s*[)）]/u.test(between.text)) {
      for (const name of mentionsIn(pieces[at - 1]))
        into.declarations.push({ name, sizes, span: name.span, from: "declared" });
      return;
    }
    if (!/^\s*[,，×]\s*$/u.test(between.text)) return;
  }
};

/** From t = 1 to t = T, or to T. */
const readRange = (before: ReadPiece | undefined, after: ReadPiece | undefined, into: Wording): void => {
  const [from, to] = [before?.statements.at(-1)?.body, after?.statements[0]?.body];
  if (from?.kind !== "relations" || from.members.length !== 2 || !to) return;
  const [index, low] = [from.members[0] as Syntax, integerOf(from.members[1] as Syntax)];
  const end = to.kind === "relations" ? to.members.at(-1) : to;
  const high = end && integerOf(end);
  if (to.kind === "relations" && textOf(to.members[0] as Syntax) !== textOf(index)) return;
  const letter = integerOf(index)?.key;
  if (letter !== undefined && low && high && isName(takeApart(index).core) && before && after)
    into.ranges.push({ index: letter, low, high, span: { start: before.span.start, end: after.span.end } });
};

/** What words say of the name before them and of the one behind: a comma parts the two, and so do sentences. */
const clausesOf = (words: string): readonly [behind: string, ahead: string] => {
  const sentences = words.split(/(?<=[.!?])\s+(?=\p{Lu})|(?<=[。！？])/u);
  if (sentences.length > 1) return [sentences[0] as string, sentences.at(-1) as string];
  const text = words;
  const comma = Math.max(...[",", ";", "，", "；"].map(mark => text.trimEnd().lastIndexOf(mark)));
  return comma < 0 || text.slice(0, comma).trim() === "" ? [text, text] : [text.slice(0, comma), text.slice(comma + 1)];
};

/** A large letter behind "vectors" may be the matrix that holds them. */
const isLarge = (name: Syntax): boolean => /^[A-Z]/u.test(textOf(takeApart(name).core));

const readVectors = (pieces: readonly ReadPiece[], at: number, text: string, into: Wording): void => {
  const say = (names: readonly Syntax[], vector: Lying, span: Span): void => {
    for (const name of names) if (!isLarge(name)) into.remarks.push({ name, says: { vector }, span });
  };
  const { behind, ahead } = lyingOf(text);
  const { span } = pieces[at] as ReadPiece;
  if (behind) say(chained(pieces, at - 1, -1, namesIn).flat(), behind, span);
  if (ahead) say(chained(pieces, at + 1, 1, namesIn).flat(), ahead, span);
};

/** Where one row of a table ends and the next begins: the words before it say nothing of the names behind it. */
const NEXT_ROW = /\|[ \t]*\n[ \t]*(?=\|)/u;

/** The words between two rows of a table taken apart, with no formula between them. */
const byRows = (pieces: readonly ReadPiece[]): readonly ReadPiece[] =>
  pieces.flatMap((piece): readonly ReadPiece[] => {
    const { text, span } = piece;
    const row = text === undefined ? null : NEXT_ROW.exec(text);
    if (text === undefined || !row) return [piece];
    const at = row.index + row[0].length;
    const middle = { start: span.start + at, end: span.start + at };
    return [
      { text: text.slice(0, at), statements: [], span: { ...span, end: middle.end } },
      { statements: [], span: middle },
      { text: text.slice(at), statements: [], span: { ...span, start: middle.start } },
    ];
  });

/** What the words beside inline formulas say of the names in them. `last`: the statement before the words. */
export const readWords = (written: readonly ReadPiece[], into: Wording, last: Statement | undefined): void => {
  const pieces = byRows(written);
  for (const [i, piece] of pieces.entries()) {
    if (piece.text === undefined) continue;
    const { text } = piece;
    const [before, after] = [pieces[i - 1], pieces[i + 1]];
    const near = text.length <= NEAR;
    const [behind, ahead] = clausesOf(text);
    const about = (says: RegExp): readonly Syntax[] => [
      ...(says.test(behind) && (near || /^[\s,，]*(?:is|are|acts?|是|为|按)/iu.test(text)) ? mentionsIn(before) : []),
      ...(says.test(ahead) && (near || /(?:functions?|scalars?|函数|标量)\s*$/iu.test(text)) ? mentionsIn(after) : []),
    ];
    for (const name of about(ELEMENTWISE)) into.remarks.push({ name, says: "elementwise", span: piece.span });
    for (const name of about(INTEGER)) into.integers.push(name);
    const label = near ? labelSaid(text) : undefined;
    const called = [...(label?.behind ? mentionsIn(before) : []), ...(label?.ahead ? mentionsIn(after) : [])];
    const given = near ? givenSaid(text) : undefined;
    into.given.push(...(given?.behind ? mentionsIn(before) : []), ...(given?.ahead ? mentionsIn(after) : []));
    for (const name of called) into.labels.push({ name, span: piece.span });
    // Words at the beginning follow no name.
    for (const { structure, of } of structuresIn(text, before ? (pieces[i - 2]?.text ?? "") : undefined)) {
      const own = of === "before" ? i - 1 : i + 1;
      const beside = [...(pieces[own]?.statements ?? []).flatMap(namedIn), ...othersBeside(pieces, own, of)];
      for (const name of beside) into.structures.push({ name, structure, span: piece.span });
    }
    if (COMPONENT.test(text)) {
      for (const name of mentionsIn(after))
        if (name.kind === "scripted") into.remarks.push({ name, says: "scalar", span: piece.span });
    }
    if (ALL_SCALARS.test(text)) into.scalars ??= piece.span;
    else if (SCALAR.test(text)) {
      const list = PLURAL.test(behind) ? chained(pieces, i - 1, -1, namesIn).flat() : [];
      for (const name of new Set([...list, ...about(SCALAR)]))
        into.remarks.push({ name, says: "scalar", span: piece.span });
      // "scalar" alone after a display speaks of what the display defines.
      const left = pieces.length === 1 && last?.body.kind === "relations" ? last.body.members[0] : undefined;
      if (left && near) into.remarks.push({ name: left, says: "scalar", span: piece.span });
    }
    const [named, value] = [mentionsIn(before), mentionsIn(after)];
    const functions = [
      ...named.map(name => ({ name, spelling: functionBehind(text, value[0]) })),
      ...value.map(name => ({ name, spelling: functionAhead(text, named.at(-1)) })),
    ];
    for (const { name, spelling } of functions)
      if (spelling !== undefined) into.remarks.push({ name, says: { function: spelling }, span: piece.span });
    const losses = [
      ...named.map(name => ({ name, ops: lossesBehind(text) })),
      ...value.map(name => ({ name, ops: lossesAhead(text) })),
    ];
    for (const { name, ops } of losses)
      if (ops.length > 0) into.remarks.push({ name, says: { losses: ops }, span: piece.span });
    const chosen = oneHotSaid(text, value[0]);
    const oneHot = near ? oneHotWords(text) : undefined;
    for (const name of [...(oneHot?.behind || chosen ? named : []), ...(oneHot?.ahead && !chosen ? value : [])])
      into.remarks.push({ name, says: { oneHot: chosen ?? "labels" }, span: piece.span });
    const accent = before && after ? accentSaid(before.statements, text, after.statements) : undefined;
    // \bar X for the gradient of L by X
    const over = pieces[i + 3];
    const through =
      before && over
        ? accentSaid(before.statements, `${text} ${pieces[i + 2]?.text ?? ""}`, over.statements)
        : undefined;
    for (const found of [accent, through]) if (found !== undefined) into.gradientAccents.add(found);
    readVectors(pieces, i, text, into);
    readTuple(pieces, i, text, into);
    if (UP_TO.test(text)) readRange(before, after, into);
    if (near && (SIZE_WORDS.test(text) || /^\s*[:：]\s*$/u.test(text))) readShapes(pieces, i, text, into);
  }
};
