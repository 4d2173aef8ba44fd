/** Jacobians and second derivatives as JSON. */
import type { DerivedMap } from "../../derive/higher.ts";
import type { Domain } from "../../expr/domain.ts";
import type { Node, SymbolNode } from "../../expr/node.ts";
import type { Equation } from "../../expr/system.ts";
import { showTerm } from "../../term/show.ts";
import { mapLatex, type WrittenHessians } from "./higher.ts";
import type { CheckReport } from "./sentences.ts";

/** What writes terms and ranges of one system. */
interface TermWriter {
  readonly latex: (node: Node, avoid?: readonly string[]) => string;
  readonly term: (node: Node) => { readonly term?: string };
  readonly equation: (equation: Equation) => object;
  readonly over: (domain: Domain, indices: readonly string[]) => object;
}

/** The derivative of one member by another. */
export const mapJson = (
  writer: TermWriter,
  map: DerivedMap,
  objective: SymbolNode,
  checked: CheckReport | undefined,
): object => {
  const { of, wrt, gradientBy, indices, over, direction, tangent, value, vec } = map;
  const left = mapLatex(node => writer.latex(node), objective, map);
  const written = value.kind === "entries" ? undefined : writer.latex(value.term, indices);
  return {
    of: showTerm(gradientBy ? objective : of),
    wrt: gradientBy ? [showTerm(gradientBy), showTerm(wrt)] : [showTerm(wrt)],
    kind: value.kind,
    vec,
    ...writer.over(over, indices),
    direction: direction.node.name,
    differential: writer.latex(tangent, indices),
    ...(written === undefined ? {} : { latex: `${left} = ${written}`, value: written }),
    ...(value.kind === "entries" ? {} : writer.term(value.term)),
    ...(checked ? { checked } : {}),
  };
};

/** The equations of the Hessian times a direction, and the blocks of the Hessian. */
export const secondJson = (
  writer: TermWriter,
  { system, varied, variables, blocks, without }: WrittenHessians,
  checked: CheckReport | undefined,
): object => ({
  directions: Object.fromEntries(variables.map(node => [node.name, varied.tangents.get(node)?.node.name ?? ""])),
  tangents: [...varied.equations].map(([given, tangent]) => ({
    of: writer.latex(given.left),
    left: writer.latex(tangent.left),
    ...writer.equation(tangent),
  })),
  hessian: blocks.map(block => mapJson(writer, block, system.objective, checked)),
  without: without.map(({ gradientBy, wrt, code, because }) => ({ by: [gradientBy.name, wrt.name], code, because })),
});
