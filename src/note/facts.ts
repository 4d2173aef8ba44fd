/** What elaborating a formula asks of the note that it stands in: the same for forward equations and claims. */
import { axisFactsOf } from "./axes.ts";
import type { Prepared } from "./prepare.ts";
import type { Elaboration } from "./surroundings.ts";

export const factsOf = (
  prepared: Prepared,
): Pick<Elaboration, "axisFacts" | "isInteger" | "isSize" | "isCount" | "isLabel" | "isDefined" | "isVariable"> => {
  const { sizes, variables, counts, labels, bases } = prepared;
  return {
    axisFacts: axisFactsOf(prepared),
    isInteger: name => sizes.has(name) && !variables.has(name),
    isSize: name => sizes.has(name),
    isCount: name => counts.has(name),
    isLabel: name => labels.bare.has(name),
    isDefined: base => bases.defined.has(base),
    isVariable: base => bases.all.has(base),
  };
};
