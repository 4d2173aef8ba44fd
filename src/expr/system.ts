/** Systems of equations over index domains: what a note's forward pass becomes. */
import type { Span } from "../base/source.ts";
import type { Domain } from "./domain.ts";
import type { AtNode, Node, Scope, Shape, SymbolNode } from "./node.ts";
import type { Polynomial } from "./polynomial.ts";

/**
 * - `defined`: has a forward equation (an intermediate family, an output, the objective)
 * - `parameter`: differentiated and trained
 * - `constant`: a scalar such as λ that is neither trained nor data
 * - `data`, `label`, `target`: given with a sample
 * - `initial`: members of a defined family before its first equation, such as h_0
 */
export type Role = "defined" | "parameter" | "constant" | "data" | "label" | "target" | "initial";

/** Where a property of a symbol comes from; what was inferred is reported. A symbol that the note has not is `named` by us. */
export type Origin = "declared" | "inferred" | "front matter" | "assumed" | "named";

export interface SymbolEntry {
  readonly node: SymbolNode;
  /** As the note writes the bare symbol, without its indices: W_{hh}, h, \theta. */
  readonly latex: string;
  /** How a member is written, the indices as \u0001, \u0002 …: h_{\u0001}, W^{(\u0001)}. Absent for plain symbols. */
  readonly memberLatex?: string;
  readonly role: Role;
  /** Names of the indices as the note writes them, in order; the domain speaks of these names. */
  readonly indices: readonly string[];
  /** Every member that exists: defined, initial or given. */
  readonly domain: Domain;
  /** A square matrix that equals its transpose, or that has zeros beside its diagonal; of given matrices only. */
  readonly structure?: "symmetric" | "diagonal";
  /** Entries that sum to one, as the note says of given vectors or of each row or column of given matrices: one-hot labels. */
  readonly distribution?: Distribution;
  /** A given matrix that is a mask: its places say what its entries are. */
  readonly mask?: Mask;
  /** The number of the first place that a label may name, where that is not 1. */
  readonly firstPlace?: number;
  readonly shapeFrom: Origin;
  readonly declaredAt?: Span;
  /** It holds the gradient of the objective by this symbol, so that a derivative of it is one of second order. */
  readonly gradientBy?: SymbolNode;
}

/** Entries that are 0 where every one of `keeps` is ≥ 0 and −∞ elsewhere; these speak of the letters of its rows and columns, from 1. */
export interface Mask {
  readonly letters: readonly [string, string];
  readonly keeps: readonly Polynomial[];
}

/**
 * "members": the numbers of a family; "label": the unit vector that stands for a label which chooses an entry; "row labels": a
 * matrix that has one for each row.
 */
export type Distribution = "vector" | "members" | "label" | "rows" | "columns" | "row labels";

/** A function that the note leaves abstract (φ, ℓ, f) or gives by a formula. */
export interface FunctionEntry {
  readonly name: string;
  readonly latex: string;
  /** How it is written with an index of its own, which is that of its arguments: g^{[\u0001]} of z^{[l]}, for each layer l. */
  readonly member?: { readonly index: string; readonly latex: string };
  /** `elementwise`: one argument of any shape, acts entry by entry. `general`: fixed argument and result shapes. */
  readonly kind: "elementwise" | "general";
  readonly arity: number;
  /** Result shape of a general function. */
  readonly result: Shape;
  /** A formula: `body` in the scalar symbols `parameters` (elementwise functions only). */
  readonly definition?: { readonly parameters: readonly SymbolNode[]; readonly body: Node };
  readonly declaredAt?: Span;
  /** Ops, one of which the note's words say that it is: several are called a squared error. */
  readonly losses?: readonly string[];
}

/** left = right at every point of `over`, whose indices are `indices`. Left is a symbol, or a member at exactly these indices. */
export interface Equation {
  readonly left: SymbolNode | AtNode;
  readonly right: Node;
  readonly indices: readonly string[];
  readonly over: Domain;
  readonly span?: Span;
  /** The note's own number, "(1)" without its brackets. */
  readonly label?: string;
}

/** A size, horizon or index range bound: an integer ≥ `least` that stays a symbol. */
export interface SizeEntry {
  readonly name: string;
  readonly latex: string;
  readonly role: "dimension" | "horizon";
  readonly least: number;
  /** The letters of sums that run up to it, as the note writes them. */
  readonly counters?: readonly string[];
}

/** Ways of writing gradients among which notes differ. */
export interface Habits {
  /** Letters of sums over the whole range that are written without limits: \sum_t. */
  readonly bareSums: ReadonlySet<string>;
  /** Arrays by whose entries it differentiates, by their letters without fonts, with the letters of the places. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
  /** Powers of the entries of columns and rows are written v^{-1}. */
  readonly barePowers: boolean;
  /** A divisor stands below the bar of the derivative it divides: ∂ℓ/(T · ∂o). */
  readonly joinedDivisors?: boolean;
  /** The exponent by which it writes one over a root: (σ² + ε)^{-0.5}. */
  readonly rootExponent?: string;
  /** How it writes that a place is that of a label: \mathbf{1}_{#1=#2}. */
  readonly indicator?: string;
}

export interface System {
  readonly name: string;
  readonly scope: Scope;
  readonly symbols: ReadonlyMap<string, SymbolEntry>;
  readonly functions: ReadonlyMap<string, FunctionEntry>;
  readonly sizes: ReadonlyMap<string, SizeEntry>;
  /** The forward equations, in an order in which a reader of the note meets them. */
  readonly equations: readonly Equation[];
  /** The scalar that is differentiated. */
  readonly objective: SymbolNode;
  /** By op, the letter that the note writes for it: \sigma for the logistic function. */
  readonly spellings?: ReadonlyMap<string, string>;
  /** How the note writes its own gradients. */
  readonly habits?: Habits;
}

/** The equations that define a symbol (a family may have several, over disjoint domains). */
export const equationsOf = (system: System, of: SymbolNode): readonly Equation[] =>
  system.equations.filter(equation => familyOf(equation.left) === of);

/** The symbol of a symbol or of a member of a family. */
export const familyOf = (node: SymbolNode | AtNode): SymbolNode => (node.kind === "at" ? node.of : node);

export const indexOf = (node: SymbolNode | AtNode): readonly Polynomial[] => (node.kind === "at" ? node.index : []);
