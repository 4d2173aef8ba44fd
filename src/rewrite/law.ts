/** What a law is: a row of a table. */
import type { Domain } from "../expr/domain.ts";
import type { Node } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import type { Distribution } from "../expr/system.ts";

/** Because … , in the languages of documents. */
export type Sentence = Readonly<Record<"en" | "zh", string>>;

/** What a computed right side may ask of the match. */
export interface Match {
  /** What a metavariable stands for. */
  readonly node: (name: string) => Node;
  /** A metavariable that depends on the index of the sum, with the index replaced. */
  readonly member: (name: string, at: Polynomial) => Node;
  /** What a size or integer name stands for. */
  readonly integer: (name: string) => Polynomial;
  /** The domain of the only sum or product on the left side, and its index. */
  readonly domain: () => { readonly index: string; readonly domain: Domain };
}

/** Side conditions, a closed vocabulary; decided from the term and from what the caller may suppose. */
export type Condition =
  /** The integer expression is ≥ 0 whatever the sizes are. */
  | { readonly nonNegative: string }
  /** The metavariable stands for a matrix that equals its transpose. */
  | { readonly symmetric: string }
  /** The entries of what the metavariable stands for sum to one, or those of each of its rows or columns; a label is a unit vector. */
  | { readonly distribution: string; readonly of: Distribution };

export interface Law {
  /** A kebab-case sentence, for ever. */
  readonly id: string;
  /**
   * The shape of each metavariable: "m n", "n", "1"; "number" (an exact number), "integer" (a number that is an
   * index, a size or an integral constant). A metavariable written "A[t]" may depend on the bound index t; the others
   * may not depend on any bound index. Names that are not listed are integers.
   */
  readonly where: Readonly<Record<string, string>>;
  /**
   * A term. In sum(t, lo, hi, …) the names lo and hi stand for any domain; they have values of their own only when it
   * is an interval. Matching is modulo the laws of the ops.
   */
  readonly left: string;
  /** A term, or a computation that may decline. */
  readonly right: string | ((match: Match) => Node | undefined);
  /** For a computed right side: a left side to which it applies, in which metavariables stand for themselves. */
  readonly example?: string;
  readonly if?: readonly Condition[];
  readonly say: Sentence;
  readonly source?: string;
  /** Bookkeeping that a reader is not told of by itself: it joins the step beside it. */
  readonly trivial?: true;
}

/** A list of laws that are used together, and why they come to an end. */
export interface Phase {
  readonly name: string;
  readonly laws: readonly Law[];
  /** What gets smaller with every use of a law. */
  readonly ends: string;
}

/** What side conditions may suppose beyond the term. */
export interface Suppositions {
  /** Names of sizes and horizons: integers ≥ 1. */
  readonly sizes?: ReadonlySet<string>;
  readonly symmetric?: ReadonlySet<Node>;
  /** Arrays whose entries, or those of each row or column, sum to one, such as labels that choose one of several classes. */
  readonly distributions?: ReadonlyMap<Node, Distribution> | undefined;
}
