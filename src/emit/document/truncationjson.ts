/** Truncated gradients as JSON. */
import type { Truncation } from "../../derive/gradient.ts";
import type { Domain } from "../../expr/domain.ts";
import type { Node, SymbolNode } from "../../expr/node.ts";
import { familyOf, type System } from "../../expr/system.ts";

/** What writes names, terms and ranges of one system. */
interface TermWriter {
  readonly system: System;
  readonly name: (symbol: SymbolNode, indices: readonly string[]) => string;
  readonly latex: (node: Node, avoid?: readonly string[]) => string;
  readonly term: (node: Node) => { readonly term?: string };
  readonly over: (domain: Domain, indices: readonly string[]) => object;
}

export const truncationJson = (writer: TermWriter, { window, gradients }: Truncation): object => ({
  steps: window.key,
  gradients: gradients.map(({ wrt, indices, forms }) => ({
    of: writer.system.objective.name,
    wrt: writer.name(familyOf(wrt), indices),
    forms: forms.map(({ over, value }) => ({
      ...writer.over(over, indices),
      value: writer.latex(value, indices),
      ...writer.term(value),
    })),
  })),
});
