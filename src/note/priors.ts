/** What a name is likely to be when nothing says so: fixed costs, never zero chances. */

import type { Alternative } from "./choice.ts";
import type { Drafts } from "./draft.ts";
import { SCALAR_EXTENT } from "./draft.ts";
import { calledBy, type NoteFunction } from "./functions.ts";
import { isGreek } from "./greek.ts";
import type { Family } from "./names.ts";
import type { Extent, SizeStore } from "./sizes.ts";

/** Costs of taking a name for a scalar, a column, a row, a matrix. */
export interface Prior {
  readonly scalar: number;
  readonly column: number;
  readonly row: number;
  readonly matrix: number;
}

export type Standing =
  /** Defined, without an index, and read by nothing: the objective, or a candidate. */
  | "last"
  | "defined"
  /** Given from outside. */
  | "given"
  /** Divided by its sum over all members. */
  | "number"
  /** Multiplied by numbers with two indices and added up over one of them. */
  | "entry";

const BOLD = new Set(["mathbf", "boldsymbol", "bm", "pmb", "bold", "symbf", "symbfit"]);

export const priorOf = ({ base, fonts, places }: Family, standing: Standing): Prior => {
  // W_{ij}: two indices below a letter count entries.
  if (places.length === 2 && places.every(place => place === "sub")) return { scalar: 0, column: 5, row: 6, matrix: 6 };
  if (standing === "number") return { scalar: 0, column: 5, row: 6, matrix: 7 };
  if (standing === "entry") return { scalar: 0, column: 2, row: 3, matrix: 6 };
  if (standing === "last") return { scalar: 0, column: 6, row: 7, matrix: 7 };
  const bold = fonts.some(font => BOLD.has(font)) || base.startsWith("vec ");
  const letter = base.split(" ").at(-1) as string;
  const capital = /^[A-Z]/u.test(letter);
  const greek = isGreek(base);
  if (standing === "defined") {
    if (capital) return { scalar: 1, column: 1, row: 1, matrix: 0 };
    if (bold) return { scalar: 4, column: 0, row: 1, matrix: 2 };
    return greek ? { scalar: 0, column: 0, row: 1, matrix: 2 } : { scalar: 2, column: 0, row: 1, matrix: 2 };
  }
  if (capital) return { scalar: 6, column: 4, row: 5, matrix: 0 };
  if (greek && !bold) return { scalar: 0, column: 2, row: 4, matrix: 6 };
  return { scalar: bold ? 5 : 1, column: 0, row: 1, matrix: 5 };
};

/** Of arrays of ones and zeros. */
export const CONSTANT_PRIOR: Prior = { scalar: 3, column: 0, row: 1, matrix: 4 };

/** The places of columns and rows among the alternatives. */
export const COLUMN = 1;
export const ROW = 2;

/** The alternatives for an extent: which of its axes are the literal 1. */
export const rankAlternatives = ({ rows, columns }: Extent, prior: Prior): readonly Alternative[] => [
  { cost: prior.scalar, impose: sizes => sizes.unifyExtents({ rows, columns }, SCALAR_EXTENT) },
  { cost: prior.column, impose: sizes => sizes.unify(columns, SCALAR_EXTENT.columns) && sizes.widen(rows) },
  { cost: prior.row, impose: sizes => sizes.unify(rows, SCALAR_EXTENT.rows) && sizes.widen(columns) },
  { cost: prior.matrix, impose: sizes => sizes.widen(rows) && sizes.widen(columns) },
];

const LOSS_NAMES = /^(?:L|J|E|C|ell|loss|cost|Loss|Cost|H|F)$/u;

export const isCalledLoss = ({ base }: Pick<Family, "base">): boolean => LOSS_NAMES.test(base);

/** Letters and words for functions whose value is a loss. */
const LOSSES = /^(?:ell|l|L|J|E|C|H|loss|cost|Loss|Cost|CE|MSE|KL)$/u;

/** Letters that are kept for functions of one real number. */
const ACTIVATIONS = /^(?:phi|varphi|sigma|rho)$/u;

/** What each of the alternatives makes of a function. */
export const FUNCTION_KINDS = ["elementwise", "scalar", "scalar", "general"] as const;

/**
 * What an abstract function is: entry by entry, scalar-valued, or with a result of its own shape. The arguments of one
 * function have the same shapes wherever it is applied, unless it acts entry by entry. A loss ℓ(o, y) compares what is
 * computed with a target, of the same shape rather than of another one. `isLoss`: the loss is nothing but its value.
 */
export const functionAlternatives = (
  fn: NoteFunction,
  drafts: Drafts,
  result: Extent,
  isLoss: boolean,
  isComputed: (base: string) => boolean,
): readonly Alternative[] => {
  const isTarget = (id: number): boolean => {
    const draft = drafts.at(id);
    return draft.kind === "read" && !isComputed(draft.family.base);
  };
  const compares = fn.applications.every(id => {
    const draft = drafts.at(id);
    return draft.kind === "application" && draft.args.length === 2 && draft.args.filter(isTarget).length === 1;
  });
  const applications = fn.applications.flatMap(id => {
    const draft = drafts.at(id);
    return draft.kind === "application"
      ? [{ extent: draft.extent, args: draft.args.map(arg => drafts.at(arg).extent) }]
      : [];
  });
  const [first] = applications;
  const alike = (sizes: SizeStore): boolean =>
    applications.every(({ args }) => args.every((arg, i) => sizes.unifyExtents(arg, first?.args[i] ?? arg)));
  const one = fn.arity === 1;
  const loss = isLoss || LOSSES.test(calledBy(fn).split(" ").at(-1) ?? "");
  const never = Number.POSITIVE_INFINITY;
  const costs =
    fn.declared === "elementwise"
      ? [0, never, never, never]
      : !one
        ? [never, loss && compares ? 0 : never, loss && compares ? 1 : 0, 1]
        : loss
          ? [3, never, 0, 4]
          : // f and g may be anything.
            ACTIVATIONS.test(calledBy(fn))
            ? [0, never, never, never]
            : [0, never, 3, 5];
  const scalar = (sizes: SizeStore): boolean =>
    alike(sizes) && applications.every(({ extent }) => sizes.unifyExtents(extent, SCALAR_EXTENT));
  const impositions = [
    (sizes: SizeStore): boolean =>
      one && applications.every(({ extent, args }) => sizes.unifyExtents(extent, args[0] as Extent)),
    (sizes: SizeStore): boolean =>
      scalar(sizes) &&
      applications.every(({ args: [first, second] }) => sizes.unifyExtents(first as Extent, second as Extent)),
    scalar,
    (sizes: SizeStore): boolean =>
      alike(sizes) && applications.every(({ extent }) => sizes.unifyExtents(extent, result)),
  ];
  return impositions.map((impose, i) => {
    const cost = costs[i] as number;
    return cost === never ? { cost: 0, impose: () => false } : { cost, impose };
  });
};
