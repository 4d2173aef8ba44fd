/** What part a given name plays: parameter, constant, data, label or target. */
import type { Role } from "../expr/system.ts";
import type { Family } from "./names.ts";
import { isGreek } from "./names.ts";

export interface RoleFacts {
  readonly family: Family;
  readonly scalar: boolean;
  /** Index letters of the family, and those of recurrences and of sums in the objective. */
  readonly letters: readonly string[];
  readonly counts: ReadonlySet<string>;
  /** It divides or is divided by a size, or stands as a factor of its own. */
  readonly inLoss: boolean;
  readonly subscripted: boolean;
}

const CONSTANT = /^(?:lambda|eta|epsilon|varepsilon|gamma|mu|beta|alpha|kappa)$/u;
const DATA = /^(?:x|X|u|xi|chi)$/u;
const LABEL = /^(?:y|Y|t)$/u;
const WEIGHTS = /^(?:w|W|b|B|U|V|theta|Theta|x|X)$/u;
const TRAINED = /^(?:w|W|b|B|U|V|A|C|D|M|P|Q|K|R|E|G|theta|Theta|omega|Omega|gamma|beta|c)$/u;

/** The role of a name that nothing defines; the reason is reported. */
export const roleOf = ({
  family,
  scalar,
  letters,
  counts,
  inLoss,
  subscripted,
}: RoleFacts): { readonly role: Role; readonly because: string } => {
  const letter = family.base.split(" ").at(-1) as string;
  if (family.rank === 0 && scalar && CONSTANT.test(letter))
    return { role: "constant", because: "a scalar that is usually chosen, not trained" };
  if (inLoss && !WEIGHTS.test(letter)) return { role: "label", because: "it is compared in the loss" };
  if (LABEL.test(letter))
    return inLoss
      ? { role: "label", because: "it is compared in the loss" }
      : { role: "target", because: "it is called as targets are" };
  if (DATA.test(letter)) return { role: "data", because: "it is called as data are" };
  if (family.rank > 0 && subscripted && !TRAINED.test(letter) && letters.some(each => counts.has(each))) {
    return { role: "data", because: "it is given anew for each index that the loss sums over" };
  }
  if (scalar && family.rank === 0 && isGreek(family.base) && !TRAINED.test(letter))
    return { role: "constant", because: "a scalar that is usually chosen, not trained" };
  return { role: "parameter", because: "nothing defines it" };
};
