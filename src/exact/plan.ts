/**
 * Terms compiled for evaluation: every distinct node a register, every index expression a list of places in an
 * environment. A plan knows no arithmetic and no sizes; it is made once and run often.
 */
import type { AtNode, Fold, Node, SymbolNode } from "../expr/node.ts";
import type { Rational } from "../expr/rational.ts";
import type { FunctionEntry } from "../expr/system.ts";
import type { Axis } from "../ops/along.ts";
import type { Kernel, Scalar } from "../ops/op.ts";
import { NoValue } from "./arithmetic.ts";
import type { Einsum } from "./grid.ts";

/** An integer polynomial over places of an environment. */
export interface Places {
  readonly constant: number;
  readonly terms: readonly { readonly coefficient: number; readonly places: readonly number[] }[];
}

export const integerAt = ({ constant, terms }: Places, environment: readonly number[]): number => {
  let sum = constant;
  for (const { coefficient, places } of terms) {
    let product = coefficient;
    for (const place of places) product *= environment[place] as number;
    sum += product;
  }
  return sum;
};

/** One condition on a bound index: coefficient * index + rest ≥ 0. */
export interface Condition {
  readonly coefficient: number;
  readonly rest: Places;
}

export interface Member {
  readonly of: SymbolNode;
  readonly index: readonly Places[];
}

/** What a value is remembered by: the term, and the values of its free names. */
export interface Memory {
  readonly node: Node;
  readonly places: readonly number[];
}

export interface Register {
  readonly register: number;
  /** For folds, what they fold, and whole terms: whoever computes them again finds them. */
  readonly memory: Memory | undefined;
  readonly rows: Places;
  readonly columns: Places;
}

export type Instruction = Register &
  (
    | { readonly kind: "number"; readonly value: Rational }
    | { readonly kind: "integer"; readonly value: Places }
    | { readonly kind: "read"; readonly member: Member }
    | { readonly kind: "partial"; readonly of: Member; readonly wrt: Member; readonly reading: "total" | "immediate" }
    | { readonly kind: "einsum"; readonly einsum: Einsum; readonly args: readonly Instruction[] }
    | { readonly kind: "kernel"; readonly kernel: Kernel; readonly args: readonly Instruction[] }
    /** The entries from a row and a column on, counted from 0; zeros outside of the argument. */
    | {
        readonly kind: "window";
        readonly row: Places;
        readonly column: Places;
        readonly args: readonly Instruction[];
      }
    | {
        readonly kind: "each";
        readonly scalar: Scalar;
        readonly args: readonly Instruction[];
        readonly exponent: Places | undefined;
        readonly function: { readonly name: string; readonly order: number } | undefined;
        /** For a function with a formula: what the formula reads beside its parameter. */
        readonly formula: Formula | undefined;
      }
    | {
        readonly kind: "define";
        readonly definition: Definition;
        readonly args: readonly Instruction[];
        readonly integers: readonly Places[];
      }
    | {
        /** A lifted call: the op itself, at every row or column of the stacked arguments. */
        readonly kind: "along";
        readonly axis: Axis;
        readonly definition: Definition;
        readonly args: readonly Instruction[];
        /** By array argument: whether it is stacked. */
        readonly stacked: readonly boolean[];
        readonly integers: readonly Places[];
      }
    | {
        readonly kind: "general";
        readonly face: "value" | "gradient" | "pull" | "jacobian";
        readonly function: string;
        readonly slot: number;
        readonly args: readonly Instruction[];
      }
    | {
        readonly kind: "chain";
        readonly args: readonly Instruction[];
        readonly of: Member;
        readonly wrt: Member;
        readonly reading: "total" | "immediate";
      }
    | {
        readonly kind: "over";
        readonly fold: Fold;
        /** The place of the bound index. */
        readonly place: number;
        readonly conditions: readonly Condition[];
        /** Registers whose values change with the index. */
        readonly clear: readonly number[];
        readonly args: readonly Instruction[];
      }
  );

export interface Plan {
  readonly root: Instruction;
  readonly registers: number;
  /** The free names with their places in the environment. */
  readonly names: readonly { readonly name: string; readonly place: number }[];
  /** The size of the environment: free names and bound indices. */
  readonly places: number;
  /** The functions of the closed list that the term comes down to, those of definitions and formulas included. */
  readonly scalars: ReadonlySet<Scalar>;
}

/** A plan's environment: the values of its free names, with room for its bound indices. */
export const environmentOf = (plan: Plan, value: (name: string) => number | undefined): number[] => {
  const environment = new Array<number>(plan.places).fill(0);
  for (const { name, place } of plan.names) {
    const found = value(name);
    if (found === undefined) throw new NoValue("undefined", `nothing gives ${name} a value`);
    environment[place] = found;
  }
  return environment;
};

/** Whether something has a value only where a number has a root. */
export const takesRoots = (plans: readonly Plan[]): boolean => plans.some(({ scalars }) => scalars.has("sqrt"));

/** Functions that tell a positive number from a negative one. */
const SIGNS: readonly Scalar[] = ["step", "sign", "abs"];

/** So often signs are drawn: what is wrong on one side of a sign alone passes with probability 2^-48, of two in series with 10^-6. */
export const SIGN_DRAWS = 48;

/** Whether the value of something depends on signs: then a draw shows one side of each. */
export const takesSigns = (plans: readonly Plan[]): boolean =>
  plans.some(({ scalars }) => SIGNS.some(scalar => scalars.has(scalar)));

/** The definition of a composite op, in metavariables. */
export interface Definition {
  readonly plan: Plan;
  readonly metas: readonly SymbolNode[];
  /** For each name of the plan, where its value is found. */
  readonly sizes: readonly SizeSource[];
}
export type SizeSource =
  | { readonly from: "rows" | "columns"; readonly argument: number }
  /** `isNatural`: the op is defined for values ≥ 0 only. */
  | { readonly from: "integer"; readonly argument: number; readonly isNatural: boolean };

/** A function given by a formula of one parameter. */
export interface Formula {
  readonly plan: Plan;
  readonly parameter: SymbolNode;
  /** The values of these are handed in: arguments after the first. */
  readonly reads: readonly (SymbolNode | AtNode)[];
}

/** The functions of a system, as far as plans are concerned. */
export type Functions = ReadonlyMap<string, Pick<FunctionEntry, "definition">>;
