/** What the reading of a claim gives. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";
import type { Domain } from "../../expr/domain.ts";
import type { Node, SymbolNode } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import type { Syntax } from "../../parse/syntax.ts";
import type { Layout } from "./layouts.ts";

/** A shape that is written on a name or a derivative: ∂L^{y×h}/∂o_t. */
export interface ShapeMark {
  readonly sizes: readonly Syntax[];
  readonly span: Span;
  /** What it is the shape of. */
  readonly of: readonly Polynomial[];
  readonly latexSpan: Span;
}

/** A claim's members as terms of one shape, over the index points for which they are claimed. */
export interface ReadClaim {
  readonly members: readonly Node[];
  readonly indices: readonly string[];
  readonly over: Domain;
  /** The range that the claim itself states, if it states one. */
  readonly stated: boolean;
}

export type ClaimReading =
  | { readonly kind: "read"; readonly claim: ReadClaim; readonly marks: readonly ShapeMark[] }
  /** A name that nothing gives a meaning. */
  | { readonly kind: "unknown"; readonly name: Syntax; readonly span: Span; readonly marks: readonly ShapeMark[] }
  /** Each member has a shape, but they differ. */
  | {
      readonly kind: "shapes";
      readonly claims: readonly ReadClaim[];
      readonly marks: readonly ShapeMark[];
    }
  /** A member of the chain whose operations fit no shapes. */
  | { readonly kind: "misfit"; readonly member: number; readonly marks: readonly ShapeMark[] }
  | { readonly kind: "unreadable"; readonly diagnostic: Diagnostic; readonly marks: readonly ShapeMark[] };

/** Ways of reading that shapes cannot tell apart. */
export interface ReadingOptions {
  /** Partial derivatives of what is not the objective, outside prod: through the one equation only; all, or those of arrays by parameters. */
  readonly immediate?: boolean | "parameters";
  /** Derivatives of the objective by what the loss reads, on the right: through the loss alone. */
  readonly direct?: boolean;
  /** σ′(a), where a = σ(z), as the derivative at z, which a note writes by the output: a(1 − a). */
  readonly outputs?: boolean;
  /** δ_a, where a = σ(z), as the derivative by z: the error of a unit by its weighted input. */
  readonly inputs?: boolean;
  /** prod of two arrays the other way, where several products fit. */
  readonly rearranged?: boolean;
  /** Derivatives with more than two axes, contracted with any gradient by what is differentiated, in a layout. */
  readonly contracted?: Layout;
  /** Products of matrices over an index with the largest index leftmost. */
  readonly backwards?: boolean;
  /** All members in one shape or not at all: nobody asks what each of them is by itself. */
  readonly together?: boolean;
  /** One layout for all derivatives. */
  readonly layout?: Layout;
}

/** A formula as a family over the letters that are free in it. */
export interface NamedFormula {
  readonly symbol: SymbolNode;
  readonly index: readonly Polynomial[];
}

/** By what they are read as. */
export type NamedFormulas = ReadonlyMap<string, NamedFormula>;

/** What else is known of the names in claims. */
export interface Told {
  /** By a symbol, the family that holds the gradient of the objective by it. */
  readonly gradients?: ReadonlyMap<SymbolNode, SymbolNode>;
  /** Accents that stand for gradients. */
  readonly accents?: ReadonlySet<string>;
  /** Formulas that are differentiated. */
  readonly formulas?: NamedFormulas;
}
