/** Products with factors left out: ∂s_k/∂s_{k-1} ⋯ ∂s_{k-m+1}/∂s_{k-m}, the derivatives of neighbours from the first to the last. */
import { domain } from "../../expr/domain.ts";
import { at, type Node, over, partial } from "../../expr/node.ts";
import { constantValue, minus, named, type Polynomial, plus } from "../../expr/polynomial.ts";
import type { Quotient } from "./derivative.ts";

/** No claim has this letter. */
const INDEX = "$between";

interface Step {
  readonly of: Polynomial;
  readonly by: Polynomial;
}

/** The places of ∂v_i/∂v_j, for a family with one index. */
const stepOf = ({ of, by }: Quotient): Step | undefined =>
  of.kind === "at" && by.kind === "at" && of.of === by.of && of.index.length === 1
    ? { of: of.index[0] as Polynomial, by: by.index[0] as Polynomial }
    : undefined;

/** Whether each factor begins where the one before it ends. */
const meets = (steps: readonly Step[]): boolean =>
  steps.slice(1).every((step, i) => step.of.key === (steps[i] as Step).by.key);

/**
 * The factors before and behind the dots with all that lie between; undefined unless they are derivatives of one family's
 * members, each one step away from the next, and those that are written follow each other.
 */
export const productBetween = (
  before: readonly Quotient[],
  behind: readonly Quotient[],
  reading: "total" | "immediate",
): Node | undefined => {
  const [head, tail] = [before.map(stepOf), behind.map(stepOf)];
  const all = [...head, ...tail];
  const [first, last] = [all[0], all.at(-1)];
  const [model] = before;
  if (!first || !last || !model || model.of.kind !== "at" || all.some(step => !step)) return undefined;
  const offset = constantValue(minus(first.by, first.of));
  const isStep = (step: Step): boolean => constantValue(minus(step.by, step.of)) === offset;
  if ((offset !== 1 && offset !== -1) || !(all as readonly Step[]).every(isStep)) return undefined;
  if (!meets(head as readonly Step[]) || !meets(tail as readonly Step[])) return undefined;
  const j = named(INDEX);
  const { of } = model.of;
  const body = partial(at(of, [j]), at(of, [plus(j, offset)]), reading);
  // The first factor stands leftmost.
  const [low, high] = offset === -1 ? [last.of, first.of] : [first.of, last.of];
  const fold = offset === -1 ? "reversed-product" : "product";
  return over(fold, INDEX, domain([minus(j, low), minus(high, j)]), body);
};
