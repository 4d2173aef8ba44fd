import type { Span } from "../../base/source.ts";

export type Layout = "denominator" | "numerator";
export type Notation = "prod" | "plain" | "nabla" | "delta" | "differential";

/** What the note says of itself under `gradnote:`. Names are LaTeX as written; spans are in the note. */
export interface FrontMatter {
  readonly objective?: Entry<string>;
  readonly parameters?: readonly Entry<string>[];
  readonly shapes: ReadonlyMap<string, Entry<readonly string[]>>;
  readonly functions: ReadonlyMap<string, Entry<string>>;
  readonly layout?: Layout;
  readonly notation?: Notation;
  readonly language?: "en" | "zh";
  /** Overrides for one system, by its heading. */
  readonly systems: ReadonlyMap<string, FrontMatter>;
  readonly span: Span;
}

export interface Entry<T> {
  readonly value: T;
  readonly span: Span;
}
