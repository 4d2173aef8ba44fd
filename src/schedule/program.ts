/**
 * The loop program: what every target prints. Buffers of numbers, loops with affine bounds, and statements about entries.
 * No op, no family and no derivative is left in it.
 */
import type { Affine } from "../expr/domain.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import type { SizeEntry, SymbolEntry } from "../expr/system.ts";
import type { Axis } from "../ops/along.ts";
import type { Kernel, Scalar } from "../ops/op.ts";
import type { ScalarFunction } from "../tensor/tensor.ts";

/** One axis of a buffer: the positions `lower`, `lower` + 1, … of which there are `extent` (none if that is negative). */
export interface Extent {
  readonly lower: Polynomial;
  readonly extent: Polynomial;
  /** The family's index, or an axis of each member. */
  readonly of: "index" | "entry";
}

/** A row-major array that lives as long as the program. */
export interface Buffer {
  readonly holds: "value" | "gradient" | "temporary";
  /** Absent for temporaries and for the mean over samples. */
  readonly symbol?: SymbolEntry;
  readonly extents: readonly Extent[];
  /** Each entry is a label: the number of one of the places, the first of which has the number `first`. */
  readonly labels?: { readonly places: Polynomial; readonly first: number };
  /** Sums that must not lose digits stay in double precision whatever the program's. */
  readonly double: boolean;
}

/** A number that a statement names: a constant within its loop, or a sum being accumulated. */
export interface Local {
  readonly hint: string;
}

export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "integer"; readonly value: Polynomial }
  | { readonly kind: "entry"; readonly buffer: Buffer; readonly at: readonly Polynomial[] }
  | { readonly kind: "local"; readonly local: Local }
  | {
      readonly kind: "apply";
      readonly scalar: Exclude<Scalar, "pow" | "function">;
      readonly args: readonly Expression[];
    }
  /** n / d in a derivative: 0 where d is 0, the convention at points without a derivative. */
  | { readonly kind: "ratio"; readonly args: readonly [Expression, Expression] }
  | { readonly kind: "power"; readonly base: Expression; readonly exponent: Polynomial }
  | { readonly kind: "function"; readonly function: ScalarFunction; readonly argument: Expression }
  /** `on` where the two positions are equal, 0 elsewhere. */
  | { readonly kind: "diagonal"; readonly left: Polynomial; readonly right: Polynomial; readonly on: Expression }
  /** 1 where a position, counted from 0, is the place that a label names, 0 elsewhere. */
  | {
      readonly kind: "chosen";
      readonly label: Buffer;
      readonly at: readonly Polynomial[];
      readonly position: Polynomial;
    }
  /** `on` where every condition is ≥ 0, 0 elsewhere. */
  | { readonly kind: "within"; readonly conditions: readonly Affine[]; readonly on: Expression };

export type Place =
  | { readonly kind: "entry"; readonly buffer: Buffer; readonly at: readonly Polynomial[] }
  | { readonly kind: "local"; readonly local: Local };

export type Statement =
  /** `from` is a minimum of maxima, `to` a maximum of minima: one inner list for each statement that shares the loop. */
  | {
      readonly kind: "for";
      readonly index: string;
      readonly from: readonly (readonly Polynomial[])[];
      readonly to: readonly (readonly Polynomial[])[];
      readonly direction: "up" | "down";
      readonly body: readonly Statement[];
    }
  /** The body with `index` for the place, counted from 0, that a label names. */
  | {
      readonly kind: "place";
      readonly index: string;
      readonly label: Buffer;
      readonly at: readonly Polynomial[];
      readonly body: readonly Statement[];
    }
  /** The body only where every condition is ≥ 0. */
  | { readonly kind: "if"; readonly conditions: readonly Affine[]; readonly body: readonly Statement[] }
  | { readonly kind: "constant"; readonly local: Local; readonly value: Expression }
  | { readonly kind: "variable"; readonly local: Local; readonly value: Expression }
  | { readonly kind: "assign"; readonly to: Place; readonly mode: "set" | "add"; readonly value: Expression }
  | { readonly kind: "fill"; readonly buffer: Buffer }
  /** Calls a function given by the user: arguments are whole buffers or numbers; the result goes to a buffer or a local. */
  | {
      readonly kind: "external";
      readonly function: string;
      readonly face: "value" | "gradient" | "pull" | "jacobian";
      readonly slot: number;
      readonly args: readonly (Buffer | Local)[];
      readonly to: Buffer | Local;
    }
  /** A function of a whole vector or square matrix; `work` is an array of its size that the kernel may overwrite. */
  | {
      readonly kind: "kernel";
      readonly kernel: Kernel;
      readonly extent: Polynomial;
      readonly of: Buffer;
      readonly work?: Buffer;
      /** Where it is applied to every row or column of an array: how many there are. */
      readonly slices?: { readonly count: Polynomial; readonly axis: Axis };
      readonly to: Buffer | Local;
    }
  | { readonly kind: "remark"; readonly lines: readonly string[] };

/** Statements that belong together: one equation or contribution, or several that share a loop. */
export type Section = readonly Statement[];

/** φ or φ′ as a body in its own argument; without a body it is given by the user. */
export interface FunctionBody {
  readonly function: ScalarFunction;
  readonly latex: string;
  readonly argument: Local;
  readonly body?: { readonly statements: readonly Statement[]; readonly value: Expression };
}

/** A function of whole arrays that the user gives: which of its faces the program calls. */
export interface ExternalFunction {
  readonly name: string;
  readonly latex: string;
  readonly faces: readonly {
    readonly face: "value" | "gradient" | "pull" | "jacobian";
    readonly slot: number;
    readonly args: readonly ("array" | "number")[];
    readonly result: "array" | "number";
  }[];
}

/** Entries that a user sets: a whole buffer, or the members of it that no equation computes. */
export interface Given {
  readonly buffer: Buffer;
  readonly role: SymbolEntry["role"];
  /** True when equations compute other members of the same buffer. */
  readonly partly: boolean;
  /** Conditions on the family's indices under which a member is given, one list for each alternative. */
  readonly where: readonly (readonly Affine[])[];
  readonly indices: readonly string[];
}

export interface Program {
  readonly name: string;
  readonly sizes: readonly SizeEntry[];
  readonly batch?: string;
  readonly buffers: readonly Buffer[];
  readonly given: readonly Given[];
  readonly loss: Buffer;
  readonly forward: readonly Section[];
  readonly backward: readonly Section[];
  readonly functions: readonly FunctionBody[];
  readonly externals: readonly ExternalFunction[];
  /** Conventions at points without a derivative, as the ops in use say them. */
  readonly kinks: readonly string[];
  /** Sizes for which a member that does not exist would be read: each list all ≥ 0, and what is missing. */
  readonly impossible: readonly { readonly conditions: readonly Affine[]; readonly missing: string }[];
}
