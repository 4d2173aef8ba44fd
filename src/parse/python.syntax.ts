/** What lines of Python say, before anything is known of names. Every node covers a half-open range of the note. */
import type { Span } from "../base/source.ts";

export type Code =
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  | { readonly kind: "number"; readonly text: string; readonly span: Span }
  | { readonly kind: "text"; readonly text: string; readonly span: Span }
  | { readonly kind: "tuple"; readonly items: readonly Code[]; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly Code[]; readonly span: Span }
  /** + - * @ / // % ** < <= == & and …, two sides each. */
  | {
      readonly kind: "infix";
      readonly operator: string;
      readonly left: Code;
      readonly right: Code;
      readonly span: Span;
    }
  | { readonly kind: "prefix"; readonly operator: string; readonly of: Code; readonly span: Span }
  | { readonly kind: "conditional"; readonly items: readonly Code[]; readonly span: Span }
  | { readonly kind: "attribute"; readonly of: Code; readonly name: string; readonly span: Span }
  | { readonly kind: "call"; readonly of: Code; readonly args: readonly Argument[]; readonly span: Span }
  | { readonly kind: "subscript"; readonly of: Code; readonly places: readonly Code[]; readonly span: Span }
  /** a:b:c inside of brackets; what is left out is null. */
  | { readonly kind: "slice"; readonly parts: readonly (Code | null)[]; readonly span: Span }
  /** axis=1 among arguments. */
  | Keyword;

export interface Keyword {
  readonly kind: "keyword";
  readonly name: string;
  readonly value: Code;
  readonly span: Span;
}

export type Argument = Code;

/** One logical line. */
export type CodeStatement =
  /** `operator`: "=" or an augmented one, such as "-=". Chained assignments are lines of their own. */
  | {
      readonly kind: "assignment";
      readonly target: Code;
      readonly operator: string;
      readonly value: Code;
      readonly span: Span;
    }
  | { readonly kind: "for"; readonly names: readonly string[]; readonly over: Code; readonly span: Span }
  | { readonly kind: "while"; readonly span: Span }
  | { readonly kind: "def"; readonly name: string; readonly parameters: readonly Argument[]; readonly span: Span }
  | { readonly kind: "return"; readonly value: Code; readonly span: Span };

/** A logical line with the lines that are indented below it. */
export interface CodeLine {
  /** null: a line of another kind, which is passed over. */
  readonly statements: readonly CodeStatement[] | null;
  /** The first word of the line. */
  readonly word: string;
  readonly span: Span;
  /** Without its sign, trimmed; "" for none. */
  readonly comment: string;
  readonly body: readonly CodeLine[];
}
