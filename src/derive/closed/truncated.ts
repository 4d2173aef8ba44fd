/**
 * Truncated backpropagation through time: errors go back at most K steps along a recurrence.
 *
 * To what reads the state h[i] from outside of the recurrence, states before h[i-K] are given. The solution of the
 * recurrence keeps the sources of the next K steps, Σ_{i=t}^{min(T, t+K)}, and goes into every other gradient.
 * Source: Williams and Peng 1990, "An efficient gradient-based algorithm for on-line training of recurrent network
 * trajectories", BPTT(h).
 */
import { DiagnosticError } from "../../base/diagnostic.ts";
import type { SymbolNode } from "../../expr/node.ts";
import { integer, named, type Polynomial } from "../../expr/polynomial.ts";
import { equationsOf, familyOf, type System } from "../../expr/system.ts";
import type { Suppositions } from "../../rewrite/law.ts";
import type { Derivation, Gradient, Truncation } from "../gradient.ts";
import { coupledWith, type Recurrence, recurrenceOf } from "./recurrence.ts";
import { solveWithin } from "./solve.ts";
import { dependentOn, putThroughout } from "./throughout.ts";

const refuse = (system: System, reason: string, help?: string): never => {
  const span = system.equations.find(equation => equation.span)?.span;
  throw new DiagnosticError({
    code: "D010",
    severity: "error",
    message: `the gradients of ${system.name} are not truncated: ${reason}`,
    spans: span ? [{ span, label: "in this system" }] : [],
    ...(help === undefined ? {} : { help }),
  });
};

const latexOf = (system: System, family: SymbolNode): string => system.symbols.get(family.name)?.latex ?? family.name;

/** Where each family of a recurrence has the index that it runs along; refused where that cannot be told. */
const placesOf = (
  derivation: Derivation,
  gradient: Gradient,
  index: string,
): Truncation["recurrences"][number]["families"] => {
  const { system, gradients } = derivation;
  const place = gradient.indices.indexOf(index);
  const places = new Map<SymbolNode, number>();
  const state = familyOf(gradient.wrt);
  const component = coupledWith(derivation, state);
  for (const family of component) {
    const own = gradients.find(({ wrt }) => familyOf(wrt) === family) as Gradient;
    if (gradient.indices.length > 1 && own.indices.join() !== gradient.indices.join())
      refuse(system, `${latexOf(system, state)} and ${latexOf(system, family)} have different indices`);
    if (family !== state && own.contributions.some(({ reader }) => !component.has(familyOf(reader))))
      refuse(
        system,
        `errors enter the recurrence both at ${latexOf(system, state)} and at ${latexOf(system, family)}, so that steps are not counted from one state`,
        `let what lies outside read ${latexOf(system, state)} alone`,
      );
    places.set(family, place);
  }
  return places;
};

/** The recurrences of a derivation, none of which may lie on the way back to another one. */
const recurrencesOf = (derivation: Derivation, suppositions: Suppositions): readonly Recurrence[] => {
  const { system, gradients } = derivation;
  const found: Recurrence[] = [];
  for (const gradient of gradients) {
    const family = familyOf(gradient.wrt);
    const recurrence = recurrenceOf(derivation, gradient, equationsOf(system, family), suppositions);
    if (!recurrence) continue;
    if (derivation.blocks?.some(({ states }) => states.some(state => familyOf(state) === family)))
      return refuse(system, `${latexOf(system, family)} is solved in blocks together with other states`);
    if ("obstacle" in recurrence) return refuse(system, `for ${latexOf(system, family)}, ${recurrence.say.en}`);
    found.push(recurrence);
  }
  if (found.length === 0) refuse(system, "it has no recurrence along which errors could go back");
  for (const { gradient } of found) {
    const family = familyOf(gradient.wrt);
    const component = coupledWith(derivation, family);
    const below = dependentOn(derivation, [family]);
    const other = found.find(({ gradient: { wrt } }) => !component.has(familyOf(wrt)) && below.has(familyOf(wrt)));
    if (!other) continue;
    const names = [other.gradient, gradient].map(({ wrt }) => latexOf(system, familyOf(wrt)));
    refuse(system, `the recurrence of ${names[0]} feeds that of ${names[1]}, and steps are counted along one only`);
  }
  return found;
};

/**
 * The system with the length of the window among its sizes: a number, one of its sizes, or a new one of this name. Fails
 * with D010 where the name means something else.
 */
export const withWindow = (
  system: System,
  steps: number | string,
): { readonly system: System; readonly window: Polynomial } => {
  if (typeof steps === "number") {
    if (!Number.isSafeInteger(steps) || steps < 0) refuse(system, `${steps} is no number of steps`);
    return { system, window: integer(steps) };
  }
  const known = [...system.sizes.values()].find(({ name, latex }) => name === steps || latex === steps);
  if (known) return { system, window: named(known.name) };
  const taken = [
    ...[...system.symbols.values()].flatMap(({ node, latex, indices }) => [node.name, latex, ...indices]),
    ...[...system.functions.values()].flatMap(({ name, latex }) => [name, latex]),
  ];
  if (taken.includes(steps)) refuse(system, `${steps} means something else in this note`, "name the steps otherwise");
  const sizes = new Map(system.sizes).set(steps, { name: steps, latex: steps, role: "dimension", least: 1 });
  return { system: { ...system, sizes }, window: named(steps) };
};

/** The gradients of everything that depends on a recurrence, with errors going back at most `window` steps; D010. */
export const truncationOf = (derivation: Derivation, window: Polynomial): Truncation => {
  const { system } = derivation;
  const suppositions: Suppositions = { sizes: new Set(system.sizes.keys()) };
  const recurrences = recurrencesOf(derivation, suppositions);
  const solved = new Map(
    recurrences.map(recurrence => {
      const family = familyOf(recurrence.gradient.wrt);
      const forms = solveWithin(recurrence, window, system.sizes, suppositions);
      return [
        family,
        "obstacle" in forms ? refuse(system, `for ${latexOf(system, family)}, ${forms.say.en}`) : forms,
      ] as const;
    }),
  );
  const formulas = putThroughout(derivation, solved);
  const dependent = dependentOn(derivation, solved.keys());
  const gradients = derivation.gradients.filter(({ wrt }) => dependent.has(familyOf(wrt)));
  return {
    window,
    recurrences: recurrences.map(({ gradient, index, direction }) => ({
      families: placesOf(derivation, gradient, index),
      direction,
    })),
    gradients: gradients.map(({ wrt, indices }) => ({
      wrt,
      indices,
      forms:
        formulas.get(familyOf(wrt)) ??
        refuse(system, `the gradient by ${latexOf(system, familyOf(wrt))} is no one formula on all of its range`),
    })),
  };
};
