/** The operator of a recurrence: summed, and multiplied with itself over a range of indices. */
import { type Domain, domain } from "../../expr/domain.ts";
import { type Node, number, over, rowsAndColumns, type Shape, substituteIndices } from "../../expr/node.ts";
import { minus, named, type Polynomial, plus } from "../../expr/polynomial.ts";
import { isScalar } from "../../ops/call.ts";
import type { Suppositions } from "../../rewrite/law.ts";
import { simplify } from "../../rules/simplify.ts";
import type { Linear } from "./linear.ts";
import { identityOf, plusTerm, powerOf, scaledBy, times } from "./templates.ts";

/** The sum of operators of one shape as one; undefined where factors on both sides do not add up. */
export const addLinear = (
  summands: readonly Linear[],
  shape: Shape,
  suppositions: Suppositions,
): Linear | undefined => {
  const tidy = (node: Node): Node => simplify(node, suppositions).node;
  const [only, ...more] = summands;
  if (!only) return undefined;
  if (more.length === 0) {
    const { scalar, left, right } = only;
    if (left) return { left: tidy(scalar ? scaledBy(scalar, left) : left), ...(right ? { right: tidy(right) } : {}) };
    if (right) return { right: tidy(scalar ? scaledBy(scalar, right) : right) };
    return scalar ? { scalar: tidy(scalar) } : {};
  }
  const [rows, columns] = rowsAndColumns(shape);
  const matrices = (side: "left" | "right", size: Polynomial): Node =>
    tidy(
      summands
        .map(linear => {
          const matrix = linear[side] ?? identityOf(size);
          return linear.scalar ? scaledBy(linear.scalar, matrix) : matrix;
        })
        .reduce(plusTerm),
    );
  if (summands.every(({ left, right }) => !left && !right)) {
    return { scalar: tidy(summands.map(({ scalar }) => scalar ?? number(1)).reduce(plusTerm)) };
  }
  if (summands.every(({ right }) => !right)) return { left: matrices("left", rows) };
  return summands.every(({ left }) => !left) ? { right: matrices("right", columns) } : undefined;
};

/** An index name that no term of a note has. */
const FACTOR = "$j";

/** The operator along a range, and whether it depends on the index at all. */
export interface Propagator {
  /** What has become at t of what was added at i: c L b R. */
  readonly from: (t: Polynomial, i: Polynomial) => Linear;
  readonly isConstant: boolean;
}

/**
 * M(t) M(t+1) … M(i-1) for a recurrence that runs down, M(t) M(t-1) … M(i+1) for one that runs up. The factors are
 * numbered by the member that the operator takes its argument from: j = t + 1 … i leftmost first, or j = t - 1 … i; with
 * `own`, by the member that it gives: j = t … i - 1, or j = t … i + 1.
 */
export const propagatorOf = (operator: Linear, index: string, direction: "down" | "up", own = false): Propagator => {
  const parts = [operator.scalar, operator.left, operator.right];
  const isConstant = parts.every(part => !part?.free.includes(index));
  const down = direction === "down";
  const along = (part: Node, t: Polynomial, i: Polynomial, nearFirst: boolean): Node => {
    if (isConstant) return powerOf(part, down ? minus(i, t) : minus(t, i));
    const j = named(FACTOR);
    const by = own ? 0 : 1;
    const factor = substituteIndices(part, new Map([[index, down ? minus(j, by) : plus(j, by)]]));
    const range: Domain = down
      ? domain([minus(j, plus(t, by)), minus(minus(i, 1 - by), j)])
      : domain([minus(j, plus(i, 1 - by)), minus(minus(t, by), j)]);
    // Leftmost is the factor next to t for what multiplies from the left, the one next to i for the right.
    const smallestFirst = down === nearFirst;
    return over(smallestFirst || isScalar(part.shape) ? "product" : "reversed-product", FACTOR, range, factor);
  };
  return {
    isConstant,
    from: (t, i) => ({
      ...(operator.scalar ? { scalar: along(operator.scalar, t, i, true) } : {}),
      ...(operator.left ? { left: along(operator.left, t, i, true) } : {}),
      ...(operator.right ? { right: along(operator.right, t, i, false) } : {}),
    }),
  };
};

/** c L X R. */
export const applyLinear = ({ scalar, left, right }: Linear, X: Node): Node => {
  const onLeft = left ? times(left, X) : X;
  const both = right ? times(onLeft, right) : onLeft;
  return scalar ? scaledBy(scalar, both) : both;
};
