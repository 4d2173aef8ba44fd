/** Jacobians, Hessians and Hessian-vector products in a document. */
import type { CheckedHessians, CheckedJacobians, DerivedMap } from "../../derive/higher.ts";
import { substituteDomain } from "../../expr/domain.ts";
import { type Node, type SymbolNode, substituteIndices } from "../../expr/node.ts";
import { type Equation, familyOf } from "../../expr/system.ts";
import { type Block, equationBlock } from "./block.ts";
import { entriesOf } from "./entries.ts";
import { fixedIndices } from "./member.ts";
import { math, prose } from "./prose.ts";
import { PAGE, widthOf } from "./width.ts";
import { conditionOf, print, rangeOf, section, type Writing, whereBlocks } from "./writing.ts";

export type WrittenHessians = Omit<CheckedHessians, "gradient">;
export type WrittenJacobians = CheckedJacobians;

const vecLatex = (latex: string, isMatrix: boolean): string => (isMatrix ? `\\operatorname{vec}(${latex})` : latex);

/** ∂f/∂xᵀ, ∂vec(F)/∂vec(X)ᵀ, ∂F/∂μ, ∂²L/∂w ∂wᵀ. */
export const mapLatex = (write: (node: Node) => string, objective: SymbolNode, map: DerivedMap): string => {
  const { of, wrt, gradientBy, value, vec } = map;
  const column = (node: SymbolNode | DerivedMap["wrt"]): string => vecLatex(write(node), vec && node.shape.length > 1);
  const transposed = wrt.shape.length === 0 ? column(wrt) : `${column(wrt)}^\\top`;
  if (gradientBy)
    return `\\frac{\\partial^2 ${write(objective)}}{\\partial ${column(gradientBy)}\\, \\partial ${transposed}}`;
  return value.kind === "derivative"
    ? `\\frac{\\partial ${write(of)}}{\\partial ${write(wrt)}}`
    : `\\frac{\\partial ${column(of)}}{\\partial ${transposed}}`;
};

/** The tangent of what is differentiated: the letter with its dot, as far as it has one. */
const tangentLatex = (writing: Writing, of: DerivedMap["of"]): string => `\\mathrm{d} ${print(writing, of).latex}`;

/** The differential, and what is read off from it. */
const mapBlocks = (
  writing: Writing,
  objective: SymbolNode,
  map: DerivedMap,
  differential: string | undefined,
): readonly Block[] => {
  const { sentences, numbering } = writing;
  const { value, indices, over, of } = map;
  const left = mapLatex(node => print(writing, node).latex, objective, map);
  const condition = indices.length > 0 ? conditionOf(writing, over, indices) : "";
  const range = condition === "" ? "" : `, \\qquad ${condition}`;
  const tangent = print(writing, map.tangent, indices);
  // A differential of several lines tells nobody anything.
  const first: readonly Block[] =
    differential === undefined || widthOf(tangent.latex) > PAGE
      ? []
      : [
          { kind: "paragraph", text: sentences.differentialOf },
          equationBlock(differential, tangent.latex),
          ...whereBlocks(writing, tangent),
          { kind: "paragraph", text: sentences.readOff },
        ];
  if (value.kind !== "entries") {
    const printed = print(writing, value.term, indices);
    return [
      ...first,
      equationBlock(left, `${printed.latex}${range}`, numbering.next()),
      ...whereBlocks(writing, printed),
    ];
  }
  const entries = entriesOf(writing, value.map);
  if (!entries) return [...first, { kind: "paragraph", text: sentences.noNotation(math(left)) }];
  const name = (node: Node, letters: string): string =>
    letters === "" ? print(writing, node).latex : `[${print(writing, node).latex}]_{${letters}}`;
  const top = map.gradientBy
    ? `\\frac{\\partial^2 ${print(writing, objective).latex}}{\\partial ${name(map.gradientBy, entries.rows)}\\, \\partial ${name(map.wrt, entries.columns)}}`
    : `\\frac{\\partial ${name(of, entries.rows)}}{\\partial ${name(map.wrt, entries.columns)}}`;
  return [
    ...first,
    { kind: "paragraph", text: sentences.noMatrix },
    equationBlock(top, `${entries.latex}${range}`, numbering.next()),
  ];
};

const equationLine = (writing: Writing, equation: Equation): readonly Block[] => {
  const fixed = fixedIndices(equation.over, equation.indices);
  const free = equation.indices.filter(index => !fixed.has(index));
  const left = print(writing, substituteIndices(equation.left, fixed)).latex;
  const right = print(writing, substituteIndices(equation.right, fixed), free);
  const range = free.length > 0 ? `, \\qquad ${rangeOf(writing, substituteDomain(equation.over, fixed), free)}` : "";
  return [equationBlock(left, `${right.latex}${range}`, writing.numbering.next()), ...whereBlocks(writing, right)];
};

/** The equations of the Hessian times a direction, then every block that is one formula. */
export const secondDerivatives = (writing: Writing, second: WrittenHessians): readonly Block[] => {
  const { sentences } = writing;
  const { system, varied, adjoint, variables, blocks, without } = second;
  const { objective } = system;
  const backward = new Set(adjoint.backward);
  const all = [...varied.equations].filter(([given]) => given.left !== objective);
  const forwards = all.filter(([given]) => !backward.has(given)).map(([, tangent]) => tangent);
  const backwards = all.filter(([given]) => backward.has(given)).map(([, tangent]) => tangent);
  const directions = variables.flatMap(node => {
    const entry = varied.tangents.get(node);
    return entry ? [math(print(writing, entry.node).latex)] : [];
  });
  const products = variables.flatMap(node => {
    const bar = adjoint.adjoints.get(node);
    const entry = bar && varied.tangents.get(bar.node);
    return entry ? [math(print(writing, entry.node).latex)] : [];
  });
  const rightOf = new Map(all.map(([given, tangent]) => [given.left, tangent]));
  const hasBlocks = blocks.length + without.length > 0;
  return [
    section(writing, sentences.headings.second),
    { kind: "paragraph", text: sentences.tangentLead(directions, print(writing, objective).latex) },
    ...(forwards.length > 0 ? [{ kind: "paragraph", text: sentences.tangentForward } as const] : []),
    ...forwards.flatMap(equation => equationLine(writing, equation)),
    ...(backwards.length > 0 ? [{ kind: "paragraph", text: sentences.tangentBackward(products) } as const] : []),
    ...backwards.flatMap(equation => equationLine(writing, equation)),
    ...(hasBlocks ? [section(writing, sentences.headings.hessian)] : []),
    ...(blocks.some(({ vec }) => vec) ? [{ kind: "paragraph", text: sentences.vecs } as const] : []),
    ...blocks.flatMap(block => {
      const own = rightOf.get(block.of);
      const entry = varied.tangents.get(familyOf(block.of));
      const isShown = own?.right === block.tangent || !entry;
      return mapBlocks(writing, objective, block, isShown ? undefined : print(writing, entry.node).latex);
    }),
    ...without.map(
      ({ gradientBy, wrt, because }): Block => ({
        kind: "paragraph",
        text: sentences.noHessian(
          [...new Set([gradientBy, wrt])].map(node => math(print(writing, node).latex)),
          because,
        ),
      }),
    ),
  ];
};

/** Every Jacobian that was asked for, after its differential. */
export const jacobians = (writing: Writing, { system, maps }: WrittenJacobians): readonly Block[] => {
  const { sentences } = writing;
  return [
    section(writing, sentences.headings.jacobians),
    {
      kind: "paragraph",
      text: prose`${sentences.jacobianLead}${maps.some(({ vec }) => vec) ? prose`${sentences.gap}${sentences.vecs}` : ""}`,
    },
    ...maps.flatMap(map => mapBlocks(writing, system.objective, map, tangentLatex(writing, map.of))),
  ];
};
