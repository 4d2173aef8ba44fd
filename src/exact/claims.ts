/**
 * What a derivation claims, as far as it can be checked: the derivations of src/derive have this form. The check knows
 * the form alone, so that it shares nothing with what it judges.
 */
import type { Domain } from "../expr/domain.ts";
import type { AtNode, Node, SymbolNode } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import type { Equation, SymbolEntry, System } from "../expr/system.ts";

/** Two terms that are said to be equal. */
export interface ClaimedStep {
  readonly rule: string;
  readonly before: Node;
  readonly after: Node;
}

export interface ClaimedSum {
  readonly index: string;
  readonly domain: Domain;
}

/** What one read adds to a gradient, at the members of `over`. */
export interface ClaimedContribution {
  readonly equation: Equation;
  readonly reader: SymbolNode | AtNode;
  readonly sums: readonly ClaimedSum[];
  readonly over: Domain;
  readonly chain?: Node;
  readonly value: Node;
  readonly steps: readonly ClaimedStep[];
}

export interface ClaimedPiece {
  readonly wrt: SymbolNode | AtNode;
  readonly contributions: readonly ClaimedContribution[];
  readonly over: Domain;
  readonly part: string;
  readonly value: Node;
  readonly steps: readonly ClaimedStep[];
  readonly structured?: ClaimedStructure;
}

/** A gradient by a symmetric or diagonal matrix; "independent" says no more than the value of its piece. */
export interface ClaimedStructure {
  readonly convention: "symmetric-part" | "pairs" | "diagonal" | "independent";
  readonly value: Node;
  readonly steps: readonly ClaimedStep[];
}

export interface ClaimedForm {
  readonly form: string;
  readonly over: Domain;
  readonly value: Node;
  readonly base: readonly ClaimedStep[];
  readonly induction: readonly ClaimedStep[];
  /** The members at which the induction step is claimed; those of the form where it says nothing. */
  readonly inductionOver?: Domain;
  readonly assumes?: { readonly function: string; readonly is: "identity" };
}

/** Gradients with errors going back at most `window` steps: members of a recurrence further back than that are given. */
export interface ClaimedTruncation {
  readonly window: Polynomial;
  /** Families of one recurrence, each with the place of the index that it runs along; `down`: it reads smaller members. */
  readonly recurrences: readonly {
    readonly families: ReadonlyMap<SymbolNode, number>;
    readonly direction: "down" | "up";
  }[];
  readonly gradients: readonly {
    readonly wrt: SymbolNode | AtNode;
    readonly indices: readonly string[];
    readonly forms: readonly { readonly over: Domain; readonly value: Node }[];
  }[];
}

export interface ClaimedGradient {
  readonly wrt: SymbolNode | AtNode;
  readonly indices: readonly string[];
  readonly pieces: readonly ClaimedPiece[];
  readonly contributions: readonly ClaimedContribution[];
  readonly validFrom: ReadonlyMap<string, number>;
  readonly closedForms: readonly ClaimedForm[];
  /** The same gradient with others put in. */
  readonly collected?: { readonly over: Domain; readonly value: Node; readonly steps: readonly ClaimedStep[] };
}

/** The gradients by several states on top of each other, with a matrix that is defined for that. */
export interface ClaimedBlock {
  readonly states: readonly (SymbolNode | AtNode)[];
  readonly indices: readonly string[];
  readonly matrix: Equation;
  readonly symbol: SymbolEntry;
  readonly form: ClaimedForm;
}

export interface ClaimedDerivation {
  readonly system: System;
  readonly abbreviations: readonly Equation[];
  readonly gradients: readonly ClaimedGradient[];
  readonly blocks?: readonly ClaimedBlock[];
  readonly truncation?: ClaimedTruncation;
}
