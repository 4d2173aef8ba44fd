/** Formulas of functions of one real number. */
import type { Syntax } from "../parse/syntax.ts";
import { applicationsIn, readNames } from "./occurrences.ts";
import { takeApart } from "./scripts.ts";
import { everyPart, textOf } from "./tree.ts";

/** A formula that is meant for one real number: no norms, transposes, sums or subscripts in it. */
export const isRealFormula = (body: Syntax, parameter: string): boolean =>
  readNames(body).every(name => {
    // What else is read may be trained, and must be seen to be: then the formula is written out at each place.
    const { core } = takeApart(name);
    const text = textOf(core);
    return text === parameter || text === "e" || applicationsIn(body).some(application => application.name === name);
  }) &&
  everyPart(body).every(part => {
    if (part.kind === "big" || part.kind === "mark" || part.kind === "matrix") return false;
    if (part.kind === "group") return ["(", "[", "\\{", "|"].includes(part.open);
    if (part.kind === "scripted")
      return part.scripts.every(script => script.position === "sup" && !/^(?:T|\\top)$/u.test(textOf(script.body)));
    return true;
  });
