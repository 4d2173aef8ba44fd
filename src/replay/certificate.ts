/**
 * A judged equation as plain data that needs nothing else: the forward equations down to sums of products and functions of
 * numbers, both sides of the claim, what is supposed, and what was found at which samples. This folder imports nothing of
 * the engine, so that whoever doubts the engine has something else to ask.
 */

/** A polynomial in sizes and indices: [coefficient, name, name …] for each monomial. */
export type Poly = readonly (readonly [coefficient: number, ...names: string[]])[];
export type Extent = readonly [rows: Poly, columns: Poly];
/** A member of a family, or a symbol without indices. */
export type Place = readonly [symbol: string, index: readonly Poly[]];

/** Arguments are places in the list of terms, before the term that has them. */
export type Term =
  | { readonly is: "number"; readonly numerator: string; readonly denominator: string }
  | { readonly is: "integer"; readonly value: Poly }
  | { readonly is: "read"; readonly at: Place }
  | { readonly is: "partial"; readonly of: Place; readonly by: Place; readonly reading: "total" | "immediate" }
  /** Products of entries, summed over letters that the result lacks. */
  | { readonly is: "einsum"; readonly letters: string; readonly args: readonly number[]; readonly extent: Extent }
  /** A function of numbers, entry by entry. */
  | {
      readonly is: "each";
      readonly name: string;
      readonly args: readonly number[];
      readonly exponent?: Poly;
      readonly function?: string;
      readonly order?: number;
    }
  /** The entries from a row and a column on; zeros outside. */
  | { readonly is: "window"; readonly arg: number; readonly row: Poly; readonly column: Poly; readonly extent: Extent }
  | { readonly is: "kernel"; readonly name: string; readonly arg: number }
  /**
   * A function of several arguments known by name: its value, the gradient by one argument, a cotangent pulled
   * back, the Jacobian matrix by one argument (a matrix column by column).
   */
  | {
      readonly is: "general";
      readonly face: "value" | "gradient" | "pull" | "jacobian";
      readonly function: string;
      readonly slot: number;
      readonly args: readonly number[];
      readonly extent: Extent;
    }
  /** prod(gradient, ∂of/∂by), the derivative through the one equation of `of`, or through all. */
  | { readonly is: "chain"; readonly arg: number; readonly of: Place; readonly by: Place; readonly total?: true }
  | {
      readonly is: "over";
      readonly fold: "sum" | "product" | "reversed-product";
      readonly index: string;
      readonly where: readonly Poly[];
      readonly body: number;
      readonly extent: Extent;
    };

export interface CertifiedSymbol {
  readonly name: string;
  readonly extent: Extent;
  readonly indices: readonly string[];
  /** The members that exist: where all of these are ≥ 0. */
  readonly where: readonly Poly[];
  readonly structure?: "symmetric" | "diagonal";
}

export interface CertifiedEquation {
  readonly of: string;
  readonly indices: readonly string[];
  readonly where: readonly Poly[];
  readonly right: number;
}

export interface CertifiedSample {
  readonly sizes: Readonly<Record<string, number>>;
  readonly seed: number;
  /** Of both sides at all points of the claim. */
  readonly digest: string;
}

export interface CertifiedCounterexample {
  readonly sizes: Readonly<Record<string, number>>;
  readonly index: Readonly<Record<string, number>>;
  readonly given: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly left: readonly (readonly number[])[];
  readonly right: readonly (readonly number[])[];
}

export interface Certificate {
  readonly certificate: "1";
  /** Of the equation in its report. */
  readonly id: string;
  /** `outside`: a member that does not exist is read. `under`: different, and equal under what is supposed. */
  readonly verdict: "equal" | "different" | "under" | "outside";
  readonly terms: readonly Term[];
  readonly symbols: readonly CertifiedSymbol[];
  /** Functions given by a formula of one parameter; what is not here is open. */
  readonly formulas: readonly { readonly name: string; readonly parameter: string; readonly body: number }[];
  readonly equations: readonly CertifiedEquation[];
  readonly claim: {
    readonly left: number;
    readonly right: number;
    readonly indices: readonly string[];
    readonly where: readonly Poly[];
  };
  readonly suppose: {
    readonly identities: readonly string[];
    readonly symmetric: readonly string[];
    readonly zero: readonly string[];
  };
  readonly samples: readonly CertifiedSample[];
  /** Open functions are u² there, those of several arguments half the sum of the squares of all entries. */
  readonly counterexample?: CertifiedCounterexample;
}
