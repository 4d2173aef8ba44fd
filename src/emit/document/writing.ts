/** What the parts of a document share while one system is written up. */

import { transposed } from "../../derive/closed/templates.ts";
import type { Domain } from "../../expr/domain.ts";
import { type AtNode, type Node, partial, type SymbolNode } from "../../expr/node.ts";
import { named } from "../../expr/polynomial.ts";
import type { System } from "../../expr/system.ts";
import { indexLatex, type LatexContext } from "../../latex/names.ts";
import { type Printed, printTerm } from "../../latex/print.ts";
import { conditionsLatex, rangesLatex } from "../../latex/range.ts";
import type { Block } from "./block.ts";
import type { Numbering } from "./numbering.ts";
import { type Inline, math } from "./prose.ts";
import type { Sentences } from "./sentences.ts";

export interface Writing {
  readonly context: LatexContext;
  readonly sentences: Sentences;
  readonly numbering: Numbering;
  /** The level of the headings of sections. */
  readonly level: 2 | 3;
}

/** A term; `avoid` are index letters that its bound indices must not take, `prefer` those that they take if they can. */
export const print = (
  { context }: Writing,
  node: Node,
  avoid: readonly string[] = [],
  prefer: readonly string[] = [],
): Printed =>
  printTerm(
    node,
    context,
    avoid.map(name => indexLatex(context, named(name))),
    prefer,
  );

/** ∂L/∂x for the left side of an equation: in numerator layout the row. */
export const gradientNode = ({ context }: Pick<Writing, "context">, of: SymbolNode, wrt: SymbolNode | AtNode): Node => {
  const column = partial(of, wrt);
  return context.layout === "numerator" && column.shape.length > 0 ? transposed(column) : column;
};

export const inlineTerm = (writing: Writing, node: Node): Inline => math(print(writing, node).latex);

/** ∂L/∂h_t, in a line of text with a slash. */
export const adjointLatex = (writing: Writing, system: System, wrt: SymbolNode | AtNode, flat = false): string => {
  const notation = writing.context.notation ?? "prod";
  if (!flat || notation === "nabla" || notation === "delta")
    return print(writing, gradientNode(writing, system.objective, wrt)).latex;
  return `\\partial ${print(writing, system.objective).latex} / \\partial ${print(writing, wrt).latex}`;
};

/** 1 ≤ t < T, as a formula; empty where nothing is said. */
export const conditionOf = ({ context }: Writing, over: Domain, indices: readonly string[]): string =>
  conditionsLatex(context, over, indices).join(",\\; ");

/** t = 1, …, T */
export const rangeOf = ({ context }: Writing, over: Domain, indices: readonly string[]): string =>
  rangesLatex(context, over, indices);

/** The names that a long term needed, as equations below it. */
export const whereBlocks = ({ sentences }: Writing, printed: Printed): readonly Block[] =>
  printed.where.length === 0
    ? []
    : [
        { kind: "paragraph", text: sentences.where },
        ...printed.where.map(({ name, latex }): Block => ({ kind: "equation", latex: `${name} = ${latex}` })),
      ];

export const section = ({ level }: Writing, title: string): Block => ({
  kind: "heading",
  level,
  text: [{ text: title }],
});
