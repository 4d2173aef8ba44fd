/** Names that a note defines twice, as "or" in its words: what is wrong by one definition may be right by the other. */
import type { Span } from "../base/source.ts";
import { exchange } from "../note/exchange.ts";
import type { NoteSystem, ReadNote } from "../note/read.ts";
import type { Definition } from "../note/statements.ts";
import { everyPart, textOf } from "../note/tree.ts";
import type { Statement, Syntax } from "../parse/syntax.ts";

/** Few notes hold more, and each costs as much as the whole note. */
const MOST_PAIRS = 2;

interface Pair {
  readonly first: Definition;
  readonly second: Definition;
}

/** Definitions of one name at one index, the first of which is taken. */
const pairsIn = ({ definitions, claims }: NoteSystem): readonly Pair[] => {
  const later = claims.flatMap(({ definition }) => definition ?? []);
  return later.flatMap(second => {
    const name = textOf(second.left);
    const first = definitions.find(each => each !== second && !later.includes(each) && textOf(each.left) === name);
    return first && first.span.start < second.span.start ? [{ first, second }] : [];
  });
};

const covers = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** Trees are read anew with the note: the old one is found by its place. */
const replaced = (statement: Statement, { span, kind }: Syntax, by: Syntax): Statement => {
  if (!covers(statement.span, span)) return statement;
  const old = everyPart(statement.body).find(
    part => part.kind === kind && part.span.start === span.start && part.span.end === span.end,
  );
  return old ? { ...statement, body: exchange(statement.body, old, by) } : statement;
};

export interface OtherDefinition {
  readonly definition: Definition;
  /** The note with the other definition in place of the first. */
  readonly note: ReadNote;
}

export const otherDefinitions = (note: ReadNote): readonly OtherDefinition[] =>
  note.parts
    .flatMap(pairsIn)
    .slice(0, MOST_PAIRS)
    .map(({ first, second }) => ({
      definition: second,
      note: note.again(statement => {
        const swapped = replaced(statement, first.right, second.right);
        return swapped === statement ? replaced(statement, second.right, first.right) : swapped;
      }),
    }));
