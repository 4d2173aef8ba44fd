/** What a derivation is: for every family the pieces of its adjoint, each with the steps that lead to it. */
import type { Domain } from "../expr/domain.ts";
import type { AtNode, Node, SymbolNode } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import type { Equation, SymbolEntry, System } from "../expr/system.ts";
import type { Step } from "../rewrite/step.ts";
import type { NoClosedForm } from "./closed/reason.ts";
import type { StructuredGradient } from "./structured.ts";

/** A sum around a term, for an index that could not be eliminated: Σ over t of … in a parameter's gradient. */
export interface SumIndex {
  readonly index: string;
  readonly domain: Domain;
}

/**
 * What one read of u[j] in the equation of v adds to ∂L/∂u[j]: one path of the chain rule. All index names are those
 * of the gradient's own member (`Gradient.wrt`) and of `sums`.
 */
export interface Contribution {
  /** The equation that reads. */
  readonly equation: Equation;
  /** The member of v that reads it: h[t+1]. */
  readonly reader: SymbolNode | AtNode;
  /** Outermost first. */
  readonly sums: readonly SumIndex[];
  /** The members u[j] that this read contributes to. */
  readonly over: Domain;
  /** Σ prod(∂L/∂v, ∂v/∂u): the path before it is worked out. Undefined where v is the objective: then nothing stands to the left. */
  readonly chain?: Node;
  /** What ∂L/∂v is where the contribution holds, if that gradient has no line of its own. */
  readonly given?: Node;
  /** The pullback as the ops' rules give it, inside the sums. */
  readonly pulled: Node;
  /** Ids of the pullbacks that led there, from the equation's left side inwards: "pullback/matmul/B". */
  readonly rules: readonly string[];
  /** The contribution, simplified, with its sums. */
  readonly value: Node;
  /** From `pulled` (with its sums) to `value`. */
  readonly steps: readonly Step[];
}

/** The adjoint on one part of the index domain: its value there is the sum of its contributions. */
export interface Piece {
  /** The member that the piece speaks of: h[t], or h[T] where the part has just one. Its contributions speak of it too. */
  readonly wrt: SymbolNode | AtNode;
  readonly over: Domain;
  /** Which part this is: the last index, the inner ones, the initial member; "all" when there is only one. */
  readonly part: "all" | "interior" | "boundary" | "initial";
  readonly contributions: readonly Contribution[];
  /** Reads partials of the objective by other members (partial nodes) and forward values. */
  readonly value: Node;
  readonly steps: readonly Step[];
  /** By a symmetric or diagonal variable: the gradient under the convention; `value` lets each entry vary by itself. */
  readonly structured?: StructuredGradient;
}

export interface ClosedForm {
  readonly form: "constant" | "constant-reindexed" | "ordered-product" | "own-term-apart" | "block";
  readonly over: Domain;
  readonly value: Node;
  /** The value at the boundary, and the value put into the recurrence: both obligations. */
  readonly base: readonly Step[];
  readonly induction: readonly Step[];
  /** The members at which the induction step holds: all but the one of the base case. */
  readonly inductionOver?: Domain;
  /** What the form supposes beyond the system: "φ is the identity". */
  readonly assumes?: { readonly function: string; readonly is: "identity" };
}

/** The closed form of several adjoints that depend on each other across an index, on top of each other. */
export interface BlockForm {
  /** The members whose adjoints the form gives, from the top, at the same index. */
  readonly states: readonly (SymbolNode | AtNode)[];
  /** Those adjoints on top of each other. */
  readonly left: Node;
  readonly indices: readonly string[];
  /** The matrix in blocks that takes the adjoints one step further, as an equation of its own. */
  readonly matrix: Equation;
  /** The symbol of the matrix; it is no symbol of the system. */
  readonly symbol: SymbolEntry;
  readonly form: ClosedForm;
}

/** The gradient of one symbol or family with errors going back a limited number of steps, range by range. */
export interface TruncatedGradient {
  readonly wrt: SymbolNode | AtNode;
  readonly indices: readonly string[];
  readonly forms: readonly Pick<ClosedForm, "over" | "value">[];
}

/**
 * Truncated backpropagation: to what is read from outside at a state's member i, members further back than `window` steps
 * are given and do not vary. Σ_{i=t}^{T} becomes Σ_{i=t}^{min(T, t+K)}.
 */
export interface Truncation {
  readonly window: Polynomial;
  /** Each recurrence: its families, with the place of the index that it runs along, and where its adjoints run. */
  readonly recurrences: readonly {
    readonly families: ReadonlyMap<SymbolNode, number>;
    readonly direction: "down" | "up";
  }[];
  /** Of everything that a recurrence's adjoints go into, in the order of `Derivation.gradients`. */
  readonly gradients: readonly TruncatedGradient[];
}

/** A gradient by numbers from which statistics are taken, in forward values and gradients of what follows from both. */
export interface CollectedForm {
  readonly over: Domain;
  readonly value: Node;
  /** From the value of the gradient's only piece to this one. */
  readonly steps: readonly Step[];
}

/** ∂objective/∂wrt for every member of one symbol or family. */
export interface Gradient {
  /** The symbol, or its general member at its own index names. */
  readonly wrt: SymbolNode | AtNode;
  readonly indices: readonly string[];
  /** Disjoint, in index order from the side where the recurrence starts. */
  readonly pieces: readonly Piece[];
  /** Summands before splitting into pieces; what checks and code use. */
  readonly contributions: readonly Contribution[];
  /** Horizons from which on the pieces are disjoint and in order (T₀), by size name. */
  readonly validFrom: ReadonlyMap<string, number>;
  /** The pieces at each shorter horizon, where boundary pieces meet. Empty when `validFrom` asks for nothing. */
  readonly short: readonly { readonly at: ReadonlyMap<string, number>; readonly pieces: readonly Piece[] }[];
  /**
   * Evaluated recursively: against (`down`, from the last member) or along (`up`) each named index. Empty when no adjoint
   * of its own family is read, directly or through the families that it is coupled with.
   */
  readonly recursion: readonly { readonly index: string; readonly direction: "down" | "up" }[];
  /** Members that do not exist: with their gradients taken as 0 the formula of the inner members holds for the first piece too. */
  readonly beyond?: readonly (SymbolNode | AtNode)[];
  readonly closedForms: readonly ClosedForm[];
  /** The gradients by means, variances and the like put in, and the terms collected. */
  readonly collected?: CollectedForm;
  /** Documents have no line for it: its value stands wherever it is read. */
  readonly isPutIn?: true;
  /** Why a recurrence has no closed form here. */
  readonly noClosedForm?: NoClosedForm;
}

export interface Derivation {
  readonly system: System;
  /**
   * Names for compound arguments of nonlinear functions that the note left nameless (z[t] = W x[t] + …). Their symbols
   * are in `system.symbols`; they have no gradients of their own here.
   */
  readonly abbreviations: readonly Equation[];
  /** In the order in which they can be evaluated: from the objective backwards, parameters last. */
  readonly gradients: readonly Gradient[];
  /** Closed forms of states that are coupled. */
  readonly blocks?: readonly BlockForm[];
  /** The same gradients when errors go back a limited number of steps, where that was asked for. */
  readonly truncation?: Truncation;
}
