import type { Span } from "../base/source.ts";
import type { Argument, Frame, Row } from "./frame.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Lexeme } from "./scan.ts";
import type { Syntax } from "./syntax.ts";
import type { Token } from "./token.ts";

/** The state of the walk over a formula's lexemes, as those who deal with single lexemes see it. */
export interface State {
  readonly text: string;
  /** Offset of the formula in the note. */
  readonly base: number;
  readonly lexemes: readonly Lexeme[];
  readonly lexicon: Lexicon;
  readonly stack: Frame[];
  /** Row environments that are open around the rows. */
  readonly environments: { readonly name: string; readonly span: Span }[];
  /** The place of the next lexeme. */
  at: number;
  /** \not stands before the next relation. */
  negated: Span | null;
  readonly top: Frame;
  readonly row: Row;
  /** The last token of the open frame. */
  readonly last: Token | undefined;
  readonly next: Lexeme | undefined;
  /** Whether a factor stands directly before. */
  readonly afterOperand: boolean;
  newRow(): void;
  open(kind: Frame["kind"], open: string, span: Span, more?: Partial<Frame>): Frame;
  add(token: Token): void;
  /** An argument without braces is whole as soon as it holds something. */
  closeSingles(): void;
  /** Hands an argument to the command that waits for it. */
  give(argument: Argument): void;
  /** Reads a list; what cannot be read is noted with the row and leaves a hole. */
  read(tokens: readonly Token[], start: string, end: number): Syntax | null;
  /** Bars that opened and did not close are separators: p(y | x). */
  settleBars(): void;
  /** Closes the innermost bracket as a group. */
  closeGroup(open: string, close: string, closing: Span): void;
  /** Says of what is still open that it is not closed. */
  unclosed(place: Span, found: string): never;
  /** The LaTeX of an argument that is not read as mathematics; refuses when there is none. */
  need(command: Lexeme): { readonly text: string; readonly span: Span };
}
