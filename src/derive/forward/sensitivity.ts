/** What forward mode derives: ∂v/∂w for every family v between a variable w and what is asked for, as equations. */
import type { Domain } from "../../expr/domain.ts";
import type { AtNode, Node, SymbolNode } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import type { Equation, System } from "../../expr/system.ts";
import type { Step } from "../../rewrite/step.ts";
import type { NoClosedForm } from "../closed/reason.ts";
import type { ClosedForm } from "../gradient.ts";

/**
 * How the variable w varies:
 * - `scalar`: by itself; ∂v/∂w has the shape of v
 * - `entries`: one entry w_i or W_ij at a time, i and j being indices of the family ∂v/∂W_ij; it has the shape of v
 * - `jacobian`: in every direction at once; ∂v/∂w has a row for each entry of v and a column for each entry of w,
 *   of a matrix in the order of vec W, its columns one below the other
 */
export type Form = "scalar" | "entries" | "jacobian";

export interface Variable {
  readonly wrt: SymbolNode;
  readonly form: Form;
  /** Of a family, the letters of the one member that varies: the k of h_k. It varies by itself, not by what it is computed from. */
  readonly members: readonly string[];
  /** Names of the indices of an entry: i, j. */
  readonly entries: readonly string[];
  /** Both: the indices that a sensitivity has beside those of what is differentiated. */
  readonly letters: readonly string[];
}

/** One line of the total derivative: how a change of w reaches the left side directly, or through what it reads. */
export interface SensitivityEquation {
  /** The forward equation; undefined for members that are given and do not vary. */
  readonly original?: Equation;
  readonly left: SymbolNode | AtNode;
  readonly indices: readonly string[];
  readonly over: Domain;
  /** ∂⁺v/∂w + Σ ∂⁺v/∂u ∂u/∂w in notation only: symbols that stand for these products. */
  readonly chain?: Node;
  /** Ids of the pushforwards used, from what is read outwards. */
  readonly rules: readonly string[];
  /** From the pushforward as the ops' rules give it to `right`. */
  readonly steps: readonly Step[];
  readonly right: Node;
}

export interface Sensitivity {
  readonly of: SymbolNode;
  /** ∂of/∂wrt, a family over the indices of `of` and those of the entry. */
  readonly symbol: SymbolNode;
  readonly indices: readonly string[];
  readonly equations: readonly SensitivityEquation[];
  /** Reads its own family at other members, directly or through others. */
  readonly recurrent: boolean;
  readonly closedForms: readonly ClosedForm[];
  readonly noClosedForm?: NoClosedForm;
  readonly transitions?: readonly Transition[];
  /** What is asked for, with the sensitivities of what is computed from the recurrent states put in. */
  readonly putIn?: { readonly right: Node; readonly steps: readonly Step[] };
}

/** ∂h_t/∂h_k or ∂h_t/∂h_{t-m} for two members of a recurrent family: what a state leaves to a later one. */
export interface Transition {
  readonly of: SymbolNode;
  /** The indices of `of`, which of them the recurrence runs along, and what it is at the earlier member, in one more letter. */
  readonly indices: readonly string[];
  readonly place: number;
  readonly letter: string;
  readonly former: Polynomial;
  readonly over: Domain;
  /** The Jacobian, one row for each entry of the later member. */
  readonly value: Node;
  /** Its transpose, which takes a gradient from the later member back to the earlier one; of a scalar there is none. */
  readonly transpose?: Node;
}

/** What a symbol of forward mode's own stands for in print. */
export type Notation =
  | { readonly kind: "sensitivity"; readonly of: SymbolNode; readonly wrt: SymbolNode; readonly form: Form }
  /** ∂⁺of/∂wrt, the immediate partial derivative. */
  | { readonly kind: "immediate"; readonly of: SymbolNode; readonly wrt: SymbolNode; readonly form: Form }
  /** ∂⁺of/∂through ∂through/∂wrt. */
  | {
      readonly kind: "path";
      readonly of: SymbolNode;
      readonly through: SymbolNode;
      readonly wrt: SymbolNode;
      readonly form: Form;
    };

export interface ForwardDerivation {
  /** With the symbols of the sensitivities, of abbreviations beside its own. */
  readonly system: System;
  /** What is differentiated. */
  readonly of: SymbolNode;
  readonly abbreviations: readonly Equation[];
  readonly parts: readonly {
    readonly variable: Variable;
    /** In the order of evaluation: that of the forward equations. */
    readonly sensitivities: readonly Sensitivity[];
  }[];
  /** Of recurrent states with a closed form. */
  readonly transitions: readonly Transition[];
  readonly notations: ReadonlyMap<string, Notation>;
}
