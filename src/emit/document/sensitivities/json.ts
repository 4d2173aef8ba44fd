/** Forward mode as JSON: schemas/derive.schema.json says what stands in it. */
import type { Sensitivity, SensitivityEquation, Transition, Variable } from "../../../derive/forward/sensitivity.ts";
import type { ClosedForm } from "../../../derive/gradient.ts";
import { at, type Node } from "../../../expr/node.ts";
import { named } from "../../../expr/polynomial.ts";
import { polynomialLatex } from "../../../latex/integers.ts";
import type { Step } from "../../../rewrite/step.ts";
import { diagnosticJson, type JsonOptions, overJson, type StepJson, SystemWriter, shapeJson } from "../json.ts";
import type { CheckReport } from "../sentences.ts";
import type { WrittenForward } from "./document.ts";
import { forwardContext } from "./notation.ts";

const stepsJson = (writer: SystemWriter, steps: readonly Step[], avoid: readonly string[]): readonly StepJson[] =>
  steps.map(({ rule, after }) => ({ rule, latex: writer.latex(after, avoid), because: writer.because(rule) }));

const equationJson = (writer: SystemWriter, equation: SensitivityEquation): object => {
  const { left, right, over, indices, chain, rules, steps } = equation;
  const value = writer.latex(right, indices);
  const start = steps[0]?.before ?? right;
  return {
    ...overJson(over, indices),
    latex: `${writer.latex(left)} = ${value}`,
    value,
    ...writer.term(right),
    steps: [
      ...(chain ? [{ rule: "total-derivative", latex: writer.latex(chain, indices), because: "" }] : []),
      ...(rules.length > 0 ? [{ rule: rules.join(" "), latex: writer.latex(start, indices), because: "" }] : []),
      ...stepsJson(writer, steps, indices),
    ],
  };
};

const formJson = (writer: SystemWriter, left: Node, form: ClosedForm, indices: readonly string[]): object => {
  const value = writer.latex(form.value, indices);
  return {
    form: form.form,
    over: overJson(form.over, indices).over,
    latex: `${writer.latex(left)} = ${value}`,
    value,
    ...writer.term(form.value),
    ...(form.assumes ? { assumes: form.assumes } : {}),
    base: stepsJson(writer, form.base, indices),
    induction: stepsJson(writer, form.induction, indices),
  };
};

const sensitivityJson = (
  writer: SystemWriter,
  sensitivity: Sensitivity,
  { wrt, form, letters }: Variable,
  checked: CheckReport | undefined,
): object => {
  const { of, symbol, indices, equations, recurrent, closedForms, putIn } = sensitivity;
  const left = indices.length > 0 ? at(symbol, indices.map(named)) : symbol;
  return {
    of: writer.name(of, indices.slice(0, indices.length - letters.length)),
    wrt: writer.name(wrt, letters),
    id: symbol.name,
    form,
    shape: shapeJson(symbol.shape),
    equations: equations.map(equation => equationJson(writer, equation)),
    recurrent,
    closedForms: closedForms.map(one => formJson(writer, left, one, indices)),
    ...(putIn
      ? {
          putIn: {
            latex: `${writer.latex(left)} = ${writer.latex(putIn.right, indices)}`,
            ...writer.term(putIn.right),
          },
        }
      : {}),
    ...(checked ? { checked } : {}),
  };
};

/** ∂h_t/∂h_k. */
const transitionJson = (
  writer: SystemWriter,
  { of, indices, place, letter, former, over, value, transpose }: Transition,
): object => ({
  of: writer.name(of, indices),
  wrt: writer.name(
    of,
    indices.map((index, i) => (i === place ? polynomialLatex(former, name => name) : index)),
  ),
  ...writer.over(over, [...indices, letter]),
  value: writer.latex(value, [...indices, letter]),
  ...writer.term(value),
  ...(transpose ? { transpose: writer.latex(transpose, [...indices, letter]) } : {}),
});

/** The JSON text that `derive --mode forward --format json` writes. */
export const writeForwardJson = (systems: readonly WrittenForward[], options: JsonOptions = {}): string => {
  const { note = "", language = "en", diagnostics = [], positionAt } = options;
  const written = {
    gradnote: "1",
    note,
    mode: "forward",
    layout: "numerator",
    systems: systems.map(({ forward, checked }) => {
      const { system, notations } = forward;
      const writer = new SystemWriter(system, language, positionAt, forwardContext(forward, "prod"));
      return {
        name: system.name,
        symbols: [...system.symbols.values()]
          .filter(({ node }) => !notations.has(node.name))
          .map(entry => writer.symbol(entry)),
        objective: forward.of.name,
        equations: system.equations.map(equation => writer.equation(equation)),
        abbreviations: forward.abbreviations.map(equation => writer.equation(equation)),
        gradients: [],
        sensitivities: forward.parts.flatMap(({ variable, sensitivities }) =>
          sensitivities.map(one => sensitivityJson(writer, one, variable, checked)),
        ),
        ...(forward.transitions.length > 0
          ? { transitions: forward.transitions.map(one => transitionJson(writer, one)) }
          : {}),
        growth: [],
      };
    }),
    diagnostics: diagnostics.map(diagnostic => diagnosticJson(diagnostic, positionAt)),
  };
  return `${JSON.stringify(written, undefined, 2)}\n`;
};
