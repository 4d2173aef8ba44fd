import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";
import type { Macros } from "../../parse/macros.ts";
import type { FrontMatter } from "./frontmatter.ts";

/**
 * A formula of the note. `text` has the length of the note's slice from `base` on: quotation marks of
 * its lines and definitions inside it are blanked with spaces, so an offset in `text` plus `base` is an
 * offset in the note.
 */
export interface Formula {
  readonly text: string;
  readonly base: number;
  /** With its delimiters. */
  readonly span: Span;
  readonly display: boolean;
  /** A number typed in front of it in the words of the note, "(2) $h = f(z)$", without brackets. */
  readonly number: { readonly text: string; readonly span: Span } | null;
}

/** Words and inline formulas in the order of the note. */
export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly span: Span }
  | { readonly kind: "formula"; readonly formula: Formula; readonly span: Span };

/** Where in the note a block stands. */
export interface Place {
  /** The system it belongs to: "" before the first one, and in notes that hold only one without a name. */
  readonly system: string;
  readonly section: Section;
  /** The headings above it, outermost first. */
  readonly headings: readonly string[];
}

/** "forward" below FP:, "backward" below BP:, or their headings; "other" before either. */
export type Section = "forward" | "backward" | "other";

export type Block = Place &
  (
    | { readonly kind: "heading"; readonly level: number; readonly pieces: readonly Piece[]; readonly span: Span }
    /** A paragraph or what is left of it between displays. `item`: it stands in a list. */
    | { readonly kind: "prose"; readonly pieces: readonly Piece[]; readonly item: boolean; readonly span: Span }
    | { readonly kind: "display"; readonly formula: Formula; readonly span: Span }
    /** `text`: what stands within its fence, from `base` on in the note. */
    | {
        readonly kind: "code";
        readonly language: string;
        readonly text?: string;
        readonly base?: number;
        readonly span: Span;
      }
  );

export interface NoteBlocks {
  readonly blocks: readonly Block[];
  /** The systems in the order of their first block. */
  readonly systems: readonly string[];
  readonly macros: Macros;
  /** null: none, or a damaged one (then there is a diagnostic). */
  readonly frontMatter: FrontMatter | null;
  readonly diagnostics: readonly Diagnostic[];
}
