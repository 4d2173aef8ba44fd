/** Closed forms of the recurrences of a derivation. */
import type { SymbolNode } from "../../expr/node.ts";
import { equationsOf, familyOf } from "../../expr/system.ts";
import type { Suppositions } from "../../rewrite/law.ts";
import type { ClosedForm, Derivation, Gradient } from "../gradient.ts";
import { lengthOf } from "../known.ts";
import { blockForms } from "./coupled.ts";
import { functionOf, supposeIdentity } from "./identity.ts";
import { withStateSolved } from "./parameters.ts";
import type { NoClosedForm } from "./reason.ts";
import { recurrenceOf } from "./recurrence.ts";
import { solve } from "./solve.ts";
import { putThroughout } from "./throughout.ts";

interface ClosedForms {
  readonly forms: readonly ClosedForm[];
  /** Why there are none, for a gradient that is a recurrence. */
  readonly missing?: NoClosedForm;
}

/** The closed forms of one gradient, the general one first, then those that suppose that a function is the identity. */
const closedFormsOf = (derivation: Derivation, gradient: Gradient): ClosedForms => {
  const { system } = derivation;
  const suppositions: Suppositions = { sizes: new Set(system.sizes.keys()) };
  const recurrence = recurrenceOf(derivation, gradient, equationsOf(system, familyOf(gradient.wrt)), suppositions);
  if (!recurrence) return { forms: [] };
  if ("obstacle" in recurrence) return { forms: [], missing: recurrence };
  const general = solve(recurrence, system.sizes, suppositions);
  if ("obstacle" in general) return { forms: [], missing: general };
  const name = functionOf(recurrence.operator, system);
  if (name === undefined) return { forms: general.forms };
  const special = solve(supposeIdentity(recurrence, name, suppositions), system.sizes, suppositions, {
    function: name,
    is: "identity",
  });
  return { forms: [...general.forms, ...("obstacle" in special ? [] : special.forms)] };
};

/** Longer closed forms name the matrix that takes an adjoint one step further. */
const LONG = 80;

const isLong = (forms: readonly ClosedForm[]): boolean => forms.some(({ value }) => lengthOf(value) > LONG);

/** The gradients, with formulas for those that read solved recurrences through others; those that have one keep it. */
const putInThroughout = (derivation: Derivation, direct: readonly Gradient[]): readonly Gradient[] => {
  const solved = new Map<SymbolNode, readonly ClosedForm[]>();
  for (const { wrt, closedForms } of derivation.gradients) {
    const general = closedForms.filter(({ form, assumes }) => form !== "constant-reindexed" && !assumes);
    if (general.length > 0) solved.set(familyOf(wrt), general);
  }
  const forms = [...solved.values()].flatMap(all => all.map(({ form }) => form));
  const form = forms.includes("ordered-product") ? "ordered-product" : forms[0];
  if (!form) return direct;
  const formulas = putThroughout(derivation, solved);
  return direct.map((gradient): Gradient => {
    const own = formulas.get(familyOf(gradient.wrt));
    if (!own || gradient.closedForms.length > 0 || gradient.noClosedForm) return gradient;
    const closedForms = own.map(({ over, value }, i): ClosedForm => {
      const before = gradient.pieces[i]?.value ?? value;
      return { form, over, value, base: [], induction: [{ rule: "closed-form-substitute", before, after: value }] };
    });
    return { ...gradient, closedForms };
  });
};

/**
 * The derivation with the closed forms of its recurrences, and of the gradients of parameters that read them; with
 * `throughout`, of every gradient that depends on them.
 */
export const withClosedForms = (
  derivation: Derivation,
  { throughout = false }: { readonly throughout?: boolean } = {},
): Derivation => {
  const { system } = derivation;
  const suppositions: Suppositions = { sizes: new Set(system.sizes.keys()) };
  const alone = derivation.gradients.map((gradient): Gradient => {
    const { forms, missing } = closedFormsOf(derivation, gradient);
    return { ...gradient, closedForms: forms, ...(missing ? { noClosedForm: missing } : {}) };
  });
  const blocks = blockForms(
    derivation,
    alone.filter(({ noClosedForm }) => noClosedForm),
    // A matrix with a name cannot be put in.
    throughout ? [] : alone.filter(({ closedForms }) => isLong(closedForms)),
  );
  const inBlocks = new Set(blocks.flatMap(({ states }) => states.map(familyOf)));
  const solved = alone.map((gradient): Gradient => {
    const { noClosedForm: _, ...rest } = gradient;
    return inBlocks.has(familyOf(gradient.wrt)) ? { ...rest, closedForms: [] } : gradient;
  });
  // One form for every supposition; the textbook's other way of indexing adds nothing here.
  const states = solved.flatMap(gradient =>
    gradient.closedForms
      .filter(({ form, inductionOver }) => form !== "constant-reindexed" && inductionOver)
      .map(form => ({ gradient, form })),
  );
  const direct = solved.map((gradient): Gradient => {
    if (gradient.closedForms.length > 0 || gradient.noClosedForm) return gradient;
    const forms = states.flatMap(
      state => withStateSolved(gradient, state, system.objective, system.sizes, suppositions) ?? [],
    );
    return forms.length > 0 ? { ...gradient, closedForms: forms } : gradient;
  });
  const gradients = throughout ? putInThroughout({ ...derivation, gradients: solved }, direct) : direct;
  return blocks.length === 0 ? { ...derivation, gradients } : { ...derivation, gradients, blocks };
};

/** The closed forms of one gradient, as `withClosedForms` finds them for all. */
export const closedFormsFor = (derivation: Derivation, gradient: Gradient): readonly ClosedForm[] => {
  const { forms } = closedFormsOf(derivation, gradient);
  if (forms.length > 0 && !isLong(forms)) return forms;
  const same = withClosedForms(derivation).gradients.find(({ wrt }) => familyOf(wrt) === familyOf(gradient.wrt));
  return same?.closedForms ?? [];
};
