/**
 * A copy of a note with misread letters repaired and wrong equations mended. What is written is read and judged again:
 * an edit stays only if nothing can be said against its equation any more, and nothing new against any other.
 */
import type { Span } from "../../base/source.ts";
import { type CheckedNote, checkNote } from "../../check/check.ts";
import { type EquationReport, VERDICTS } from "../../check/verdict.ts";
import { type ReadNote, type ReadNoteOptions, readNote } from "../../note/read.ts";
import { withLetter } from "./letters.ts";
import { readingOf, replacementOf } from "./mended.ts";

export interface Fixed {
  readonly text: string;
  /** The equations that were changed, as they were reported. */
  readonly mended: readonly EquationReport[];
  /** What the copy is worth. */
  readonly report: CheckedNote;
}

/** The ways of writing an equation anew, the least change first. */
interface Edit {
  readonly equation: EquationReport;
  readonly span: Span;
  readonly ways: readonly string[];
}

const isFinding = ({ verdict }: EquationReport): boolean => VERDICTS[verdict].level !== "ok";

const waysFor = (equation: EquationReport): readonly string[] => {
  const { latex, repairs, verdict, mended } = equation;
  const known = (ways: readonly (string | undefined)[]): readonly string[] =>
    ways.filter((way): way is string => way !== undefined && way !== latex);
  // A form that still supposes something is no repair.
  if (verdict === "wrong" || verdict === "holds-under") return mended?.under ? [] : known([replacementOf(equation)]);
  if (repairs.length === 0 || (isFinding(equation) && verdict !== "repaired")) return [];
  const letters = repairs.reduce((text, { from, to }) => withLetter(text, from, to), latex);
  return known([letters, readingOf(equation)]);
};

/** Edits that touch no other, in the order of the note. */
const editsFor = ({ equations }: CheckedNote): readonly Edit[] => {
  const edits: Edit[] = [];
  let end = 0;
  for (const equation of equations) {
    const ways = waysFor(equation);
    if (ways.length === 0 || equation.span.start < end) continue;
    edits.push({ equation, span: equation.span, ways });
    end = equation.span.end;
  }
  return edits;
};

interface Written {
  readonly text: string;
  /** Where each edit stands in it. */
  readonly spans: readonly Span[];
}

const write = (text: string, edits: readonly Edit[]): Written => {
  const parts: string[] = [];
  const spans: Span[] = [];
  let [from, length] = [0, 0];
  const put = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  for (const { span, ways } of edits) {
    put(text.slice(from, span.start));
    const start = length;
    put(ways[0] as string);
    spans.push({ start, end: length });
    from = span.end;
  }
  put(text.slice(from));
  return { text: parts.join(""), spans };
};

const touches = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

const ROUNDS = 6;

/** Whole or not at all: the copy is the note itself where nothing can be mended. */
export const fixNote = async (note: ReadNote, report: CheckedNote, options: ReadNoteOptions = {}): Promise<Fixed> => {
  let edits = editsFor(report);
  const before = report.equations.filter(isFinding).length;
  for (let round = 0; round < ROUNDS && edits.length > 0; round++) {
    const { text, spans } = write(note.text, edits);
    const again = checkNote(await readNote(text, options), { language: report.language });
    const findings = again.equations.filter(isFinding);
    const left = edits.flatMap((edit, i): readonly Edit[] => {
      const against = findings.some(({ span }) => touches(span, spans[i] as Span));
      if (!against) return [edit];
      const ways = edit.ways.slice(1);
      return ways.length > 0 ? [{ ...edit, ways }] : [];
    });
    const settled = left.length === edits.length && left.every((edit, i) => edit === edits[i]);
    if (settled && again.equations.length === report.equations.length && findings.length <= before)
      return { text, mended: edits.map(({ equation }) => equation), report: again };
    if (settled) break;
    edits = left;
  }
  return { text: note.text, mended: [], report };
};
