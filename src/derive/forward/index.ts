/**
 * Forward mode: the tangent of a system is a system again. For each family v between a variable w and what is asked for
 * there is a family ∂v/∂w, with an equation for every equation of v, over the same domain and in the same order:
 *
 *     ∂v/∂w = ∂⁺v/∂w + Σ over what v reads of ∂⁺v/∂u ∂u/∂w      (∂⁺: through the one equation only)
 *
 * For a recurrence this is real-time recurrent learning: sensitivities are carried along with the states.
 * Source: Williams and Zipser 1989, "A learning algorithm for continually running fully recurrent neural networks".
 */
import { DiagnosticError } from "../../base/diagnostic.ts";
import { type AtNode, type Node, type SymbolNode, substituteIndices } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import { equationsOf, familyOf, indexOf, type System } from "../../expr/system.ts";
import { Abbreviations } from "../abbreviations.ts";
import { withClosedForm } from "./closed.ts";
import { Deriver, NoJacobian, upstream } from "./deriver.ts";
import type { Form, ForwardDerivation, Sensitivity, Transition } from "./sensitivity.ts";
import { Symbols } from "./variable.ts";

export interface ForwardOptions {
  /** The symbol or family whose sensitivities are wanted; default: the objective. */
  readonly of?: string;
  /** The variables; default: every parameter. */
  readonly wrt?: readonly string[];
  /** Letters for the member of a family that varies, by its name: the k of h_k. */
  readonly letters?: ReadonlyMap<string, readonly string[]>;
}

/** What is asked for, with the sensitivities of everything between it and the recurrent states put in. */
const withStates = (deriver: Deriver, all: readonly Sensitivity[]): readonly Sensitivity[] => {
  const { system, of } = deriver;
  const byFamily = new Map(all.map(sensitivity => [sensitivity.of, sensitivity]));
  const last = byFamily.get(of);
  const [equation, ...more] = equationsOf(system, of);
  if (!last || !equation || more.length > 0 || last.recurrent || !all.some(({ recurrent }) => recurrent)) return all;
  let inlined = false;
  const seed = (read: SymbolNode | AtNode): Node | undefined => {
    const between = byFamily.get(familyOf(read));
    const [only, ...others] = between?.equations ?? [];
    if (!between || between.recurrent || !only || others.length > 0) return deriver.seed(read);
    inlined = true;
    const at = new Map<string, Polynomial>(indexOf(read).map((value, i) => [between.indices[i] as string, value]));
    return substituteIndices(only.right, at);
  };
  const pushed = deriver.push(equation, seed);
  if (!pushed || !inlined) return all;
  const { node: right } = deriver.simplify(pushed.tangent);
  const before = last.equations[0]?.right as Node;
  if (right === before) return all;
  const steps = [{ rule: "forward-put-in", before, after: right }];
  return all.map(sensitivity => (sensitivity === last ? { ...sensitivity, putIn: { right, steps } } : sensitivity));
};

const formFor = ({ shape }: SymbolNode): Form =>
  shape.length === 0 ? "scalar" : shape.length === 1 ? "jacobian" : "entries";

const refuse = (message: string): DiagnosticError =>
  new DiagnosticError({ code: "D005", severity: "error", message, spans: [] });

/** The variables asked for, or every parameter on which `of` depends. */
const variablesOf = (system: System, of: SymbolNode, names: readonly string[] | undefined): readonly SymbolNode[] => {
  const above = upstream(system, of);
  if (!names)
    return [...system.symbols.values()]
      .filter(({ role, node }) => role === "parameter" && node.rank === 0 && above.has(node))
      .map(({ node }) => node);
  return names.map(name => {
    const node = system.symbols.get(name)?.node;
    if (!node) throw refuse(`${system.name} has no symbol ${name}`);
    if (!above.has(node)) throw refuse(`${of.name} does not depend on ${name}`);
    return node;
  });
};

/**
 * The sensitivities ∂v/∂w of everything between the variables and what is asked for. Shapes: see `Form`; a Jacobian has
 * J_ij = ∂v_i/∂w_j. Fails (DiagnosticError) with D001 for an op without a derivative, D005 for names that forward mode
 * cannot take.
 */
export const deriveForward = (given: System, options: ForwardOptions = {}): ForwardDerivation => {
  const of = options.of === undefined ? given.objective : given.symbols.get(options.of)?.node;
  if (!of || equationsOf(given, of).length === 0) throw refuse(`${options.of} is nothing that ${given.name} computes`);
  const symbols = new Symbols(given);
  const abbreviations = new Abbreviations(given);
  const parts = variablesOf(given, of, options.wrt).flatMap(wrt => {
    const inForm = (form: Form): ForwardDerivation["parts"][number] => {
      const deriver = new Deriver(given, symbols, abbreviations, wrt, form, of, options.letters?.get(wrt.name));
      const all = deriver
        .derive()
        .map(({ sensitivity, group }) =>
          sensitivity.recurrent ? withClosedForm(deriver, sensitivity, group) : sensitivity,
        );
      return { variable: deriver.variable, sensitivities: withStates(deriver, all) };
    };
    const jacobian = (): ForwardDerivation["parts"][number] | undefined => {
      try {
        return inForm("jacobian");
      } catch (error) {
        if (!(error instanceof NoJacobian)) throw error;
        return undefined;
      }
    };
    const form = formFor(wrt);
    if (form === "jacobian") return [jacobian() ?? inForm("entries")];
    const part = inForm(form);
    // Real-time recurrent learning is known by the recurrence of the whole array of sensitivities.
    const last = part.sensitivities.findLastIndex(({ recurrent }) => recurrent);
    const whole = form === "entries" && last >= 0 ? jacobian() : undefined;
    return whole ? [part, { ...whole, sensitivities: whole.sensitivities.slice(0, last + 1) }] : [part];
  });
  const transitions = new Map<SymbolNode, readonly Transition[]>();
  for (const { sensitivities } of parts)
    for (const { of: state, transitions: own = [] } of sensitivities)
      if (own.length > 0 && !transitions.has(state)) transitions.set(state, own);
  return {
    transitions: [...transitions.values()].flat(),
    system: { ...given, symbols: new Map([...given.symbols, ...abbreviations.symbols, ...symbols.entries]) },
    of,
    abbreviations: abbreviations.equations,
    parts,
    notations: symbols.notations,
  };
};
