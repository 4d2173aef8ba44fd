/**
 * What a note says in two ways: a name that it defines twice, as "or" in its words, or a formula in one piece that is not
 * what the steps compute. What is wrong by one may be right by the other.
 */
import { covers, type Span } from "../base/source.ts";
import { exchange } from "../note/exchange.ts";
import type { NoteSystem, ReadNote } from "../note/read.ts";
import type { Definition } from "../note/statements.ts";
import { everyPart, textOf } from "../note/tree.ts";
import type { Statement, Syntax } from "../parse/syntax.ts";
import { restatementsIn } from "./restated.ts";

/** Few notes hold more, and each costs as much as the whole note. */
const MOST_PAIRS = 2;

/** A formula that is taken for a name, and another that the note gives for it. */
interface Pair {
  readonly first: Definition;
  readonly second: Syntax;
  /** The equation in which the other formula stands. */
  readonly where: Definition;
}

/** Definitions of one name at one index, the first of which is taken. */
const pairsIn = ({ definitions, claims }: NoteSystem): readonly Pair[] => {
  const later = claims.flatMap(({ definition }) => definition ?? []);
  return later.flatMap(where => {
    const name = textOf(where.left);
    const first = definitions.find(each => each !== where && !later.includes(each) && textOf(each.left) === name);
    const isSame = first && textOf(first.right) === textOf(where.right);
    return first && !isSame && first.span.start < where.span.start ? [{ first, second: where.right, where }] : [];
  });
};

const restated = (part: NoteSystem): readonly Pair[] =>
  restatementsIn(part).map(({ first, other, where }) => ({ first, second: other, where }));

/** Trees are read anew with the note: the old one is found by its place. */
const replaced = (statement: Statement, { span, kind }: Syntax, by: Syntax): Statement => {
  if (!covers(statement.span, span)) return statement;
  const old = everyPart(statement.body).find(
    part => part.kind === kind && part.span.start === span.start && part.span.end === span.end,
  );
  return old ? { ...statement, body: exchange(statement.body, old, by) } : statement;
};

/** Two formulas of a note for one thing, of which forward equations can have but one. */
export interface Contradiction {
  readonly first: Definition;
  /** The equation that says something else. */
  readonly other: Definition;
  /** The note with the formula of the other in place of the first. */
  readonly note: ReadNote;
}

/** `agrees`: whether an equation is known to say the same as those before it. */
export const contradictionsIn = (note: ReadNote, agrees: (span: Span) => boolean): readonly Contradiction[] =>
  note.parts
    .flatMap(part => [...pairsIn(part), ...restated(part)])
    .filter(({ where }) => !agrees(where.span))
    .slice(0, MOST_PAIRS)
    .map(({ first, second, where }) => ({
      first,
      other: where,
      note: note.again(statement => {
        const swapped = replaced(statement, first.right, second);
        return swapped === statement ? replaced(statement, second, first.right) : swapped;
      }),
    }));
