/** What the note says of one system, sorted and unread. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import type { Axis } from "../ops/along.ts";
import type { Syntax } from "../parse/syntax.ts";
import type { AxisWord } from "./axes.ts";
import type { Definition, Statements } from "./statements.ts";
import type { Remark } from "./words.ts";

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
  /** Where all names are said to be scalars. */
  scalars?: Span;
  /** Words about rows and columns. */
  readonly axisWords: AxisWord[];
  /** Words that say of all vectors that they are rows, or columns. */
  readonly vectors: Axis[];
  /** Accents that words say to stand for gradients. */
  readonly gradientAccents: Set<string>;
  /** Equations that give gradients under such accents. */
  readonly adjoints?: readonly Definition[];
  /** What a rule differentiates, where the note gives it no name. */
  readonly operand?: Definition;
  /** Whether lines of code are among its equations. */
  code?: boolean;
  /** Whether a formula among its forward equations could not be read: then the system would be incomplete. */
  incomplete?: boolean;
}

/** The text with the formulas of its definitions and claims read another way. */
export const withFormulas = (text: SystemText, read: (formula: Syntax) => Syntax): SystemText => ({
  ...text,
  statements: {
    ...text.statements,
    definitions: text.statements.definitions.map(each => ({
      ...each,
      left: read(each.left),
      right: read(each.right),
    })),
    claims: text.statements.claims.map(claim =>
      claim.statement ? { ...claim, statement: { ...claim.statement, body: read(claim.statement.body) } } : claim,
    ),
  },
});
