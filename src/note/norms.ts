/** Which norm is meant: subscripts say it, and a square belongs to it. */
import { EUCLIDEAN, NORM } from "./fences.ts";
import { readingsOf } from "./readings.ts";
import type { Element } from "./scripts.ts";
import { problem } from "./surroundings.ts";
import { textOf } from "./tree.ts";

/** The spelling of the norm, and the scripts that hang on its value. */
export const normOf = (
  elements: readonly Element[],
): { readonly spelling: string; readonly rest: readonly Element[] } => {
  let norm = NORM;
  let squared = false;
  const rest: Element[] = [];
  for (const element of elements) {
    if (element.kind === "item" && element.position === "sub") {
      const which = textOf(element.body);
      norm = EUCLIDEAN.has(which) ? NORM : `${NORM}_${which}`;
      if (readingsOf(norm, 1).length === 0)
        problem(
          "N002",
          `the norm with subscript ${which} is not known`,
          element.span,
          "the 1-norm, the max-norm (\\infty) and the Euclidean (2) and Frobenius (F) norms are",
        );
    } else if (element.kind === "item" && textOf(element.body) === "2" && !squared && norm === NORM) squared = true;
    else rest.push(element);
  }
  return { spelling: squared ? `${NORM}^2` : norm, rest };
};
