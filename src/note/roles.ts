/** What part a given name plays: parameter, constant, data, label or target. */
import type { Role } from "../expr/system.ts";
import { labelsOf } from "./literals.ts";
import type { Family } from "./names.ts";
import type { Extent } from "./sizes.ts";
import type { Typing } from "./typing.ts";

export interface RoleFacts {
  readonly family: Family;
  readonly scalar: boolean;
  /** Index letters of the family, and those of recurrences and of sums in the objective. */
  readonly letters: readonly string[];
  readonly counts: ReadonlySet<string>;
  /** It is given to a scalar function, or chooses an entry, and is read nowhere else. */
  readonly inLoss: boolean;
  /** It chooses an entry, a row or a column. */
  readonly chooses: boolean;
  /** It is 0 at some places and −∞ at the others. */
  readonly masks: boolean;
  /** Words or a distribution say that it is drawn or chosen, and not trained. */
  readonly given: boolean;
  readonly subscripted: boolean;
  /** The note differentiates by it. */
  readonly differentiated: boolean;
}

const CONSTANT = /^(?:lambda|eta|epsilon|varepsilon|gamma|pi)$/u;
/** A discount or the number π, which are chosen, or a scale or a weight, which are trained: the note that differentiates by it says so. */
const EITHER = /^(?:gamma|pi)$/u;
const NOISE = /^(?:epsilon|varepsilon)$/u;
const DATA = /^(?:x|X|u|xi|chi)$/u;
const LABEL = /^(?:y|Y|t)$/u;
const WEIGHTS = /^(?:w|W|b|B|U|V|theta|Theta|x|X)$/u;
const TRAINED = /^(?:w|W|b|B|U|V|A|C|D|M|P|Q|K|R|E|G|theta|Theta|omega|Omega|gamma|beta|c)$/u;

/** The role of a name that nothing defines; the reason is reported. */
const roleOf = ({
  family,
  scalar,
  letters,
  counts,
  inLoss,
  chooses,
  masks,
  given,
  subscripted,
  differentiated,
}: RoleFacts): { readonly role: Role; readonly because: string } => {
  const letter = family.base.split(" ").at(-1) as string;
  if (family.rank === 0 && scalar && CONSTANT.test(letter) && !(differentiated && EITHER.test(letter)))
    return { role: "constant", because: "a scalar that is usually chosen, not trained" };
  if (masks) return { role: "constant", because: "it is a mask" };
  if (given) return { role: scalar ? "constant" : "data", because: "the note says that it is given" };
  if (chooses) return { role: "label", because: "it chooses what is read" };
  if (inLoss && !WEIGHTS.test(letter)) return { role: "label", because: "it is compared in the loss" };
  if (LABEL.test(letter))
    return inLoss
      ? { role: "label", because: "it is compared in the loss" }
      : { role: "target", because: "it is called as targets are" };
  if (!scalar && NOISE.test(letter)) return { role: "data", because: "it is called as noise is" };
  if (DATA.test(letter)) return { role: "data", because: "it is called as data are" };
  if (family.rank > 0 && subscripted && !TRAINED.test(letter) && letters.some(each => counts.has(each))) {
    return { role: "data", because: "it is given anew for each index that the loss sums over" };
  }
  return { role: "parameter", because: "nothing defines it" };
};

/** The roles of all names, and why those that nothing defines have theirs. */
export const assignRoles = (
  typing: Typing,
  families: ReadonlySet<Family>,
  objective: Family,
  parameters: ReadonlySet<Family> | undefined,
  differentiated: ReadonlySet<string> = new Set(),
): { roles: ReadonlyMap<Family, Role>; because: ReadonlyMap<Family, string> } => {
  const { equations, drafts, sizes, extents } = typing;
  const defined = new Set(equations.map(equation => equation.family));
  const counts = new Set<string>();
  const inLoss = new Set<Family>();
  for (const equation of equations) {
    for (const binding of equation.bindings) counts.add(binding.letter);
    if (equation.family === objective)
      for (const read of equation.reads) for (const binding of read.bindings) counts.add(binding.letter);
  }
  // Labels are given to a scalar function and read nowhere else.
  const compared = new Set<number>();
  const choosing = new Set<Family>();
  for (const draft of drafts.all) {
    for (const label of labelsOf(draft)) {
      compared.add(label);
      const chosen = drafts.at(label);
      if (chosen.kind === "read") choosing.add(chosen.family);
    }
    if (draft.kind === "application" && sizes.isScalar(draft.extent) === true)
      for (const arg of draft.args) compared.add(arg);
  }
  const reads = equations.flatMap(equation => equation.reads);
  for (const { family } of reads)
    if (reads.every(read => read.family !== family || compared.has(read.draft))) inLoss.add(family);
  const roles = new Map<Family, Role>();
  const because = new Map<Family, string>();
  for (const family of families) {
    if (defined.has(family)) {
      roles.set(family, "defined");
      continue;
    }
    const letters = equations.flatMap(equation =>
      equation.reads
        .filter(read => read.family === family)
        .flatMap(read => read.bindings.map(binding => binding.letter)),
    );
    const found = parameters
      ? parameters.has(family)
        ? { role: "parameter" as const, because: "front matter" }
        : undefined
      : undefined;
    const guess =
      found ??
      roleOf({
        family,
        letters,
        counts,
        scalar: sizes.isScalar(extents.get(family) as Extent) === true,
        inLoss: inLoss.has(family),
        chooses: choosing.has(family),
        given: typing.prepared.given.has(family.base) && !differentiated.has(family.base),
        masks: typing.prepared.masks.some(({ base }) => base === family.base),
        subscripted: family.places.includes("sub"),
        differentiated: differentiated.has(family.base),
      });
    const role = parameters && !found && guess.role === "parameter" ? "constant" : guess.role;
    roles.set(family, role);
    because.set(family, role === guess.role ? guess.because : "the front matter lists the parameters without it");
  }
  return { roles, because };
};
