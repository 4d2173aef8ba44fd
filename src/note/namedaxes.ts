/** Sizes that code names after arrays: N = X.shape[0]. Nothing else is said of the shape of the array. */
import { constantValue, type Polynomial } from "../expr/polynomial.ts";
import type { Syntax } from "../parse/syntax.ts";
import type { Alternative } from "./choice.ts";
import { type Drafts, SCALAR_EXTENT } from "./draft.ts";
import { integerOf } from "./integers.ts";
import type { Family, Names } from "./names.ts";
import type { Extent } from "./sizes.ts";

export interface NamedAxis {
  readonly name: Syntax;
  /** "both": it has two axes, each of more than one entry. */
  readonly axis: "rows" | "columns" | "both";
  readonly size: Syntax;
  /** It is what a line about the gradient supposes, or a remark behind a line, and may be wrong. */
  readonly supposed?: true;
}

/** The same by family. */
export interface SizedAxis {
  readonly family: Family;
  readonly axis: NamedAxis["axis"];
  readonly size: Polynomial;
  readonly supposed?: true;
}

export const sizedAxes = (axes: readonly NamedAxis[], names: Names): readonly SizedAxis[] =>
  axes.flatMap(({ name, axis, size, supposed }): readonly SizedAxis[] => {
    const [found, value] = [names.resolve(name), integerOf(size)];
    return found && value && names.occurs(found.family.base)
      ? [{ family: found.family, axis, size: value, ...(supposed ? { supposed } : {}) }]
      : [];
  });

/** Against what a line supposes. */
const UNLIKELY = 12;

/** The first axis of an array that has only one is that of a row. */
export const imposeAxes = (axes: readonly SizedAxis[], drafts: Drafts, extentOf: (family: Family) => Extent): void => {
  for (const { family, axis, size, supposed } of axes) {
    const extent = extentOf(family);
    const { rows, columns } = extent;
    const otherwise: Alternative = { cost: UNLIKELY, impose: () => true };
    if (axis === "both") {
      drafts.addChoice([{ cost: 0, impose: sizes => sizes.widen(rows) && sizes.widen(columns) }, otherwise], [extent]);
      continue;
    }
    const plain: Alternative = { cost: 0, impose: sizes => sizes.unify(extent[axis], size) };
    const inRow: Alternative = {
      cost: 1,
      impose: sizes => sizes.unify(rows, SCALAR_EXTENT.rows) && sizes.unify(columns, size),
    };
    const isVector = constantValue(size) === 1;
    const likely: Alternative = {
      cost: 0,
      impose: sizes => sizes.unify(extent[axis], size) && (!isVector || sizes.widen(axis === "rows" ? columns : rows)),
    };
    drafts.addChoice(supposed ? [likely, otherwise] : axis === "rows" ? [plain, inRow] : [plain], [extent]);
  }
};
