/** What an op is: one object with every face of one operation. */
import type { Attributes, Node, Shape } from "../expr/node.ts";

/**
 * The closed list of functions of real numbers that everything is made of. `step` is 1 for positive and 0 for
 * other arguments; `normal` is the standard normal distribution function, `density` its derivative. `pow` has an integer second argument, `raise` a real one. `function` is the abstract elementwise function that the
 * attributes name (`function`), in the derivative that they count (`order`).
 */
export type Scalar =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "negate"
  | "pow"
  | "raise"
  | "exp"
  | "log"
  | "sqrt"
  | "tanh"
  | "sin"
  | "cos"
  | "abs"
  | "sign"
  | "step"
  | "normal"
  | "density"
  | "function";

/**
 * The closed list of functions of a whole array that no sum of products gives: every evaluator has its own way.
 * `largest` and `maximiser` are of a vector, the others of a square matrix. The maximiser is the unit vector of the
 * place of the largest entry; where several are the largest, each has the same share of the one.
 */
export type Kernel = "inverse" | "determinant" | "log-determinant" | "largest" | "maximiser";

/**
 * What an op means, in one of six ways:
 * - `einsum`: "ik,kj->ij": the product of the arguments' entries, summed over letters that the result lacks; a letter
 *   repeated in the result is a diagonal. One letter for each size in the signature of the argument; `#k` has none.
 * - `each`: the scalar function applied to corresponding entries (all tensor arguments of one shape).
 * - `define`: a term in other ops. Argument names, signature sizes and integer arguments may occur.
 * - `kernel`: a function of a whole array, from the closed list.
 * - `window`: the entries of the one array argument from a row and a column on that the first two integer arguments
 *   give, counted from 0, in the shape of the result; zeros where the window reaches beyond the array.
 * - `abstract`: a function of several arguments known only by name: its value, the gradient of its scalar value by one
 *   argument, the pullback of a cotangent to one argument, or the Jacobian by one argument (attributes `function`, `result`,
 *   `slot` from 1);
 *   `chain` is the notation prod(∂L/∂v, ∂v/∂u), which has no value until the step after it works it out.
 */
export type Meaning =
  | { readonly einsum: string }
  | { readonly each: Scalar }
  | { readonly define: string }
  | { readonly kernel: Kernel }
  | { readonly window: true }
  | { readonly abstract: "value" | "gradient" | "pull" | "jacobian" | "chain" };

/** How tightly a notation binds, from loose to tight. */
export type Level = "sum" | "product" | "prefix" | "power" | "atom";

/**
 * How an op is written in LaTeX. In `template`, #1 #2 … are the arguments; `brackets` says which of them must be
 * bracketed unless they bind at least as tightly as the given level.
 */
export type Form =
  | { readonly infix: string; readonly level: Level }
  /** Side by side; `posts` is what each argument carries behind it: ["", "^\\top"] writes a bᵀ. */
  | { readonly juxtapose: true; readonly level: Level; readonly posts?: readonly string[] }
  /** A fraction for a small scalar above; otherwise one over the second argument in front of the first. */
  | { readonly fraction: true }
  /** Blocks below or beside each other, those of neighbouring calls in one matrix. */
  | { readonly blocks: "rows" | "columns" }
  /** A block among blocks of zeros; the other arguments are the place where it begins, from 1, and the number of places. */
  | { readonly padded: "rows" | "columns" }
  /** The first argument with a subscript made of the others: x_{a:b}. An `index` joins the subscript of a name: h_{t,i}. */
  | { readonly subscript: string; readonly index?: true }
  | { readonly prefix: string; readonly level: Level }
  | { readonly postfix: string; readonly level: Level }
  | { readonly call: string }
  | { readonly fence: readonly [open: string, close: string]; readonly sub?: string; readonly sup?: string }
  | {
      readonly template: string;
      readonly level: Level;
      readonly brackets?: Readonly<Record<string, Level>>;
      /** What is written instead of the template with a superscript behind it: A^{-\top}. */
      readonly raised?: Readonly<Record<string, string>>;
    }
  /** An abstract function, written with the letter that the note gives it. */
  | { readonly abstract: "value" | "prime" | "gradient" | "pull" | "jacobian" }
  /** The first form whose circumstance is given. */
  | { readonly when: readonly (readonly [Circumstance, Form])[]; readonly otherwise: Form };

/** What a way of writing may depend on: the result is a scalar, a column, a row; every argument is a scalar, or a column or a scalar. */
export type Circumstance = "scalar" | "column" | "row" | "of scalars" | "of columns";

export interface Notation {
  readonly form: Form;
  /**
   * Spellings by which notes may mean this op, each with the fixed cost of reading it so (0: nothing else is meant).
   * "" is juxtaposition; "^" a superscript, "_" none; words and commands are function names.
   */
  readonly reads?: Readonly<Record<string, number>>;
  /** What words call it, where these are none of its spellings: "hyperbolic tangent". */
  readonly called?: readonly string[];
  /** How it is written as one of several summands, where people leave its size to the others: 1 - h. */
  readonly asSummand?: string;
}

/**
 * Builds a pullback that no template can say: to argument `slot` (from 1) of a call with result Y and adjoint G; undefined
 * for a slot by which there is no derivative.
 */
export type Builder = (call: {
  readonly args: readonly Node[];
  readonly attributes: Attributes;
  readonly G: Node;
  readonly Y: Node;
  readonly slot: number;
  /** Builds a call, checked. (Op files may not import the list that they stand in.) */
  readonly build: (op: string, args: readonly Node[], attributes?: Attributes) => Node;
}) => Node | undefined;

/** How an op is written in terms, where it has an infix or postfix spelling; otherwise name(arguments). */
export interface TermForm {
  readonly spelling: "+" | "-" | "*" | "/" | ".*" | "./" | "^" | ".^" | "'" | "unary-";
  /** The spelling means this op only when the first argument is a scalar. */
  readonly scalarOnly?: true;
}

/**
 * How an op acts on stacked arrays: one line for each way in which its arguments may be stacked. `of` says what the
 * arguments are, a star marking those that are stacked: "1*, n" is a scalar for each and one vector shared by all. In
 * the terms a stack of N vectors is [N, n] along rows and [n, N] along columns, one of scalars [N] and [1, N]; a stack
 * of row vectors "1 n*" stands as one of vectors does.
 */
export interface Lift {
  readonly of: string;
  readonly rows: string;
  readonly columns: string;
}

export type Law = "associative" | "commutative";

/** A row of the table of points without a derivative. */
export interface Kink {
  /** The points, in LaTeX, in the letters of the arguments; indices stand for every entry. */
  readonly where: string;
  /** What stands for the derivative there, in LaTeX; none where the op is not defined. */
  readonly returns?: string;
  /** Both in one sentence. */
  readonly say: string;
}

/** A loss: which argument is what was computed, and which what it is compared with. */
export interface Comparison {
  readonly output: string;
  readonly target: string;
  /** What verdicts call it. */
  readonly name: { readonly en: string; readonly zh: string };
  /** Words by which a note may mean it. */
  readonly called: readonly string[];
}

export interface Op {
  readonly name: string;
  /** One sentence for the reference. */
  readonly doc: string;
  readonly source?: string;
  /** Names of the arguments, in order; G and Y are taken. Empty for ops of any number of arguments. */
  readonly args: readonly string[];
  /** A signature, or a rule for ops whose attributes decide. The rule is given normalised argument shapes. */
  readonly shape: string | ((args: readonly Shape[], attributes: Attributes) => Shape | undefined);
  readonly means: Meaning;
  /** A term of the same value that loses fewer digits in floating point: what code computes. */
  readonly code?: string;
  /** By argument name (or "*" for ops of any number of arguments): a term in the arguments, G (the result's adjoint) and Y (the result). */
  readonly pullback?: Readonly<Record<string, string | Builder>>;
  /** What it is of stacked arrays, in terms of matrices. Entrywise ops and those of vectors need none. */
  readonly lift?: readonly Lift[];
  /** Why there is no pullback, when there is none and the meaning does not give it. */
  readonly noDerivative?: string;
  /** Speaks of places in a whole array, so it is never lifted along the rows or columns of a matrix. */
  readonly isWhole?: true;
  readonly latex: Notation;
  readonly term?: readonly TermForm[];
  readonly laws?: readonly Law[];
  /** A loss. */
  readonly compares?: Comparison;
  /** Laws that hold beside these when all arguments are scalars. */
  readonly lawsOnScalars?: readonly Law[];
  /** For a function of one real variable: the supremum of the absolute value of its derivative, as a rational number. */
  readonly steepest?: string;
  /** Where there is no derivative, or no value, and what is returned there: its row in the printed table. */
  readonly kinks?: Kink;
  /** Integer arguments that must be ≥ 0. */
  readonly natural?: readonly string[];
  /** What random arguments must be for the op to be defined; a probability lies strictly between 0 and 1. */
  readonly sample?: "positive" | "non-zero" | "probability";
}

/** Checks nothing at run time; gives the object its type. */
export const op = (definition: Op): Op => definition;
